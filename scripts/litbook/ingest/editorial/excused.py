"""Read `excused.csv`: numbers in chapters that are exempt from the number check, each with a reason."""

from __future__ import annotations

from litbook.core.project import Project
from litbook.ingest.ledgers.rows import cell, read_rows
from litbook.model.faults import Fault
from litbook.model.pages import Excused

COLUMNS = ("file", "number", "reason")


def read_excused(project: Project) -> tuple[tuple[Excused, ...], list[Fault]]:
    """Read the exempt numbers; a missing file counts as empty, a row without a reason is a fault."""
    source = project.name(project.excused)
    rows, faults = read_rows(project.excused, source, COLUMNS)
    found: list[Excused] = []
    for line, row in rows:
        values = {name: cell(row, name) for name in COLUMNS}
        lacking = [name for name in COLUMNS if not values[name]]
        if None in row:
            faults.append(
                Fault(
                    source, line, "the row has more cells than the header", "put cells with a comma in quotation marks"
                )
            )
        elif lacking:
            what = f"missing {lacking[0]}"
            faults.append(Fault(source, line, what, "each row needs a file, a number in it and a reason"))
        else:
            found.append(Excused(source, line, **values))
    return tuple(found), faults
