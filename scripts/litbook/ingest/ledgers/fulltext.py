"""Read `fulltext.csv`: the papers to which people say that parsed files belong."""

from __future__ import annotations

from litbook.core.project import Project
from litbook.ingest.ledgers.rows import cell, read_rows
from litbook.model.faults import Fault

COLUMNS = ("file", "citekey", "by", "date")


def read_bindings(project: Project) -> tuple[dict[str, str], list[Fault]]:
    """Return the citekeys by the names of files; a missing file counts as empty."""
    file = project.name(project.fulltext)
    rows, faults = read_rows(project.fulltext, file, COLUMNS)
    found: dict[str, str] = {}
    for line, row in rows:
        name, citekey = cell(row, "file"), cell(row, "citekey")
        if not name or not citekey:
            faults.append(Fault(file, line, "a row without a file or a citekey", "complete the row, or remove it"))
        elif name in found:
            faults.append(Fault(file, line, f"duplicate file '{name}'", "delete one of the rows"))
        found.setdefault(name, citekey)
    return found, faults
