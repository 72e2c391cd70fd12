"""Read `paths.yml`: reading paths through the review, and the time that they promise to take."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from litbook.core.project import Project
from litbook.ingest.ledgers.yamllines import Mapping, Problem, as_list, as_mapping, check_keys, read_entries
from litbook.model.editorial import ReadingPath, Stop
from litbook.model.faults import Fault

_KINDS = ("page", "paper", "tension")


def read_paths(project: Project) -> tuple[tuple[ReadingPath, ...], list[Fault]]:
    """Read the reading paths in order and check each entry's form; a missing file counts as empty.

    Whether pages, papers and tensions exist is checked later, in `analyse.prose`, where all of them are known.
    """
    file = project.name(project.paths)
    entries, faults = read_entries(project.paths, file, "reading path")
    seen: dict[str, int] = {}
    paths = []
    for entry in entries:
        faults += [Fault(file, line, what, remedy) for line, what, remedy in _check(entry, seen)]
        paths.append(_make_path(entry))
        seen.setdefault(entry.text("id"), entry.line)
    return tuple(paths), faults


def _make_path(entry: Mapping) -> ReadingPath:
    minutes = entry.text("minutes")
    return ReadingPath(
        id=entry.text("id"),
        title=entry.text("title"),
        whom=entry.text("for"),
        minutes=int(minutes) if minutes.isdecimal() else 0,
        stops=tuple(_make_stop(as_mapping(item)) for item in as_list(entry.get("stops"))),
        line=entry.line,
        note=entry.text("note"),
    )


def _make_stop(stop: Mapping) -> Stop:
    kind = next((kind for kind in _KINDS if stop.text(kind)), "")
    target, _, section = stop.text(kind).partition("#") if kind == "page" else (stop.text(kind), "", "")
    return Stop(kind, target.removesuffix(".md"), stop.text("why"), stop.line_of(kind), section)


def _check(entry: Mapping, seen: dict[str, int]) -> Iterator[Problem]:
    """Yield what is wrong with one path: line, problem and remedy."""
    name = entry.text("id")
    yield from check_keys(entry, "reading path", ("id", "title", "for", "minutes"))
    if name and name in seen:
        yield entry.line_of("id"), f"duplicate reading path '{name}', first on line {seen[name]}", "give it another id"
    minutes = entry.text("minutes")
    if minutes and not (minutes.isdecimal() and int(minutes)):
        yield entry.line_of("minutes"), f"invalid minutes '{minutes}'", "write a whole number above 0"
    stops = as_list(entry.get("stops"))
    if not stops:
        yield entry.line_of("stops"), f"reading path '{name}' has no stops", "write a list of stops"
    for stop in stops:
        yield from _check_stop(stop, name, entry.line_of("stops"))


def _check_stop(value: Any, name: str, line: int) -> Iterator[Problem]:
    stop = as_mapping(value)
    if sum(bool(stop.text(kind)) for kind in _KINDS) != 1:
        what = f"a stop of reading path '{name}' does not have exactly one target"
        yield stop.line or line, what, f"write one of {', '.join(_KINDS)}"
    if not stop.text("why"):
        yield stop.line or line, f"a stop of reading path '{name}' is missing 'why'", "say why to read it"
