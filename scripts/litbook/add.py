"""Put further sources into a review, and say what they brought."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from litbook.errors import CorpusError, Fault
from litbook.files import write_text
from litbook.model import Unread
from litbook.new import unused_name
from litbook.pipeline import gather
from litbook.project import Project

IDENTIFIERS = "added-identifiers.txt"


@dataclass(frozen=True, slots=True)
class Added:
    """Count what sources brought: entries read, papers that are new or were known already, pieces not understood."""

    read: int
    new: tuple[str, ...]
    known: tuple[str, ...]
    not_understood: tuple[Unread, ...]


def add_sources(project: Project, items: Sequence[str]) -> Added:
    """Copy files into `book/corpus/sources`, and write identifiers into a list there; raise `CorpusError` if one fails.

    An item that names no file is taken as an identifier. A file whose bytes are there already is not copied again. When
    a file has a fault of its own, none of the items is added.
    """
    _check(project, items)
    before = {paper.citekey for paper in gather(project).papers}
    made = [path for item in items if (path := _put(project, item))]
    names = {project.name(path) for path in made}
    gathered = gather(project)
    faults = [fault for fault in gathered.faults if fault.file in names]
    if faults:
        for path in made:
            path.unlink()
        raise CorpusError(faults)
    sources = {path.relative_to(project.sources).as_posix() for path in made}
    readings = [reading for reading in gathered.readings if reading.source in sources]
    touched = [paper.citekey for paper in gathered.papers if sources & {record.source for record in paper.records}]
    return Added(
        read=sum(len(reading.records) for reading in readings),
        new=tuple(key for key in touched if key not in before),
        known=tuple(key for key in touched if key in before),
        not_understood=tuple(piece for reading in readings for piece in reading.unread if not piece.understood),
    )


def _check(project: Project, items: Sequence[str]) -> None:
    if not project.corpus.is_dir():
        raise CorpusError([Fault(str(project.root), 0, "is no review", "name its folder with --root")])
    missing = [item for item in items if not Path(item).is_file() and ("\\" in item or Path(item).suffix in _FILES)]
    if missing:
        raise CorpusError(Fault(item, 0, "there is no such file", "check the path") for item in missing)


_FILES = {".bib", ".ris", ".json", ".jsonl", ".xml", ".csv", ".tsv", ".nbib", ".txt", ".md", ".atom"}


def _put(project: Project, item: str) -> Path | None:
    """Bring one item into the sources; return the file that holds it, or None where it is there already."""
    path = Path(item)
    if path.is_file():
        return _copy(project, path)
    target = project.sources / IDENTIFIERS
    lines = target.read_text("utf-8").splitlines() if target.is_file() else []
    if item in lines:
        return None
    write_text(target, "\n".join([*lines, item]) + "\n")
    return target


def _copy(project: Project, path: Path) -> Path | None:
    content = path.read_bytes()
    if any(other.is_file() and other.read_bytes() == content for other in project.sources.rglob("*")):
        return None
    project.sources.mkdir(parents=True, exist_ok=True)
    target = project.sources / unused_name(project.sources, path.name)
    draft = target.with_name(f".{target.name}.draft")
    shutil.copyfile(path, draft)
    draft.replace(target)
    return target
