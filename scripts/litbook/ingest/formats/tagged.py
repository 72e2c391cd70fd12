"""What RIS, Web of Science's plain text and PubMed's nbib have in common: a tag a line, and lines that go on.

Each format says how its lines look; rispy then reads one record at a time, so that a damaged one costs only itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import rispy

from litbook.ingest.formats.pieces import split_lines
from litbook.ingest.formats.values import one_line

Tags = Mapping[str, Sequence[str]]
# A line that goes on is marked on its way through rispy, which would take it for a value of its own.
_GOES_ON = "\x00"
_NO_TAG = "?"


@dataclass(frozen=True, slots=True)
class Shape:
    """Describe the lines of a format: one that opens a record, one that closes it, and one that bears a tag.

    The pattern of a tag has two groups, tag and value. In a record, the tags of `apart` have one value a line.
    """

    opens: re.Pattern[str]
    closes: re.Pattern[str] | None
    tag: re.Pattern[str]
    apart: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Block:
    """Hold the range of a record, and whether the line is there that closes it."""

    start: int
    end: int
    closed: bool


def cut_blocks(text: str, shape: Shape) -> Iterator[Block]:
    """Return the ranges of the records: from a line that opens one up to the line that closes it, or the next."""
    start, filled = -1, 0
    for _, end, whole in split_lines(text):
        line = whole.lstrip("\ufeff")
        if shape.opens.match(line):
            if start >= 0:
                yield Block(start, filled, closed=shape.closes is None)
            start, filled = end - len(line), end
        elif start >= 0 and shape.closes and shape.closes.match(line):
            yield Block(start, end, closed=True)
            start = -1
        elif line.strip():
            filled = end
    if start >= 0:
        yield Block(start, filled, closed=shape.closes is None)


def read_tags(text: str, shape: Shape) -> dict[str, list[str]]:
    """Return the values of one record by their tags, in the order of the file."""
    lines = [line.lstrip("\ufeff").replace(_GOES_ON, " ").strip("\r\n") for _, _, line in split_lines(text)]
    lines = [line for line in lines if line.strip() and not (shape.closes and shape.closes.match(line))]
    found = _Parser(shape).parse_lines(iter([_Parser.START_TAG, *lines, _Parser.END_TAG]))
    tags: dict[str, list[str]] = {}
    for tag, values in found[0].items() if found else ():
        if tag != _Parser.START_TAG:
            tags[tag] = _join(values, apart=tag in shape.apart)
    return tags


def _join(values: Sequence[str], *, apart: bool) -> list[str]:
    """Join the lines that go on to the value that they belong to."""
    joined: list[list[str]] = []
    for value in values:
        if value.startswith(_GOES_ON) and joined and not apart:
            joined[-1].append(value[1:])
        else:
            joined.append([value.removeprefix(_GOES_ON)])
    return [clean for lines in joined if (clean := one_line(" ".join(lines)))]


class _Same(dict[str, str]):
    """Map every tag to itself: records keep the names that the file has."""

    def __missing__(self, tag: str) -> str:
        return tag


class _All(list[str]):
    """Hold every tag: any of them can come twice."""

    def __contains__(self, tag: object) -> bool:
        return True


class _Parser(rispy.RisParser):  # type: ignore[misc]  # rispy has no annotations
    """Read the lines of one record with the tags of its format."""

    START_TAG = "\x01start"
    END_TAG = "\x01end"

    def __init__(self, shape: Shape) -> None:
        super().__init__(mapping=_Same(), list_tags=_All(), delimiter_tags_mapping={})
        self._tag: Callable[[str], re.Match[str] | None] = shape.tag.match
        self._known = False

    def parse_line(self, line: str) -> tuple[str | None, str]:
        """Return tag and value of a line, and no tag for one that goes on."""
        if line in (self.START_TAG, self.END_TAG):
            return line, ""
        match = self._tag(line)
        if match:
            self._known = True
            return match[1], (match[2] or "").strip()
        return (None if self._known else _NO_TAG), _GOES_ON + line.strip()
