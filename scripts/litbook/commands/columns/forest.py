"""Write the notebook of a forest plot."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from string import Template

from litbook.core.atomic import write_text
from litbook.core.project import Project
from litbook.model.extraction import INTERVAL, Extraction
from litbook.model.faults import CorpusError, Fault, nearest
from litbook.text.escape import escape


def write_notebook(project: Project, extraction: Extraction, name: str) -> Path:
    """Write the notebook for a column of effects and return its path; raise `CorpusError` if that cannot be done.

    A notebook that is there already belongs to a person, and is not written over.
    """
    effects = [column.id for column in extraction.columns if column.kind == INTERVAL]
    column = extraction.column(name)
    path = project.book / "analysis" / f"forest-{name}.md"
    if column is None or name not in effects:
        known = f"use one of {', '.join(effects)}" if effects else "add one of kind interval"
        remedy = nearest(name, effects) or known
        raise CorpusError([Fault(project.name(project.columns), 0, f"no column of effects '{name}'", remedy)])
    if path.exists():
        raise CorpusError([Fault(project.name(path), 0, "already exists", "edit it, or delete it first")])
    template = Template((files("litbook.commands.columns") / "forest.md").read_text("utf-8"))
    text = template.safe_substitute(id=column.id, name=escape(column.name), question=escape(column.question))
    write_text(path, text)
    return path
