"""Read the files below `book/corpus/sources`, each with the reader that accounts for its content."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from litbook.core.project import Project
from litbook.ingest.formats.choice import NO_WISH, Refused, Wish, choose
from litbook.ingest.formats.limits import refuse_file
from litbook.ingest.formats.readers import READERS, Reader, all_readers, known_formats
from litbook.ingest.ledgers.sourceforms import read_source_forms
from litbook.ingest.ledgers.sourceorder import read_source_order
from litbook.model.faults import Fault
from litbook.model.review import Reading

__all__ = [
    "READERS", "KnownReadings", "Reader", "all_readers", "known_formats", "list_sources", "read_source", "read_sources",
]  # fmt: skip


class KnownReadings:
    """What files were read as in this run, by name and content, so that none is read twice."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, bytes, str], Reading | Refused] = {}

    def read(self, source: str, content: bytes, wish: Wish = NO_WISH) -> Reading | Refused:
        """Read an export as `choose` does, unless that has been done."""
        key = (source, hashlib.sha256(content).digest(), repr(wish))
        if key not in self._known:
            self._known[key] = choose(source, content, wish)
        return self._known[key]


def read_sources(project: Project, known: KnownReadings | None = None) -> tuple[tuple[Reading, ...], list[Fault]]:
    """Read every source file, in order of path; files and folders whose names start with a dot are skipped."""
    readings: list[Reading] = []
    order, faults = read_source_order(project)
    forms, form_faults = read_source_forms(project)
    faults += form_faults
    for path in list_sources(project):
        source = _below(project, path).as_posix()
        too_large = refuse_file(path)
        if too_large[0]:
            made: Reading | Refused = Refused(*too_large)
        else:
            made = _read(source, path.read_bytes(), forms.get(source, NO_WISH), known)
        if isinstance(made, Refused):
            faults.append(Fault(project.name(path), 0, made.what, made.remedy))
        else:
            readings.append(_count_added(made, order.get(source, 0)))
    if not readings and not faults:
        faults.append(Fault(project.name(project.sources), 0, "no sources", "put an export of papers here"))
    return tuple(readings), faults


def _read(source: str, content: bytes, wish: Wish, known: KnownReadings | None) -> Reading | Refused:
    if known is not None:
        return known.read(source, content, wish)
    return _choose_once(source, content) if wish == NO_WISH else choose(source, content, wish)


@lru_cache(maxsize=32)
def _choose_once(source: str, content: bytes) -> Reading | Refused:
    """Read a source once in a process: the preview builds many times, and sources seldom change."""
    return choose(source, content)


def _count_added(reading: Reading, added: int) -> Reading:
    if not added:
        return reading
    return replace(reading, records=tuple(replace(record, added=added) for record in reading.records))


def read_source(source: str, content: bytes, wish: Wish = NO_WISH) -> Reading | None:
    """Read one export with the reader that accounts for it; return None if there is none.

    `source` is the file's name, as records and messages give it.
    """
    made = choose(source, content, wish)
    return None if isinstance(made, Refused) else made


def list_sources(project: Project) -> list[Path]:
    """Return the source files, in order of path."""
    if not project.sources.is_dir():
        return []
    files = (path for path in project.sources.rglob("*") if path.is_file())
    return sorted(path for path in files if not any(part.startswith(".") for part in _below(project, path).parts))


def _below(project: Project, path: Path) -> Path:
    return path.relative_to(project.sources)
