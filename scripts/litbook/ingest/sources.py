"""Read the files below `book/corpus/sources`, each with the reader that accounts for its content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from litbook.core.cache import NO_CACHE, Cache
from litbook.core.project import Project
from litbook.ingest.formats.limits import describe_scale, refuse_file
from litbook.ingest.formats.wishes import NO_WISH, Refused, Wish
from litbook.ingest.ledgers.sourceforms import read_source_forms
from litbook.ingest.ledgers.sourceorder import read_source_order
from litbook.model.faults import Fault
from litbook.model.review import Reading


@dataclass(frozen=True, slots=True, repr=False)
class _Export:
    """A source file and what a person says of it; the `repr` has a digest of the content, by which it is cached."""

    source: str
    content: bytes
    wish: Wish

    def __repr__(self) -> str:
        return repr((self.source, hashlib.sha256(self.content).hexdigest(), self.wish))


class KnownReadings:
    """What files were read as in this run, by name and content, so that none is read twice."""

    def __init__(self) -> None:
        self._known: dict[str, Reading | Refused] = {}

    def read(self, source: str, content: bytes, wish: Wish = NO_WISH) -> Reading | Refused:
        """Read an export as `choose` does, unless that has been done."""
        export = _Export(source, content, wish)
        if export not in self:
            self.add(export, _choose(export, describe_scale()))
        return self._known[repr(export)]

    def add(self, export: _Export, reading: Reading | Refused) -> None:
        """Keep what an export was read as, for instance by an earlier build."""
        self._known[repr(export)] = reading

    def __contains__(self, export: _Export) -> bool:
        return repr(export) in self._known


def read_sources(
    project: Project, cache: Cache = NO_CACHE, known: KnownReadings | None = None
) -> tuple[tuple[Reading, ...], list[Fault]]:
    """Read every source file, in order of path; files and folders whose names start with a dot are skipped."""
    order, faults = read_source_order(project)
    forms, form_faults = read_source_forms(project)
    faults += form_faults
    sources = {path: _below(project, path).as_posix() for path in list_sources(project)}
    made: dict[Path, Reading | Refused] = {
        path: Refused(*refusal) for path in sources if (refusal := refuse_file(path))[0]
    }
    exports = {
        path: _Export(source, path.read_bytes(), forms.get(source, NO_WISH))
        for path, source in sources.items()
        if path not in made
    }
    made |= zip(exports, _read_all(list(exports.values()), cache, known), strict=True)
    readings: list[Reading] = []
    for path, source in sources.items():
        reading = made[path]
        if isinstance(reading, Refused):
            faults.append(Fault(project.name(path), 0, reading.what, reading.remedy))
        else:
            readings.append(_count_added(reading, order.get(source, 0)))
    if not readings and not faults:
        faults.append(Fault(project.name(project.sources), 0, "no sources", "put an export of papers here"))
    return tuple(readings), faults


def _read_all(exports: list[_Export], cache: Cache, known: KnownReadings | None) -> list[Reading | Refused]:
    if known is not None and (cache is NO_CACHE or any(export in known for export in exports)):
        return [known.read(export.source, export.content, export.wish) for export in exports]
    readings = cache.each(_choose, ((export, describe_scale()) for export in exports))
    for export, reading in zip(exports, readings, strict=True):
        if known is not None:
            known.add(export, reading)
    return readings


def _choose(export: _Export, scale: str) -> Reading | Refused:
    """Read a source; `scale` is that of the limits, which `choose` looks up itself: it is part of what is cached."""
    # The readers of all formats take half a second to load, and sources seldom change between builds.
    from litbook.ingest.formats.choice import choose  # noqa: PLC0415

    return choose(export.source, export.content, export.wish)


def _count_added(reading: Reading, added: int) -> Reading:
    if not added:
        return reading
    return replace(reading, records=tuple(replace(record, added=added) for record in reading.records))


def read_source(source: str, content: bytes, wish: Wish = NO_WISH) -> Reading | None:
    """Read one export with the reader that accounts for it; return None if there is none.

    `source` is the file's name, as records and messages give it.
    """
    made = _choose(_Export(source, content, wish), describe_scale())
    return None if isinstance(made, Refused) else made


def list_sources(project: Project) -> list[Path]:
    """Return the source files, in order of path."""
    if not project.sources.is_dir():
        return []
    files = (path for path in project.sources.rglob("*") if path.is_file())
    return sorted(path for path in files if not any(part.startswith(".") for part in _below(project, path).parts))


def _below(project: Project, path: Path) -> Path:
    return path.relative_to(project.sources)
