"""The reader of PubMed's nbib (the MEDLINE format), one tag a line and lines that go on under it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from litbook.ingest.formats.fields import is_repository, prose
from litbook.ingest.formats.otherreferences import make_nbib_reference
from litbook.ingest.formats.people import show_all
from litbook.ingest.formats.pieces import Entry, Piece, assemble
from litbook.ingest.formats.risreference import read_people
from litbook.ingest.formats.tagged import Shape, Tags, cut_blocks, read_tags
from litbook.ingest.formats.values import keep_others, latest_known, read_date
from litbook.model.reference import PersonName
from litbook.model.review import LINKS, Reading
from litbook.text.identifiers import find_arxiv, find_doi, in_order, links_of

_BETWEEN = "white space between the records"
_SHAPE = Shape(
    opens=re.compile(r"PMID *- *\d"),
    closes=None,
    tag=re.compile(r"([A-Z][A-Z0-9]{1,3}) *-(?: (.*)|$)"),
)
# ERIC and others write the format without a PubMed id: there the first tag of the file opens each record.
_ANY = re.compile(r"[\s\ufeff]*([A-Z][A-Z0-9]{1,3}) *- ")
_STRAY = re.compile(r"(?:(?<=[\r\n])|\A)[A-Z][A-Z0-9]{1,3} {0,2}- ")
_TITLES = ("TI", "BTI", "TT")
# "10.1515/reveh-2020-0011 [doi]"
_TYPED = re.compile(r"(\S+) *\[(doi|pii)\]", re.IGNORECASE)


def matches(text: str) -> float:
    """Return how sure it is, from 0 to 1, that a text is nbib: its records begin with a PubMed id."""
    head = text[:200_000].replace("\r", "\n").lstrip("\ufeff \t\n")
    if re.match(r"PMID *- *\d", head):
        return 0.97
    if _ANY.match(head) and not re.match(r"TY +-|FN |PT ", head) and re.search(r"^TI {1,2}- .", head, re.MULTILINE):
        return 0.8 if re.search(r"^(?:F?AU|AB|JT|OWN) {0,3}- ", head, re.MULTILINE) else 0.0
    return 0.85 if re.search(r"^PMID *- *\d+\s*[\r\n]+[A-Z]{2,4} *- ", head, re.MULTILINE) else 0.0


def read_nbib(source: str, text: str) -> Reading:
    """Return the records of an export, and every other part of it with the reason why it is not one."""
    pieces: list[Piece] = []
    done = 0
    shape = _find_shape(text)
    for block in cut_blocks(text, shape):
        pieces += _find_strays(text, done, block.start)
        entry = make_nbib_entry(read_tags(text[block.start : block.end], shape))
        reason = "" if entry.title else "a record without a title; add a line 'TI  - …'"
        pieces.append(Piece(block.start, block.end, entry if entry.title else None, reason))
        done = block.end
    pieces += _find_strays(text, done, len(text))
    return assemble(source, text, pieces, _BETWEEN)


def _find_shape(text: str) -> Shape:
    """Return the shape of a file: records begin with a PubMed id, or else with the tag that the file begins with."""
    head = text[:200_000].replace("\r", "\n")
    found = _ANY.match(head)
    if found is None or found[1] == "PMID" or re.search(r"^PMID *- *\d", head, re.MULTILINE):
        return _SHAPE
    return replace(_SHAPE, opens=re.compile(rf"{found[1]} *- "))


def _find_strays(text: str, start: int, end: int) -> Iterator[Piece]:
    stray = _STRAY.search(text, start, end)
    if stray:
        reason = "fields outside of any record; the line 'PMID- …' that opens it is missing"
        yield Piece(stray.start(), start + len(text[start:end].rstrip()), reason=reason)


def make_nbib_entry(tags: Tags) -> Entry:
    """Return what a record says, whose values are given by the tags of nbib."""
    title_tag = next((tag for tag in _TITLES if tags.get(tag)), "")
    venue_tag = next((tag for tag in ("JT", "TA", "CTI") if tags.get(tag) and not is_repository(tags[tag][0])), "")
    # `FAU` is the full form of `AU`, as far as there is one for each; `CN` are groups.
    author_tag = "FAU" if len(tags.get("FAU", ())) >= len(tags.get("AU", ())) else "AU"
    groups = tuple(PersonName(literal=name) for name in tags.get("CN", ()))
    authors = (*read_people(tags.get(author_tag, ())), *groups)
    links = in_order(_find_links(tags), LINKS)
    published = _read_published(tags)
    used = {title_tag, "AB", venue_tag, author_tag, "AU", "CN"}
    if published and _is_whole((tags.get("DP") or ("",))[0]):
        used.add("DP")
    others = [(tag, value) for tag, values in tags.items() for value in values if value != f"{links.get('doi')} [doi]"]
    return Entry(
        title=prose(tags[title_tag][0]) if title_tag else "",
        abstract=prose(" ".join(tags.get("AB", ()))),
        authors=show_all(authors),
        published=published,
        venue=tags[venue_tag][0] if venue_tag else None,
        links=links,
        extra=keep_others(others, used),
        reference=make_nbib_reference(tags, authors, links.get("doi", "")),
    )


def _read_published(tags: Tags) -> str | None:
    """Return the date of publication; if that is a year, the electronic one may say more."""
    printed, electronic = _date(tags, "DP"), _date(tags, "DEP")
    return latest_known([printed, electronic if not printed or len(printed) == 4 else None])


def _is_whole(value: str) -> bool:
    """Return whether a date names one day, month or year: "2023 Nov-Dec" and "2023 Winter" say more."""
    return bool(re.fullmatch(r"\d{4}(?: [A-Z][a-z]{2}(?: \d{1,2})?)?", value))


def _date(tags: Tags, tag: str) -> str | None:
    value = tags[tag][0] if tags.get(tag) else ""
    packed = re.fullmatch(r"(\d{4})(\d\d)(\d\d)", value)
    return read_date("-".join(packed.groups()) if packed else value)


def _find_links(tags: Tags) -> Iterator[tuple[str, str]]:
    for tag in ("LID", "AID", "SO"):
        for value in tags.get(tag, ()):
            for found in _TYPED.finditer(value[:2000]):
                yield from links_of(find_doi(found[1])).items()
                yield "arxiv", find_arxiv(found[1]) if found[1][:5].lower() == "arxiv" else ""
