"""Read the notices on a line of `facts.jsonl`: those that `litbook fetch` found, and those that people entered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from litbook.model.faults import Fault, nearest
from litbook.model.notices import KINDS, Notice
from litbook.text.identifiers import find_doi
from litbook.text.repair import normalise

_DAYS = ("date", "first_said", "last_said", "gone")
_ADDRESS = re.compile(r"https?://[!#-;=?-\[\]_a-z~]+", re.IGNORECASE)


def read_notices(file: str, line: int, value: Mapping[str, object], faults: list[Fault]) -> tuple[Notice, ...]:
    """Return the notices of one line, adding what is wrong with them to `faults`."""
    listed = value.get("notices")
    if listed is None:
        return ()
    if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
        faults.append(Fault(file, line, "'notices' is not a list of objects", 'write [{"kind": …}, …]'))
        return ()
    found: list[Notice] = []
    for entry in listed:
        wrong = [Fault(file, line, what, remedy) for what, remedy in _check(entry)]
        faults += wrong
        found += [] if wrong else [_make_notice(entry)]
    return tuple(found)


def read_watched(file: str, line: int, value: Mapping[str, object], faults: list[Fault]) -> dict[str, str]:
    """Return the day on which each service was last asked for notices."""
    days = value.get("watched")
    if days is None:
        return {}
    if not isinstance(days, dict) or not all(is_date(day, whole=True) for day in days.values()):
        what = "'watched' does not give a date for each service"
        faults.append(Fault(file, line, what, "write dates such as 2031-12-24, or remove the value"))
        return {}
    return {str(name): str(day) for name, day in sorted(days.items())}


def _check(entry: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a notice, and its remedy."""
    kind = str(entry.get("kind") or "")
    if kind not in KINDS:
        what = f"unknown kind '{kind}' of a notice" if kind else "a notice is missing 'kind'"
        yield what, nearest(kind, KINDS) or f"use one of {', '.join(KINDS)}"
    doi, address = str(entry.get("doi") or ""), str(entry.get("url") or "")
    named = f"the {kind or 'notice'}"
    if doi and not find_doi(doi):
        yield f"{named} has the invalid DOI '{doi[:40]}'", "write it as 10.1234/abc"
    elif not doi and not _ADDRESS.fullmatch(address):
        what = f"{named} has the invalid address '{address[:40]}'" if address else f"{named} is missing 'doi'"
        yield what, "give the DOI of the notice, or in 'url' the address where it can be read"
    if not (entry.get("service") or entry.get("by")):
        yield f"{named} is missing its origin", "name in 'by' who entered it"
    if not (entry.get("date") or entry.get("first_said")):
        yield (
            f"{named} is missing 'date'",
            "give the date of the notice, or in 'first_said' the day on which you saw it",
        )
    for name in _DAYS:
        day = entry.get(name)
        if day and not is_date(day):
            yield f"{named} has the invalid date '{day}' in '{name}'", "write year-month-day, as in 2031-12-24"


def is_date(value: object, whole: bool = False) -> bool:
    """Return whether a value is an ISO date, of a day or, unless `whole`, of a month or a year."""
    text = value if isinstance(value, str) else ""
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text, re.ASCII) or (whole and len(text) < 10):
        return False
    try:
        date.fromisoformat(f"{text}-01-01"[:10] if len(text) == 4 else f"{text}-01"[:10])
    except ValueError:
        return False
    return True


def _make_notice(entry: Mapping[str, object]) -> Notice:
    text = {name: normalise(str(value)) for name, value in entry.items() if value}
    doi = find_doi(text.get("doi", "")).lower()
    return Notice(
        kind=text["kind"],
        origin=text.get("service") or text["by"],
        date=text.get("date", ""),
        doi=doi,
        address=f"https://doi.org/{doi}" if doi else text.get("url", ""),
        registrant=text.get("registrant", ""),
        says=text.get("says", ""),
        first_said=text.get("first_said", ""),
        last_said=text.get("last_said", ""),
        gone=text.get("gone", ""),
    )
