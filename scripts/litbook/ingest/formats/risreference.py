"""The references that the tags of a RIS record, and of a record of Web of Science, make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from litbook.ingest.formats.dates import read_partial
from litbook.ingest.formats.fields import prose
from litbook.ingest.formats.namelists import split_list
from litbook.ingest.formats.people import is_placeholder, read_name
from litbook.ingest.formats.tagged import Tags
from litbook.model.reference import PartialDate, PersonName, Reference
from litbook.model.vocabulary import (
    ARTICLES,
    CSL_DATES,
    CSL_FIELDS,
    CSL_NAMES,
    CSL_TYPES,
    RIS_FIELDS,
    RIS_FIELDS_OF,
    RIS_NAMES,
    RIS_NAMES_OF,
    RIS_TYPES,
)
from litbook.text.identifiers import find_arxiv, find_doi

_DATE = re.compile(r"(\d{4})(?:/(\d{0,2})(?:/(\d{0,2})(?:/(.*))?)?)?")
_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx](?![\d-])")
_ISBN = re.compile(r"(?:97[89][\s-]?)?(?:\d[\s-]?){9}[\dXx]")
_RANGE = re.compile(r"\s*(?:-{1,3}|[–—])\s*")
_GROUP = re.compile(r"[^,;]+,\s*")  # EndNote and others mark a group by a comma behind it
# A variable of CSL that has no tag, as Zotero writes them in its field Extra: "PMID: 123".
_STATED = re.compile(r"([A-Za-z_-]{2,30}): (\S.*)")
_OF_CONTAINERS = ("T2", "JF", "JO", "BT", "JA", "J2", "C3")
# Title and abstract are the record's own; the others are files on somebody's disk, and edges of the record.
_HELD = frozenset("TY TI T1 CT AB ER ID ? AU A1 PY Y1 DA L1 L2 L3 L4".split())


def read_people(values: Sequence[str]) -> tuple[PersonName, ...]:
    """Return the names in the values of a tag: one in each, or several that semicolons part."""
    pieces = [piece for value in values for piece in ([value] if _GROUP.fullmatch(value) else split_list(value)[0])]
    # Where the others are "Family, Given", a name of several words without a comma is that of a group.
    inverted = any("," in piece for piece in pieces)
    return tuple(_read_people(pieces, inverted))


def _read_people(pieces: Sequence[str], inverted: bool) -> Iterator[PersonName]:
    for piece in pieces:
        if _GROUP.fullmatch(piece):
            yield PersonName(literal=piece.strip(" ,"))
            continue
        name = read_name(piece)
        several = " " in piece.strip() and "," not in piece and not re.search(r"\b[A-Z]{1,3}\.?$", piece)
        if name and inverted and name.guessed and several:
            yield PersonName(literal=name.literal or piece.strip(" ;"))
        elif name:
            yield name


def make_ris_reference(tags: Tags, authors: tuple[PersonName, ...]) -> Reference:
    """Return the reference of a record of RIS."""
    known = {tag: values for tag, texts in tags.items() if (values := [t for t in texts if not is_placeholder(t)])}
    tag = (known.get("TY") or [""])[0].upper()
    kind = RIS_TYPES.get(tag, "document")
    if kind == "document" and (known.get("AN") or [""])[0].lower().startswith("arxiv"):
        kind = "article"
    stated = {match[1]: match[2] for note in known.get("N1", ()) if (match := _STATED.fullmatch(note))}
    kind = stated["type"] if stated.get("type") in CSL_TYPES else kind
    taken: set[str] = set(_HELD)
    names = dict(_read_roles(known, kind, authors, taken))
    dates = dict(_read_dates(known, taken))
    fields = dict(_read_fields(known, kind, taken))
    others = {name: "; ".join(values) for name, values in known.items() if name not in taken}
    if more := "; ".join(known.get("UR", ())[1:]):
        others["UR"] = more
    for role in sorted(CSL_NAMES & stated.keys() - names.keys()):
        names[role] = read_people([name.strip() for name in stated[role].split(";")])
    return Reference(
        type=kind,
        native=f"ris:{tag}",
        keys=tuple(known.get("ID", ())),
        names=names,
        dates=dates,
        fields={name: value for name, value in fields.items() if value},
        others=others,
        personal=frozenset(("note",) if any(map(_is_free, known.get("N1", ()))) else ()),
    )


def _read_roles(
    tags: Tags, kind: str, authors: tuple[PersonName, ...], taken: set[str]
) -> Iterator[tuple[str, tuple[PersonName, ...]]]:
    if authors:
        yield "author", authors
    own = RIS_NAMES_OF.get(kind, {})
    general = {role: names for role, names in RIS_NAMES.items() if role != "author"}
    for role, names in [(role, (tag,)) for role, tag in own.items()] + list(general.items()):
        free = [tag for tag in names if tag in tags and tag not in taken]
        people = read_people([value for tag in free for value in tags[tag]])
        taken |= set(free)
        # A book without an author is by its editors, whichever tag names them.
        if people:
            yield "editor" if role == "collection-editor" and not authors and "A3" not in tags else role, people


def _read_fields(tags: Tags, kind: str, taken: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the variables of CSL, and note in `taken` the tags that they were made from."""
    own = RIS_FIELDS_OF.get(kind, {})
    yield from _read_containers(tags, kind, own.get("collection-title", ""), taken)
    yield from _read_pages(tags, own.get("number-of-pages", ""), taken)
    for variable, tag in own.items():
        # A number of a report shares its tag with the codes of books and journals.
        values = [value for value in tags.get(tag, ()) if tag != "SN" or not (_ISSN.match(value) or _ISBN.match(value))]
        if values and tag not in taken:
            taken |= {tag} if len(values) == len(tags[tag]) else set()
            yield variable, prose(values[0])
    for variable, names in RIS_FIELDS.items():
        if variable == "number" and (variable in own or kind == "book"):
            continue
        tag = next((tag for tag in names if tag in tags and tag not in taken), "")
        if tag and not (variable == "genre" and find_doi(tags[tag][0])) and not _says_otherwise(variable, tags[tag][0]):
            taken.add(tag)
            yield variable, _join_words(tags[tag]) if variable == "keyword" else prose("; ".join(tags[tag]))
    yield from _read_codes(tags, taken)
    yield from _read_addresses(tags, taken)


