"""Read XML files in which each record is one element: those of libraries and of databases."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.etree.ElementTree import Element

from litbook.ingest.formats.pieces import Entry, Piece, assemble
from litbook.ingest.formats.xmltree import Cut, cut_elements, parse
from litbook.model.review import Reading

_BETWEEN = "the frame of the file around its records"
_NO_TITLE = "a record without a title; add one"
_CUT_SHORT = "a record that is not closed; the file is cut short or damaged here, export it again"


def read_xml_records(source: str, text: str, names: Iterable[str], make: Callable[[Element], Entry]) -> Reading:
    """Return the records that the elements called `names` hold, and every other part with the reason it was skipped."""
    return assemble(source, text, [_make_piece(text, cut, make) for cut in cut_elements(text, names)], _BETWEEN)


def _make_piece(text: str, cut: Cut, make: Callable[[Element], Entry]) -> Piece:
    if not cut.closed:
        return Piece(cut.start, cut.end, reason=_CUT_SHORT)
    root = parse(text[cut.start : cut.end])
    if isinstance(root, str):
        return Piece(cut.start, cut.end, reason=root)
    entry = make(root)
    return Piece(cut.start, cut.end, entry) if entry.title else Piece(cut.start, cut.end, reason=_NO_TITLE)
