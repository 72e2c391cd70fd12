"""Read `excused.csv`: numbers of pages that people keep although no cited abstract states them, each with a reason."""

from __future__ import annotations

import csv

from litbook.errors import Fault
from litbook.project import Project
from litbook.written import Excused

COLUMNS = ("file", "number", "reason")


def read_excused(project: Project) -> tuple[tuple[Excused, ...], list[Fault]]:
    """Read the excused numbers; a missing file is an empty one, and a row without a reason is a fault."""
    source = project.name(project.excused)
    if not project.excused.is_file():
        return (), []
    found: list[Excused] = []
    faults: list[Fault] = []
    with project.excused.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        rows = csv.DictReader(lines)
        missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
        if missing:
            return (), [Fault(source, 1, f"no column {', '.join(missing)}", f"the columns are {','.join(COLUMNS)}")]
        line = rows.line_num + 1
        for row in rows:
            values = {name: (row.get(name) or "").strip() for name in COLUMNS}
            lacking = [name for name in COLUMNS if not values[name]]
            if None in row:
                faults.append(
                    Fault(source, line, "the row has more cells than the header", "quote cells that hold a comma")
                )
            elif lacking:
                what = f"nothing under '{lacking[0]}'"
                faults.append(Fault(source, line, what, "each row names a file, a number in it and a reason"))
            else:
                found.append(Excused(source, line, **values))
            line = rows.line_num + 1
    return tuple(found), faults
