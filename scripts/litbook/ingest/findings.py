"""Read `findings.csv`: what people add to, drop from or put in the place of what the rules found in an abstract."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping

from litbook.errors import Fault, nearest
from litbook.project import Project
from litbook.stated import StatedCorrection

COLUMNS = ("citekey", "field", "action", "value", "sentence", "measured", "reason")
FIELDS = ("method", "models", "benchmarks", "finding")
ACTIONS = ("add", "drop", "replace")


def read_findings(project: Project) -> tuple[tuple[StatedCorrection, ...], list[Fault]]:
    """Read the corrections and check the form of each; a missing file is an empty one.

    Whether a value stands in the paper's text is checked where papers are known.
    """
    file = project.name(project.findings)
    if not project.findings.is_file():
        return (), []
    corrections: list[StatedCorrection] = []
    faults: list[Fault] = []
    with project.findings.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        rows = csv.DictReader(lines)
        missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
        if missing:
            return (), [Fault(file, 1, f"no column {', '.join(missing)}", f"the columns are {','.join(COLUMNS)}")]
        line = rows.line_num + 1
        for row in rows:
            told = [Fault(file, line, what, remedy) for what, remedy in _check(row)]
            faults += told
            if not told:
                corrections.append(_make_correction(line, row))
            line = rows.line_num + 1
    return tuple(corrections), faults


def _cell(row: Mapping[str, str | None], name: str) -> str:
    return (row.get(name) or "").strip()


def _check(row: Mapping[str, str | None]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the form of one row, and what to do."""
    if None in row or any(row.get(name) is None for name in COLUMNS):
        yield "the row has more or fewer cells than the header", "quote cells that hold a comma"
        return
    if not _cell(row, "citekey"):
        yield "no citekey", "write the key of the paper"
    for name, known in (("field", FIELDS), ("action", ACTIONS)):
        word = _cell(row, name)
        if word not in known:
            yield f"no {name} '{word}'", nearest(word, known) or f"it is one of {', '.join(known)}"
    if not _cell(row, "value"):
        yield "no value", "write the name, or the number of the finding, as it stands in the paper's text"
    yield from _check_place(row)


def _check_place(row: Mapping[str, str | None]) -> Iterator[tuple[str, str]]:
    sentence = _cell(row, "sentence")
    if _cell(row, "field") == "finding":
        if not (sentence.isascii() and sentence.isdigit() and len(sentence) < 5):
            yield f"'{sentence}' is no number of a sentence", "litbook show prints them with their numbers"
    elif sentence or _cell(row, "measured"):
        yield "only a finding has a sentence and something measured", "leave both cells empty"


def _make_correction(line: int, row: Mapping[str, str | None]) -> StatedCorrection:
    return StatedCorrection(
        line=line,
        citekey=_cell(row, "citekey"),
        field=_cell(row, "field"),
        action=_cell(row, "action"),
        value=_cell(row, "value"),
        sentence=int(_cell(row, "sentence") or 0),
        measured=_cell(row, "measured"),
        reason=_cell(row, "reason"),
    )
