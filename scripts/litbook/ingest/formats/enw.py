"""The reader of EndNote's tagged form (.enw), which descends from refer: `%T Title`, a tag a line.

Google Scholar, publishers, library catalogues and AIS eLibrary write it too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from litbook.ingest.formats.endnote_xml import make_endnote_entry
from litbook.ingest.formats.pieces import Piece, assemble, split_lines
from litbook.ingest.formats.values import one_line
from litbook.model.review import Reading

_BETWEEN = "white space between the records"
_TAG = re.compile(r"\ufeff?%([A-Z0-9@!~*^+><=&()$#?])(?:[ \t]+(.*))?$")
_FIRST = re.compile(r"\s*\ufeff?%[A-Z0-9@!~^+] ")
_NO_TITLE = "a record without a title; add a line '%T …'"
# The paths of EndNote's XML, by the tags of its older form.
_PATHS = {
    "0": "ref-type/name", "A": "contributors/authors/author", "T": "titles/title", "J": "titles/secondary-title",
    "B": "titles/secondary-title", "S": "titles/tertiary-title", "D": "dates/year", "8": "dates/pub-dates/date",
    "V": "volume", "N": "number", "P": "pages", "R": "electronic-resource-num", "X": "abstract",
    "K": "keywords/keyword", "U": "urls/related-urls/url", "@": "isbn", "I": "publisher", "C": "pub-location",
    "E": "contributors/secondary-authors/author", "Y": "contributors/tertiary-authors/author",
    "?": "contributors/subsidiary-authors/author", "7": "edition", "G": "language", "Z": "notes", "M": "accession-num",
    "L": "call-num", "F": "label", "9": "work-type", "!": "titles/short-title", "O": "titles/alt-title",
    "&": "section", "6": "num-vols", "~": "remote-database-name", "W": "remote-database-provider",
    "[": "access-date", "*": "reviewed-item", "^": "custom4", "1": "custom1", "2": "custom2", "3": "custom3",
}  # fmt: skip


def matches(text: str) -> float:
    """Return how sure it is that a text has EndNote's tagged form: by its first line, and titles and authors."""
    head = text[:200_000].replace("\r", "\n")
    if not _FIRST.match(head) or not re.search(r"^%T ", head, re.MULTILINE):
        return 0.0
    return 0.96 if re.match(r"\s*\ufeff?%0 ", head) or re.search(r"^%[AEDJ] ", head, re.MULTILINE) else 0.7


def read_enw(source: str, text: str) -> Reading:
    """Return the records of EndNote's tagged form: each begins with its type or title, or after a blank line."""
    return assemble(source, text, _make_pieces(text), _BETWEEN)


def _make_pieces(text: str) -> Iterator[Piece]:
    for start, end, values in _cut(text):
        if not values:
            yield Piece(start, end, reason="lines before the first tag; delete them")
            continue
        entry = make_endnote_entry(values)
        yield Piece(start, end, entry) if entry.title else Piece(start, end, reason=_NO_TITLE)


def _opens(tag: str, blank: bool, values: Mapping[str, list[str]]) -> bool:
    """Return whether a tag begins a record: AIS eLibrary writes the title before the type."""
    if tag == "0":
        return blank or "ref-type/name" in values
    return blank and tag in "TAE" and "titles/title" in values


def _cut(text: str) -> Iterator[tuple[int, int, dict[str, list[str]]]]:
    """Yield place and values of each record; a line without a tag goes on in the one above."""
    values: dict[str, list[str]] = {}
    start, filled, last, blank = -1, 0, "", True
    for at, end, line in split_lines(text):
        found = _TAG.match(line.rstrip("\r\n"))
        if not line.strip("\ufeff \t\r\n"):
            blank = True
            continue
        opens = found and _opens(found[1], blank, values)
        if start < 0 or (opens and start >= 0 and (values or found)):
            if start >= 0:
                yield start, filled, values
            start, values, last = at, defaultdict(list), ""
        if found:
            last = _PATHS.get(found[1], f"custom {found[1]}")
            # CNKI writes all authors into one line, each with its tag.
            values[last] += [value for part in (found[2] or "").split(f"%{found[1]} ") if (value := one_line(part))]
        elif last and values[last]:
            values[last][-1] = one_line(f"{values[last][-1]} {line}")
        filled, blank = end, False
    if start >= 0:
        yield start, filled, values
