"""Read `pairs.csv`: whether two papers that look alike are the same work, as a person decided."""

from __future__ import annotations

import csv

from litbook.errors import Fault
from litbook.model import Pair
from litbook.project import Project

COLUMNS = ("one", "other", "same", "reason", "by", "date")
_SAME = {"yes": True, "no": False}


def read_pairs(project: Project) -> tuple[tuple[Pair, ...], list[Fault]]:
    """Read the decisions on pairs; a missing file is an empty one."""
    file = project.name(project.pairs)
    if not project.pairs.is_file():
        return (), []
    pairs: list[Pair] = []
    faults: list[Fault] = []
    with project.pairs.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        rows = csv.DictReader(lines)
        missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
        if missing:
            return (), [Fault(file, 1, f"no column {', '.join(missing)}", f"the columns are {','.join(COLUMNS)}")]
        line = rows.line_num + 1
        for row in rows:
            pair, fault = _read_row(file, line, {name: (row.get(name) or "").strip() for name in COLUMNS})
            pairs += [pair] if pair else []
            faults += [fault] if fault else []
            line = rows.line_num + 1
    return tuple(pairs), faults


def _read_row(file: str, line: int, row: dict[str, str]) -> tuple[Pair | None, Fault | None]:
    if row["same"] not in _SAME:
        return None, Fault(file, line, f"'{row['same']}' under 'same'", "write yes or no")
    if not row["one"] or not row["other"] or row["one"] == row["other"]:
        return None, Fault(file, line, "a pair needs two different citekeys", "write both; the first one stays")
    return Pair(line, row["one"], row["other"], _SAME[row["same"]], row["reason"]), None
