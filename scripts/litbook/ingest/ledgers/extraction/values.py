"""Read `extraction.csv`: the values that people extracted, one a row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from litbook.core.project import Project
from litbook.ingest.ledgers.rows import Row, cell, check_width, read_rows
from litbook.model.extraction import NOT_REPORTED, Extracted
from litbook.model.faults import Fault

COLUMNS = ("citekey", "column", "value", "quote", "by", "date", "note")
WHERE = "where"  # a column that only reviews need that extract from full texts


def read_values(project: Project) -> tuple[tuple[Extracted, ...], list[Fault]]:
    """Read the rows and check their cells; a missing file counts as empty."""
    file = project.name(project.extraction)
    rows, faults = read_rows(project.extraction, file, COLUMNS)
    values: list[Extracted] = []
    for line, row in rows:
        name = f"{cell(row, 'citekey')}: " if cell(row, "citekey") else ""
        wrong = [
            Fault(file, line, f"{name}{what}", remedy) for what, remedy in check_width(row, COLUMNS) or _check(row)
        ]
        faults += wrong
        if not wrong:
            values.append(_make_row(line, row))
    return tuple(values), faults


def _make_row(line: int, row: Row) -> Extracted:
    value = " ".join(cell(row, "value").split())
    return Extracted(
        line=line,
        citekey=cell(row, "citekey"),
        column=cell(row, "column"),
        value=NOT_REPORTED if value.lower() == NOT_REPORTED else value,
        quote=" ".join(cell(row, "quote").split()),
        by=cell(row, "by"),
        date=cell(row, "date"),
        note=cell(row, "note"),
        where=cell(row, WHERE),
    )


def _check(row: Row) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the cells of one row, and what to do."""
    column, value = cell(row, "column"), cell(row, "value")
    if not cell(row, "citekey"):
        yield "missing citekey", "write the citekey of the paper"
    if not column:
        yield "missing column", "write the id of a column from extraction.yml"
    elif not value:
        yield f"missing value of '{column}'", f"write it, or '{NOT_REPORTED}' where the paper does not say"
    elif value.lower() != NOT_REPORTED and not cell(row, "quote"):
        where = cell(row, "where")
        remedy = "write the words of title or abstract that it rests on, or the number of the sentence"
        yield f"missing quotation for '{column}'", f"write the words of {where}" if where else remedy
    if not cell(row, "by"):
        yield f"missing extractor of '{column}'", "write who read the value in the column 'by'"
    day = cell(row, "date")
    if day and not _is_date(day):
        yield f"invalid date '{day}'", "write it as 2031-05-02"


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
