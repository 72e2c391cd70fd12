"""The tables in an Excel workbook, as CSV; the optional extra `litbook[xlsx]` reads them."""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Iterable, Sequence
from datetime import date, datetime

ENDINGS = (".xlsx", ".xlsm")


class MissingLibraryError(Exception):
    """The library of the extra is not installed."""


def read_tables(content: bytes) -> list[tuple[str, str]]:
    """Return name and CSV of each sheet that has cells.

    Raise `MissingLibraryError` without openpyxl, and ValueError if the file is damaged.
    """
    try:
        from openpyxl import load_workbook  # noqa: PLC0415 - an optional extra
    except ImportError:
        raise MissingLibraryError from None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions, which hold no values
        try:
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            sheets = [(sheet.title, _write(sheet.iter_rows(values_only=True))) for sheet in book.worksheets]
        except Exception as error:  # openpyxl lets errors of zipfile, XML and its own through
            raise ValueError("the workbook is damaged") from error
    return [(name, text) for name, text in sheets if text.strip(",\r\n ")]


def _write(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV, without the empty columns and rows around them."""
    filled = [[_show(cell) for cell in row] for row in rows]
    filled = [row for row in filled if any(row)]
    width = max((max(at for at, cell in enumerate(row, start=1) if cell) for row in filled), default=0)
    lines = io.StringIO()
    csv.writer(lines, lineterminator="\n").writerows((row + [""] * width)[:width] for row in filled)
    return lines.getvalue()


def _show(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
