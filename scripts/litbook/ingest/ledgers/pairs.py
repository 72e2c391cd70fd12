"""Read `pairs.csv`: people's decisions whether two similar papers are the same work."""

from __future__ import annotations

from collections.abc import Collection

from litbook.core.project import Project
from litbook.ingest.ledgers.rows import cell, check_date, read_rows
from litbook.model.faults import Fault, nearest
from litbook.model.screening import Pair

COLUMNS = ("one", "other", "same", "reason", "by", "date")
_SAME = {"yes": True, "no": False}


def read_pairs(project: Project, citekeys: Collection[str] = ()) -> tuple[tuple[Pair, ...], list[Fault]]:
    """Read the decisions on near-duplicates; a missing file counts as empty.

    A citekey that is not one of those given, which the ledger has, is a fault; if none are given, any is taken.
    """
    file = project.name(project.pairs)
    rows, faults = read_rows(project.pairs, file, COLUMNS)
    pairs: list[Pair] = []
    for line, row in rows:
        pair, fault = _read_row(file, line, {name: cell(row, name) for name in COLUMNS})
        pairs += [pair] if pair else []
        faults += [fault] if fault else []
        faults += [Fault(file, line, what, remedy) for what, remedy in check_date(row)]
        for key in (pair.one, pair.other) if pair and citekeys else ():
            if key not in citekeys:
                remedy = nearest(key, citekeys) or "book/corpus/ledger.jsonl lists all citekeys"
                faults.append(Fault(file, line, f"unknown citekey '{key}'", remedy))
    return tuple(pairs), faults


def _read_row(file: str, line: int, row: dict[str, str]) -> tuple[Pair | None, Fault | None]:
    if row["same"] not in _SAME:
        return None, Fault(file, line, f"unknown value '{row['same']}' in 'same'", "write yes or no")
    if not row["one"] or not row["other"] or row["one"] == row["other"]:
        return None, Fault(file, line, "a pair needs two different citekeys", "write both, first the one to keep")
    return Pair(line, row["one"], row["other"], _SAME[row["same"]], row["reason"]), None
