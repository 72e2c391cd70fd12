"""The reader of tables with a header, parted by commas, semicolons, tabs or bars.

A row is read with the module `csv`. One that cannot be right, for its quotes or the number of its cells, costs its
first line only: reading goes on at the next, so that an open quote does not swallow the rows that follow.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from litbook.ingest.formats.columns import find_roles, find_shift, is_in_place, make_entry, plain
from litbook.ingest.formats.namelists import split_list
from litbook.ingest.formats.pieces import Piece, assemble, split_lines
from litbook.model.review import Reading

_BETWEEN = "the header, and empty rows"
_DELIMITERS = ",;\t|"
# The header is among the first lines: some tools put a title or `sep=;` before it.
_FIRST_LINES = 20
# So many characters are read twice to get over damaged rows; with more, it is not a table.
_MOST_AGAIN = 100_000_000
_CUT_SHORT = "the file ends inside of this row; it was read as far as it goes, export it again"
_CUT_OFF = "unexpected end of data"
# Zotero's tables give the files and notes of an entry rows of their own, whose title is "Snapshot" or nothing.
_CHILDREN = frozenset({"attachment", "note", "annotation"})


@dataclass(frozen=True, slots=True)
class _Table:
    """Hold how a table is written: its delimiter, the names of its columns, what they mean, its first row's line."""

    delimiter: str
    header: Sequence[str]
    roles: Mapping[str, int]
    first: int


@dataclass(frozen=True, slots=True)
class _Row:
    """Hold the cells of the lines `first` up to `end`, or what is wrong with them."""

    first: int
    end: int
    cells: Sequence[str] = ()
    reason: str = ""
    remark: str = ""


def matches(text: str) -> float:
    """Return how sure it is, from 0 to 1, that a text is a table of papers: by the names of its columns."""
    lines = [line for _, _, line in split_lines(text[:20_000])][:_FIRST_LINES]
    if text.lstrip("\ufeff \t\r\n").startswith(("{", "[", "<", "@", "%")):
        return 0.0
    table = _find_table(lines)
    if table is None or _is_markdown(lines):
        return 0.0
    return 0.95 if len(table.roles) > 2 else 0.8 if len(table.roles) == 2 else 0.65


def _is_markdown(lines: Sequence[str]) -> bool:
    """Return whether a table is one of Markdown: its cells have markup, and its header may come again."""
    return any(re.fullmatch(r"\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?\s*", line) for line in lines)


def find_table_header(text: str) -> Sequence[str]:
    """Return the names of the columns of any table: lines that the same sign cuts into the same number of cells."""
    lines = [line for _, _, line in split_lines(text[:20_000]) if line.strip()][:6]
    for delimiter in _DELIMITERS if len(lines) > 1 else ():
        rows = [_read_header(line.lstrip("\ufeff"), delimiter) for line in lines[:-1] or lines]
        widths = {len(row) for row in rows}
        named = all(cell.strip() and len(cell) < 60 and not set(cell) & set("{}=<>@[]:") for cell in rows[0])
        if len(widths) == 1 and max(widths) > 1 and named:
            return [cell.strip() for cell in rows[0]]
    return ()


def read_csvtable(source: str, text: str) -> Reading:
    """Return the rows of a table, and every other part of it with the reason why it is not one."""
    return read_mapped(source, text, {})


def read_mapped(source: str, text: str, columns: Mapping[str, str]) -> Reading:
    """Return the rows of a table of which a person has named some columns, by role."""
    spans = list(split_lines(text))
    lines = [line for _, _, line in spans]
    table = _find_table(lines[:_FIRST_LINES], columns)
    if table is None:
        reason = "no header with a column of titles; name the columns in the first line: title, authors, year, abstract"
        return assemble(source, text, [Piece(0, len(text), reason=reason)] if text else [], _BETWEEN)
    starts = [start for start, _, _ in spans] + [len(text)]
    rows = list(_join_damaged(_read_rows(lines, table)))
    pieces = [piece for row in rows if (piece := _make_piece(row, table, starts))]
    pieces += [Piece(starts[row.first], starts[row.first], reason=row.remark) for row in rows if row.remark]
    pieces += _report_names(rows, table, starts)
    if rows and _is_cut_short(rows[-1], table, text):
        pieces.append(Piece(starts[rows[-1].first], starts[rows[-1].first], reason=_CUT_SHORT))
    return assemble(source, text, pieces, _BETWEEN)


