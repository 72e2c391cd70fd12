"""Report the values of fields for a DOI that are not one, so that none is lost in silence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from litbook.ingest.formats.people import is_placeholder
from litbook.model.review import Reading, Unread
from litbook.text.identifiers import explain_doi


def report_dois(reading: Reading) -> Reading:
    """Return a reading with a remark on each record whose DOI is not understood."""
    remarks = tuple(_find_remarks(reading))
    return replace(reading, unread=(*reading.unread, *remarks)) if remarks else reading


def _find_remarks(reading: Reading) -> Iterator[Unread]:
    for record in reading.records:
        given = record.reference.fields.get("DOI", "") or record.extra.get("doi", "")
        if given and "doi" not in record.links and not is_placeholder(given) and (wrong := explain_doi(given)):
            line = record.first_line
            yield Unread(reading.source, line, line, "", wrong, offset=record.offset)
