"""Read the CSV files that people keep, with the line on which each row starts."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from litbook.model.faults import Fault
from litbook.text.dates import advise_date, is_date

# Cells by column, as `csv.DictReader` gives them: surplus cells are a list under the key None, missing ones are None.
Row = Mapping[Any, Any]


def read_rows(path: Path, file: str, columns: Sequence[str]) -> tuple[list[tuple[int, Row]], list[Fault]]:
    """Return the rows of a file, each with its line number.

    A missing file counts as empty; a missing column is a fault. `file` is the name to give in messages.
    """
    if not path.is_file():
        return [], []
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        rows = csv.DictReader(lines)
        missing = [name for name in columns if name not in (rows.fieldnames or ())]
        if missing:
            noun = "column" if len(missing) == 1 else "columns"
            return [], [
                Fault(file, 1, f"missing {noun} {', '.join(missing)}", _explain_header(rows.fieldnames, columns))
            ]
        return list(_number(rows)), []


def _explain_header(header: Sequence[str] | None, columns: Sequence[str]) -> str:
    """Return what to do about a header without all columns; spreadsheets of some languages separate by semicolons."""
    for name, separator in (("semicolons", ";"), ("tabs", "\t")):
        if header and separator in header[0]:
            return f"separate the cells with commas instead of {name}"
    return f"the header is {','.join(columns)}"


def _number(rows: csv.DictReader[str]) -> Iterator[tuple[int, Row]]:
    line = rows.line_num + 1
    for row in rows:
        yield line, row
        line = rows.line_num + 1


def cell(row: Row, name: str) -> str:
    """Return the value in a column without surrounding spaces; a missing cell is empty."""
    return (row.get(name) or "").strip()


def check_width(row: Row, columns: Sequence[str]) -> list[tuple[str, str]]:
    """Return the problem and its remedy if a row has more or fewer cells than the header, else an empty list."""
    if None in row or any(row.get(name) is None for name in columns):
        return [("the row has more or fewer cells than the header", "put cells with a comma in quotation marks")]
    return []


def check_date(row: Row) -> list[tuple[str, str]]:
    """Return the problem and its remedy if the cell 'date' holds something else than a date, else an empty list."""
    day = cell(row, "date")
    return [] if not day or is_date(day) else [(f"invalid date '{day}'", advise_date(day))]
