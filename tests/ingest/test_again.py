"""What was read is the same object while the file and the arguments stay."""

from __future__ import annotations

from pathlib import Path

from litbook.ingest.again import read_again


def read_words(path: Path, least: int) -> list[str]:
    return [word for word in path.read_text("utf-8").split() if len(word) >= least] if path.is_file() else []


def test_a_file_is_read_again_when_its_bytes_or_the_arguments_differ(tmp_path: Path) -> None:
    path = tmp_path / "invented.txt"
    assert read_again(read_words, path, path, 2) == []
    path.write_text("a crane", "utf-8")
    first = read_again(read_words, path, path, 2)
    assert first == ["crane"]
    path.touch()
    assert read_again(read_words, path, path, 2) is first
    assert read_again(read_words, path, path, 1) == ["a", "crane"]
    path.write_text("a tide!", "utf-8")
    assert read_again(read_words, path, path, 1) == ["a", "tide!"]
    other = tmp_path / "other.txt"
    assert read_again(read_words, other, other, 1) == []
