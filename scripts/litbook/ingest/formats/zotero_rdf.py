"""The reader of Zotero RDF, which keeps a library's collections beside its items."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from litbook.ingest.formats.csljson import make_zotero_entry
from litbook.ingest.formats.fields import Json
from litbook.ingest.formats.pieces import Piece, assemble
from litbook.ingest.formats.xmltree import (
    Cut,
    attribute,
    cut_children,
    every,
    first,
    local,
    markup_of,
    parse,
    text_of,
    texts_of,
)
from litbook.model.review import Reading
from litbook.text.identifiers import find_doi

_BETWEEN = "the frame of the file around its items"
_NO_TITLE = "an item without a title; add one in Zotero"
_CUT_SHORT = "an item that is not closed; the file is cut short or damaged here, export it again"
_BESIDE = {"attachment": "an attachment", "note": "a note", "annotation": "an annotation"}
_CONTAINERS = frozenset(("Journal", "Series", "Periodical", "Proceedings"))
# Types of items by the names of elements, where no item type is given.
_TYPES = {
    "Article": "journalArticle", "Book": "book", "BookSection": "bookSection", "Thesis": "thesis", "Report": "report",
    "Document": "document", "Patent": "patent", "Manuscript": "manuscript", "Letter": "letter",
}  # fmt: skip
_ROLES = {"authors": "author", "editors": "editor", "contributors": "contributor", "translators": "translator"}


def matches(text: str) -> float:
    """Return how sure it is that a text is Zotero RDF: by its namespace and items."""
    head = text[:200_000]
    if not head.lstrip("\ufeff \t\r\n").startswith("<"):
        return 0.0
    return 0.97 if "zotero.org/namespaces/export" in head and ("itemType" in head or "<bib:" in head) else 0.0


def read_zotero_rdf(source: str, text: str) -> Reading:
    """Return the items of Zotero RDF, with the collections that they are in."""
    cuts = list(cut_children(text))
    parsed = [parse(text[cut.start : cut.end]) if cut.closed else _CUT_SHORT for cut in cuts]
    known = {_about(node): node for node in parsed if isinstance(node, Element) and _about(node)}
    shelves = _find_collections(known.values())
    pieces = [_make_piece(cut, node, known, shelves) for cut, node in zip(cuts, parsed, strict=True)]
    return assemble(source, text, pieces, _BETWEEN)


def _about(node: Element) -> str:
    return attribute(node, "about") or f"#{attribute(node, 'ID')}".rstrip("#")


def _make_piece(
    cut: Cut, node: Element | str, known: Mapping[str, Element], shelves: Mapping[str, Sequence[str]]
) -> Piece:
    if isinstance(node, str):
        return Piece(cut.start, cut.end, reason=node)
    kind = text_of(node, "itemType") or _TYPES.get(cut.name, "")
    if cut.name in ("Memo", "Attachment") or kind in _BESIDE:
        return Piece(cut.start, cut.end, reason=_BESIDE.get(kind, "a note or attachment"), understood=True)
    if cut.name == "Collection" or cut.name in _CONTAINERS or not kind:
        return Piece(cut.start, cut.end, reason="a collection, or what items are part of", understood=True)
    entry = make_zotero_entry(_make_item(node, kind, known, shelves.get(_about(node), ())))
    return Piece(cut.start, cut.end, entry) if entry.title else Piece(cut.start, cut.end, reason=_NO_TITLE)


def _find_collections(nodes: Iterable[Element]) -> dict[str, list[str]]:
    """Return the paths of the collections that each item is in, such as "Owls / Hearing"."""
    collections = [node for node in nodes if local(node.tag) == "Collection"]
    titles = {_about(node): text_of(node, "title") for node in collections}
    parts = {_about(node): [attribute(part, "resource") for part in every(node, "hasPart")] for node in collections}
    above = {part: shelf for shelf, inside in parts.items() for part in inside if part in titles}
    found: dict[str, list[str]] = defaultdict(list)
    for shelf, inside in parts.items():
        path = [titles[shelf]]
        at = shelf
        while at in above and len(path) < 20:
            at = above[at]
            path.insert(0, titles[at])
        for part in inside:
            if part not in titles:
                found[part].append(" / ".join(path))
    return found


def _make_item(node: Element, kind: str, known: Mapping[str, Element], shelves: Sequence[str]) -> Json:
    """Return an item with the names of fields that Zotero's JSON has."""
    inside = [part for part in every(node, "isPartOf") for part in _follow(part, known)]
    identifiers = [text for place in (node, *inside) for text in texts_of(place, "identifier")]
    item: dict[str, object] = {
        "itemType": kind,
        "title": markup_of(first(node, "title")),
        "abstractNote": markup_of(first(node, "abstract")),
        "date": text_of(node, "date"),
        "creators": list(_read_people(node)),
        "publicationTitle": next((title for place in inside if (title := text_of(place, "title"))), ""),
        "volume": next((value for place in (node, *inside) if (value := text_of(place, "volume"))), ""),
        "issue": next((value for place in (*inside, node) if (value := text_of(place, "number"))), ""),
        "pages": text_of(node, "pages"),
        "language": text_of(node, "language"),
        "publisher": text_of(node, "publisher/Organization/name"),
        "rights": text_of(node, "rights"),
        "extra": text_of(node, "description"),
        "url": text_of(node, "identifier/URI/value"),
        "tags": [{"tag": word} for word in _read_tags(node)],
        "groups": "; ".join(shelves),
    }
    for said in identifiers:
        doi = find_doi(said.removeprefix("DOI "))
        if doi:
            item.setdefault("DOI", doi)
        elif said[:5] in ("ISSN ", "ISBN "):
            item.setdefault(said[:4], said[5:])
    if kind == "bookSection":
        item["bookTitle"] = item.pop("publicationTitle")
    return {name: value for name, value in item.items() if value}


def _follow(part: Element, known: Mapping[str, Element]) -> list[Element]:
    """Return what an item is part of: what lies inside, or the node that is named."""
    named = known.get(attribute(part, "resource"))
    return [*part, *([named] if named is not None else [])]


def _read_people(node: Element) -> Iterator[Json]:
    for place, role in _ROLES.items():
        for person in every(node, f"{place}/Seq/li/Person"):
            family, given = text_of(person, "surname"), text_of(person, "givenName", "givenname")
            if family and given:
                yield {"creatorType": role, "firstName": given, "lastName": family}
            elif family or given:
                yield {"creatorType": role, "name": family or given}


def _read_tags(node: Element) -> Iterator[str]:
    for subject in every(node, "subject"):
        yield from [text for text in [text_of(subject, "AutomaticTag/value") or text_of(subject)] if text]
