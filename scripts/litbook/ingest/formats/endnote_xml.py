"""The reader of EndNote's XML, which Zotero, Mendeley and JabRef write too.

Each record is parsed for itself by defusedxml: a broken one costs only itself, and no entity is ever expanded, for the
head of the file, which alone could define one, is never parsed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from litbook.ingest.formats.fields import is_repository, prose
from litbook.ingest.formats.otherreferences import make_endnote_reference
from litbook.ingest.formats.people import show_all
from litbook.ingest.formats.pieces import Entry, Piece, assemble
from litbook.ingest.formats.risreference import read_people
from litbook.ingest.formats.values import keep_others, latest_known, one_line, read_date
from litbook.model.review import LINKS, Reading
from litbook.text.identifiers import ARXIV, find_arxiv, find_doi, in_order, links_of, read_address

_BETWEEN = "the frame of the file around its records"
_EDGE = re.compile(r"<(/?)record(?=[\s>])[^<>]{0,1000}>", re.IGNORECASE)
_DEFINES = re.compile(r"<!(?:DOCTYPE|ENTITY)\b[^>]*>?", re.IGNORECASE)
# XML has no place for these, and EndNote writes them all the same when they were pasted.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
    r"|&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2\d|3[01]));",
    re.IGNORECASE,
)
# No record is so large or so deep; the elements of one take many times its size.
_LARGEST = 4_000_000
_DEEPEST = 60
_VENUES = ("titles/secondary-title", "periodical/full-title", "titles/tertiary-title", "periodical/abbr-1")
_AUTHORS = "contributors/authors/author"
_URLS = ("urls/related-urls/url", "urls/pdf-urls/url", "urls/text-urls/url", "urls/web-urls/url")
_DOI = "electronic-resource-num"
_INSIDE = re.compile(rf"\barxiv[:.]\s*({ARXIV})", re.IGNORECASE)

Values = Mapping[str, Sequence[str]]


def matches(text: str) -> float:
    """Return how sure it is, from 0 to 1, that a text is EndNote's XML: by records with a type of reference."""
    head = text[:200_000]
    if not head.lstrip("\ufeff \t\r\n").startswith("<") or not re.search(r"<record[\s>]", head):
        return 0.0
    marks = ("<ref-type", '<source-app name="EndNote"', "<contributors>", "<titles>")
    return (
        (0.5, 0.8, 0.97, 0.97, 0.97)[sum(mark in head for mark in marks)]
        if "<records" in head or marks[0] in head
        else 0.0
    )


def read_endnote_xml(source: str, text: str) -> Reading:
    """Return the records of an export, and every other part of it with the reason why it is not one."""
    pieces = [_make_piece(text, start, end, closed) for start, end, closed in _cut_records(text)]
    pieces += _find_definitions(text, pieces)
    return assemble(source, text, pieces, _BETWEEN)


def _cut_records(text: str) -> Iterator[tuple[int, int, bool]]:
    """Return start and end of each record, and whether it is closed: one that is not ends where the next begins."""
    start = -1
    for edge in _EDGE.finditer(text):
        if edge[1]:
            if start >= 0:
                yield start, edge.end(), True
            start = -1
        else:
            if start >= 0:
                yield start, edge.start(), False
            start = edge.start()
    if start >= 0:
        yield start, len(text), False


