"""The reader of answers of repositories (OAI-PMH): Dublin Core, MARC, MODS, JATS, and arXiv's own form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from litbook.ingest.formats.csljson import make_csl_entry
from litbook.ingest.formats.dublincore import make_dublin_core_item
from litbook.ingest.formats.fields import Json
from litbook.ingest.formats.marcxml import make_marc_item
from litbook.ingest.formats.mods import make_mods_item
from litbook.ingest.formats.paper_xml import make_jats_item
from litbook.ingest.formats.pieces import Piece, assemble
from litbook.ingest.formats.values import read_date
from litbook.ingest.formats.xmltree import (
    Cut,
    attribute,
    cut_elements,
    every,
    first,
    name_of,
    parse,
    root_name,
    text_of,
)
from litbook.model.review import Reading

_BETWEEN = "the frame of the answer around its records"
_CUT_SHORT = "a record that is not closed; the file is cut short or damaged here, harvest it again"
_DELETED = "a record that the repository has deleted"
_NO_TITLE = "a record without a title; add one"
_ROOTS = ("OAI-PMH", "ListRecords", "GetRecord")
_HEADER = re.compile(r"<(?:[\w.-]+:)?header[\s>]")


def matches(text: str) -> float:
    """Return how sure it is that a text is an answer of a repository: by its root, or by headers of records."""
    if root_name(text) in _ROOTS:
        return 0.98
    head = text[:200_000]
    harvested = root_name(text) in ("records", "record", "collection") and "openarchives.org/OAI" in head
    return 0.98 if harvested and _HEADER.search(head) else 0.0


def read_oai(source: str, text: str) -> Reading:
    """Return the records of an answer, and every other part of it with the reason why it is not one."""
    return assemble(source, text, [_make_piece(text, cut) for cut in cut_elements(text, ("record",))], _BETWEEN)


def _make_piece(text: str, cut: Cut) -> Piece:
    root = parse(text[cut.start : cut.end]) if cut.closed else _CUT_SHORT
    if isinstance(root, str):
        return Piece(cut.start, cut.end, reason=root)
    if attribute(first(root, "header"), "status") == "deleted":
        return Piece(cut.start, cut.end, reason=_DELETED, understood=True)
    said = next((child for part in every(root, "metadata") for child in part), None)
    item = _make_item(said) if said is not None else {}
    if item is None:
        form = name_of(said) if said is not None else ""
        reason = f"a record in the form '{form}', which litbook does not read; harvest it as oai_dc, marcxml or mods"
        return Piece(cut.start, cut.end, reason=reason)
    entry = make_csl_entry({name: value for name, value in item.items() if value})
    return Piece(cut.start, cut.end, entry) if entry.title else Piece(cut.start, cut.end, reason=_NO_TITLE)


def _make_item(said: Element) -> Json | None:
    """Return a record in the vocabulary of CSL, or None for a form that is not known."""
    name = name_of(said)
    if name in ("arXiv", "arXivRaw"):
        return _make_arxiv_item(said)
    if name == "record":
        return make_marc_item(said)
    if name == "mods":
        return make_mods_item(said)
    if name == "article":
        return make_jats_item(said)
    return make_dublin_core_item(said) if first(said, "title") is not None else None


# -- arXiv ------------------------------------------------------------------------------------------------------------


def _make_arxiv_item(said: Element) -> Json:
    dates = [text_of(said, "created"), text_of(said, "version/date")]
    date = next((found for value in dates if (found := read_date(value))), None)
    return {
        "type": "article",
        "title": text_of(said, "title"),
        "author": [*_read_authors(said)] or text_of(said, "authors"),
        "abstract": text_of(said, "abstract"),
        "issued": {"date-parts": [[int(part) for part in date.split("-")]]} if date else None,
        "container-title": text_of(said, "journal-ref"),
        "DOI": text_of(said, "doi").split(" ")[0],
        "arxiv": text_of(said, "id"),
        "keyword": ", ".join(text_of(said, "categories").split()),
        "licence": text_of(said, "license"),
        "note": text_of(said, "comments"),
    }


def _read_authors(said: Element) -> Iterator[Json]:
    for person in every(said, "authors/author"):
        family, given = text_of(person, "keyname"), text_of(person, "forenames")
        if re.search(r"\w", family):  # groups and their members have a colon between them
            yield {"family": family, "given": given, "suffix": text_of(person, "suffix")}
