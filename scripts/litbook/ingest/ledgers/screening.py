"""Read `screening.csv`: what each screener thinks of each paper, before it is settled in `decisions.csv`."""

from __future__ import annotations

from collections.abc import Iterator

from litbook.core.project import Project
from litbook.ingest.ledgers.rows import Row, cell, check_date, check_width, read_rows
from litbook.model.faults import Fault, nearest
from litbook.model.screening import ABSTRACT, FULL_TEXT, JUDGEMENTS, NOT_RETRIEVED, STAGES, Judgement

COLUMNS = ("citekey", "by", "judgement", "reason", "date")
STAGE = "stage"  # a column that reviews of one stage do not have


def read_screening(project: Project) -> tuple[tuple[Judgement, ...], list[Fault]]:
    """Read the judgements in the order of the rows, without those that have a fault; a missing file counts as empty."""
    file = project.name(project.screening)
    rows, faults = read_rows(project.screening, file, COLUMNS)
    found: dict[tuple[str, str, str], Judgement] = {}
    for line, row in rows:
        judgement = _make_judgement(line, row)
        key = (judgement.citekey, judgement.by, judgement.stage)
        wrong = list(check_width(row, COLUMNS)) or list(_check(row))
        if not wrong and key in found:
            what = f"{judgement.citekey}: duplicate judgement by '{judgement.by}', first on line {found[key].line}"
            wrong = [(what, "delete one of the two rows")]
        faults += [Fault(file, line, what, remedy) for what, remedy in wrong]
        if not wrong:
            found[key] = judgement
    return tuple(found.values()), faults


def _make_judgement(line: int, row: Row) -> Judgement:
    values = {name: cell(row, name) for name in COLUMNS}
    return Judgement(line, **values, stage=cell(row, STAGE) or ABSTRACT)


def _check(row: Row) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the cells of one row, and what to do."""
    word, stage = cell(row, "judgement"), cell(row, STAGE)
    if word not in JUDGEMENTS:
        yield f"unknown judgement '{word}'", nearest(word, JUDGEMENTS) or f"use one of {', '.join(JUDGEMENTS)}"
    if stage and stage not in STAGES:
        yield f"unknown stage '{stage}'", nearest(stage, STAGES) or f"use one of {', '.join(STAGES)}"
    elif word == NOT_RETRIEVED and stage != FULL_TEXT:
        yield f"judgement '{word}' at the stage '{stage or ABSTRACT}'", f"write the stage '{FULL_TEXT}'"
    if not (cell(row, "citekey") and cell(row, "by")):
        yield "missing citekey or screener", "write both"
    yield from check_date(row)
