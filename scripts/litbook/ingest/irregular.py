"""Find what is not a file where a review keeps files: folders, dangling links, pipes and devices.

Readers take what is not a file as absent; without a fault, a review would silently be built without it.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator
from pathlib import Path

from litbook.core.project import Project
from litbook.ingest.pages import FOLDERS
from litbook.model.faults import Fault

_FILE = "put a file in its place, or remove it"
# Least likeness of two names. "theme.yml" and "themes.yml" have 0.95, "pairs.csv" and "paths.yml" 0.44.
_MISSPELT = 0.8
_FOLDER = "put a folder in its place, or remove it"


def find_irregular(project: Project) -> Iterator[Fault]:
    """Yield a fault for all among the hand-kept files, sources and pages of a review that cannot be read as a file."""
    for path in project.ledgers:
        if os.path.lexists(path) and not path.is_file():
            yield Fault(project.name(path), 0, _describe(path), _FILE)
    for folder in (project.sources, *(project.book / name for name in FOLDERS)):
        if os.path.lexists(folder) and not folder.is_dir():
            yield Fault(project.name(folder), 0, "not a folder", _FOLDER)
    yield from _find_misspelt(project)
    yield from _find_in_folder(project, project.sources, "*")
    for name in ("", *FOLDERS):
        yield from _find_in_folder(project, project.book / name, "*.md", deep=bool(name))


def _find_misspelt(project: Project) -> Iterator[Fault]:
    """Yield files that no one reads, and whose names are nearly that of a hand-kept file which is not there."""
    known = {path.name for path in project.ledgers}
    missing = [path.name for path in project.ledgers if not os.path.lexists(path)]
    for path in sorted(project.corpus.glob("*.*")):
        is_read = path.name in known or path.name.startswith(".") or not path.is_file()
        close = [] if is_read else difflib.get_close_matches(path.name, missing, n=1, cutoff=_MISSPELT)
        if close:
            yield Fault(project.name(path), 0, "no file of a review has this name", f"did you mean '{close[0]}'?")


def _find_in_folder(project: Project, folder: Path, pattern: str, deep: bool = True) -> Iterator[Fault]:
    for path in sorted(folder.rglob(pattern) if deep else folder.glob(pattern)):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if hidden or path.is_file() or (pattern == "*" and path.is_dir() and not path.is_symlink()):
            continue
        yield Fault(project.name(path), 0, _describe(path), _FILE)


def _describe(path: Path) -> str:
    if path.is_symlink() and not path.exists():
        return "a link to a file that does not exist"
    if path.is_dir():
        return "a link to a folder, which is not followed" if path.is_symlink() else "a folder, not a file"
    return "not a regular file"
