"""Watch the files that a build reads, and tell changes of content from what a build or a touch leaves the same."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

from watchfiles import Change, awatch

from litbook.core.code import PACKAGE
from litbook.core.project import Project

# Milliseconds: how long no other change may follow, and how long changes are gathered at most. Editors write, rename
# and touch within a few.
_STEP, _DEBOUNCE = 20, 200
_IGNORED = frozenset(("_build", "node_modules", "__pycache__"))


def is_input(project: Project, path: Path) -> bool:
    """Return whether a build may read a file: it is neither hidden, nor generated, nor a tool's."""
    if not path.is_relative_to(project.root):
        return path.suffix == ".py"
    parts = path.relative_to(project.root).parts
    if any(part.startswith((".", "~")) or part in _IGNORED for part in parts) or path.name.endswith(("~", ".swp")):
        return False
    return not path.is_relative_to(project.papers) and not path.is_relative_to(project.data)


class Contents:
    """Remember the contents of files, to tell which have really changed."""

    def __init__(self) -> None:
        self._known: dict[Path, str] = {}

    def keep_changed(self, paths: Iterable[Path]) -> set[Path]:
        """Return those files whose content is not the last known one, and remember what they contain now.

        A deleted file is a change; a folder is not, but what appears in it is.
        """
        now = {path: _digest(path) for path in paths if not path.is_dir()}
        changed = {path for path, digest in now.items() if self._known.get(path) != digest}
        self._known |= now
        return changed


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:  # deleted
        return ""


async def watch(project: Project) -> AsyncIterator[set[Path]]:
    """Yield the paths of inputs that were written, moved or deleted, as soon as no others follow."""
    found: asyncio.Queue[set[Path]] = asyncio.Queue()
    tasks = [
        asyncio.create_task(_follow(project, found, [project.root], recursive=False)),
        asyncio.create_task(_follow(project, found, list_folders(project), recursive=True)),
    ]
    try:
        while True:
            yield await found.get()
    finally:
        for task in tasks:
            task.cancel()


def list_folders(project: Project) -> list[Path]:
    """Return the folders to watch with all that they contain: those of the review, and litbook's own code."""
    inside = [path for path in sorted(project.root.iterdir()) if path.is_dir() and is_input(project, path)]
    inside = [path for path in inside if not (path / "pyvenv.cfg").is_file()]
    return inside if any(PACKAGE.is_relative_to(path) for path in inside) else [*inside, PACKAGE]


async def _follow(project: Project, found: asyncio.Queue[set[Path]], paths: list[Path], recursive: bool) -> None:
    def wanted(_change: Change, path: str) -> bool:
        return is_input(project, Path(path))

    changes = awatch(*paths, watch_filter=wanted, step=_STEP, debounce=_DEBOUNCE, recursive=recursive)
    async for batch in changes:
        await found.put({Path(path) for _, path in batch})
