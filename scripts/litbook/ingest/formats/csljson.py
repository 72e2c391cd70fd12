"""The reader of CSL-JSON and of Zotero's own JSON: its Web API, and what Better BibTeX calls "BetterBibTeX JSON"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from litbook.ingest.formats.cslreference import (
    HELPERS,
    make_csl_reference,
    make_zotero_reference,
    read_creators,
)
from litbook.ingest.formats.dates import read_csl_date
from litbook.ingest.formats.fields import (
    Fields,
    Json,
    Refusal,
    as_text,
    entries,
    headline,
    is_repository,
    join_date,
    mapping,
    one_line,
    people,
    prose,
)
from litbook.ingest.formats.jsonitems import Form, json_head, read_items
from litbook.ingest.formats.pieces import Entry
from litbook.ingest.formats.values import read_date
from litbook.model.review import LINKS, Reading
from litbook.text.identifiers import find_arxiv, find_doi, in_order, links_of, read_address

_TYPES = (
    "article|article-journal|article-magazine|article-newspaper|bill|book|broadcast|chapter|classic|collection|dataset"
    "|document|entry|entry-dictionary|entry-encyclopedia|event|figure|graphic|hearing|interview|legal_case|legislation"
    "|manuscript|map|motion_picture|musical_score|pamphlet|paper-conference|patent|performance|periodical"
    "|personal_communication|post|post-weblog|regulation|report|review|review-book|software|song|speech|standard"
    "|thesis|treaty|webpage|journal-article|proceedings-article|posted-content|book-chapter"
)
_TYPE = re.compile(rf'"type"\s*:\s*"(?:{_TYPES})"')
_FIELD = re.compile(r'"(?:issued|container-title|author|DOI|citation-key|title-short|publisher-place|accessed)"\s*:')
_PLAIN_TITLE = re.compile(r'"title"\s*:\s*"')
_PARTS = re.compile(r'"(?:date-parts|family|literal|given)"\s*:')
_AUTHOR_TEXT, _AUTHOR_LIST = re.compile(r'"author"\s*:\s*"'), re.compile(r'"author"\s*:\s*\[')
_ZOTERO = re.compile(r'"itemType"\s*:\s*"')
_ZOTERO_FIELD = re.compile(r'"(?:creators|creatorType|abstractNote|dateAdded|citationKey|parentItem)"\s*:')
_CHILDREN = frozenset({"attachment", "note", "annotation"})
_CHILD = Refusal("a note or attachment of another entry", understood=True)
_VENUES = ("publicationTitle", "proceedingsTitle", "conferenceName", "bookTitle", "encyclopediaTitle",
           "dictionaryTitle", "websiteTitle", "blogTitle", "forumTitle", "meetingName")  # fmt: skip
# Lines of Zotero's field "Extra" that state an identifier: `arXiv:2310.12345 [cs]`, `DOI: 10.1000/xyz`.
_STATED = re.compile(r"^\s*(arxiv|doi|url|openreview)\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


def matches(text: str) -> float:
    """Return how sure it is that a text is CSL-JSON or Zotero's: by the types of its items and their fields."""
    head = json_head(text)
    if '"BetterBibTeX JSON"' in head or (_ZOTERO.search(head) and _ZOTERO_FIELD.search(head)):
        return 0.95
    if '"parsed by": "' in head and _TYPE.search(head):
        return 0.95  # what litbook itself keeps as the source of a parsed paper
    if not _TYPE.search(head) or not _FIELD.search(head) or "openalex.org/W" in head:
        return 0.0
    if _AUTHOR_TEXT.search(head) and not _AUTHOR_LIST.search(head):
        return 0.0  # the items of another tool, such as Papis, which has types of the same names
    plain = bool(_PLAIN_TITLE.search(head))
    return 0.9 if plain and _PARTS.search(head) else 0.6 if plain else 0.3


def read_csljson(source: str, text: str) -> Reading:
    """Return the items of a CSL-JSON file, or of one of Zotero's shapes; each item says of which shape it is."""
    return read_items(source, text, _FORM)


def is_csl_entry(entry: Json) -> bool:
    """Return whether an object is an item of CSL-JSON or Zotero."""
    if isinstance(_unwrap(entry).get("itemType"), str):
        return _unwrap(entry)["itemType"] not in _CHILDREN
    return "type" in entry and bool(entry.keys() & {"title", "id", "DOI", "issued"})


def make_item(entry: Json) -> Entry | Refusal:
    """Return what an item of CSL-JSON or Zotero says, or why it is not a paper."""
    item = _unwrap(entry)
    if "itemType" not in item:
        return make_csl_entry(entry)
    return _CHILD if item["itemType"] in _CHILDREN else make_zotero_entry(item)


def _unwrap(entry: Json) -> Json:
    """Return an item of Zotero's API as its data, beside what the API says about it."""
    data = mapping(entry.get("data"))
    if "itemType" not in data:
        return entry
    # The key and version stand outside and inside; where they differ, the outer ones get a name of their own.
    around = {name: value for name, value in entry.items() if name != "data" and data.get(name) != value}
    return {**data, **{f"item.{name}" if name in data else name: value for name, value in around.items()}}


