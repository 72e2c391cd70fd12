"""Change single cells of a CSV file, and leave every other byte of it as it is."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator

_BOM = "\ufeff"
_CELL = re.compile(r'"(?:[^"]|"")*"[^,\r\n]*|[^,\r\n]*')
_END = re.compile(r"\r\n|\n|\r")

# Given a row's cells by column, return those that change.
Edit = Callable[[dict[str, str]], dict[str, str]]


def edit_rows(text: str, edit: Edit) -> str:
    """Return the text of a table with the cells that `edit` changes; the first row names the columns."""
    rows = list(_split(text))
    if not rows:
        return text
    columns = [_value(text[start:end]).removeprefix(_BOM).strip() for start, end in rows[0]]
    pieces, at = [], 0
    for cells in rows[1:]:
        spans = dict(zip(columns, cells, strict=False))
        values = {name: _value(text[start:end]) for name, (start, end) in spans.items()}
        changed = edit(values) if any(values.values()) else {}
        for name, (start, end) in spans.items():
            if name in changed and changed[name] != values[name]:
                pieces += [text[at:start], _write(changed[name])]
                at = end
    return "".join([*pieces, text[at:]])


def _split(text: str) -> Iterator[list[tuple[int, int]]]:
    """Yield for each row the places of its cells, from and to."""
    at = 0
    while at < len(text):
        row = []
        while True:
            cell = _CELL.match(text, at)
            assert cell is not None  # it matches nothing, too
            row.append(cell.span())
            at = cell.end()
            if text[at : at + 1] != ",":
                break
            at += 1
        end = _END.match(text, at)
        at = end.end() if end else len(text)
        yield row


def _value(cell: str) -> str:
    row = next(csv.reader(io.StringIO(cell, newline=""), strict=False), [])
    return row[0] if row else ""


def _write(value: str) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([value])
    return out.getvalue() if value else ""
