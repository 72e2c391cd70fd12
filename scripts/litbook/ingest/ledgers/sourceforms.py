"""Read `formats.csv`: sources whose format or columns a person has named, because nothing in them says so."""

from __future__ import annotations

from collections.abc import Mapping

from litbook.core.project import Project
from litbook.ingest.formats.wishes import Wish
from litbook.ingest.ledgers.rows import cell, read_rows
from litbook.model.faults import Fault

COLUMNS = ("source", "format", "columns")


def read_source_forms(project: Project) -> tuple[dict[str, Wish], list[Fault]]:
    """Return what people say of the sources, by their paths; a missing file is an empty one."""
    file = project.name(project.source_forms)
    rows, faults = read_rows(project.source_forms, file, COLUMNS)
    wishes: dict[str, Wish] = {}
    for line, row in rows:
        source = cell(row, "source")
        if source:
            wishes[source] = Wish(cell(row, "format"), split_columns(cell(row, "columns")))
        else:
            faults.append(Fault(file, line, "a row without a source", "name a file below sources, or remove the row"))
    return wishes, faults


def split_columns(text: str) -> dict[str, str]:
    """Return the columns that a text names by role: "title=Name; authors=People"."""
    pairs = (part.partition("=") for part in text.split(";") if "=" in part)
    return {role.strip(): name.strip() for role, _, name in pairs if role.strip() and name.strip()}


def join_columns(columns: Mapping[str, str]) -> str:
    """Return columns as `split_columns` reads them."""
    return "; ".join(f"{role}={name}" for role, name in columns.items())
