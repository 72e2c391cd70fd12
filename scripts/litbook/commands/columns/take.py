"""Take the filled-in rows of a sheet into `extraction.csv`, or take them back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from litbook.commands.columns.sheet import OWN
from litbook.core.atomic import write_bytes
from litbook.core.project import Project
from litbook.ingest.ledgers.rows import read_rows
from litbook.model.faults import CorpusError, Fault
from litbook.pipeline import make_corpus

Cells = tuple[str, ...]
_FILLED = ("value", "quote", "note", "where")  # the sheet has the others filled in already
_BOM = "\ufeff"


def take_rows(project: Project, sheet: Path) -> tuple[int, int]:
    """Append the filled-in rows of a sheet that are not there yet; return how many, and how many are there already.

    Raise:
        CorpusError: A row does not hold; nothing is written then, and the faults name lines of the sheet.
    """
    rows = _read_sheet(sheet)
    before = project.extraction.read_bytes() if project.extraction.is_file() else b""
    text = (before or (",".join(OWN) + "\n").encode()).decode("utf-8")
    known = {cells for _, cells in _split(text)}
    new = {line: cells for line, cells in rows.items() if cells not in known}
    header = _read_header(text)
    _check_header(project, header, new, sheet)
    text += "" if text.endswith("\n") else "\n"
    lines: dict[int, int] = {}
    for line, cells in new.items():
        lines[text.count("\n") + 1] = line
        text += _render(header, cells)
    try:
        _try_out(project, text)
    except CorpusError as error:
        raise CorpusError([_blame(project, fault, sheet, lines) for fault in error.faults]) from None
    write_bytes(project.extraction, text.encode())
    return len(new), len(rows) - len(new)


@dataclass(frozen=True, slots=True)
class _Trial(Project):
    """A review in which another file stands for `extraction.csv`, under its name."""

    draft: Path

    @property
    def extraction(self) -> Path:
        return self.draft

    def name(self, path: Path) -> str:
        return Project.name(self, self.corpus / "extraction.csv" if path == self.draft else path)


def _try_out(project: Project, text: str) -> None:
    """Check the review with a text of `extraction.csv` that is not yet there; raise `CorpusError` for faults."""
    with TemporaryDirectory(prefix="litbook-columns-") as folder:
        draft = Path(folder) / "extraction.csv"
        write_bytes(draft, text.encode())
        make_corpus(_Trial(project.root, draft))


def take_back(project: Project, sheet: Path) -> tuple[int, int]:
    """Take out the rows that a sheet holds word for word; return how many, and how many are not there like that."""
    rows = set(_read_sheet(sheet).values())
    text = project.extraction.read_bytes().decode("utf-8") if project.extraction.is_file() else ""
    parts = tuple(_split(text))
    head = text[: len(text) - sum(len(raw) for raw, _ in parts)]
    write_bytes(project.extraction, (head + "".join(raw for raw, cells in parts if cells not in rows)).encode())
    found = {cells for _, cells in parts if cells in rows}
    return sum(cells in rows for _, cells in parts), len(rows - found)


def _read_sheet(sheet: Path) -> dict[int, Cells]:
    rows, faults = read_rows(sheet, str(sheet), OWN)
    filled = {line: _own(row) for line, row in rows if any((row.get(name) or "").strip() for name in _FILLED)}
    if not faults and not filled:
        faults = [
            Fault(str(sheet), 0, "no row is filled in", "write values with their quotations into the sheet first")
        ]
    if faults:
        raise CorpusError(faults)
    return filled


def _own(row: Mapping[str, str | None]) -> Cells:
    return tuple((row.get(name) or "").strip() for name in OWN)


def _split(text: str) -> Iterator[tuple[str, Cells]]:
    """Yield each row below the header as it is written, with its cells."""
    lines = text.removeprefix(_BOM).splitlines(keepends=True)
    table = csv.DictReader(iter(lines))
    end = table.line_num if table.fieldnames is None else table.reader.line_num
    for row in table:
        yield "".join(lines[end : table.reader.line_num]), _own(row)
        end = table.reader.line_num


def _read_header(text: str) -> tuple[str, ...]:
    return tuple(next(csv.reader([text.removeprefix(_BOM).split("\n", 1)[0].rstrip("\r")]), ()))


def _check_header(project: Project, header: tuple[str, ...], rows: Mapping[int, Cells], sheet: Path) -> None:
    """Stop if a row has a cell for which the file has no column."""
    faults = [
        Fault(str(sheet), line, f"{project.name(project.extraction)} has no column '{name}'", "add it to the header")
        for line, cells in rows.items()
        for name, cell in zip(OWN, cells, strict=True)
        if cell and name not in header
    ]
    if faults:
        raise CorpusError(faults)


def _render(header: tuple[str, ...], cells: Cells) -> str:
    by_name = dict(zip(OWN, cells, strict=True))
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(by_name.get(name, "") for name in header)
    return line.getvalue()


def _blame(project: Project, fault: Fault, sheet: Path, lines: Mapping[int, int]) -> Fault:
    """Return a fault of a new row as one of the sheet's."""
    if fault.file == project.name(project.extraction) and fault.line in lines:
        return replace(fault, file=str(sheet), line=lines[fault.line])
    return fault
