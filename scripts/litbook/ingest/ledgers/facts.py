"""Read `facts.jsonl` (looked-up values) and `ledger.jsonl` (the work behind each citekey)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from litbook.core.names import find_flaw, fold_name
from litbook.core.project import Project
from litbook.ingest.ledgers.jsonlines import read_json_lines
from litbook.ingest.ledgers.notices import read_notices, read_watched
from litbook.model.faults import Fault, nearest
from litbook.model.review import LINKS, Facts, LedgerEntry
from litbook.text.citekey import TakenKeys, is_same_work
from litbook.text.dates import advise_date
from litbook.text.repair import normalise

_LINK_FIELDS = {"arxiv": "arxiv_id", "doi": "doi", "openreview": "openreview_id", "acl": "acl_id", "code": "code_url",
                "project": "project_url"}  # fmt: skip
_LEDGER_FIELDS = ("citekey", "title", "sketch", "first_seen")
_OTHERS = ("url", "confidence", "sources", "notes", "abstract", "origins", "fetched", "notices", "watched")
_PUBLISHED = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_LONGEST_SHOWN = 40  # characters of an offending value

type_names = {str: "text", int: "a whole number", list: "a list"}


def read_facts(project: Project) -> tuple[tuple[Facts, ...], list[Fault]]:
    """Read looked-up values, one JSON object per line; a missing file counts as empty."""
    faults: list[Fault] = []
    file = project.name(project.facts)
    facts = [
        replace(
            _make_facts(line, value),
            notices=read_notices(file, line, value, faults),
            watched=read_watched(file, line, value, faults),
        )
        for line, value in read_json_lines(project, project.facts, faults)
        if _is_sound(file, line, value, faults)
    ]
    return tuple(facts), faults


def _is_sound(file: str, line: int, value: Mapping[str, object], faults: list[Fault]) -> bool:
    wanted = {"title": str, "authors": list, "year": int, "published": str, "venue": str, "venue_year": int}
    wanted |= dict.fromkeys(_LINK_FIELDS.values(), str)
    before = len(faults)
    for name, kind in wanted.items():
        if value.get(name) is not None and not isinstance(value[name], kind):
            what = f"'{name}' is not {type_names[kind]}: {_shorten(value[name])}"
            faults.append(Fault(file, line, what, "correct the value"))
    misspelt = ((name, nearest(name, (*wanted, *_OTHERS))) for name in value if name not in (*wanted, *_OTHERS))
    faults += [Fault(file, line, f"unknown field '{name}'", remedy) for name, remedy in misspelt if remedy]
    published = value.get("published")
    if isinstance(published, str) and published and not _PUBLISHED.fullmatch(published):
        faults.append(Fault(file, line, f"invalid date '{published}' in 'published'", advise_date(published)))
    if not value.get("title"):
        faults.append(Fault(file, line, "missing 'title'", "add the paper's title: facts are matched to papers by it"))
    return len(faults) == before


def _shorten(value: object) -> str:
    """Return a value as JSON, cut to a length that fits a message."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"


def _make_facts(line: int, value: Mapping[str, object]) -> Facts:
    found = {name: _string(value.get(field)) for name, field in _LINK_FIELDS.items()}
    links = {name: text for name, text in found.items() if text}
    return Facts(
        line=line,
        title=str(value["title"]),
        authors=_strings(value.get("authors")),
        year=_number(value.get("year")),
        published=_string(value.get("published")),
        venue=_string(value.get("venue")),
        venue_year=_number(value.get("venue_year")),
        links={name: links[name] for name in LINKS if name in links},
        confidence=_string(value.get("confidence")),
        origins=_strings(value.get("sources")),
        notes=_string(value.get("notes")),
        abstract=_string(value.get("abstract")) or "",
    )


def read_ledger(project: Project) -> tuple[tuple[LedgerEntry, ...], list[Fault]]:
    """Read the ledger, one JSON object per line; a missing file counts as empty."""
    faults: list[Fault] = []
    entries: dict[int, LedgerEntry] = {}
    for line, value in read_json_lines(project, project.ledger, faults):
        missing = [name for name in _LEDGER_FIELDS if not isinstance(value.get(name), str)]
        if missing:
            what = f"missing {', '.join(missing)}"
            faults.append(Fault(project.name(project.ledger), line, what, "restore the line from git"))
            continue
        entries[line] = _make_entry(value)
    entries = _join_repeated(entries)
    faults += _check_citekeys(project, entries)
    return tuple(entries.values()), faults


def _join_repeated(entries: Mapping[int, LedgerEntry]) -> dict[int, LedgerEntry]:
    """Return the entries by line; of those that two people added for one paper, the one that was seen first."""
    first: dict[str, int] = {}
    joined: dict[int, LedgerEntry] = {}
    for line, entry in entries.items():
        before = joined.get(first.get(entry.citekey, 0))
        if before and is_same_work(before, entry):
            joined[first[entry.citekey]] = min(before, entry, key=lambda one: one.first_seen)
        else:
            first.setdefault(entry.citekey, line)
            joined[line] = entry
    return joined


def _check_citekeys(project: Project, entries: Mapping[int, LedgerEntry]) -> Iterator[Fault]:
    """Yield citekeys that cannot name one page each: invalid ones, and duplicates.

    Citekeys that differ only in case count as duplicates, since some file systems ignore case.
    """
    file = project.name(project.ledger)
    before: dict[str, tuple[int, str]] = {}
    for line, entry in entries.items():
        key = entry.citekey
        if flaw := find_flaw(key):
            yield Fault(file, line, f"invalid citekey '{key}': {flaw}", "restore the line from git")
        first, other = before.setdefault(fold_name(key), (line, key))
        if first != line:
            same = (
                f"duplicate citekey '{key}', first" if other == key else f"'{key}' differs only in case from '{other}'"
            )
            what = f"{same} on line {first}: “{entries[first].title}” and “{entry.title}”"
            spare = TakenKeys(known.citekey for known in entries.values()).take(key)
            remedy = f"write '{spare}' on one of these lines, and wherever that paper is cited, decided or claimed"
            yield Fault(file, line, what, remedy)


def _make_entry(value: Mapping[str, object]) -> LedgerEntry:
    return LedgerEntry(
        citekey=str(value["citekey"]),
        title=str(value["title"]),
        arxiv=_string(value.get("arxiv")),
        doi=_string(value.get("doi")),
        sketch=str(value["sketch"]),
        first_seen=str(value["first_seen"]),
        openreview=_string(value.get("openreview")),
        acl=_string(value.get("acl")),
    )


def _string(value: object) -> str | None:
    """Return a value as text on one line; normalising drops characters that JSON allows but files do not."""
    return (normalise(str(value)) or None) if value else None


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _strings(value: object) -> tuple[str, ...]:
    return tuple(filter(None, map(_string, value))) if isinstance(value, list) else ()
