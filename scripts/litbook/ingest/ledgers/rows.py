"""Read the CSV files that people keep: their rows with the lines on which they begin."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from litbook.model.faults import Fault

# A cell by its column; surplus cells stand under None, a missing one is None.
Row = Mapping[Any, Any]


def read_rows(path: Path, file: str, columns: Sequence[str]) -> tuple[list[tuple[int, Row]], list[Fault]]:
    """Return the rows of a file, each with its line; a missing file is an empty one, a missing column a fault.

    `file` is its name in messages.
    """
    if not path.is_file():
        return [], []
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        rows = csv.DictReader(lines)
        missing = [name for name in columns if name not in (rows.fieldnames or ())]
        if missing:
            return [], [Fault(file, 1, f"no column {', '.join(missing)}", f"the columns are {','.join(columns)}")]
        return list(_number(rows)), []


def _number(rows: csv.DictReader[str]) -> Iterator[tuple[int, Row]]:
    line = rows.line_num + 1
    for row in rows:
        yield line, row
        line = rows.line_num + 1


def cell(row: Row, name: str) -> str:
    """Return what stands under a column, without spaces around it; a missing cell is empty."""
    return (row.get(name) or "").strip()


def check_width(row: Row, columns: Sequence[str]) -> list[tuple[str, str]]:
    """Return what is wrong, and what to do, where a row has not as many cells as the header."""
    if None in row or any(row.get(name) is None for name in columns):
        return [("the row has more or fewer cells than the header", "quote cells that hold a comma")]
    return []