def _report_names(rows: Sequence[_Row], table: _Table, starts: Sequence[int]) -> Iterator[Piece]:
    """Yield a remark on each row with two names that may be one, if no other row shows how the table parts names."""
    at = table.roles.get("authors", len(table.header))
    lists = [(row, row.cells[at].strip()) for row in rows if not row.reason and at < len(row.cells)]
    if any(sign in cell for _, cell in lists for sign in ";|&[") or any(cell.count(",") > 1 for _, cell in lists):
        return
    for row, cell in lists:
        if not split_list(cell)[1]:
            reason = f"'{cell[:60]}' was read as two names; if it is one, put a semicolon behind it"
            yield Piece(starts[row.first], starts[row.first], reason=reason)


def _is_cut_short(last: _Row, table: _Table, text: str) -> bool:
    """Return whether a file ends inside of its last row: no line end, and fewer cells than columns."""
    return not last.reason and not text.endswith(("\r", "\n")) and 0 < len(last.cells) < len(table.header)


def _find_table(lines: Sequence[str], columns: Mapping[str, str] | None = None) -> _Table | None:
    """Return the table whose header is among these lines: the delimiter that names most of its columns counts."""
    found: list[tuple[int, int, _Table]] = []
    for delimiter in _DELIMITERS:
        for at, line in enumerate(lines):
            header = _read_header(line.lstrip("\ufeff"), delimiter)
            roles = find_roles(header, columns)
            first = not any(earlier.strip(" \t\r\n\ufeff") for earlier in lines[:at])
            if roles and (first or len(header) > 1):  # further down, "Title" is a word on its own line
                found.append((len(roles), -at, _Table(delimiter, header, roles, at + 1)))
    return max(found, key=lambda one: one[:2])[2] if found else None


def _read_header(line: str, delimiter: str) -> list[str]:
    try:
        return next(iter(csv.reader([line], delimiter=delimiter)), [])
    except csv.Error:
        return []


# -- rows -----------------------------------------------------------------------------------------------------------


def _read_rows(lines: Sequence[str], table: _Table) -> Iterator[_Row]:
    """Return all rows that are not empty, good and damaged; after a damaged one, reading begins again."""
    at, again = table.first, 0
    while at < len(lines):
        for row in _read_from(lines, at, table):
            if row.reason:
                again += sum(len(line) for line in lines[row.first : row.end])
                repaired = _lay_out(row, table) or _repair_quotes(lines, row, table)
                # A row whose quotes are balanced ends where they say, unless it has swallowed rows that are whole.
                balanced = bool(row.cells) and not _holds_rows(lines[row.first + 1 : row.end], table)
                at = repaired.end if repaired else row.end if balanced else row.first + 1
                yield repaired or _Row(row.first, at, reason=row.reason)
                break
            yield row
            at = row.end
        else:
            return
        if again > _MOST_AGAIN:
            yield _Row(at, len(lines), reason="too much damage to read on; see whether this is a table, and its quotes")
            return


def _read_from(lines: Sequence[str], at: int, table: _Table) -> Iterator[_Row]:
    """Return rows up to the first that is damaged."""
    reader = csv.reader((lines[number] for number in range(at, len(lines))), delimiter=table.delimiter, strict=True)
    first = at
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield _Row(first, at + max(reader.line_num, 1), reason=_explain(str(error)))
            return
        end = at + reader.line_num
        reason = _find_fault(cells, table) if any(cell.strip() for cell in cells) else ""
        yield _Row(first, end, cells, reason)
        if reason:
            return
        first = end


def _holds_rows(lines: Sequence[str], table: _Table) -> bool:
    """Return whether one of these lines is a whole row by itself."""
    return any(len(_read_header(line, table.delimiter)) == len(table.header) for line in lines)