# -- CSL-JSON -------------------------------------------------------------------------------------------------------


def make_csl_entry(entry: Json) -> Entry:
    """Return what an item in the vocabulary of CSL says."""
    fields = Fields(entry)
    title, abstract = fields.take("title"), fields.take("abstract")
    names, all_said = people(fields.get("author"))
    fields.use("author", all_said)
    venue = _read_venue(fields, "container-title", "event-title", "event")
    return Entry(
        title=headline(title),
        abstract=prose(abstract),
        authors=names,
        published=_read_issued(fields),
        venue=venue,
        links=_take_links(fields, "DOI", "URL", "number", "note", "archive_location", "arxiv"),
        extra=fields.rest(),
        reference=make_csl_reference(entry),
    )


def _read_issued(fields: Fields) -> str | None:
    """Return the date of publication; a range, a season and what is not a date stay in `extra`."""
    value = fields.get("issued") or fields.get("published")
    name = "issued" if fields.get("issued") else "published"
    dates = [parts for parts in entries(mapping(value).get("date-parts")) if isinstance(parts, list)]
    if dates and (found := join_date(dates[0])):
        fields.use(name, set(mapping(value)) == {"date-parts"} and len(dates) == 1)
        return found
    if (read := read_csl_date(value)) and read.start and not mapping(value).keys() & {"raw", "literal"}:
        fields.use(name, not isinstance(value, str) or join_date(read.start) == value)
        return join_date(read.start)
    text = one_line(mapping(value).get("raw")) or one_line(mapping(value).get("literal")) or one_line(value)
    found = read_date(text)
    fields.use(name, found == text and len(mapping(value)) < 2)
    return found or read_date(fields.text("year"))


# -- Zotero ---------------------------------------------------------------------------------------------------------


def make_zotero_entry(item: Json) -> Entry:
    """Return what an item says that has the fields of Zotero's own JSON."""
    fields = Fields(item)
    date = fields.text("date")
    published = read_date(date)
    fields.use("date", date == published)
    return Entry(
        title=headline(fields.take("title", "caseName", "nameOfAct", "subject")),
        abstract=prose(fields.take("abstractNote")),
        authors=_read_creators(fields),
        published=published,
        venue=_read_venue(fields, *_VENUES),
        links=_take_links(fields, "DOI", "url", "archiveID", "number", "reportNumber", "extra"),
        extra=fields.rest(),
        reference=make_zotero_reference(item),
    )


def _read_creators(fields: Fields) -> tuple[str, ...]:
    """Return the authors, or whoever has made the work if it has none of this name; helpers stay in `extra`."""
    creators = [mapping(creator) for creator in entries(fields.get("creators"))]
    makers = [creator for creator in creators if creator.get("creatorType", "author") == "author"]
    makers = makers or [creator for creator in creators if creator.get("creatorType") not in HELPERS]
    names = tuple(name.display for name in read_creators(makers))
    plain = all(creator.get("creatorType") == "author" and set(creator) <= _CREATOR for creator in makers)
    fields.use("creators", plain and len(names) == len(creators))
    return names


_CREATOR = {"creatorType", "firstName", "lastName", "name"}


# -- what both have -------------------------------------------------------------------------------------------------


def _read_venue(fields: Fields, *names: str) -> str | None:
    name = next((name for name in names if fields.text(name)), "")
    venue = fields.text(name)
    if not venue or is_repository(venue):
        return None
    fields.use(name, fields.size(name) < 2)
    return prose(as_text(venue))


def _take_links(fields: Fields, *names: str) -> Mapping[str, str]:
    """Return the identifiers that these fields hold; a field that says nothing else is used up."""
    found = {name: list(_read_value(fields.text(name))) or list(_read_stated(fields, name)) for name in names}
    links = in_order((pair for pairs in found.values() for pair in pairs), LINKS)
    for name, pairs in found.items():
        bare = fields.text(name).lower().removesuffix(".git").removesuffix(".pdf").rstrip("/")
        held = all(links[kind] == value for kind, value in pairs)
        fields.use(name, bool(pairs) and held and bare.endswith(pairs[0][1].lower()) and not _is_note(fields, name))
    return links


def _is_note(fields: Fields, name: str) -> bool:
    """Tell a field of free text, in which an identifier is only one of the things that it says."""
    return name in ("extra", "note") or " " in fields.text(name)


def _read_value(text: str) -> Iterator[tuple[str, str]]:
    if doi := find_doi(text):
        yield from links_of(doi).items()
    elif arxiv := find_arxiv(text):
        yield "arxiv", arxiv
    elif found := read_address(text):
        yield found


def _read_stated(fields: Fields, name: str) -> Iterator[tuple[str, str]]:
    """Return the identifiers that lines of a note state: `DOI: …`."""
    text = fields.get(name)
    for kind, value in _STATED.findall(text[:10_000]) if isinstance(text, str) else ():
        yield from _read_value(f"{kind}:{value}" if kind.lower() == "arxiv" else value)


_FORM = Form(frozenset({"items", "references"}), is_csl_entry, make_item)
