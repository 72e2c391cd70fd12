"""Read `glossary.csv`: people's corrections to the list of acronyms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from litbook.core.project import Project
from litbook.ingest.ledgers.rows import cell, check_width, read_rows
from litbook.model.editorial import Correction
from litbook.model.faults import Fault

COLUMNS = ("acronym", "expansion", "citekey", "keep", "reason")
_KEEP = {"keep": True, "drop": False}


def read_corrections(project: Project) -> tuple[tuple[Correction, ...], list[Fault]]:
    """Read the corrections and check each row's form; a missing file counts as empty.

    Whether a paper contains the long form to keep is checked later, in `analyse.prose`, where the papers are known.
    """
    file = project.name(project.glossary)
    rows, faults = read_rows(project.glossary, file, COLUMNS)
    corrections: list[Correction] = []
    for line, row in rows:
        values = {name: " ".join(cell(row, name).split()) for name in COLUMNS}
        faults += [Fault(file, line, what, remedy) for what, remedy in check_width(row, COLUMNS) or _check(values)]
        corrections.append(_make_correction(line, values))
    return tuple(corrections), faults


def _make_correction(line: int, values: Mapping[str, str]) -> Correction:
    keep = _KEEP.get(values["keep"], False)
    return Correction(values["acronym"], values["expansion"], values["citekey"], keep, values["reason"], line)


def _check(values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with one row, and what to do."""
    if values["keep"] not in _KEEP:
        yield f"unknown value '{values['keep']}' in 'keep'", "write keep or drop"
    if not values["acronym"]:
        yield "missing acronym", "write the acronym to correct"
    if values["keep"] == "keep" and not (values["expansion"] and values["citekey"]):
        yield "missing expansion or citekey", "write the long form and the citekey of a paper that contains it"
