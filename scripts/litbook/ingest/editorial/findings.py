"""Read `findings.csv`: people's corrections to what the rules found in abstracts."""

from __future__ import annotations

from collections.abc import Iterator

from litbook.core.project import Project
from litbook.ingest.ledgers.rows import Row, cell, check_width, read_rows
from litbook.model.faults import Fault, nearest
from litbook.model.stated import NAME_FIELDS, StatedCorrection

COLUMNS = ("citekey", "field", "action", "value", "sentence", "measured", "reason")
FIELDS = (*NAME_FIELDS, "finding")
ACTIONS = ("add", "drop", "replace")


def read_findings(project: Project) -> tuple[tuple[StatedCorrection, ...], list[Fault]]:
    """Read the corrections and check each row's form; a missing file counts as empty.

    Whether a value occurs in the paper's text is checked later, in `analyse.findings`, where the papers are known.
    """
    file = project.name(project.findings)
    rows, faults = read_rows(project.findings, file, COLUMNS)
    corrections: list[StatedCorrection] = []
    for line, row in rows:
        wrong = [Fault(file, line, what, remedy) for what, remedy in check_width(row, COLUMNS) or _check(row)]
        faults += wrong
        if not wrong:
            corrections.append(_make_correction(line, row))
    return tuple(corrections), faults


def _check(row: Row) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the form of one row, and what to do."""
    if not cell(row, "citekey"):
        yield "missing citekey", "write the citekey of the paper"
    for name, known in (("field", FIELDS), ("action", ACTIONS)):
        word = cell(row, name)
        if word not in known:
            yield f"unknown {name} '{word}'", nearest(word, known) or f"use one of {', '.join(known)}"
    if not cell(row, "value"):
        yield "missing value", "write the name, or the number of the finding, exactly as in the paper's text"
    yield from _check_place(row)


def _check_place(row: Row) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the cells 'sentence' and 'measured', which only findings have."""
    sentence = cell(row, "sentence")
    if cell(row, "field") == "finding":
        if not (sentence.isascii() and sentence.isdigit() and len(sentence) < 5):
            yield f"invalid sentence number '{sentence}'", "run 'litbook show' to see the numbered sentences"
    elif sentence or cell(row, "measured"):
        yield "'sentence' and 'measured' apply only to findings", "leave both cells empty"


def _make_correction(line: int, row: Row) -> StatedCorrection:
    return StatedCorrection(
        line=line,
        citekey=cell(row, "citekey"),
        field=cell(row, "field"),
        action=cell(row, "action"),
        value=cell(row, "value"),
        sentence=int(cell(row, "sentence") or 0),
        measured=cell(row, "measured"),
        reason=cell(row, "reason"),
    )
