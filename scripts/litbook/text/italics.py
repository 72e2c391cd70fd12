"""Text whose italics are marked: the pieces of it, and their marks in other notations."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from litbook.model.review import Text


def split_italics(text: Text) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a repaired text in turn, upright and in italics; the first and the last are upright."""
    position = 0
    for start, end in text.italics:
        yield text.plain[position:start], False
        yield text.plain[start:end], True
        position = end
    yield text.plain[position:], False


def mark_italics(text: Text, write: Callable[[str], str], opening: str, closing: str) -> str:
    """Return a text whose pieces `write` has written, with marks around those in italics.

    White space at the edge of a piece stays, whatever `write` does with it.
    """
    pieces = (
        _write(piece, write, (opening, closing) if slanted else ("", "")) for piece, slanted in split_italics(text)
    )
    return "".join(pieces)


def _write(piece: str, write: Callable[[str], str], marks: tuple[str, str]) -> str:
    bare = piece.strip()
    if not bare:
        return piece
    at = piece.index(bare)
    return f"{piece[:at]}{marks[0]}{write(bare)}{marks[1]}{piece[at + len(bare) :]}"
