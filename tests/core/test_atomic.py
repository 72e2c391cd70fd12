"""Writes while another program has the file open, which Windows refuses for as long as it does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from litbook.core import atomic
from litbook.core.atomic import write_all, write_bytes


class InUse(PermissionError):
    """What Windows says of a file that another program has open."""

    winerror = 32  # type: ignore[misc]


@pytest.fixture
def refuse(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, OSError], list[float]]:
    """Return a function that lets the next renames fail; it returns the pauses that were made."""
    pauses: list[float] = []

    def begin(times: int, error: OSError) -> list[float]:
        replace = Path.replace
        left = [times]

        def refuse_first(draft: Path, target: Path) -> Path:
            if left[0]:
                left[0] -= 1
                raise error
            return replace(draft, target)

        monkeypatch.setattr(Path, "replace", refuse_first)
        return pauses

    monkeypatch.setattr(atomic.time, "sleep", pauses.append)
    return begin


@pytest.mark.parametrize("write", [write_bytes, lambda path, content: write_all({path: content})], ids=["one", "all"])
def test_a_file_that_is_in_use_for_a_moment_is_written_when_it_is_free(
    tmp_path: Path, refuse: Callable[[int, OSError], list[float]], write: Callable[[Path, bytes], object]
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"before")
    pauses = refuse(2, InUse())
    write(path, b"after")
    assert path.read_bytes() == b"after"
    assert len(pauses) == 2
    assert [item.name for item in tmp_path.iterdir()] == ["a.txt"]


def test_a_file_that_stays_in_use_is_an_error_that_leaves_it_as_it_was(
    tmp_path: Path, refuse: Callable[[int, OSError], list[float]]
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"before")
    refuse(1000, InUse(13, "in use"))
    with pytest.raises(OSError, match=r"a\.txt"):
        write_bytes(path, b"after")
    assert path.read_bytes() == b"before"
    assert [item.name for item in tmp_path.iterdir()] == ["a.txt"]


def test_where_nothing_may_be_written_no_time_is_lost(
    tmp_path: Path, refuse: Callable[[int, OSError], list[float]]
) -> None:
    pauses = refuse(1000, PermissionError(13, "not permitted"))
    with pytest.raises(OSError, match=r"a\.txt"):
        write_bytes(tmp_path / "a.txt", b"after")
    assert pauses == []
