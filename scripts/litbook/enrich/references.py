"""Join the references of the records of one work: the fullest record first, and each field from one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from litbook.model.reference import AND_OTHERS, NO_REFERENCE, PersonName, Reference
from litbook.model.review import Record
from litbook.model.vocabulary import UNSPECIFIC

# What holds for a work in any of its versions; volume and pages are of one of them.
_OF_ANY_VERSION = frozenset(
    ("DOI", "PMID", "PMCID", "keyword", "language", "title-short", "archive", "archive_location", "annote")
)
# Fewer capital letters than these can be an acronym.
_FEWEST_CAPITALS = 4


def is_shouted(text: str) -> bool:
    """Return whether a text is in capital letters throughout, as some databases write titles and names."""
    return (
        text.upper() == text and sum(letter.isalpha() for letter in text) >= _FEWEST_CAPITALS and text.lower() != text
    )


def choose_title(records: Sequence[Record]) -> str:
    """Return the title of the first record that has one in ordinary letters, or else that of the first."""
    titles = [record.title for record in records if record.title]
    return next((title for title in titles if not is_shouted(title)), titles[0] if titles else "")


def choose_authors(records: Sequence[Record]) -> Record | None:
    """Return the first record with authors in ordinary letters, or one that gives as many with fuller names.

    A record that names all authors comes before those that end with "et al.".
    """
    known = [record for record in records if record.authors]
    known = [record for record in known if not record.reference.is_cut_short] or known
    calm = [record for record in known if not is_shouted("".join(_families(record)))] or known
    if not calm:
        return None
    if calm[0].added:
        return calm[0]  # a later export holds as it is
    # Only initials are filled in: another spelling of a name does not replace the first.
    alike = [record for record in calm if len(record.authors) == len(calm[0].authors) and _gives_more(record, calm[0])]
    return max(alike, key=_count_letters, default=calm[0])


def _families(record: Record) -> Iterator[str]:
    names = record.reference.names.get("author", ())
    yield from (name.family or name.literal for name in names) if names else record.authors


def _gives_more(record: Record, first: Record) -> bool:
    names, others = (item.reference.names.get("author", ()) for item in (record, first))
    return len(names) == len(others) and all(
        one.family.casefold() == other.family.casefold() and one.given[:1].casefold() == other.given[:1].casefold()
        for one, other in zip(names, others, strict=True)
    )


def _count_letters(record: Record) -> int:
    return sum(len(name.given) for name in record.reference.names.get("author", ()))


def join_references(records: Sequence[Record], authors: Record | None) -> Reference:
    """Return one reference: the first of a certain type, with what it lacks from the others."""
    known = [record.reference for record in records if record.reference is not NO_REFERENCE]
    if not known:
        return NO_REFERENCE
    names = authors.reference.names.get("author", ()) if authors else ()
    if len(known) == 1 and known[0].names.get("author", ()) == names:
        return known[0]
    published = [record.reference for record in records if record.venue and record.reference in known]
    main = next((item for item in (*published, *known) if item.type not in UNSPECIFIC), known[0])
    others = [item for item in known if item is not main]
    fields = _join_fields(main, others)
    kept = {name: value for name, value in main.others.items() if name != AND_OTHERS}
    if authors and authors.reference.is_cut_short:
        kept[AND_OTHERS] = authors.reference.others[AND_OTHERS]
    return Reference(
        type=main.type or next((item.type for item in others if item.type), ""),
        native=main.native,
        keys=tuple(dict.fromkeys(key for item in known for key in item.keys)),
        names=_join_names(main, others, names),
        dates={**{name: date for item in reversed(others) for name, date in item.dates.items()}, **main.dates},
        fields=fields,
        others=kept,
        personal=frozenset(name for name in fields if _find_personal(name, (main, *others))),
    )


def _join_names(
    main: Reference, others: Iterable[Reference], authors: tuple[PersonName, ...]
) -> dict[str, tuple[PersonName, ...]]:
    found: dict[str, tuple[PersonName, ...]] = {"author": authors} if authors else {}
    for item in (main, *others):
        for role, people in item.names.items():
            if role != "author" and (item is main or item.type == main.type):
                found.setdefault(role, people)
    return found


def _join_fields(main: Reference, others: Iterable[Reference]) -> dict[str, str]:
    found = dict(main.fields)
    for item in others:
        same = item.type == main.type or main.type in UNSPECIFIC
        for name, value in item.fields.items():
            if same or name in _OF_ANY_VERSION:
                found.setdefault(name, value)
    return found


def _find_personal(name: str, known: Iterable[Reference]) -> bool:
    """Return whether the first reference that gives a field has it as its owner's note."""
    first = next((item for item in known if name in item.fields), NO_REFERENCE)
    return name in first.personal


def find_origins(records: Sequence[Record], joined: Reference) -> dict[str, str]:
    """Return for each name, date and field of a joined reference the place of the record that says so."""
    origins: dict[str, str] = {}
    for record in records:
        known = record.reference
        same = [
            *(name for name, value in known.fields.items() if joined.fields.get(name) == value),
            *(name for name, people in known.names.items() if joined.names.get(name) == people),
            *(name for name, date in known.dates.items() if joined.dates.get(name) == date),
            *(["type"] if known.type and known.type == joined.type else []),
        ]
        for name in same:
            origins.setdefault(name, f"{record.source}:{record.first_line}")
    return origins
