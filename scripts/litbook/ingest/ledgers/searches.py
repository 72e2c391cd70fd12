"""Read `searches.yml`: where the papers were searched for, when, with which query, and how many were found."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from litbook.core.project import Project
from litbook.ingest.ledgers import yamllines
from litbook.ingest.ledgers.yamllines import Problem, as_mapping, as_strings, check_keys, read_entries
from litbook.model.faults import Fault, nearest
from litbook.model.review import Reading
from litbook.model.screening import KINDS, Removed, Search
from litbook.text.dates import advise_date, is_date
from litbook.text.nouns import count_noun

_NEEDED = ("id", "source", "found")
_TEXTS = ("platform", "date", "limits", "filters", "by", "review", "prior", "updates", "note")
_KEYS = (*_NEEDED, *_TEXTS, "kind", "query", "files", "removed")
_NUMBERS = ("duplicates", "automation", "other")
_REMOVED = (*_NUMBERS, "why")


def read_searches(
    project: Project, readings: Iterable[Reading], sources: Collection[str]
) -> tuple[tuple[Search, ...], list[Fault]]:
    """Read the searches, and hold their numbers to the records that were read; a missing file counts as empty.

    `sources` are the names of all sources of the review; one that cannot be read is not in `readings`.
    """
    file = project.name(project.searches)
    entries, faults = read_entries(project.searches, file, "search")
    searches: list[Search] = []
    seen: dict[str, int] = {}
    for entry in entries:
        problems = list(_check(entry, sources))
        name = entry.text("id")
        if name in seen:
            problems.append((entry.line_of("id"), f"duplicate id '{name}', first on line {seen[name]}", "rename one"))
        seen.setdefault(name, entry.line_of("id"))
        faults += [Fault(file, line, what, remedy) for line, what, remedy in problems]
        if not problems:
            searches.append(_make_search(entry))
    if not faults:
        records = {reading.source: len(reading.records) for reading in readings}
        faults += [Fault(file, line, what, remedy) for line, what, remedy in _check_numbers(searches, records)]
    return tuple(searches), faults


def _make_search(entry: yamllines.Mapping) -> Search:
    removed = as_mapping(entry.get("removed"))
    texts = {name: entry.text(name) for name in _TEXTS}
    return Search(
        line=entry.line,
        id=entry.text("id"),
        source=entry.text("source"),
        found=int(entry["found"]),
        kind=entry.text("kind") or "database",
        query=_keep_lines(entry.get("query")),
        files=as_strings(entry.get("files")),
        removed=Removed(**{name: int(removed.get(name) or 0) for name in _NUMBERS}, why=removed.text("why")),
        **texts,
    )


def _keep_lines(value: Any) -> str:
    """Return a query word for word, without the spaces around it."""
    return "" if value is None else str(value).strip()


def _check(entry: yamllines.Mapping, sources: Collection[str]) -> Iterator[Problem]:
    """Yield what is wrong with one search: line, problem and remedy."""
    yield from check_keys(entry, "search", _NEEDED, _KEYS)
    kind, day = entry.text("kind"), entry.text("date")
    if kind and kind not in KINDS:
        yield entry.line_of("kind"), f"unknown kind '{kind}'", nearest(kind, KINDS) or f"use one of {', '.join(KINDS)}"
    if day and not is_date(day):
        yield entry.line_of("date"), f"invalid date '{day}'", advise_date(day)
    if entry.text("found") and not _is_number(entry["found"]):
        yield entry.line_of("found"), f"invalid number '{entry.text('found')}' in 'found'", "write a whole number"
    if isinstance(entry.get("query"), list | dict):
        yield entry.line_of("query"), "the query is not a text", "write 'query: |' and the query below it, indented"
    yield from _check_files(entry, sources)
    yield from _check_removed(entry)


def _check_files(entry: yamllines.Mapping, sources: Collection[str]) -> Iterator[Problem]:
    line, files = entry.line_of("files"), entry.get("files")
    if files is not None and not isinstance(files, list):
        yield line, f"'files' is not a list: '{entry.text('files')}'", f"write files: [{entry.text('files')}]"
    for name in as_strings(files):
        if name not in sources:
            remedy = nearest(name, sources) or "name a file below book/corpus/sources"
            yield line, f"unknown source '{name}'", remedy


def _check_removed(entry: yamllines.Mapping) -> Iterator[Problem]:
    removed = as_mapping(entry.get("removed"))
    if entry.get("removed") is not None and not removed:
        remedy = f"write 'removed:' with {', '.join(_NUMBERS)} below it, each with a number"
        yield entry.line_of("removed"), f"'removed' is not a mapping: '{entry.text('removed')}'", remedy
    for name in removed:
        if name not in _REMOVED:
            remedy = nearest(name, _REMOVED) or f"use one of {', '.join(_REMOVED)}"
            yield removed.line_of(name), f"unknown key '{name}' in 'removed'", remedy
        elif name != "why" and not _is_number(removed[name]):
            yield removed.line_of(name), f"invalid number '{removed.text(name)}' in '{name}'", "write a whole number"
    if removed.get("other") and not removed.text("why"):
        yield removed.line_of("other"), "records removed for other reasons, but no 'why'", "say why in 'why'"


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _check_numbers(searches: Iterable[Search], records: Mapping[str, int]) -> Iterator[Problem]:
    """Yield searches that found another number than their files hold, after what was removed.

    Searches that share a file are counted together: it may have been exported from a reference manager.
    """
    for group in group_by_files(searches):
        files = sorted({name for search in group for name in search.files})
        if not records.keys() >= set(files):
            continue  # a source that cannot be read has a fault of its own
        held = sum(records[name] for name in files)
        left = sum(search.found - search.removed.total for search in group)
        if left != held:
            named = " and ".join(f"'{search.id}'" for search in group)
            what = f"{named} found {sum(search.found for search in group):,}, and {left:,} were kept, but "
            what += f"{', '.join(files)} {'holds' if len(files) == 1 else 'hold'} " if files else "its files hold "
            remedy = "correct 'found' or 'files', or write below 'removed' how many were left out"
            yield group[0].line, f"{what}{count_noun(held, 'record')}", remedy


def group_by_files(searches: Iterable[Search]) -> list[list[Search]]:
    """Return searches in groups: those of a group share files, directly or through another."""
    groups: list[list[Search]] = []
    for search in searches:
        linked = [group for group in groups if any({*other.files} & {*search.files} for other in group)]
        groups = [group for group in groups if group not in linked]
        groups.append([*(other for group in linked for other in group), search])
    return groups
