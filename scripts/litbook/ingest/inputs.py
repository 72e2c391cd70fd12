"""The files that people wrote, from which a review is built."""

from __future__ import annotations

from pathlib import Path

from litbook.core.digests import digest_file
from litbook.core.project import Project

_SETTINGS = ("_config.yml", "_toc.yml")


def list_inputs(project: Project) -> dict[str, Path]:
    """Return the files from which a review is built by their names relative to its root, without hidden ones."""
    made = (project.papers, project.data, project.texts)
    files = [path for path in project.book.rglob("*") if not any(path.is_relative_to(folder) for folder in made)]
    files += [project.root / name for name in _SETTINGS]
    named = {project.name(path): path for path in files if path.is_file()}
    return {name: named[name] for name in sorted(named) if not any(part.startswith(".") for part in name.split("/"))}


def digest_inputs(project: Project) -> dict[str, str]:
    """Return the SHA-256 of each of these files."""
    return {name: digest_file(path) for name, path in list_inputs(project).items()}
