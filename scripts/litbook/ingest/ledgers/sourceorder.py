"""Read `sources.csv`: in which order sources were added to a review that was there before them."""

from __future__ import annotations

from litbook.core.project import Project
from litbook.ingest.ledgers.rows import cell, read_rows
from litbook.model.faults import Fault

COLUMNS = ("source", "added")


def read_source_order(project: Project) -> tuple[dict[str, int], list[Fault]]:
    """Return the place of each source that was added later, from 1; a missing file is an empty one."""
    file = project.name(project.source_order)
    rows, faults = read_rows(project.source_order, file, COLUMNS)
    order: dict[str, int] = {}
    for number, (line, row) in enumerate(rows, start=1):
        source = cell(row, "source")
        if source:
            order[source] = number  # a file that was added again counts as the latest
        else:
            faults.append(Fault(file, line, "a row without a source", "name a file below sources, or remove the row"))
    return order, faults
