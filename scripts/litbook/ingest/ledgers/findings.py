"""Read `findings.csv`: what people add to, drop from or put in the place of what the rules found in an abstract."""

from __future__ import annotations

from collections.abc import Iterator

from litbook.core.project import Project
from litbook.ingest.ledgers.rows import Row, cell, check_width, read_rows
from litbook.model.faults import Fault, nearest
from litbook.model.stated import StatedCorrection

COLUMNS = ("citekey", "field", "action", "value", "sentence", "measured", "reason")
FIELDS = ("method", "models", "benchmarks", "finding")
ACTIONS = ("add", "drop", "replace")


def read_findings(project: Project) -> tuple[tuple[StatedCorrection, ...], list[Fault]]:
    """Read the corrections and check the form of each; a missing file is an empty one.

    Whether a value stands in the paper's text is checked where papers are known.
    """
    file = project.name(project.findings)
    rows, faults = read_rows(project.findings, file, COLUMNS)
    corrections: list[StatedCorrection] = []
    for line, row in rows:
        told = [Fault(file, line, what, remedy) for what, remedy in check_width(row, COLUMNS) or _check(row)]
        faults += told
        if not told:
            corrections.append(_make_correction(line, row))
    return tuple(corrections), faults


def _check(row: Row) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the form of one row, and what to do."""
    if not cell(row, "citekey"):
        yield "no citekey", "write the key of the paper"
    for name, known in (("field", FIELDS), ("action", ACTIONS)):
        word = cell(row, name)
        if word not in known:
            yield f"no {name} '{word}'", nearest(word, known) or f"it is one of {', '.join(known)}"
    if not cell(row, "value"):
        yield "no value", "write the name, or the number of the finding, as it stands in the paper's text"
    yield from _check_place(row)


def _check_place(row: Row) -> Iterator[tuple[str, str]]:
    sentence = cell(row, "sentence")
    if cell(row, "field") == "finding":
        if not (sentence.isascii() and sentence.isdigit() and len(sentence) < 5):
            yield f"'{sentence}' is no number of a sentence", "litbook show prints them with their numbers"
    elif sentence or cell(row, "measured"):
        yield "only a finding has a sentence and something measured", "leave both cells empty"


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
