"""What the preview adds to a page that a person wrote: where its paragraphs are, what is to do, and its gauge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from litbook.core.project import Project
from litbook.core.urls import chapter_page, citekey_of
from litbook.desk.messages import Inspected
from litbook.ingest.pages import make_page
from litbook.ingest.syntax import read_syntax
from litbook.model.faults import Fault
from litbook.model.pages import HOLE

_SUFFIXES = (".md", ".ipynb")
_EDITABLE = (".md", ".ipynb", ".csv", ".yml", ".yaml", ".jsonl", ".bib", ".txt", ".json", ".py")


def find_source(project: Project, page: str) -> Path | None:
    """Return the file that a person wrote for a page of the site; for a paper's page, the note on it."""
    document = page.removesuffix(".html")
    citekey = citekey_of(document)
    stems = [project.notes / citekey] if citekey else [project.root / document]
    files = (stem.with_name(f"{stem.name}{suffix}") for stem in stems for suffix in _SUFFIXES)
    return next((path for path in files if _is_inside(project, path) and path.is_file()), None)


def find_editable(project: Project, file: str) -> Path | None:
    """Return a file of the review by its name relative to the root, if it is one that people edit."""
    path = project.root / file
    known = path.suffix in _EDITABLE and not any(part.startswith(".") for part in Path(file).parts)
    return path.resolve() if known and _is_inside(project, path) and path.is_file() else None


def _is_inside(project: Project, path: Path) -> bool:
    return path.resolve().is_relative_to(project.root)


def describe_page(project: Project, page: str, inspected: Inspected) -> Mapping[str, Any]:
    """Return the file of a page, its blocks with their lines, its tasks and its gauge, as JSON can represent them."""
    path = find_source(project, page)
    if path is None:
        return {"file": "", "blocks": [], "tasks": [], "gauge": None}
    file = project.name(path)
    gauge = inspected.gauges.get(file)
    return {
        "file": file,
        "blocks": list(_list_blocks(project, path)) if path.suffix == ".md" else [],
        "tasks": [asdict(task) for task in find_tasks(inspected, page, file)],
        "gauge": asdict(gauge) if gauge else None,
    }


def find_tasks(inspected: Inspected, page: str, file: str) -> list[Fault]:
    """Return the tasks in a page's file; for a chapter, those of its theme have its file, too."""
    return [task for task in inspected.tasks if task.file == file or chapter_page(task.file) == page]


def _list_blocks(project: Project, path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and text of each block; what a role shows is left out, since only the build knows it."""
    page = make_page(path.read_text("utf-8", "replace"), path.name, read_syntax(project))
    for block in page.blocks:
        if text := block.text.replace(HOLE, " ").strip():
            yield block.line, text
