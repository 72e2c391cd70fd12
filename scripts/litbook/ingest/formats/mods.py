"""The reader of MODS, which libraries, repositories, the ACL Anthology and bibutils write."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from litbook.ingest.formats.csljson import make_csl_entry
from litbook.ingest.formats.fields import Json
from litbook.ingest.formats.values import read_date
from litbook.ingest.formats.xmlrecords import read_xml_records
from litbook.ingest.formats.xmltree import (
    attribute,
    every,
    first,
    markup_of,
    root_name,
    text_of,
    texts_of,
)
from litbook.model.review import Reading

_GENRES = (
    ("thesis", "thesis"), ("dissertation", "thesis"), ("conference", "paper-conference"),
    ("journal", "article-journal"), ("article", "article-journal"), ("chapter", "chapter"), ("report", "report"),
    ("book", "book"),
)  # fmt: skip


def matches(text: str) -> float:
    """Return how sure it is that a text is MODS: by its root, or by records in another frame."""
    if root_name(text) in ("mods", "modsCollection"):
        return 0.97
    head = text[:200_000]
    return (
        0.9 if head.lstrip("\ufeff \t\r\n").startswith("<") and "loc.gov/mods" in head and "titleInfo" in head else 0.0
    )


def read_mods(source: str, text: str) -> Reading:
    """Return the records of MODS, and every other part of it with the reason why it is not one."""
    return read_xml_records(source, text, ("mods",), lambda record: make_csl_entry(make_mods_item(record)))


def make_mods_item(root: Element) -> Json:
    """Return a record in the vocabulary of CSL."""
    host = next((item for item in every(root, "relatedItem") if attribute(item, "type") == "host"), None)
    issued = text_of(root, "originInfo/dateIssued", "part/date") or text_of(host, "part/date", "originInfo/dateIssued")
    date = read_date(issued)
    item = {
        "type": _find_type(root, host),
        "title": _read_title(root),
        "author": [_read_name(person) for person in every(root, "name") if _has_role(person, "aut", "author", "cre")],
        "editor": [_read_name(person) for person in every(root, "name") if _has_role(person, "edt", "editor")],
        "abstract": " ".join(markup_of(part) for part in every(root, "abstract")),
        "issued": {"date-parts": [[int(part) for part in date.split("-")]]} if date else None,
        "container-title": _read_title(host),
        "publisher": text_of(root, "originInfo/publisher") or text_of(host, "originInfo/publisher"),
        "volume": _read_detail(root, host, "volume"),
        "issue": _read_detail(root, host, "issue", "number"),
        "page": _read_pages(root, host),
        "keyword": ", ".join(texts_of(root, "subject/topic")),
        "language": text_of(root, "language/languageTerm"),
        "URL": text_of(root, "location/url"),
        "id": attribute(root, "ID"),
    }
    for kind, variable in (("doi", "DOI"), ("issn", "ISSN"), ("isbn", "ISBN"), ("citekey", "citation-key")):
        item[variable] = _read_identifier(root, kind) or (_read_identifier(host, kind) if kind != "doi" else "")
    return {name: value for name, value in item.items() if value}


def _find_type(root: Element, host: Element | None) -> str:
    said = " ".join([*texts_of(root, "genre"), *(texts_of(host, "genre") if host is not None else [])]).lower()
    return next((kind for word, kind in _GENRES if word in said), "chapter" if host is not None else "document")


def _read_title(root: Element | None) -> str:
    info = first(root, "titleInfo")
    start, title, sub = (markup_of(first(info, part)) for part in ("nonSort", "title", "subTitle"))
    whole = f"{start} {title}".strip()
    return f"{whole}: {sub}" if sub and whole else whole


def _has_role(person: Element, *roles: str) -> bool:
    said = [role.lower() for role in texts_of(person, "role/roleTerm")]
    return any(role in roles for role in said) or (not said and "aut" in roles)


def _read_name(person: Element) -> Json:
    parts = {attribute(part, "type"): text_of(part) for part in every(person, "namePart")}
    given = " ".join(text_of(part) for part in every(person, "namePart") if attribute(part, "type") == "given")
    if parts.get("family"):
        return {"family": parts["family"], "given": given}
    whole = parts.get("") or text_of(person, "displayForm")
    family, sign, rest = whole.partition(", ")
    return {"family": family, "given": rest} if sign else {"literal": whole}


def _read_detail(root: Element, host: Element | None, *kinds: str) -> str:
    details = [*every(root, "part/detail"), *(every(host, "part/detail") if host is not None else ())]
    found = (text_of(detail, "number") for detail in details if attribute(detail, "type") in kinds)
    return next((value for value in found if value), "")


def _read_pages(root: Element, host: Element | None) -> str:
    for place in (root, host):
        extent = first(place, "part/extent")
        start, end = text_of(extent, "start"), text_of(extent, "end")
        if start:
            return f"{start}-{end}" if end and end != start else start
    return ""


def _read_identifier(root: Element | None, kind: str) -> str:
    if root is None:
        return ""
    found = (text_of(item) for item in every(root, "identifier") if attribute(item, "type").lower() == kind)
    return next((value for value in found if value), "")
