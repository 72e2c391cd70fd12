"""Read `grades.csv`: the strength that editors see in tensions, highlights and rows of tables."""

from __future__ import annotations

from collections.abc import Sequence

from litbook.core.project import Project
from litbook.ingest.ledgers.notices import is_date
from litbook.ingest.ledgers.rows import cell, check_width, read_rows
from litbook.model.faults import Fault, nearest
from litbook.model.living import Grade

COLUMNS = ("of", "id", "grade", "reason", "by", "date")
KINDS = ("tension", "highlight", "paper")


def read_grades(project: Project, scale: Sequence[str]) -> tuple[tuple[Grade, ...], list[Fault]]:
    """Read the grades; a missing file counts as empty. Whether what is graded exists is checked in `analyse.living`."""
    file = project.name(project.grades)
    rows, faults = read_rows(project.grades, file, COLUMNS)
    found: list[Grade] = []
    for line, row in rows:
        values = {name: cell(row, name) for name in COLUMNS}
        wrong = check_width(row, COLUMNS) or _check(values, scale)
        faults += [Fault(file, line, what, remedy) for what, remedy in wrong]
        found += [] if wrong else [Grade(line, **values)]
    return tuple(found), faults


def _check(values: dict[str, str], scale: Sequence[str]) -> list[tuple[str, str]]:
    lacking = [name for name in COLUMNS if not values[name]]
    if lacking:
        return [(f"missing {', '.join(lacking)}", "a grade needs a reason that readers see, a name and a date")]
    wrong = []
    if values["of"] not in KINDS:
        wrong.append(
            (f"unknown kind '{values['of']}'", nearest(values["of"], KINDS) or f"use one of {', '.join(KINDS)}")
        )
    if values["grade"] not in scale:
        remedy = nearest(values["grade"], scale) or f"use one of {', '.join(scale)}, or define 'grades' in status.yml"
        wrong.append((f"unknown grade '{values['grade']}'", remedy))
    if not is_date(values["date"], whole=True):
        wrong.append((f"invalid date '{values['date']}'", "write year-month-day, as in 2031-12-24"))
    return wrong
