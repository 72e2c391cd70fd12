"""The reader of OpenAlex works: one work, a page of results, or several in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litbook.ingest.formats.fields import Fields, Json, Refusal, clean, entries, is_repository, mapping, one_line, prose
from litbook.ingest.formats.jsonitems import Form, json_head, read_items
from litbook.ingest.formats.otherreferences import make_openalex_reference
from litbook.ingest.formats.pieces import Entry
from litbook.ingest.formats.values import read_date
from litbook.model.review import LINKS, Reading
from litbook.text.identifiers import find_doi, in_order, links_of, read_address

_WORK = re.compile(r'"id"\s*:\s*"(?:https?://openalex\.org/)?W\d{2,}"', re.IGNORECASE)
_FIELD = re.compile(
    r'"(?:display_name|authorships|publication_year|abstract_inverted_index|referenced_works|title)"\s*:'
)
_NO_WORK = Refusal("no work of OpenAlex: export works, not authors, sources or groups")
# An abstract has some thousand words; positions beyond this are a hoax.
_LONGEST_ABSTRACT = 200_000


def matches(text: str) -> float:
    """Return how sure it is that a text holds works of OpenAlex: by their ids."""
    head = json_head(text)
    return 0.95 if _WORK.search(head) and _FIELD.search(head) else 0.0


def read_openalex(source: str, text: str) -> Reading:
    """Return the works of an answer or an export of OpenAlex."""
    return read_items(source, text, _FORM)


def _is_entry(entry: Json) -> bool:
    identity = one_line(entry.get("id")).rpartition("/")[2]
    return bool(re.fullmatch(r"[Ww]\d+", identity)) and ("title" in entry or "display_name" in entry or "doi" in entry)


def _make(entry: Json) -> Entry | Refusal:
    if not _is_entry(entry) and not ({"authorships", "publication_year"} & entry.keys()):
        return _NO_WORK
    fields = Fields(entry)
    title = fields.take("title", "display_name")
    fields.use("display_name", fields.text("display_name") == title)
    published = read_date(fields.text("publication_date")) or read_date(fields.text("publication_year"))
    fields.use("publication_date", fields.text("publication_date") == published)
    fields.use("publication_year", bool(published) and fields.text("publication_year") == (published or "")[:4])
    source = mapping(mapping(fields.get("primary_location")).get("source")) or mapping(fields.get("host_venue"))
    venue = clean(one_line(source.get("display_name")))
    preprint = is_repository(venue) or source.get("type") == "repository"
    doi = find_doi(fields.text("doi"))
    fields.use("doi", bool(doi))
    container = "" if preprint else venue or ""
    return Entry(
        title=prose(title),
        abstract=prose(_read_abstract(fields)),
        authors=_read_authors(fields),
        published=published,
        venue=None if preprint else venue or None,
        links=in_order([*links_of(doi).items(), *_find_links(fields)], LINKS),
        extra=fields.rest(),
        reference=make_openalex_reference(entry, container, published or "", doi),
    )


def _read_authors(fields: Fields) -> tuple[str, ...]:
    """Return the names in their order; institutions, identifiers and the names as printed stay in `extra`."""
    names = []
    for authorship in entries(fields.get("authorships")):
        author = mapping(mapping(authorship).get("author"))
        names.append(
            clean(one_line(author.get("display_name")) or one_line(mapping(authorship).get("raw_author_name")))
        )
    return tuple(filter(None, names))


def _read_abstract(fields: Fields) -> str:
    """Return the abstract that the index of its words stands for, or the plain one that some clients make of it."""
    if plain := fields.take("abstract"):
        fields.use("abstract_inverted_index")
        return plain
    index = mapping(fields.get("abstract_inverted_index"))
    words = [
        (place, word)
        for word, places in index.items()
        for place in entries(places)
        if isinstance(place, int) and 0 <= place < _LONGEST_ABSTRACT
    ]
    total = sum(len(entries(places)) or 1 for places in index.values())
    fields.use("abstract_inverted_index", 0 < len(words) == total)
    return one_line(" ".join(word for _, word in sorted(words)))


def _find_links(fields: Fields) -> Iterator[tuple[str, str]]:
    """Find the identifiers in the addresses of all places where the work lies."""
    locations = [fields.get("primary_location"), fields.get("best_oa_location"), *entries(fields.get("locations"))]
    for location in map(mapping, locations):
        for name in ("landing_page_url", "pdf_url"):
            found = read_address(one_line(location.get(name)))
            if found and found[0] != "code":
                yield found


_FORM = Form(frozenset({"results"}), _is_entry, _make)
