"""Read `audit.csv`, and filled-in sheets of `litbook audit`: people's verdicts on statements of the review."""

from __future__ import annotations

import re
from pathlib import Path

from litbook.core.project import Project
from litbook.ingest.ledgers.notices import is_date
from litbook.ingest.ledgers.rows import Row, cell, read_rows
from litbook.model.faults import Fault, nearest
from litbook.model.statements import VERDICTS, Check

COLUMNS = ("id", "verdict", "by", "date", "remark")
_OPTIONAL = ("sentence", "sample", "of")
_ID = re.compile(r"[0-9a-f]{12}")


def read_audit(project: Project) -> tuple[tuple[Check, ...], list[Fault]]:
    """Read the checks of a review; a missing file counts as empty."""
    return read_sheet(project.audit, project.name(project.audit))


def read_sheet(path: Path, file: str) -> tuple[tuple[Check, ...], list[Fault]]:
    """Read a sheet; a row without a verdict is a fault, since a sample counts only if all of it was read."""
    rows, faults = read_rows(path, file, COLUMNS)
    found: list[Check] = []
    for line, row in rows:
        wrong = [Fault(file, line, what, remedy) for what, remedy in _check(row)]
        faults += wrong
        found += [] if wrong else [Check(line, **{name: cell(row, name) for name in (*COLUMNS, *_OPTIONAL)})]
    return tuple(found), faults


def _check(row: Row) -> list[tuple[str, str]]:
    wrong = []
    if None in row:
        wrong.append(("the row has more cells than the header", "put cells with a comma in quotation marks"))
    verdict, day = cell(row, "verdict"), cell(row, "date")
    if not _ID.fullmatch(cell(row, "id")):
        wrong.append((f"invalid id '{cell(row, 'id')}'", "leave the ids of the sheet as they are"))
    if verdict not in VERDICTS:
        what = f"unknown verdict '{verdict}'" if verdict else "missing verdict"
        wrong.append((what, nearest(verdict, VERDICTS) or f"write one of {', '.join(VERDICTS)}"))
    if not cell(row, "by"):
        wrong.append(("missing by", "name who read the sentence"))
    if not is_date(day, whole=True):
        what = f"invalid date '{day}'" if day else "missing date"
        wrong.append((what, "write year-month-day, as in 2031-12-24"))
    if not re.fullmatch(r"([1-9]\d*)?", cell(row, "of"), re.ASCII):
        wrong.append((f"invalid of '{cell(row, 'of')}'", "leave the number of statements as it is in the sheet"))
    return wrong
