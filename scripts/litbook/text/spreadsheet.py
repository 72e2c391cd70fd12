"""Cells of tables that spreadsheets open: text that a spreadsheet would compute is marked as text.

A cell that begins with one of these characters is a formula to Excel, LibreOffice and Google Sheets, and may ask other
sites for data (OWASP, "CSV Injection"). An apostrophe before it makes it text in all of them, and they do not show it.
"""

from __future__ import annotations

import re

_FORMULA = re.compile(r"[=+\-@\t\r]")
_GUARDED = re.compile(r"'(?=[=+\-@\t\r])")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?", re.IGNORECASE)


def guard_cell(cell: str) -> str:
    """Return a cell with an apostrophe before what a spreadsheet would compute; numbers stay numbers."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def unguard_cell(cell: str) -> str:
    """Return a cell without the apostrophe of `guard_cell`."""
    return _GUARDED.sub("", cell, count=1) if cell.startswith("'") else cell
