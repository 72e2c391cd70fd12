"""The folders of generated files: the one way into them, which leads nowhere else."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from litbook.core.atomic import UnsafePathError, check_regular, write_text
from litbook.core.names import find_flaw

_ENDINGS = frozenset({".md", ".json", ".csl.json", ".schema.json", ".csv", ".ris", ".bib", ".txt"})


@dataclass(frozen=True, slots=True)
class OutputFolder:
    """A folder of a review in which litbook writes and deletes files.

    Files are named relative to the folder, with forward slashes. Every method raises `UnsafePathError` for a name that
    leads out of the folder or that some file system cannot hold, and for a link in the place of a file or folder.
    """

    root: Path
    path: Path

    def find(self, name: str) -> Path:
        """Return the path of a file, after checking that neither its name nor what is on the disk leads elsewhere."""
        path = self.path.joinpath(*check_name(name).split("/"))
        for folder in reversed(path.relative_to(self.root).parents[:-1]):
            _check_folder(self.root / folder)
        check_regular(path)
        return path

    def check(self) -> None:
        """Raise `UnsafePathError` if the folder, or one that it lies in, is a link or not a folder."""
        for folder in [*reversed(self.path.relative_to(self.root).parents[:-1]), self.path.relative_to(self.root)]:
            _check_folder(self.root / folder)

    def write_text(self, name: str, text: str) -> bool:
        """Write a file atomically if its content changes, and return whether it was written."""
        return write_text(self.find(name), text)

    def delete(self, name: str) -> Path:
        """Delete a file, which may be missing, and the folders in here that it leaves empty; return its path."""
        path = self.find(name)
        path.unlink(missing_ok=True)
        for folder in path.relative_to(self.path).parents[:-1]:
            with suppress(OSError):  # something else is in it
                (self.path / folder).rmdir()
        return path

    def walk(self) -> Iterator[tuple[str, bool]]:
        """Yield what is below the folder by name, and whether it is a folder.

        Hidden names are left out, and so are empty folders, which a killed run may have left.
        """
        yield from _walk(self.path, "")


def check_name(name: str) -> str:
    """Return a file's name relative to its folder; raise `UnsafePathError` if some file system cannot hold it."""
    *folders, file = name.split("/")
    stem, dot, ending = file.partition(".")
    flaw = next(filter(None, map(find_flaw, (*folders, stem))), "")
    if flaw or f"{dot}{ending}" not in _ENDINGS:
        raise UnsafePathError(PurePosixPath(name), flaw or f"unexpected ending '{dot}{ending}'")
    return name


def _check_folder(folder: Path) -> None:
    try:
        mode = folder.lstat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISLNK(mode) or (hasattr(folder, "is_junction") and folder.is_junction()):
        raise UnsafePathError(folder, "is a link, and litbook writes and deletes files only in folders of the review")
    if not stat.S_ISDIR(mode):
        raise NotADirectoryError(errno.ENOTDIR, "is not a folder", str(folder))


def _walk(folder: Path, above: str) -> Iterator[tuple[str, bool]]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    for entry in entries:
        if not entry.name.startswith("."):
            is_folder = entry.is_dir(follow_symlinks=False)
            if not is_folder or os.listdir(entry.path):
                yield f"{above}{entry.name}", is_folder
            if is_folder:
                yield from _walk(folder / entry.name, f"{above}{entry.name}/")
