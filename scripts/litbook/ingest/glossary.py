"""Read `glossary.csv`: what people correct in the list of acronyms."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping

from litbook.editorial import Correction
from litbook.errors import Fault
from litbook.project import Project

COLUMNS = ("acronym", "expansion", "citekey", "keep", "reason")
_KEEP = {"keep": True, "drop": False}


def read_corrections(project: Project) -> tuple[tuple[Correction, ...], list[Fault]]:
    """Read the corrections and check them for form; a missing file is an empty one.

    Whether a paper has the words that are to be kept is checked where the papers are known, in `prose`.
    """
    file = project.name(project.glossary)
    if not project.glossary.is_file():
        return (), []
    corrections: list[Correction] = []
    faults: list[Fault] = []
    with project.glossary.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        rows = csv.DictReader(lines)
        missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
        if missing:
            return (), [Fault(file, 1, f"no column {', '.join(missing)}", f"the columns are {','.join(COLUMNS)}")]
        line = rows.line_num + 1
        for row in rows:
            values = {name: " ".join((row.get(name) or "").split()) for name in COLUMNS}
            faults += [Fault(file, line, what, remedy) for what, remedy in _check(row, values)]
            corrections.append(_make_correction(line, values))
            line = rows.line_num + 1
    return tuple(corrections), faults


def _make_correction(line: int, values: Mapping[str, str]) -> Correction:
    keep = _KEEP.get(values["keep"], False)
    return Correction(values["acronym"], values["expansion"], values["citekey"], keep, values["reason"], line)


def _check(row: Mapping[str | None, object], values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with one row, and what to do."""
    if None in row or any(row.get(name) is None for name in COLUMNS):
        yield "the row has more or fewer cells than the header", "quote cells that hold a comma"
        return
    if values["keep"] not in _KEEP:
        yield f"'{values['keep']}' under 'keep'", "write keep or drop"
    if not values["acronym"]:
        yield "no acronym", "write the acronym that this is about"
    if values["keep"] == "keep" and not (values["expansion"] and values["citekey"]):
        yield "nothing to keep", "write the long form and the citekey of the paper that has it"
