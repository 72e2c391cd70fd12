"""Write single rows of the CSV files that people keep, and leave every other byte of them as it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from litbook.core.atomic import write_bytes

_BOM = "\ufeff"


class ChangedSinceError(RuntimeError):
    """A row is no longer what the desk has written, so it is not taken back."""


@dataclass(frozen=True, slots=True)
class Act:
    """One change to a file: the row as it was, or None, and as it is now, or None; both with their line ends."""

    path: Path
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Table:
    """A file as text: its header with the line end, and its rows, each as it is written."""

    header: str
    columns: tuple[str, ...]
    rows: tuple[str, ...]
    end: str

    def cells(self, row: str) -> dict[str, str]:
        """Return the cells of a row by their columns."""
        values = next(csv.reader([row], strict=False), [])
        return dict(zip(self.columns, [*values, *[""] * len(self.columns)], strict=False))


def read_table(path: Path, columns: Sequence[str]) -> Table:
    """Read a file; one that is missing or empty has these columns and no rows."""
    return _parse(path.read_bytes().decode("utf-8", "surrogateescape") if path.is_file() else "", columns)


def _parse(text: str, columns: Sequence[str]) -> Table:
    if not text.strip(f"{_BOM}\r\n"):
        return Table(",".join(columns) + "\n", tuple(columns), (), "\n")
    header, *rows = _split(text)
    end = "\r\n" if header.endswith("\r\n") else "\n"
    names = next(csv.reader([header.removeprefix(_BOM)]))
    return Table(header, tuple(name.strip() for name in names), tuple(rows), end)


def _split(text: str) -> list[str]:
    """Return the rows of a text with their line ends; a cell in quotation marks may span lines."""
    rows: list[str] = []
    quoted = False
    for line in io.StringIO(text, newline=""):  # splitlines() would also split at form feeds
        if quoted:
            rows[-1] += line
        else:
            rows.append(line)
        quoted ^= line.count('"') % 2 == 1
    return rows


def put_row(
    path: Path, columns: Sequence[str], key: Mapping[str, str], values: Mapping[str, str], in_order: bool = True
) -> Act:
    """Write the row whose cells have the values of `key`, or add it, atomically; cells that are not given stay.

    A file that lacks the column of a cell gets it. With `in_order`, a new row is put where it belongs if the rows are
    sorted by their first cell, so that the rows of two people can be merged; else it is the last one. Line ends in
    values become spaces: one row is one line.
    """
    table = _widen(read_table(path, columns), {**key, **values})
    rows, act = _put(table, Act(path, None, None), key, values, in_order)
    _save(path, table, rows)
    return act


def place_row(text: str, columns: Sequence[str], key: Mapping[str, str], values: Mapping[str, str]) -> str:
    """Return the text of a table with a row that is written as `put_row` writes it."""
    table = _parse(text, columns)
    rows, _ = _put(table, Act(Path(), None, None), key, values, in_order=True)
    return _join(table, rows)


def _put(
    table: Table, act: Act, key: Mapping[str, str], values: Mapping[str, str], in_order: bool
) -> tuple[list[str], Act]:
    at = next((at for at, row in enumerate(table.rows) if _has(table, row, key)), None)
    before = table.rows[at] if at is not None else None
    cells = {**(table.cells(before) if before else {}), **key, **values}
    after = _write([" ".join(cells.get(name, "").split()) for name in table.columns], table.end)
    rows = list(table.rows)
    if at is not None:
        rows[at] = after
    else:
        rows = _insert(table, rows, after, in_order)
    return rows, replace(act, before=before, after=after)


def _widen(table: Table, cells: Mapping[str, str]) -> Table:
    """Return a table with a further column, last and empty, for each cell that has none; an empty cell needs none."""
    new = [name for name, value in cells.items() if value and name not in table.columns]
    if not new:
        return table
    rows = tuple(_append(row, "," * len(new)) for row in table.rows)
    return Table(_append(table.header, "".join(f",{name}" for name in new)), (*table.columns, *new), rows, table.end)


def _append(row: str, cells: str) -> str:
    text = row.rstrip("\r\n")
    return f"{text}{cells}{row[len(text) :]}"


def undo(act: Act, columns: Sequence[str]) -> None:
    """Take back a change; raise `ChangedSinceError` if the row was changed since, and leave the file alone."""
    table = read_table(act.path, columns)
    rows = list(table.rows)
    same = [at for at, row in enumerate(rows) if row.rstrip("\r\n") == (act.after or "").rstrip("\r\n")]
    if not same:
        raise ChangedSinceError(f"{act.path.name} was changed since; correct the row there")
    rows[same[-1] : same[-1] + 1] = [act.before] if act.before is not None else []
    _save(act.path, table, rows)


def _has(table: Table, row: str, key: Mapping[str, str]) -> bool:
    cells = table.cells(row)
    return all(cells.get(name, "").strip() == value for name, value in key.items())


def _write(cells: Sequence[str], end: str) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator=end).writerow(cells)
    return text.getvalue()


def _insert(table: Table, rows: list[str], row: str, in_order: bool) -> list[str]:
    first = [_first(item) for item in rows]
    place = len(rows)
    if in_order and first == sorted(first):
        place = next((at for at, word in enumerate(first) if word > _first(row)), place)
    if place and not rows[place - 1].endswith(("\n", "\r")):
        rows[place - 1] += table.end
    return [*rows[:place], row, *rows[place:]]


def _first(row: str) -> str:
    return next(iter(next(csv.reader([row]), [])), "")


def _save(path: Path, table: Table, rows: Sequence[str]) -> None:
    write_bytes(path, _join(table, rows).encode("utf-8", "surrogateescape"))


def _join(table: Table, rows: Sequence[str]) -> str:
    header = table.header if not rows or table.header.endswith(("\n", "\r")) else table.header + table.end
    return "".join([header, *rows])
