"""The reader of JSON of any service: objects that have a title and something else that papers have.

Such objects may be in a list, one a line, under any name, or under their own identifiers. A sound document is walked
through; a damaged one is cut by `jsonitems`, which knows the usual names of lists.
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterator, Mapping

from litbook.ingest.formats.accounts import find_all
from litbook.ingest.formats.columns import make_entry, name_roles
from litbook.ingest.formats.fields import Json, Refusal
from litbook.ingest.formats.flatten import flatten, is_paper
from litbook.ingest.formats.jsonitems import FRAME, Form, json_head, read_items
from litbook.ingest.formats.listitem import read_item
from litbook.ingest.formats.people import show_all
from litbook.ingest.formats.pieces import Entry, Piece, assemble
from litbook.model.review import LINKS, Reading
from litbook.text.identifiers import find_arxiv, find_doi, in_order

_LISTS = frozenset(
    "papers data results items records entries documents articles publications works hits notes docs response result "
    "content value references included studies rows list paper_list".split()
)
_SPACE = re.compile(r"[\s,\ufeff\x1e]*")
_DECODER = json.JSONDecoder(strict=False)
_NO_PAPER = "an object without a title, or with a title and nothing else that papers have; complete it"
_TITLE = re.compile(r'"[^"]{0,30}(?:title|TI|T1)[^"]{0,8}"\s*:\s*', re.IGNORECASE)
_ROW = re.compile(r':\s*"\s*(?:\||- )[^"]*arxiv\.org')
_SAID_OF_PAPERS = frozenset(("title", "abstract", "authors", "doi", "arxiv"))
_SURE = 0.5
_DEEPEST = 6


def matches(text: str) -> float:
    """Return how sure it is that a text is JSON with objects of papers; every reader of a service is surer."""
    head = json_head(text)
    return _SURE if head and (_TITLE.search(head) or _ROW.search(head)) else 0.0


def read_objects(source: str, text: str) -> Reading:
    """Return a record for each object that is one of a paper."""
    return read_mapped(source, text, {})


def read_mapped(source: str, text: str, columns: Mapping[str, str]) -> Reading:
    """Return a record for each object that has a title, in the field that a person named."""
    try:
        pieces = list(_Walker(text, columns).walk())
    except (ValueError, RecursionError):
        form = Form(_LISTS, lambda entry: is_paper(entry, columns), lambda entry: make_object(entry, columns))
        return read_items(source, text, form)
    return assemble(source, text, pieces, FRAME)


def make_object(value: Json, columns: Mapping[str, str] | None = None, key: str = "") -> Entry | Refusal:
    """Return the entry that an object is; `key` is its name among others, which may be its identifier."""
    if not is_paper(value, columns):
        return Refusal(_NO_PAPER)
    header, cells = flatten(value)
    if key and (find_arxiv(key) or find_doi(key)) and "id" not in header:
        header, cells = [*header, "id"], [*cells, key]
    return make_entry(cells, header, name_roles(header, columns))


class _Walker:
    """Walk through a sound document, or several in a row, and yield the objects of papers with their places."""

    def __init__(self, text: str, columns: Mapping[str, str]) -> None:
        self.text, self.columns = text, columns

    def walk(self) -> Iterator[Piece]:
        at = self._skip(0)
        while at < len(self.text):
            if self.text[at] == "[":  # item by item: a list may be as long as the file
                at = self._skip((yield from self._list(at, 0)))
            else:
                value, end = _DECODER.raw_decode(self.text, at)
                yield from self._read(value, at, end, "", 0)
                at = self._skip(end)

    def _skip(self, at: int) -> int:
        match = _SPACE.match(self.text, at)
        return match.end() if match else at

    def _list(self, at: int, depth: int) -> Generator[Piece, None, int]:
        """Yield the papers of a list that begins at a place, and return its end."""
        at = self._skip(at + 1)
        while self.text[at : at + 1] != "]":
            value, end = _DECODER.raw_decode(self.text, at)
            yield from self._read(value, at, end, "", depth)
            at = self._skip(end)
        return at + 1

    def _object(self, at: int, depth: int) -> Iterator[Piece]:
        """Yield the papers that an object holds under its names."""
        at = self._skip(at + 1)
        while self.text[at : at + 1] != "}":
            key, end = _DECODER.raw_decode(self.text, at)
            start = self._skip(self.text.index(":", end) + 1)
            value, end = _DECODER.raw_decode(self.text, start)
            yield from self._read(value, start, end, str(key), depth)
            at = self._skip(end)

    def _read_row(self, value: str, at: int, end: int) -> Iterator[Piece]:
        """Yield the paper of a text that is a row of a table of Markdown, as collectors of daily papers keep them."""
        if value.lstrip().startswith(("|", "- ")) and find_all(value):
            item = read_item([value.replace("|", " | ")], {})
            links = in_order(item.identifiers(), LINKS)
            names = show_all(item.names)
            yield Piece(at, end, Entry(item.title, "", names, item.published, item.venue or None, links))

    def _read(self, value: object, at: int, end: int, key: str, depth: int) -> Iterator[Piece]:
        if isinstance(value, str):
            yield from self._read_row(value, at, end)
        elif isinstance(value, list):
            if depth < _DEEPEST and any(isinstance(item, dict | list) for item in value):
                yield from self._list(at, depth + 1)
        elif isinstance(value, dict):
            made = make_object(value, self.columns, key)
            if isinstance(made, Entry):
                yield Piece(at, end, made)
                return
            inside = list(self._object(at, depth + 1)) if depth < _DEEPEST else []
            yield from inside
            if not inside and name_roles(list(value)).keys() & _SAID_OF_PAPERS:
                yield Piece(at, end, reason=made.reason)