def _says_otherwise(variable: str, value: str) -> bool:
    return variable == "PMCID" and not value.upper().startswith("PMC")


def _join_words(values: Sequence[str]) -> str:
    """Return keywords in one text, parted by commas, or by semicolons where one of them has a comma."""
    return ("; " if any("," in value for value in values) else ", ").join(values)


def _read_containers(tags: Tags, kind: str, series: str, taken: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the titles of what the work is a part of; T2 is that of a series for what is a part of nothing else."""
    conference = kind == "paper-conference" and "C3" in tags and "T2" in tags
    if conference:
        taken |= {"C3", "T2"}
        yield "container-title", prose(tags["C3"][0])
        yield "event-title", prose(tags["T2"][0])
        return
    tag = next(
        (tag for tag in _OF_CONTAINERS if tag in tags and tag != series and (tag != "C3" or kind not in ARTICLES)), ""
    )
    if tag:
        taken.add(tag)
        yield "container-title", prose(tags[tag][0])
    # JO is the journal's short name where another tag gives the full one.
    for other in ("JF", "JO"):
        if other in tags and other not in taken and tag:
            taken.add(other)
            if tags[other][0] != tags[tag][0] and not {"J2", "JA"} & tags.keys():
                yield "container-title-short", prose(tags[other][0])


def _read_pages(tags: Tags, of_whole: str, taken: set[str]) -> Iterator[tuple[str, str]]:
    first, last = ((tags.get(tag) or [""])[0] for tag in ("SP", "EP"))
    if not first and not last:
        return
    taken |= {"SP", "EP"}
    if of_whole and first and not last and not _RANGE.search(first):
        yield "number-of-pages", first
    elif not last or _RANGE.search(first) or first == last:
        yield "page", _RANGE.sub("-", first or last)
    else:
        yield "page", _RANGE.sub("-", f"{first}-{last}") if first else last


def _read_codes(tags: Tags, taken: set[str]) -> Iterator[tuple[str, str]]:
    codes = [code.strip() for value in tags.get("SN", ()) if "SN" not in taken for code in re.split(r"[;,]", value)]
    issn = [code for code in codes if _ISSN.match(code)]
    isbn = [code for code in codes if code not in issn and _ISBN.match(code)]
    if issn or isbn:
        taken.add("SN")
    if issn:
        yield "ISSN", ", ".join(issn)
    if isbn:
        yield "ISBN", ", ".join(isbn)


def _read_addresses(tags: Tags, taken: set[str]) -> Iterator[tuple[str, str]]:
    for variable, tag in (("DOI", "DO"), ("URL", "UR"), ("URL", "LK"), ("archive_location", "AN"), ("note", "N1")):
        if tag in tags and tag not in taken:
            taken.add(tag)
            yield from _read_address(variable, tags[tag])
    if ("AB" in tags and tags.get("N2") == tags["AB"]) or "AB" not in tags:
        taken.add("N2")


def _read_address(variable: str, values: Sequence[str]) -> Iterator[tuple[str, str]]:
    if variable == "note":
        stated = [_STATED.fullmatch(value) for value in values]
        yield from ((match[1], match[2]) for match in stated if match and match[1] in CSL_FIELDS)
        rest = [value for value in values if _is_free(value)]
        if rest:
            yield "note", "; ".join(rest)
    elif variable == "archive_location" and (arxiv := find_arxiv(values[0])) and not values[0][0].isdigit():
        yield "archive", "arXiv"
        yield "archive_location", arxiv
    else:
        yield variable, find_doi(values[0]) or values[0] if variable == "DOI" else values[0]


def _is_free(note: str) -> bool:
    """Return whether a note is its owner's text and does not state a field by its name in CSL."""
    stated = _STATED.fullmatch(note)
    return not stated or not _is_stated(stated[1])


def _is_stated(name: str) -> bool:
    return name == "type" or name in CSL_FIELDS or name in CSL_DATES or name in CSL_NAMES


def _read_dates(tags: Tags, taken: set[str]) -> Iterator[tuple[str, PartialDate]]:
    written = [date for tag in ("DA", "PY", "Y1") for date in [_read_date((tags.get(tag) or [""])[0])] if date]
    year = next((date.year for tag in ("PY", "Y1") for date in [_read_date((tags.get(tag) or [""])[0])] if date), None)
    fitting = [date for date in written if year is None or date.year == year] or written
    if fitting:
        yield "issued", max(fitting, key=lambda date: (len(date.start), bool(date.end), date.season))
    for note in tags.get("N1", ()):
        stated = _STATED.fullmatch(note)
        if stated and stated[1] in CSL_DATES and (date := read_partial(stated[2])):
            yield stated[1], date
    accessed = _read_date((tags.get("Y2") or [""])[0])
    if accessed:
        taken.add("Y2")
        yield "accessed", accessed


def _read_date(text: str) -> PartialDate | None:
    """Return a date of RIS, "2001/03/05/" or "2001///Spring", or of any other form."""
    match = _DATE.fullmatch(text.strip())
    if not match:
        return read_partial(text)
    year, month, day, other = match[1], match[2] or "", match[3] or "", (match[4] or "").strip()
    if other and not month:
        return read_partial(f"{other} {year}")
    return read_partial("-".join([year, *(f"{int(part):02d}" for part in (month, day if month else "") if part)]))


# -- Web of Science -------------------------------------------------------------------------------------------------

_WOS_TYPES = {"J": "article-journal", "B": "book", "S": "chapter", "P": "patent", "C": "paper-conference"}
_WOS_FIELDS = {
    "container-title": "SO", "container-title-short": "JI", "volume": "VL", "issue": "IS", "number": "AR",
    "publisher": "PU", "publisher-place": "PI", "ISSN": "SN", "ISBN": "BN", "DOI": "DI", "PMID": "PM",
    "language": "LA", "collection-title": "SE", "event-title": "CT", "event-place": "CL", "edition": "ET",
    "number-of-pages": "PG",
}  # fmt: skip


def make_wos_reference(tags: Tags, authors: tuple[PersonName, ...]) -> Reference:
    """Return the reference of a record of Web of Science's plain text."""
    letter, said = ((tags.get(tag) or [""])[0] for tag in ("PT", "DT"))
    kind = _WOS_TYPES.get(letter, "document")
    if kind != "patent" and "proceedings" in said.lower():
        kind = "paper-conference"
    elif "book chapter" in said.lower():
        kind = "chapter"
    fields = {variable: prose(tags[tag][0]) for variable, tag in _WOS_FIELDS.items() if tags.get(tag)}
    if kind in ("book", "chapter", "article-journal", "paper-conference") and "page" not in fields:
        fields.pop("number-of-pages", None)
    first, last = ((tags.get(tag) or [""])[0] for tag in ("BP", "EP"))
    if first or last:
        fields["page"] = f"{first}-{last}" if first and last and first != last else first or last
    if tags.get("DE"):
        fields["keyword"] = " ".join(tags["DE"])
    editors = read_people(next((tags[tag] for tag in ("BE", "ED") if tags.get(tag)), ()))
    names = {role: people for role, people in (("author", authors), ("editor", editors)) if people}
    issued = read_partial(" ".join((tags.get(tag) or [""])[0] for tag in ("PD", "PY")).strip())
    return Reference(kind, f"wos:{letter}", (), names, {"issued": issued} if issued else {}, fields)
