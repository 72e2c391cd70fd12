"""What a command is about to change, in memory: shown as a diff, tried on a copy, then written as a whole."""

from __future__ import annotations

import difflib
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from litbook.core.atomic import write_all
from litbook.core.project import Project
from litbook.pipeline import make_corpus

# What is not needed to check a review, or is the same in it after any change of themes.
_LEFT_OUT = ("_build", ".git", "papers", "data", "texts", ".venv", "node_modules")


@dataclass(frozen=True, slots=True)
class Change:
    """One file before and after; `old` and `new` are its names, and None where it is new or goes."""

    old: str | None
    new: str | None
    before: str
    after: str


class Draft:
    """The files of a review as they will be; those that are not named stay."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._texts: dict[Path, str | None] = {}
        self._came_from: dict[Path, Path] = {}

    def text(self, path: Path) -> str:
        """Return the text of a file as it will be, with its line ends; one that does not exist is empty."""
        if path in self._texts:
            return self._texts[path] or ""
        return _read(path)

    def put(self, path: Path, text: str) -> None:
        """Note the new text of a file."""
        self._texts[path] = text

    def remove(self, path: Path) -> None:
        """Note that a file goes."""
        self._texts[path] = None

    def move(self, old: Path, new: Path) -> None:
        """Note that a file gets another name; its text stays as it was noted."""
        self._texts[new] = self.text(old)
        self._texts[old] = None
        self._came_from[new] = old

    def changes(self) -> list[Change]:
        """Return what differs from the files on disk, by name."""
        moved = set(self._came_from.values())
        found = []
        for path, text in sorted(self._texts.items()):
            origin = self._came_from.get(path, path)
            before = _read(origin)
            if path in moved or (text == before and origin == path and path.is_file()):
                continue
            old = self.project.name(origin) if origin.is_file() else None
            new = self.project.name(path) if text is not None else None
            if old or new:
                found.append(Change(old, new, before, text or ""))
        return found

    def check(self) -> None:
        """Try the changes on a copy of the review; raise `CorpusError` if it then has faults."""
        with tempfile.TemporaryDirectory(prefix="litbook-") as place:
            copy = Project(Path(place).resolve() / "review")
            _copy(self.project, copy)
            write_all(
                {copy.root / path.relative_to(self.project.root): _encode(text) for path, text in self._texts.items()}
            )
            make_corpus(copy)

    def write(self) -> None:
        """Write all files, or none if one of them cannot be written."""
        write_all({path: _encode(text) for path, text in self._texts.items()})


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "surrogateescape") if path.is_file() else ""


def _encode(text: str | None) -> bytes | None:
    return None if text is None else text.encode("utf-8", "surrogateescape")


def _copy(project: Project, copy: Project) -> None:
    copy.root.mkdir()
    shutil.copytree(project.book, copy.book, ignore=shutil.ignore_patterns(*_LEFT_OUT))
    for path in project.root.iterdir():
        if path.is_file() and path.suffix in (".yml", ".md", ".cff"):
            shutil.copyfile(path, copy.root / path.name)
    if project.cache.is_dir():  # what was computed before is not computed again
        shutil.copytree(project.cache, copy.cache, ignore=shutil.ignore_patterns("lock", "*.draft"))


def render_diff(changes: list[Change]) -> Iterator[str]:
    """Yield the lines of a unified diff, as git writes them."""
    for change in changes:
        if change.old and change.new and change.old != change.new:
            yield f"rename {change.old} → {change.new}"
        old, new = f"a/{change.old}" if change.old else "/dev/null", f"b/{change.new}" if change.new else "/dev/null"
        before, after = change.before.splitlines(), change.after.splitlines()
        yield from difflib.unified_diff(before, after, old, new, lineterm="", n=1)
