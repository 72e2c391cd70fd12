"""The reader of Crossref's JSON: a list of works, the message of one, or bare works."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litbook.ingest.formats.cslreference import make_csl_reference
from litbook.ingest.formats.fields import (
    Fields,
    Json,
    Refusal,
    as_text,
    entries,
    is_repository,
    join_date,
    mapping,
    one_line,
    people,
    prose,
)
from litbook.ingest.formats.jsonitems import Form, json_head, read_items
from litbook.ingest.formats.pieces import Entry
from litbook.model.review import LINKS, Reading
from litbook.text.identifiers import find_arxiv, find_doi, in_order, links_of

_ENVELOPE = re.compile(r'"message-type"\s*:\s*"work(?:-list)?"')
_TITLE = re.compile(r'"title"\s*:\s*\[')
_MARKS = ("reference-count", "is-referenced-by-count", "content-domain", "indexed", "deposited", "member", "prefix")
# The date of publication first, then those of its parts, and last when the DOI was made.
_DATES = ("published", "issued", "published-online", "published-print", "posted", "created")
_NO_WORK = Refusal("an object without a DOI: the service reports an error or no work; ask it again")


def matches(text: str) -> float:
    """Return how sure it is that a text is Crossref's: by its envelope, or by fields that only its works have."""
    head = json_head(text)
    if _ENVELOPE.search(head):
        return 0.97
    marks = sum(f'"{mark}"' in head for mark in _MARKS)
    is_work = '"DOI"' in head and _TITLE.search(head)
    return (
        min(0.92, 0.6 + 0.1 * marks) if is_work and marks > 1 else 0.55 if is_work and '"date-parts"' in head else 0.0
    )


def read_crossref(source: str, text: str) -> Reading:
    """Return the works of an answer of Crossref."""
    return read_items(source, text, _FORM)


def _is_entry(entry: Json) -> bool:
    return "DOI" in entry and bool(entry.keys() & {"title", "type", "author", "issued"}) and "key" not in entry


def _make(entry: Json) -> Entry | Refusal:
    if "DOI" not in entry and "title" not in entry:
        return _NO_WORK
    fields = Fields(entry)
    doi = find_doi(fields.text("DOI"))
    fields.use("DOI", bool(doi))
    fields.use("URL", find_doi(fields.text("URL")) == doi != "")
    names, all_said = people([_without_place(author) for author in entries(fields.get("author"))])
    fields.use("author", all_said)
    venue = fields.text("container-title") or one_line(mapping(fields.get("event")).get("name"))
    preprint = is_repository(venue)
    fields.use("container-title", not preprint and fields.size("container-title") < 2)
    return Entry(
        title=prose(fields.take("title")),
        abstract=prose(fields.take("abstract")),
        authors=names,
        published=_read_date(fields),
        venue=None if preprint else prose(as_text(venue)) or None,
        links=in_order([*links_of(doi).items(), *_find_preprints(fields)], LINKS),
        extra=fields.rest(),
        reference=make_csl_reference(entry, "crossref"),
    )


def _without_place(author: object) -> dict[str, object]:
    """Return an author without what says nothing: the place in the list, which is kept, and an empty affiliation."""
    return {name: value for name, value in mapping(author).items() if name != "sequence" and value}


def _read_date(fields: Fields) -> str | None:
    """Return the first date; the others stay in `extra`, and so does this if there is more in it."""
    for name in _DATES:
        value = mapping(fields.get(name))
        dates = [parts for parts in entries(value.get("date-parts")) if isinstance(parts, list)]
        if dates and (found := join_date(dates[0])):
            fields.use(name, set(value) == {"date-parts"} and len(dates) == 1)
            return found
    return None


def _find_preprints(fields: Fields) -> Iterator[tuple[str, str]]:
    """Return the arXiv ids of what Crossref says is the preprint of the work."""
    for relation in map(mapping, entries(mapping(fields.get("relation")).get("has-preprint"))):
        identity = one_line(relation.get("id"))
        yield "arxiv", find_arxiv(identity) or links_of(find_doi(identity)).get("arxiv", "")


_FORM = Form(frozenset({"message", "items"}), _is_entry, _make)
