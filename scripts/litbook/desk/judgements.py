"""Read `screening.csv`: what each screener thinks of each paper, before it is settled in `decisions.csv`."""

from __future__ import annotations

from dataclasses import dataclass

from litbook.core.project import Project
from litbook.ingest.ledgers.rows import cell, check_width, read_rows
from litbook.model.faults import Fault, nearest

COLUMNS = ("citekey", "by", "judgement", "reason", "date")
JUDGEMENTS = ("include", "exclude", "maybe")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one screener thinks of one paper; `line` is the line in `screening.csv`."""

    line: int
    citekey: str
    by: str
    judgement: str
    reason: str = ""


def read_screening(project: Project) -> tuple[tuple[Judgement, ...], list[Fault]]:
    """Read the judgements in the order of the rows, without those that have a fault; a missing file counts as empty."""
    file = project.name(project.screening)
    rows, faults = read_rows(project.screening, file, COLUMNS)
    found: list[Judgement] = []
    for line, row in rows:
        word = cell(row, "judgement")
        wrong = list(check_width(row, COLUMNS))
        if not wrong and word not in JUDGEMENTS:
            remedy = nearest(word, JUDGEMENTS) or f"use one of {', '.join(JUDGEMENTS)}"
            wrong = [(f"unknown judgement '{word}'", remedy)]
        if not wrong and not (cell(row, "citekey") and cell(row, "by")):
            wrong = [("missing citekey or screener", "write both")]
        faults += [Fault(file, line, what, remedy) for what, remedy in wrong]
        if not wrong:
            found.append(Judgement(line, cell(row, "citekey"), cell(row, "by"), word, cell(row, "reason")))
    return tuple(found), faults
