"""What the build remembers within a process, and when it writes every page again."""

from __future__ import annotations

from pathlib import Path

from litbook.sphinxext.performance.memoize import _remember_checksums


def test_the_checksum_of_a_file_that_changed_is_made_again(tmp_path: Path) -> None:
    asked = []

    def make(folder: Path, name: str) -> str:
        asked.append(name)
        return (folder / name).read_text() if (folder / name).exists() else ""

    checksum = _remember_checksums(make)
    (tmp_path / "a.css").write_text("one")
    assert [checksum(tmp_path, "a.css") for _ in range(3)] == ["one"] * 3
    assert asked == ["a.css"]
    (tmp_path / "a.css").write_text("another")
    assert checksum(tmp_path, "a.css") == "another"
    assert checksum(tmp_path, "lost.css") == ""
    assert checksum(tmp_path, "https://example.org/a.css") == ""
