"""RIS, in the tags that Zotero, EndNote and Mendeley read for each type."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from string import ascii_uppercase, digits
from typing import ClassVar

import rispy

from litbook.model.reference import PartialDate, PersonName, Reference
from litbook.model.review import Paper
from litbook.model.vocabulary import BOOKS, RIS_FIELDS, RIS_FIELDS_OF, RIS_NAMES, RIS_NAMES_OF, RIS_TYPES, TYPES_AS_RIS
from litbook.text.escape import clean
from litbook.text.italics import mark_italics
from litbook.text.person_names import guess_name
from litbook.write.csl import write_edtf
from litbook.write.item import complete_reference

_SEASONS = ("", "Spring", "Summer", "Fall", "Winter")
_TAG = re.compile(r"[A-Z][A-Z0-9]")
# Written with what they depend on.
_APART = frozenset(("number-of-pages", "collection-title"))
_WRITTEN = frozenset(
    ("DOI", "URL", "ISSN", "ISBN", "note", "archive_location", "page", "container-title", "event-title")
)
_LEAST_DIGITS = 7  # of an ISSN; what has fewer is neither that nor an ISBN
_RANGE = re.compile(r"([^\s,-]+)-([^\s,-]+)")


_TAGS = [f"{letter}{sign}" for letter in ascii_uppercase for sign in ascii_uppercase + digits]


class _Writer(rispy.RisWriter):  # type: ignore[misc]  # rispy has no annotations
    """Write records whose fields are named by their tags, each value on a line of its own."""

    DEFAULT_MAPPING: ClassVar[dict[str, str]] = {tag: tag.lower() for tag in _TAGS}
    DEFAULT_LIST_TAGS: ClassVar[list[str]] = _TAGS
    DEFAULT_DELIMITER_MAPPING: ClassVar[dict[str, str]] = {}
    REFERENCE_TYPE_KEY = "ty"

    def set_header(self, count: int) -> str:
        """Return nothing: the numbers that rispy writes before the records are not RIS, and pandoc rejects them."""
        return ""


def render_ris(papers: Sequence[Paper], abstracts: bool = True) -> str:
    """Return the whole bibliography as a .ris file, with abstracts or without them."""
    entries = [_make_entry(paper, abstracts) for paper in papers]
    return f"{rispy.dumps(entries, implementation=_Writer).lstrip()}\n" if papers else ""


def cite_in_ris(paper: Paper) -> str:
    """Return the RIS of one paper, without the abstract."""
    return render_ris([paper], abstracts=False).strip("\n")


def _make_entry(paper: Paper, abstract: bool) -> dict[str, object]:
    known = complete_reference(paper)
    values: dict[str, list[str]] = {"ID": [paper.citekey], "TI": [mark_italics(paper.title, str, "<i>", "</i>")]}
    for tag, value in _make_tags(known):
        values.setdefault(tag, []).append(value)
    if abstract:
        values["AB"] = [paper.abstract.plain]
    cleaned = {tag.lower(): [text for value in texts if (text := clean(value))] for tag, texts in values.items()}
    return {"ty": _find_type(known), **{tag: texts for tag, texts in cleaned.items() if texts}}


def _find_type(known: Reference) -> str:
    form, _, native = known.native.partition(":")
    return native if form == "ris" and RIS_TYPES.get(native) == known.type else TYPES_AS_RIS.get(known.type, "GEN")


def _make_tags(known: Reference) -> Iterator[tuple[str, str]]:
    """Yield tags and values, in the order in which they are written."""
    own = RIS_NAMES_OF.get(known.type, {})
    for role, people in known.names.items():
        tag = own.get(role) or RIS_NAMES.get(role, ("",))[0]
        yield from ((tag, write_name(name)) for name in people if tag)
        if not tag:
            yield "N1", f"{role}: {'; '.join(map(write_name, people))}"
    if RIS_TYPES.get(_find_type(known)) != known.type and known.type != "article":
        yield "N1", f"type: {known.type}"
    yield from _write_issued(known.dates.get("issued", PartialDate()))
    yield from _write_containers(known)
    yield from _write_pages(known)
    yield from _write_fields(known)
    if accessed := known.dates.get("accessed"):
        yield "Y2", _write_date(accessed)
    if known.form == "ris":
        yield from ((tag, value) for tag, value in known.others.items() if _TAG.fullmatch(tag))


def _write_fields(known: Reference) -> Iterator[tuple[str, str]]:
    fields, own = known.fields, RIS_FIELDS_OF.get(known.type, {})
    for variable, names in {**{name: (tag,) for name, tag in own.items()}, **RIS_FIELDS}.items():
        value = fields.get(variable, "")
        if not value or variable in _APART or (variable == "archive" and value == "arXiv"):
            continue
        tag = own.get(variable) or names[0]
        yield from ((tag, word) for word in (_split_words(value) if variable == "keyword" else [value]))
    numbers = (fields.get(name, "") for name in ("ISSN", "ISBN"))
    yield from (("SN", number) for number in numbers if sum(map(str.isdigit, number)) >= _LEAST_DIGITS)
    if "archive_location" in fields:
        is_arxiv = fields.get("archive", "").lower() == "arxiv" and not fields["archive_location"].startswith("arXiv:")
        yield "AN", f"arXiv:{fields['archive_location']}" if is_arxiv else fields["archive_location"]
    yield "DO", fields.get("DOI", "")
    yield "UR", fields.get("URL", "")
    if note := fields.get("note"):  # its owner's note is RIS's own; what a bibliography prints is named
        yield "N1", note if "note" in known.personal else f"note: {note}"
    yield from (("N1", f"{name}: {value}") for name, value in _name_others(known))


def _name_others(known: Reference) -> Iterator[tuple[str, str]]:
    """Yield what RIS has no tag for, in the words of CSL, as Zotero writes it in its field Extra."""
    own = RIS_FIELDS_OF.get(known.type, {})
    written = _WRITTEN | RIS_FIELDS.keys() | own.keys() | ({"issue"} if known.type != "book" else set())
    is_alone = not known.fields.get("container-title")
    if known.fields.get("page") and (known.type in BOOKS or known.type == "thesis"):
        written -= {"number-of-pages"}  # the tag for pages holds a range
    written -= {name for name in ("ISSN", "ISBN") if sum(map(str.isdigit, known.fields.get(name, ""))) < _LEAST_DIGITS}
    for variable, value in known.fields.items():
        if variable not in written or (variable == "event-title" and (is_alone or known.type != "paper-conference")):
            yield variable, value
    for variable, date in known.dates.items():
        if variable != "accessed" and (variable != "issued" or date.end or date.circa):
            yield variable, write_edtf(date)


def _split_words(value: str) -> list[str]:
    return [word for word in (word.strip() for word in value.split(";" if ";" in value else ",")) if word]


def _write_containers(known: Reference) -> Iterator[tuple[str, str]]:
    container, event = known.fields.get("container-title", ""), known.fields.get("event-title", "")
    series = known.fields.get("collection-title", "")
    if known.type == "paper-conference" and container and event:
        yield "C3", container
        yield "T2", event
    else:
        yield "T2", container or event or ("" if known.type == "book" else known.fields.get("medium", ""))
    if series:
        yield (
            "T3" if container or event or RIS_FIELDS_OF.get(known.type, {}).get("collection-title") != "T2" else "T2",
            series,
        )


def _write_pages(known: Reference) -> Iterator[tuple[str, str]]:
    page = known.fields.get("page", "")
    if match := _RANGE.fullmatch(page):
        yield "SP", match[1]
        yield "EP", match[2]
    elif page:
        yield "SP", page
    elif known.type in BOOKS or known.type == "thesis":
        yield "SP", known.fields.get("number-of-pages", "")


def write_name(name: PersonName) -> str:
    """Return "von Family, Given, Jr."; a group stands as it is, with a comma where it could be a person's name."""
    if name.literal and not name.guessed and not guess_name(name.literal).literal:
        return f"{name.literal},"
    if name.literal or not name.given:
        return name.literal or name.display
    family = " ".join(part for part in (name.dropping, name.particle, name.family) if part)
    return ", ".join(part for part in (family, name.given, name.suffix) if part)


def _write_issued(date: PartialDate) -> Iterator[tuple[str, str]]:
    yield "PY", str(date.year) if date.year else date.literal
    if date.start:
        yield "DA", _write_date(date)


def _write_date(date: PartialDate) -> str:
    """Return "2001/03/05/", as far as a day is known, "2001///Spring" for a season."""
    if not date.start:
        return date.literal
    if date.season:
        return f"{date.start[0]}///{_SEASONS[date.season]}"
    year, month, day = (*(str(part).zfill(2) for part in date.start), "", "")[:3]
    return f"{year}/{month}/{day}/"
