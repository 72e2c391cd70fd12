"""The reader of bibliographies in TEI: Zotero's export, hand-made lists, and the references that GROBID alone gives."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from litbook.ingest.formats.fields import Json
from litbook.ingest.formats.paper_xml import date_parts, make_paper
from litbook.ingest.formats.xmlrecords import read_xml_records
from litbook.ingest.formats.xmltree import attribute, every, first, markup_of, root_name, text_of, texts_of
from litbook.model.review import Reading

_TYPES = {"journalarticle": "article-journal", "book": "book", "booksection": "chapter", "thesis": "thesis",
          "conferencepaper": "paper-conference", "report": "report", "webpage": "webpage"}  # fmt: skip
_ENTRY = re.compile(r"<(?:[\w.-]+:)?(?:biblStruct|bibl)[\s>]")


def matches(text: str) -> float:
    """Return how sure it is that a text is a bibliography in TEI: its header describes no paper, and its text lists."""
    root = root_name(text)
    if root == "listBibl":
        return 0.97
    if root not in ("TEI", "TEI.2"):
        return 0.0
    header, _, rest = text.partition("</teiHeader>")
    described = _ENTRY.search(header) and re.search(r"<(?:[\w.-]+:)?(?:analytic|idno)[\s>]", header)
    return 0.97 if "<listBibl" in rest and not described and _ENTRY.search(rest) else 0.0


def read_tei_bibliography(source: str, text: str) -> Reading:
    """Return a record for each entry of the lists, and every other part with the reason it was skipped."""
    name = "biblStruct" if re.search(r"<(?:[\w.-]+:)?biblStruct[\s>]", text) else "bibl"
    return read_xml_records(source, text, (name,), lambda entry: make_paper(_make_item(entry)))


def _make_item(entry: Element) -> Json:
    part, whole = first(entry, "analytic"), first(entry, "monogr")
    inner = part if part is not None else whole if whole is not None else entry
    identifiers = {attribute(item, "type").lower(): text_of(item) for item in every(entry, "**/idno")}
    scopes = {attribute(item, "unit") or attribute(item, "type"): item for item in every(entry, "**/biblScope")}
    date = first(whole if whole is not None else entry, "**/date")
    kind = attribute(entry, "type").lower()
    return {
        "type": _TYPES.get(kind, "article-journal" if part is not None else "book"),
        "id": attribute(entry, "id"),
        "title": markup_of(first(inner, "title")),
        "author": [_name(person) for person in every(inner, "author")],
        "editor": [_name(person) for person in every(whole, "editor")] if whole is not None else [],
        "issued": date_parts(attribute(date, "when") or text_of(date)),
        "container-title": markup_of(first(whole, "title")) if part is not None else "",
        "publisher": text_of(entry, "**/publisher"),
        "publisher-place": text_of(entry, "**/pubPlace"),
        **{
            field: _scope(scopes.get(unit))
            for field, unit in (("volume", "volume"), ("issue", "issue"), ("page", "page"))
        },
        "DOI": identifiers.get("doi", ""),
        "arxiv": identifiers.get("arxiv", ""),
        "ISBN": identifiers.get("isbn", ""),
        "ISSN": identifiers.get("issn", ""),
        "URL": attribute(first(entry, "**/ptr"), "target"),
        "keyword": ", ".join(texts_of(entry, "note/term")),
    }


def _name(person: Element) -> Json:
    family = text_of(person, "**/surname")
    given = " ".join(texts_of(person, "**/forename"))
    return {"family": family, "given": given} if family else {"literal": text_of(person)}


def _scope(scope: Element | None) -> str:
    start, end = attribute(scope, "from"), attribute(scope, "to")
    return f"{start}-{end}" if start and end and start != end else start or text_of(scope)
