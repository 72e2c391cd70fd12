"""The fields of an entry of BibTeX or biblatex, as a record has them.

Only `bibtex` uses this. It knows what fields mean, in the exports of Zotero, Better BibTeX, JabRef, Mendeley, Google
Scholar, arXiv, DBLP and the ACL Anthology, and nothing of how they are written in a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from litbook.ingest.formats.bibnames import read_names
from litbook.ingest.formats.bibreference import make_reference
from litbook.ingest.formats.fields import headline, is_repository, prose
from litbook.ingest.formats.journal_macros import name_journal
from litbook.ingest.formats.people import is_placeholder, show_all
from litbook.ingest.formats.pieces import Entry
from litbook.ingest.formats.tex import decode_address, decode_tex, decode_title
from litbook.ingest.formats.values import keep_others, latest_known, one_line, read_date
from litbook.model.review import LINKS
from litbook.text.identifiers import ARXIV, find_arxiv, find_doi, in_order, links_of, read_address

Fields = Sequence[tuple[str, str]]

_VENUES = ("journal", "journaltitle", "booktitle", "eventtitle", "school", "institution")
_JOURNALS = ("journal", "journaltitle")
_DATES = ("date", "year", "month", "day")
_ADDRESSES = ("url", "ee", "howpublished", "note", "pdf", "html", "link", "eprint", "addendum")
_NAMES_OF_LINKS = {"code": "code", "github": "code", "repository": "code", "project": "project", "website": "project"}
_PREPRINT = re.compile(rf"arxiv\b.{{0,40}}|.{{0,40}}\barxiv:\s*{ARXIV}.{{0,40}}", re.IGNORECASE)
_INSIDE = re.compile(rf"\barxiv[:.]\s*({ARXIV})|^\s*abs/({ARXIV})", re.IGNORECASE)


def make_entry(kind: str, key: str, fields: Fields, remarks: list[str] | None = None) -> Entry:
    """Return what the fields of an entry say; the type of the entry and its key are kept as `ENTRYTYPE` and `ID`.

    What is doubtful is appended to `remarks`.
    """
    first = {name.lower(): value for name, value in reversed(fields)}
    first |= {name: name_journal(first[name]) for name in _JOURNALS if name in first}
    title, titles = _read_title(first)
    authors = read_names(first.get("author", ""))
    if remarks is not None:
        remarks += _find_doubtful(first, key)
    published = _read_published(first)
    venue_field = next((name for name in _VENUES if _names_venue(first.get(name, ""))), "")
    links = in_order(_find_links(first), LINKS)
    used = {*titles, "abstract", venue_field, *(["author"] if authors.whole else []), *_used_dates(first, published)}
    used |= _used_links(first, links)
    return Entry(
        title=title,
        abstract="" if is_placeholder(first.get("abstract", "")) else prose(_text(first.get("abstract", ""))),
        authors=show_all(authors.names),
        published=published,
        venue=prose(_text(first[venue_field])) if venue_field else None,
        links=links,
        extra=keep_others([("ENTRYTYPE", kind), ("ID", one_line(key)), *_others(fields, used)], ()),
        reference=make_reference(kind, key, first, authors.names),
    )


def _find_doubtful(first: Mapping[str, str], key: str) -> Iterator[str]:
    """Yield a remark on each field of names in which one name may be several."""
    for role in ("author", "editor", "translator", "bookauthor"):
        if doubtful := read_names(first.get(role, "")).doubtful:
            people = "authors" if role in ("author", "bookauthor") else f"{role}s"
            yield f"'{doubtful[:60]}' in '{one_line(key)}' may be several {people}; put 'and' between them"


def _names_venue(value: str) -> bool:
    """Return whether a value names a venue: not a place for preprints, and not "NA"."""
    plain = _text(value)
    return bool(plain) and not (is_repository(plain) or _PREPRINT.fullmatch(plain) or is_placeholder(plain))


def _text(value: str) -> str:
    return one_line(decode_tex(one_line(value)))


def _others(fields: Fields, used: set[str]) -> Iterator[tuple[str, str]]:
    """Return the fields that are not used up, and the second value of those that are given twice."""
    seen: set[str] = set()
    for name, value in fields:
        if name.lower() not in used or name.lower() in seen:
            yield name, one_line(value)
        seen.add(name.lower())


def _read_title(first: Mapping[str, str]) -> tuple[str, set[str]]:
    """Return the title with its subtitle, and the fields that it was made from."""
    title, subtitle = (
        headline(one_line(decode_title(one_line(first.get(name, ""))))) for name in ("title", "subtitle")
    )
    if title and subtitle:
        return title + (" " if title[-1] in "?!:." else ": ") + subtitle, {"title", "subtitle"}
    return title, {"title"}


# -- dates ----------------------------------------------------------------------------------------------------------


def _read_published(first: Mapping[str, str]) -> str | None:
    year, month, day = (one_line(first.get(name, "")).strip("{}~ ") for name in ("year", "month", "day"))
    if re.fullmatch(r"\d{1,2}", month):
        by_parts = read_date(f"{year[:4]}-{month}" + (f"-{day}" if day.isdecimal() else ""))
    else:
        by_parts = read_date(f"{month} {day} {year}")
    return latest_known([read_date(year), by_parts, read_date(one_line(first.get("date", "")))])


def _used_dates(first: Mapping[str, str], published: str | None) -> set[str]:
    """Return the fields whose whole value the date holds: a range, a season or "in press" says more."""
    if not published:
        return set()
    said = {"date": published, "year": published[:4]}
    used = {name for name, value in said.items() if first.get(name, "").strip("{} ") in value}
    if len(published) > 4 and re.fullmatch(r"[{} ]*(?:\d{1,2}|[A-Za-z]{3,9})\.?[{} ]*", first.get("month", "")):
        used.add("month")
    return used | ({"day"} if len(published) > 7 else set())


# -- links ----------------------------------------------------------------------------------------------------------


def _find_links(first: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Return the names and identifiers of the links of an entry, the surest first."""
    eprint = decode_address(first.get("eprint", ""))
    archive = first.get("archiveprefix", first.get("eprinttype", "arxiv"))
    if "arxiv" in archive.lower():
        yield "arxiv", find_arxiv(eprint)
    yield "arxiv", find_arxiv(decode_address(first.get("arxivid", first.get("arxiv", ""))))
    given = first.get("doi", "")
    yield from links_of(find_doi(decode_address(given)) or find_doi(given)).items()
    for name, value in first.items():
        if name in _ADDRESSES or name.startswith("bdsk-url"):
            yield from _read_link(decode_address(value))
        elif name in _NAMES_OF_LINKS and decode_address(value).startswith(("http://", "https://")):
            yield _NAMES_OF_LINKS[name], decode_address(value)
    for name in ("journal", "volume", "number", "note", "howpublished", "publisher", "pages", "annote"):
        if inside := _INSIDE.search(first.get(name, "")[:400]):
            yield "arxiv", inside[1] or inside[2]


def _read_link(value: str) -> Iterator[tuple[str, str]]:
    if found := read_address(value):
        if found[0] == "doi":
            yield from links_of(found[1]).items()
        yield found
    elif value.lower().startswith("arxiv"):
        yield "arxiv", find_arxiv(value)


def _used_links(first: Mapping[str, str], links: Mapping[str, str]) -> set[str]:
    """Return the fields that the links hold entirely."""
    bare = {name: decode_address(value) for name, value in first.items() if name in ("doi", "eprint", "arxivid")}
    used = {"doi"} if links.get("doi") and bare.get("doi") == links["doi"] else set()
    if links.get("arxiv"):
        held = {name for name in ("eprint", "arxivid") if bare.get(name) == links["arxiv"]}
        used |= held | ({"archiveprefix", "eprinttype"} if "eprint" in held else set())
    return used | {name for name, link in _NAMES_OF_LINKS.items() if first.get(name) and first[name] == links.get(link)}
