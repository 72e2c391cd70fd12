"""The reference that the fields of a BibTeX or biblatex entry make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from litbook.ingest.formats.bibnames import read_names
from litbook.ingest.formats.dates import read_partial
from litbook.ingest.formats.fields import prose
from litbook.ingest.formats.people import is_placeholder
from litbook.ingest.formats.tex import decode_address, decode_tex
from litbook.ingest.formats.values import one_line
from litbook.model.reference import AND_OTHERS, PartialDate, PersonName, Reference
from litbook.model.vocabulary import (
    ARTICLES,
    BIBTEX_DATES,
    BIBTEX_FIELDS,
    BIBTEX_GENRES,
    BIBTEX_NAMES,
    BIBTEX_TYPES,
    BOOKS,
    CSL_FIELDS,
    CSL_NAMES,
    CSL_TYPES,
    PARTS,
    SUBTYPES,
)

_PUBLISHERS = {
    "thesis": ("school", "institution", "publisher", "organization"),
    "report": ("institution", "organization", "publisher", "school"),
    "standard": ("institution", "organization", "publisher"),
    "patent": ("publisher", "organization", "institution"),
}
_ANY_PUBLISHER = ("publisher", "organization", "institution", "school", "distributor")
_CONTAINERS = ("journal", "journaltitle", "booktitle")
_SUBTITLES = {"journaltitle": "journalsubtitle", "booktitle": "booksubtitle", "maintitle": "mainsubtitle"}
_ADDRESSES = frozenset(("url", "doi", "isbn", "issn", "pmid", "pubmed", "pmcid", "pmc"))
# What is about the file or the database that an entry lies in, and not about the work.
_HOUSEKEEPING = frozenset(
    "abstract title subtitle author crossref xref xdata ids entryset options presort sortkey sortname sorttitle"
    " sortyear related relatedtype relatedstring file owner timestamp groups date-added date-modified local-url"
    " creationdate modificationdate __markedentry gender execute keyword-type".split()
)
# Variables of CSL that BibTeX has no name for go by their own.
_CSL_NAMES = {name.lower(): name for name in CSL_FIELDS - {"number", "issue", "note", "publisher"}}
_ADDRESS = re.compile(r"https?://\S+")
_AND_OTHERS = re.compile(r"\band\s+\{?others\}?\s*$|\bet\s+al\.?\s*$", re.IGNORECASE)


def make_reference(kind: str, key: str, first: Mapping[str, str], authors: tuple[PersonName, ...]) -> Reference:
    """Return the reference of an entry; `first` maps the names of its fields, in lower case, to their raw values."""
    said = {name: one_line(value) for name, value in first.items() if value and not is_placeholder(value)}
    taken: set[str] = set()
    type_ = _find_type(kind, said)
    fields = dict(_read_fields(said, type_, taken))
    if fields.get("genre") == "phdthesis":
        fields["genre"] = BIBTEX_GENRES["phdthesis"]  # biblatex has keys for what it prints
    if genre := BIBTEX_GENRES.get(kind):
        fields.setdefault("genre", genre)
    others = {
        name: text
        for name, value in said.items()
        if name not in taken | _HOUSEKEEPING and not name.startswith("bdsk-") and (text := _text(value))
    }
    if shortened := [role for role in ("author", "editor") if _AND_OTHERS.search(said.get(role, ""))]:
        others[AND_OTHERS] = ",".join(shortened)
    return Reference(
        type=type_,
        native=f"bibtex:{kind}",
        keys=tuple(dict.fromkeys(_read_keys(key, first.get("ids", "")))),
        names=dict(_read_roles(said, authors, others)),
        dates=dict(_read_dates(said, others)),
        fields=fields,
        others=others,
    )


def _text(value: str) -> str:
    return one_line(decode_tex(value))


def _read_keys(key: str, others: str) -> Iterator[str]:
    yield from filter(None, (one_line(name) for name in (key, *others.split(","))))


def _find_type(kind: str, said: Mapping[str, str]) -> str:
    known = BIBTEX_TYPES.get(kind, "document")
    subtype = said.get("entrysubtype", "")
    if subtype in SUBTYPES or subtype in CSL_TYPES:
        return SUBTYPES.get(subtype, subtype)
    archive = said.get("archiveprefix", said.get("eprinttype", "arxiv" if "arxivid" in said else ""))
    is_preprint = known in ("document", "webpage") and (
        "arxiv" in archive.lower() or said.get("publisher", "").strip("{}").lower() == "arxiv"
    )
    return "article" if is_preprint else known


def _read_roles(
    said: Mapping[str, str], authors: tuple[PersonName, ...], others: dict[str, str]
) -> Iterator[tuple[str, tuple[PersonName, ...]]]:
    if authors:
        yield "author", authors
    known = {**{role: (role,) for role in sorted(CSL_NAMES & said.keys())}, **BIBTEX_NAMES}
    for role, names in known.items():
        found = [name for name in names if name in said and name != "author"]
        people = tuple(person for name in found for person in read_names(said[name]).names)
        for name in found:
            others.pop(name, None)
        if people:
            yield role, people


def _read_dates(said: Mapping[str, str], others: dict[str, str]) -> Iterator[tuple[str, PartialDate]]:
    issued = read_issued(said)
    for name in ("date", "year", "month", "day"):
        others.pop(name, None)
    if issued:
        yield "issued", issued
    for variable, names in BIBTEX_DATES.items():
        name = next((name for name in names if name in said), "")
        date = read_partial(_text(said[name]).strip("{}")) if name else None
        if date:
            others.pop(name, None)
            yield variable, date


def read_issued(said: Mapping[str, str]) -> PartialDate | None:
    """Return the date of `date`, or else of year, month and day, as far as they say it."""
    year, month, day, date = (_text(said.get(name, "")).strip("{}~ ") for name in ("year", "month", "day", "date"))
    if date:
        return read_partial(date)
    if re.fullmatch(r"\d{1,2}", month) and re.fullmatch(r"\d{4}", year):
        day = day if day.isdecimal() else ""
        return read_partial(f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day else ""))
    return read_partial(f"{month} {day} {year}" if re.search(r"\d{4}", year) else year)


def _read_fields(said: Mapping[str, str], kind: str, taken: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the variables of CSL, and note in `taken` the fields that they were made from."""
    for variable, names in BIBTEX_FIELDS.items():
        name = _first(names, said, taken)
        if name and (value := _read_value(name, said, kind)):
            taken |= {name, _SUBTITLES.get(name, name)}
            yield variable, value
    for name in said.keys() & _CSL_NAMES.keys() - taken:
        taken.add(name)
        yield _CSL_NAMES[name], prose(_text(said[name]))
    yield from _read_container(said, kind, taken)
    yield from _read_numbers(said, kind, taken)
    yield from _read_publisher(said, kind, taken)
    yield from _read_addresses(said, taken)


