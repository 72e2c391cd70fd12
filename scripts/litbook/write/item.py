"""The reference of a paper as all exports have it: what its sources say, completed by what was looked up."""

from __future__ import annotations

from dataclasses import replace

from litbook.core.identity import once_per_object
from litbook.model.reference import PartialDate, Reference
from litbook.model.review import Paper
from litbook.model.vocabulary import UNSPECIFIC
from litbook.text.escape import clean
from litbook.text.person_names import names_of
from litbook.text.venues import guess_type
from litbook.write.links import addresses
from litbook.write.notices import note_of

# Where a source can say the name that is shown as the venue.
_VENUES = ("container-title", "event-title", "publisher", "collection-title", "medium", "authority")


def best_address(paper: Paper) -> str:
    """Return the address that leads to the work itself, or else to its project, or nothing."""
    found = addresses(paper.links)
    return next((found[name] for name in ("doi", "acl", "arxiv", "openreview", "project") if name in found), "")


@once_per_object(2048)  # each export of a paper needs it, and so does its page
def complete_reference(paper: Paper) -> Reference:
    """Return the reference with a type, all names, the year, identifiers and an address, as far as they are known.

    A venue that no source gives was looked up: the type follows it unless a source names a certain one.
    """
    known = paper.reference
    fields = dict(known.fields)
    kind = known.type
    venue = paper.venue or ""
    if venue and (not any(record.venue for record in paper.records) or not any(map(fields.get, _VENUES))):
        kind = (guess_type(venue) if kind in UNSPECIFIC else kind) or kind
        fields["container-title"] = venue
    names = {role: people for role, people in known.names.items() if role != "author"}
    authors = tuple(name for name in names_of(paper) if clean(name.display).strip(" ~,"))
    return replace(
        known,
        type=kind or "article",
        names={"author": authors, **names} if authors else names,
        dates=_complete_dates(paper, known),
        fields=_add_note(paper, _complete_links(paper, fields)),
    )


def _complete_dates(paper: Paper, known: Reference) -> dict[str, PartialDate]:
    """Return the dates; that of a source holds unless a later year of publication was looked up."""
    dates = dict(known.dates)
    year = paper.cited_year
    given = dates.get("issued")
    if year and (given is None or given.year != year):
        dates["issued"] = PartialDate((year,))
    return dates


def _complete_links(paper: Paper, fields: dict[str, str]) -> dict[str, str]:
    if doi := paper.links.get("doi", ""):
        fields["DOI"] = doi
    if arxiv := paper.links.get("arxiv", ""):
        fields |= {"archive": "arXiv", "archive_location": arxiv} if _is_free(fields) else {}
    if not fields.get("URL") and (address := best_address(paper)):
        fields["URL"] = address
    return fields


def _add_note(paper: Paper, fields: dict[str, str]) -> dict[str, str]:
    """Put notices before any other note: reference managers show it, and styles print it."""
    if said := note_of(paper):
        fields["note"] = " ".join(filter(None, (said, fields.get("note", ""))))
    return fields


def _is_free(fields: dict[str, str]) -> bool:
    """Return whether no archive but arXiv is named: the field can then hold the bare identifier."""
    place = fields.get("archive_location", "").lower()
    return not place or place.startswith("arxiv") or fields.get("archive", "").lower() == "arxiv"