def _lay_out(row: _Row, table: _Table) -> _Row | None:
    """Return a row wider than the header by its known columns: those before the surplus count from the left.

    Scopus exports a second text of funding without a column for it. Year and DOI prove that the cells before are in
    place; what follows the last known column is counted from the right, and the surplus joins the cell before.
    """
    surplus = len(row.cells) - len(table.header)
    known = [at for role, at in table.roles.items() if role in ("title", "year", "doi", "venue", "abstract", "authors")]
    if not 0 < surplus <= 3 or not is_in_place(row.cells, table.roles):
        return None
    last = max(known) + 1
    middle = "; ".join(cell for cell in row.cells[last : last + surplus + 1] if cell.strip())
    cells = [*row.cells[:last], middle, *row.cells[last + surplus + 1 :]]
    cells = cells if len(table.header) > last else list(row.cells[:last])
    remark = f"{len(row.cells)} cells where the header has {len(table.header)}; the row was read by its known columns"
    return _Row(row.first, row.end, cells, remark=f"{remark}, compare it")


def _repair_quotes(lines: Sequence[str], row: _Row, table: _Table) -> _Row | None:
    """Return a row with a quote inside of a quoted cell, as IEEE Xplore writes it, if that makes it fit the header."""
    if row.cells:
        return None
    sign = re.escape(table.delimiter)
    line = lines[row.first].rstrip("\r\n")
    doubled = re.sub(rf'(?<=[^{sign}"])"(?=[^{sign}"])', '""', line)
    try:
        cells = next(iter(csv.reader([doubled], delimiter=table.delimiter, strict=True)), [])
    except csv.Error:
        return None
    fits = len(cells) == len(table.header) and not _find_fault(cells, table)
    remark = "a quote inside of a cell was read as part of its text; double it ('\"\"') to be sure"
    return _Row(row.first, row.first + 1, cells, remark=remark) if fits and doubled != line else None


def _explain(error: str) -> str:
    if _CUT_OFF in error or "field larger" in error:
        return "a quote that opens a cell here is never closed; close it, or double it if it is part of the text"
    return "a quote inside of a cell; double it ('\"\"') if it is part of the text"


def _find_fault(cells: Sequence[str], table: _Table) -> str:
    """Say what is wrong with a row: more or fewer cells than columns, or cells that are beside their column."""
    width = len(table.header)
    surplus = len(cells) - width
    if surplus > 0 and any(cell.strip() for cell in cells[width:]):
        sign = {"\t": "a tab"}.get(table.delimiter, f"'{table.delimiter}'")
        return f"{len(cells)} cells where the header has {width}; a cell that holds {sign} needs quotes around it"
    shifted = find_shift(cells, table.header, table.roles)
    if shifted:
        return f"the cells are shifted: column '{shifted}' holds what belongs beside it; add or remove a cell"
    if surplus < 0 and len(cells) <= table.roles["title"]:
        return (
            f"{len(cells)} cell{'s' if len(cells) > 1 else ''} where the header has {width}; add those that are missing"
        )
    if not cells[table.roles["title"]].strip() and not _is_child(cells, table):
        return "a row without a title; add one"
    return ""


def _is_child(cells: Sequence[str], table: _Table) -> bool:
    at = next((at for at, name in enumerate(table.header) if plain(name) == "itemtype"), len(cells))
    return at < len(cells) and cells[at].strip() in _CHILDREN


def _join_damaged(rows: Iterator[_Row]) -> Iterator[_Row]:
    """Join damaged rows that follow each other: the first says what is wrong, the others may be its consequence."""
    pending: _Row | None = None
    for row in rows:
        if pending and row.reason and row.first == pending.end:
            pending = _Row(pending.first, row.end, reason=pending.reason)
            continue
        if pending:
            yield pending
        pending = row if row.reason else None
        if not row.reason:
            yield row
    if pending:
        yield pending


def _make_piece(row: _Row, table: _Table, starts: Sequence[int]) -> Piece | None:
    start, end = starts[row.first], starts[row.end]
    if row.reason:
        return Piece(start, end, reason=row.reason)
    if not any(cell.strip() for cell in row.cells):
        return None
    if _is_child(row.cells, table):
        return Piece(start, end, reason="a note or attachment of another entry", understood=True)
    return Piece(start, end, make_entry(row.cells, table.header, table.roles))