def _find_definitions(text: str, pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Report a head that defines entities; those are never expanded."""
    end = pieces[0].start if pieces else min(len(text), 200_000)
    definition = next((match for match in _DEFINES.finditer(text, 0, end) if "entity" in match.group().lower()), None)
    if definition:
        reason = "the head of the file defines entities, which are never expanded; export the file again without them"
        last = text.rfind(">", definition.start(), end) + 1
        yield Piece(definition.start(), max(last, definition.end()), reason=reason)


def _make_piece(text: str, start: int, end: int, closed: bool) -> Piece:
    if not closed:
        return Piece(
            start, end, reason="a record without '</record>'; the file is cut short or damaged here, export it again"
        )
    if end - start > _LARGEST:
        return Piece(
            start, end, reason="a record of several million characters; the file is damaged here, export it again"
        )
    try:
        root = fromstring(_FORBIDDEN.sub(" ", text[start:end]), forbid_dtd=True)
    except ParseError as error:
        return Piece(start, end, reason=_explain(error))
    except (DefusedXmlException, ValueError, RecursionError):
        return Piece(start, end, reason="a record with entities or a document type of its own; remove them")
    values = _read_values(root)
    entry = make_endnote_entry(values)
    if not entry.title:
        return Piece(start, end, reason="a record without a title; add one and export again")
    return Piece(start, end, entry)


def _explain(error: ParseError) -> str:
    what = str(error).partition(":")[0]
    if "undefined entity" in what:
        return "a record uses an entity that XML does not know, like '&nbsp;'; write its character instead"
    line, column = error.position
    return f"a record is not well-formed XML ({what} in its line {line}, column {column}); repair it or export again"


# -- values ---------------------------------------------------------------------------------------------------------


def _read_values(root: Element) -> Values:
    """Return the texts of a record by their paths: "titles/title"; markup of style inside of a text is left out."""
    values: dict[str, list[str]] = defaultdict(list)
    waiting: list[tuple[Element, str, int]] = [(child, child.tag, 1) for child in reversed(root)]
    while waiting:
        element, path, depth = waiting.pop()
        inner = [child for child in element if child.tag != "style"]
        if inner and depth < _DEEPEST:
            waiting += [(child, f"{path}/{child.tag}", depth + 1) for child in reversed(inner)]
            continue
        if text := one_line(_gather_text(element)):
            values[path].append(text)
        if element.get("name") and path == "ref-type":
            values["ref-type/name"].append(one_line(element.get("name", "")))
    return values


def _gather_text(element: Element) -> str:
    """Return all text inside of an element, in its order, however deep it lies."""
    pieces: list[str] = []
    waiting: list[Element | str] = [element]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            pieces.append(item)
            continue
        waiting += [part for child in reversed(item) for part in (child.tail or "", child)]
        pieces.append(item.text or "")
    return "".join(pieces)


def make_endnote_entry(values: Values) -> Entry:
    """Return what a record says, whose texts are given by their paths: "titles/title"."""
    venue_path = next((path for path in _VENUES if values.get(path) and not is_repository(values[path][0])), "")
    venue = values[venue_path][0] if venue_path else None
    links = in_order(_find_links(values), LINKS)
    published = _read_published(values)
    authors = read_people(values.get(_AUTHORS, ()))
    used = {"titles/title", "abstract", _AUTHORS} | {path for path in _VENUES if list(values.get(path, ())) == [venue]}
    used |= {"dates/year"} if published and list(values.get("dates/year", ())) == [published[:4]] else set()
    used |= {_DOI} if list(values.get(_DOI, ())) == [links.get("doi")] else set()
    others = [(_leaf(path), value) for path, texts in values.items() if path not in used for value in texts]
    return Entry(
        title=prose(" ".join(values.get("titles/title", ()))),
        abstract=prose(" ".join(values.get("abstract", ()))),
        authors=show_all(authors),
        published=published,
        venue=venue,
        links=links,
        extra=keep_others(others, ()),
        reference=make_endnote_reference(values, authors),
    )


def _leaf(path: str) -> str:
    """Return the name by which an element is known: its own, with its parent's where that says whose it is."""
    parent, _, leaf = path.rpartition("/")
    return {"author": parent.rpartition("/")[2], "name": "ref-type name", "url": parent.rpartition("/")[2]}.get(
        leaf, leaf
    )


def _read_published(values: Values) -> str | None:
    year = next(iter(values.get("dates/year", ())), "")
    day = next(iter(values.get("dates/pub-dates/date", ())), "")
    return latest_known([read_date(year), read_date(day), read_date(f"{day} {year}")])


def _find_links(values: Values) -> Iterator[tuple[str, str]]:
    """Return the names and identifiers of the links of a record, the surest first."""
    for value in values.get(_DOI, ()):
        yield from links_of(find_doi(value)).items()
        yield "arxiv", find_arxiv(value) if value[:5].lower() == "arxiv" else ""
    for path in _URLS:
        for value in values.get(path, ()):
            if found := read_address(value):
                yield from (links_of(found[1]).items() if found[0] == "doi" else [found])
    for path in ("titles/secondary-title", "accession-num", "number", "volume", "notes", "periodical/full-title"):
        for value in values.get(path, ()):
            if inside := _INSIDE.search(value[:200]):
                yield "arxiv", inside[1]
