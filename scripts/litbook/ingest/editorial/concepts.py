"""Read `concepts.csv`: the terms that the review explains, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from litbook.core.project import Project
from litbook.ingest.ledgers.rows import cell, check_width, read_rows
from litbook.model.editorial import Concept
from litbook.model.faults import Fault

COLUMNS = ("term", "also", "place", "sentence")


def read_concepts(project: Project) -> tuple[tuple[Concept, ...], list[Fault]]:
    """Read the concepts and check each row's form; a missing file counts as empty.

    Whether the place explains the term is checked later, in `analyse.prose`, where chapters and papers are known.
    """
    file = project.name(project.concepts)
    rows, faults = read_rows(project.concepts, file, COLUMNS)
    concepts: list[Concept] = []
    seen: dict[str, int] = {}
    for line, row in rows:
        values = {name: " ".join(cell(row, name).split()) for name in COLUMNS}
        problems = check_width(row, COLUMNS) or list(_check(values, seen))
        faults += [Fault(file, line, what, remedy) for what, remedy in problems]
        concept = _make_concept(line, values)
        concepts.append(concept)
        for form in concept.forms:
            seen.setdefault(form.casefold(), line)
    return tuple(concepts), faults


def _make_concept(line: int, values: Mapping[str, str]) -> Concept:
    also = tuple(filter(None, (form.strip() for form in values["also"].split(";"))))
    number = int(values["sentence"]) if values["sentence"].isdecimal() else 0
    return Concept(values["term"], also, values["place"], number, line)


def _check(values: Mapping[str, str], seen: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with one row, and what to do."""
    for name in ("term", "place"):
        if not values[name]:
            yield f"missing {name}", "write the term, and the slug of a theme or the citekey that explains it"
    if values["sentence"] and not values["sentence"].isdecimal():
        yield f"invalid sentence '{values['sentence']}'", "write the number of the abstract's sentence, from 1"
    for form in filter(None, (values["term"], *values["also"].split(";"))):
        first = seen.get(" ".join(form.split()).casefold())
        if first:
            yield f"'{form.strip()}' is a term already, on line {first}", "delete one of the two"
