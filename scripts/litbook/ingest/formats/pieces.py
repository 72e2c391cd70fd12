"""The pieces of a source: entries, and what is not an entry, cut so that together they are the file again.

A reader names the ranges that it knows; `assemble` counts the lines and makes the rest understood text between them.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from litbook.ingest.formats.doichecks import report_dois
from litbook.ingest.formats.mojibake import repair_reading
from litbook.model.reference import NO_REFERENCE, Reference
from litbook.model.review import Reading, Record, Unread
from litbook.text.boilerplate import is_no_abstract

_LINE_END = re.compile(r"[ \t\f\v]*(?:\r\n|\r|\n|\Z)")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold what an entry says, in the fields of a record."""

    title: str
    abstract: str = ""
    authors: tuple[str, ...] = ()
    published: str | None = None
    venue: str | None = None
    links: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)
    reference: Reference = NO_REFERENCE


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold a range of characters and the entry that it is, or the reason why it is not one.

    A piece of no characters is a remark: it reports a fault at its place, of an entry that was read all the same.
    """

    start: int
    end: int
    entry: Entry | None = None
    reason: str = ""
    understood: bool = False


def assemble(source: str, text: str, pieces: Iterable[Piece], between: str) -> Reading:
    """Return the reading of a text that has these pieces; what lies outside of them is understood as `between`."""
    records: list[Record] = []
    unread: list[Unread] = []
    lines = _LineCounter(text)
    for piece in _cover(text, sorted(pieces, key=lambda piece: (piece.start, piece.end)), between):
        first, last = lines.span(piece.start, piece.end)
        raw = text[piece.start : piece.end]
        if piece.entry is None:
            unread.append(Unread(source, first, last, raw, piece.reason, piece.understood, piece.start))
        else:
            records.append(_make_record(piece, source, (first, last), raw))
    return report_dois(repair_reading(Reading(source, tuple(records), tuple(unread))))


def split_lines(text: str) -> Iterator[tuple[int, int, str]]:
    """Return start, end and text of every line, its end included; only CR, LF and CRLF end a line."""
    return ((match.start(), match.end(), match.group()) for match in _LINE.finditer(text))


def _cover(text: str, pieces: list[Piece], between: str) -> Iterator[Piece]:
    """Return the pieces, each up to its line's end if nothing else is on it, and what lies between them."""
    done = 0
    for number, piece in enumerate(pieces):
        if piece.start == piece.end:
            yield piece
            continue
        start = max(piece.start, done)
        if done < start:
            yield Piece(done, start, reason=between, understood=True)
        line_end = _LINE_END.match(text, piece.end) if text[piece.end - 1] not in "\r\n" else None
        following = pieces[number + 1].start if number + 1 < len(pieces) else len(text)
        end = max(piece.end, min(line_end.end(), following)) if line_end else piece.end
        if start < end:
            yield Piece(start, end, piece.entry, piece.reason, piece.understood)
        done = max(done, end)
    if done < len(text):
        yield Piece(done, len(text), reason=between, understood=True)


class _LineCounter:
    """Know on which line a character stands, counted from 1."""

    def __init__(self, text: str) -> None:
        self._ends = array("Q", (match.end() for match in re.finditer(r"\r\n|\r|\n", text)))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the numbers of the first and the last line of a range."""
        return bisect_right(self._ends, start) + 1, bisect_right(self._ends, max(start, end - 1)) + 1


def _make_record(piece: Piece, source: str, lines: tuple[int, int], raw: str) -> Record:
    entry = piece.entry or Entry("")
    none = is_no_abstract(entry.abstract)
    return Record(
        source=source,
        first_line=lines[0],
        last_line=lines[1],
        raw=raw,
        title=entry.title,
        abstract="" if none else entry.abstract,
        authors=entry.authors,
        year=int(entry.published[:4]) if entry.published else None,
        published=entry.published,
        venue=entry.venue,
        links=entry.links,
        extra={**entry.extra, "abstract": entry.abstract} if none else entry.extra,
        offset=piece.start,
        reference=entry.reference,
    )
