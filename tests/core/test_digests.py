"""Digests of files are made again when a file has changed, and only then."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from litbook.core.digests import digest_again, digest_file


def test_a_file_is_read_again_only_when_its_status_has_changed(tmp_path: Path) -> None:
    path = tmp_path / "crane.md"
    found: list[Path] = []

    def find() -> Path:
        found.append(path)
        return path

    path.write_text("folded", "utf-8")
    assert {digest_again(str(path), find) for _ in range(3)} == {digest_file(path)}
    assert len(found) == 1
    path.write_text("opened", "utf-8")  # as long as before
    os.utime(path, ns=(1, 1))
    assert digest_again(str(path), find) == digest_file(path)
    assert len(found) == 2
    other = tmp_path / "draft"
    other.write_text("folded", "utf-8")
    other.replace(path)
    assert digest_again(str(path), find) == digest_file(path)


def test_a_link_in_the_place_of_a_file_is_left_to_what_finds_it(tmp_path: Path) -> None:
    path = tmp_path / "crane.md"
    path.write_text("folded", "utf-8")
    digest_again(str(path), lambda: path)
    path.rename(tmp_path / "elsewhere.md")
    path.symlink_to(tmp_path / "elsewhere.md")

    def refuse() -> Path:
        raise PermissionError("a link")

    with pytest.raises(PermissionError):
        digest_again(str(path), refuse)
    path.unlink()
    with pytest.raises(FileNotFoundError):
        digest_again(str(path), refuse)
