"""The year of a work's first version, and that of its version of record."""

from __future__ import annotations

from collections.abc import Sequence

from litbook.model.review import Facts, Record


def find_years(records: Sequence[Record], known: Facts) -> tuple[int | None, int | None]:
    """Return the year of the first version, and that of the version of record where a record of a venue gives it.

    A record with an arXiv identifier and without a venue is of a first version.
    """
    preprints = [record.year for record in records if record.year and not record.venue and "arxiv" in record.links]
    published = next((record.year for record in records if record.year and record.venue), None)
    if preprints and published and min(preprints) < published:
        return min(preprints), known.venue_year or published
    own = next((record.year for record in records if record.year), None)
    dated = next((record.published for record in records if record.published), None)
    first = own or (int(dated[:4]) if dated and dated[:4].isdigit() else None) or known.year
    return first, known.venue_year


def find_date(records: Sequence[Record], year: int | None) -> str | None:
    """Return the date of the first version: that of a record of its year, if there is one."""
    dates = [record.published for record in records if record.published]
    return next((date for date in dates if date.startswith(str(year))), next(iter(dates), None))