def _first(names: Sequence[str], said: Mapping[str, str], taken: Iterable[str] = ()) -> str:
    return next((name for name in names if name in said and name not in taken), "")


def _read_value(name: str, said: Mapping[str, str], kind: str) -> str:
    if name in _ADDRESSES:
        return decode_address(said[name])
    value = _text(said[name])
    if name == "pages":
        return re.sub(r"\s*(?:-{1,3}|[–—])\s*", "-", value)
    if name == "howpublished" and (kind != "pamphlet" or _ADDRESS.search(decode_address(said[name]))):
        return ""
    if name == "venue" and kind in ARTICLES and "eventtitle" not in said:
        return ""
    subtitle = _text(said.get(_SUBTITLES.get(name, ""), ""))
    return prose(f"{value}: {subtitle}" if subtitle else value)


def _read_container(said: Mapping[str, str], kind: str, taken: set[str]) -> Iterator[tuple[str, str]]:
    name = _first(_CONTAINERS, said)
    if name:
        taken |= {name, _SUBTITLES.get(name, name)}
        yield "container-title", _read_value(name, said, "")
    elif "howpublished" in said and kind != "pamphlet" and not _ADDRESS.search(decode_address(said["howpublished"])):
        taken.add("howpublished")
        yield "container-title", prose(_text(said["howpublished"]))


def _read_numbers(said: Mapping[str, str], kind: str, taken: set[str]) -> Iterator[tuple[str, str]]:
    """Yield issue and number: of an article, of a volume in a series, or of the work itself."""
    if "number" in said:
        in_series = "collection-number" if "series" in said else "issue"
        is_issue = kind in ARTICLES or kind == "periodical"
        taken.add("number")
        yield "issue" if is_issue else in_series if kind in BOOKS | PARTS else "number", _text(said["number"])
    if "issue" in said and ("number" not in said or kind not in ARTICLES):
        taken.add("issue")
        yield "issue", _text(said["issue"])
    eid = _first(("eid", "articleno", "article-number", "artnum"), said)
    if eid and (kind in ARTICLES | PARTS | BOOKS or "number" not in said):
        taken.add(eid)
        yield "number", _text(said[eid])


def _read_publisher(said: Mapping[str, str], kind: str, taken: set[str]) -> Iterator[tuple[str, str]]:
    name = _first(_PUBLISHERS.get(kind, _ANY_PUBLISHER), said)
    if name:
        # The organisation that held a conference is not its publisher: it keeps its own name as well.
        taken |= set() if name == "organization" and kind != "report" else {name}
        yield "publisher", _text(said[name])


def _read_addresses(said: Mapping[str, str], taken: set[str]) -> Iterator[tuple[str, str]]:
    if "doi" in said:
        taken.add("doi")
        yield "DOI", decode_address(said["doi"])
    address = _first(("url", "ee", "link"), said)
    if address:
        taken.add(address)
        yield "URL", decode_address(said[address])
    elif found := _ADDRESS.search(decode_address(said.get("howpublished", ""))):
        taken.add("howpublished")
        yield "URL", found[0]
    archive = said.get("archiveprefix", said.get("eprinttype", ""))
    if "eprint" in said:
        taken |= {"eprint", "archiveprefix", "eprinttype"}
        yield "archive", _text(archive) or "arXiv"
        yield "archive_location", decode_address(said["eprint"])
