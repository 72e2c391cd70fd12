"""Read what a review extracts: its columns, and the values that people found for them."""

from __future__ import annotations

from collections.abc import Sequence

from litbook.core.project import Project
from litbook.ingest.ledgers.extraction.columns import read_columns
from litbook.ingest.ledgers.extraction.values import read_values
from litbook.model.extraction import Extraction
from litbook.model.faults import Fault


def read_extraction(project: Project, slugs: Sequence[str]) -> tuple[Extraction, list[Fault]]:
    """Read columns and values, with the faults of their form; missing files count as empty.

    `slugs` are the themes that a column may name. Whether a value agrees with its quotation is checked later, in
    `analyse.extraction`, where the papers are known.
    """
    columns, faults = read_columns(project, slugs)
    rows, wrong = read_values(project)
    if rows and not columns and not faults:
        what = f"{project.name(project.columns)} has no columns"
        faults.append(Fault(project.name(project.extraction), rows[0].line, what, "add some: litbook columns add pico"))
    return Extraction(columns=columns, rows=rows), [*faults, *wrong]
