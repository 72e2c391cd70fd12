"""`litbook screenshots`, in a real browser."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

import pytest
from browsing import find_chromium
from toybook import Built, copy_toy


def measure(path: Path) -> tuple[int, int]:
    """Return the width and height of a PNG file, in pixels."""
    head = path.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", head[16:24])
    return width, height


def test_pages_are_captured_in_both_modes_and_sizes(book: Built, tmp_path: Path) -> None:
    find_chromium()
    sheet = tmp_path / "sheet.png"
    run = book.review.run(
        sys.executable, "-m", "litbook", "screenshots", str(tmp_path / "pictures"), "--sheet", str(sheet)
    )
    assert run.code == 0, run.output
    pictures = {path.name: path for path in (tmp_path / "pictures").iterdir()}
    for name in ("landing", "chapter", "paper", "search", "compare", "papers"):
        for mode in ("light", "dark"):
            assert measure(pictures[f"{name}-{mode}-desk.png"]) == (1280, 860)
            assert measure(pictures[f"{name}-{mode}-phone.png"]) == (390, 844)
        assert pictures[f"{name}-light-desk.png"].read_bytes() != pictures[f"{name}-dark-desk.png"].read_bytes()
    assert not [name for name in pictures if name.startswith("map-")]  # the toy has no map
    assert measure(sheet)[0] == 1760


def test_without_a_built_site_the_message_says_what_to_do(tmp_path: Path) -> None:
    run = copy_toy(tmp_path).run(sys.executable, "-m", "litbook", "screenshots", str(tmp_path / "pictures"))
    assert run.code == 1
    assert "run 'jupyter-book build .' first" in run.output


def test_without_a_browser_the_message_says_what_is_missing(
    book: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    run = book.review.run(sys.executable, "-m", "litbook", "screenshots", str(tmp_path / "pictures"))
    assert run.code == 1
    assert "no Chromium here; looked for chromium, chromium-browser, google-chrome" in run.output
