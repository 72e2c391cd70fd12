"""The reader of Semantic Scholar's JSON: a paper, a search, citations, recommendations, a batch, or the datasets."""

from __future__ import annotations

import re

from litbook.ingest.formats.fields import (
    Fields,
    Json,
    Refusal,
    as_text,
    entries,
    is_repository,
    mapping,
    one_line,
    people,
    prose,
)
from litbook.ingest.formats.jsonitems import Form, json_head, read_items
from litbook.ingest.formats.otherreferences import make_semanticscholar_reference
from litbook.ingest.formats.pieces import Entry
from litbook.ingest.formats.values import read_date
from litbook.model.review import LINKS, Reading
from litbook.text.identifiers import find_arxiv, find_doi, in_order, links_of, read_address

_IDENTITY = re.compile(r'"(?:paperId|corpusId|corpusid)"\s*:\s*(?:"[\w-]+"|\d+|null)')
_FIELD = re.compile(
    r'"(?:title|externalIds|externalids|abstract|citationCount|citationcount|publicationDate|s2FieldsOfStudy)"\s*:'
)
# Lists of citations wrap the paper in what they say of the citation.
_WRAPPERS = ("citingPaper", "citedPaper")
_NO_PAPER = Refusal("an object without a paper: the service reports an error; ask it again")


def matches(text: str) -> float:
    """Return how sure it is that a text is Semantic Scholar's: by the names of its identifiers."""
    head = json_head(text)
    return 0.93 if _IDENTITY.search(head) and _FIELD.search(head) else 0.0


def read_semanticscholar(source: str, text: str) -> Reading:
    """Return the papers of an answer of Semantic Scholar, or of a file of its datasets."""
    return read_items(source, text, _FORM)


def _is_entry(entry: Json) -> bool:
    paper = _unwrap(entry)
    names = {name.lower() for name in paper}
    return bool(names & {"paperid", "corpusid"}) and bool(names & {"title", "externalids", "abstract"})


def _unwrap(entry: Json) -> Json:
    """Return the fields of the paper, and beside them those of the citation that it is in."""
    for name in _WRAPPERS:
        if paper := mapping(entry.get(name)):
            return {**{key: value for key, value in entry.items() if key != name}, **paper}
    return entry


def _make(entry: Json) -> Entry | Refusal:
    paper = _unwrap(entry)
    if not _is_entry(paper) and "title" not in paper:
        return _NO_PAPER
    # The datasets write all names in small letters.
    spelled = {name.lower(): name for name in paper}
    fields = Fields(paper)
    dated, year = spelled.get("publicationdate", ""), fields.text("year")
    published = read_date(fields.text(dated)) or read_date(year)
    fields.use(dated, fields.text(dated) == published)
    fields.use("year", bool(published) and year == (published or "")[:4])
    names, all_said = people([_without_id(author) for author in entries(fields.get("authors"))])
    fields.use(
        "authors", all_said and not any(mapping(author).get("authorId") for author in entries(fields.get("authors")))
    )
    venue = _read_venue(fields, spelled)
    links = in_order(_find_links(fields, spelled), LINKS)
    return Entry(
        title=prose(fields.take("title")),
        abstract=prose(fields.take("abstract")),
        authors=names,
        published=published,
        venue=venue,
        links=links,
        extra=fields.rest(),
        reference=make_semanticscholar_reference(paper, venue or "", published or "", links.get("doi", "")),
    )


def _without_id(author: object) -> dict[str, object]:
    return {name: value for name, value in mapping(author).items() if name.lower() != "authorid"}


def _read_venue(fields: Fields, spelled: dict[str, str]) -> str | None:
    venue = fields.text("venue")
    journal = mapping(fields.get(spelled.get("publicationvenue", ""))) or mapping(fields.get("journal"))
    found = as_text(venue or one_line(journal.get("name")))
    if not found or is_repository(found):
        return None
    fields.use("venue", bool(venue))
    return found


def _find_links(fields: Fields, spelled: dict[str, str]) -> list[tuple[str, str]]:
    """Return the identifiers; those of other registers stay in `extra`, together with these."""
    open_access = mapping(fields.get(spelled.get("openaccessinfo", "")))
    name = spelled.get("externalids", "")
    ids = {key.lower(): one_line(value) for key, value in (mapping(fields.get(name)) or _ids(open_access)).items()}
    doi = find_doi(ids.get("doi", ""))
    found = [("arxiv", find_arxiv(ids.get("arxiv", ""))), ("acl", ids.get("acl", "")), *links_of(doi).items()]
    pdf = mapping(fields.get(spelled.get("openaccesspdf", "")))
    address = read_address(one_line(pdf.get("url")))
    fields.use(name, all(not value or key in ("doi", "arxiv", "acl") for key, value in ids.items()))
    return [*found, *([address] if address and address[0] != "code" else [])]


def _ids(open_access: Json) -> Json:
    return mapping(open_access.get("externalids")) or mapping(open_access.get("externalIds"))


_FORM = Form(frozenset({"data", "recommendedPapers"}), _is_entry, _make)
