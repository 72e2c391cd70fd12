"""The references that items of CSL-JSON and of Zotero's JSON make; those of Crossref are CSL but for their types."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from litbook.ingest.formats import zotero
from litbook.ingest.formats.dates import read_csl_date, read_partial
from litbook.ingest.formats.fields import (
    Json,
    as_text,
    clean,
    entries,
    mapping,
    one_line,
    prose,
    read_person,
    read_persons,
)
from litbook.ingest.formats.people import is_placeholder
from litbook.model.reference import PartialDate, PersonName, Reference
from litbook.model.vocabulary import CROSSREF_TYPES, CSL_DATES, CSL_FIELDS, CSL_NAMES, CSL_SYNONYMS
from litbook.text.identifiers import find_doi

HELPERS = frozenset({"editor", "translator", "seriesEditor", "contributor", "reviewedAuthor", "bookAuthor"})
_OWN = frozenset("id type title abstract citation-key citation-label custom categories".split())
_KEYS = re.compile(r"^\s*citation key\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
# What Zotero says about an item and not about the work.
_HOUSEKEEPING = frozenset(
    "key version library links meta itemType itemKey itemID itemURI title caseName nameOfAct subject abstractNote"
    " creators tags collections relations attachments notes seeAlso dateAdded dateModified citationKey citekey uri"
    " select extra parentItem libraryID accessDate inPublications deleted".split()
)
# Fields that hold an address or a code stay as they are; all others can have markup.
_VERBATIM = frozenset(("DOI", "URL", "ISBN", "ISSN", "PMID", "PMCID"))


def make_csl_reference(item: Json, form: str = "csl") -> Reference:
    """Return the reference of an item of CSL-JSON, or of a work of Crossref."""
    native = one_line(item.get("type"))
    said = {CSL_SYNONYMS.get(name, name): value for name, value in item.items() if value not in (None, "", [], {})}
    fields = {
        name: value for name in said if name in CSL_FIELDS and (value := _read_text(name, said[name]))
    }  # fmt: skip
    names = {name: people for name in said if name in CSL_NAMES and (people := read_persons(said[name]))}
    dates = {name: date for name in said if name in CSL_DATES and (date := read_csl_date(said[name]))}
    others = {}
    if form == "csl":
        gone = CSL_FIELDS | CSL_NAMES | CSL_DATES | _OWN
        others = {clean(name): as_text(value) for name, value in said.items() if name not in gone}
    return Reference(
        type=CROSSREF_TYPES.get(native, native),
        native=f"{form}:{native}",
        keys=tuple(dict.fromkeys(_read_keys(item))) if form == "csl" else (),
        names=names,
        dates=dates,
        fields=fields,
        others=others,
    )


def _read_text(name: str, value: object) -> str:
    """Return a value as a text; of a list, as Crossref and pandoc have them, all that say something."""
    values = [one_line(item) for item in (value if isinstance(value, list) else [value])]
    if name == "event-title" and not values[0]:
        values = [one_line(mapping(value).get("name"))]
    texts = [clean(text) for text in dict.fromkeys(values) if text and not is_placeholder(text)]
    if name == "DOI" and texts:
        return find_doi(texts[0]) or texts[0]
    if name in _VERBATIM or name == "keyword":
        return ", ".join(texts)
    return prose(texts[0]) if texts else ""


def _read_keys(item: Json) -> Iterator[str]:
    yield from filter(None, (clean(one_line(item.get(name))) for name in ("citation-key", "citation-label", "id")))
    note = item.get("note")
    yield from _KEYS.findall(note) if isinstance(note, str) else ()


# -- Zotero ---------------------------------------------------------------------------------------------------------


def make_zotero_reference(item: Json) -> Reference:
    """Return the reference of an item of Zotero's own JSON."""
    native = one_line(item.get("itemType"))
    fields: dict[str, str] = {}
    for name, variable in zotero.FIELDS.items():
        value = one_line(item.get(name))
        if value and not is_placeholder(value):
            fields.setdefault(variable, clean(value) if variable in _VERBATIM else prose(clean(value)))
    if "DOI" in fields:
        fields["DOI"] = find_doi(fields["DOI"]) or fields["DOI"]
    if tags := [clean(text) for tag in entries(item.get("tags")) if (text := _tag(tag))]:
        fields["keyword"] = ("; " if any("," in tag for tag in tags) else ", ").join(tags)
    _add_extra(as_text(item.get("extra")), fields)
    gone = zotero.FIELDS.keys() | zotero.DATES.keys() | _HOUSEKEEPING
    return Reference(
        type=zotero.TYPES.get(native, "document"),
        native=f"zotero:{native}",
        keys=tuple(dict.fromkeys(_read_zotero_keys(item))),
        names=_gather_roles(item),
        dates=dict(_read_dates(item)),
        fields=fields,
        others={clean(name): text for name, value in item.items() if name not in gone and (text := as_text(value))},
    )


def _tag(tag: object) -> str:
    return one_line(mapping(tag).get("tag")) or one_line(tag)


def _add_extra(extra: str, fields: dict[str, str]) -> None:
    """Take the lines "Name: value" of the field Extra for variables of CSL, as Zotero does; the rest is a note."""
    left = []
    known = {name.lower().replace("-", " "): name for name in CSL_FIELDS}
    for line in extra.splitlines():
        name, parted, value = line.partition(":")
        variable = known.get(name.strip().lower().replace("-", " ")) if parted else None
        if variable and value.strip() and variable not in fields:
            fields[variable] = one_line(value)
        elif line.strip():
            left.append(one_line(line))
    if left:
        fields.setdefault("note", "; ".join(left))


def _read_zotero_keys(item: Json) -> Iterator[str]:
    yield from filter(None, (clean(one_line(item.get(name))) for name in ("citationKey", "citekey", "key", "itemKey")))
    yield from _KEYS.findall(as_text(item.get("extra")))


def _gather_roles(item: Json) -> Mapping[str, tuple[PersonName, ...]]:
    creators = [mapping(creator) for creator in entries(item.get("creators"))]
    kinds = [one_line(creator.get("creatorType")) or "author" for creator in creators]
    has_author = "author" in kinds
    roles: dict[str, tuple[PersonName, ...]] = {}
    for kind, creator in zip(kinds, creators, strict=True):
        role = zotero.ROLES.get(kind, kind)
        # Whoever made a work that has no author is its author: a director, an artist.
        role = role if has_author or kind in HELPERS else "author"
        if role in CSL_NAMES and (people := read_creators([creator])):
            roles[role] = (*roles.get(role, ()), *people)
    return roles


def read_creators(creators: Iterable[Json]) -> tuple[PersonName, ...]:
    """Return the names of Zotero's creators; one with a single field is a group."""
    names = (
        read_person({"name": creator.get("name"), "given": creator.get("firstName"), "family": creator.get("lastName")})
        for creator in creators
    )
    return tuple(name for name in names if name.display)


def _read_dates(item: Json) -> Iterator[tuple[str, PartialDate]]:
    for name, variable in zotero.DATES.items():
        text = one_line(item.get(name))
        date = read_partial(text.partition("T")[0] if variable == "accessed" else text)
        if date:
            yield variable, date
