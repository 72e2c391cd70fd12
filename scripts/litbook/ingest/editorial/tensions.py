"""Read `tensions.yml`: findings of different papers that disagree, as people collected them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from litbook.core.project import Project
from litbook.ingest.ledgers.yamllines import Mapping, Problem, as_list, as_mapping, as_strings, check_keys, read_entries
from litbook.model.editorial import STATUSES, Quotation, Tension
from litbook.model.faults import Fault, nearest
from litbook.text.dates import advise_date, is_date

_NEEDED = ("id", "question", "status", "would_decide")
# Fields that each status requires in addition.
_WITH_STATUS = {
    "candidate": (),
    "confirmed": ("by", "on"),
    "scope": ("by", "on", "note"),
    "resolved": ("by", "on", "how"),
}
_KEYS = ("id", "question", "themes", "sides", "status", "by", "on", "how", "note", "would_decide", "answers")
_FEWEST_SIDES = 2


def read_tensions(project: Project, slugs: Sequence[str]) -> tuple[tuple[Tension, ...], list[Fault]]:
    """Read the tensions in order and check each entry's form; a missing file counts as empty.

    `slugs` are the themes that a tension may name. Whether the quotations are accurate is checked later, in
    `analyse.prose`, where the papers are known.
    """
    file = project.name(project.tensions)
    entries, faults = read_entries(project.tensions, file, "tension")
    seen: dict[str, int] = {}
    tensions = []
    for entry in entries:
        faults += [Fault(file, line, what, remedy) for line, what, remedy in _check(entry, slugs, seen)]
        tensions.append(_make_tension(entry))
        seen.setdefault(entry.text("id"), entry.line)
    return tuple(tensions), faults


def _make_tension(entry: Mapping) -> Tension:
    return Tension(
        id=entry.text("id"),
        question=entry.text("question"),
        sides=tuple(tuple(_make_quotation(item) for item in as_list(side)) for side in as_list(entry.get("sides"))),
        status=entry.text("status"),
        would_decide=entry.text("would_decide"),
        line=entry.line,
        themes=as_strings(entry.get("themes")),
        by=entry.text("by"),
        on=entry.text("on"),
        how=entry.text("how"),
        note=entry.text("note"),
        answers=as_strings(entry.get("answers")),
    )


def _make_quotation(value: Any) -> Quotation:
    quotation = as_mapping(value)
    return Quotation(quotation.text("paper"), quotation.text("quote"), quotation.line_of("quote"))


def _check(entry: Mapping, slugs: Sequence[str], seen: dict[str, int]) -> Iterator[Problem]:
    """Yield what is wrong with one tension: line, problem and remedy."""
    name = entry.text("id")
    needed = (*_NEEDED, *_WITH_STATUS.get(entry.text("status"), ()))
    yield from check_keys(entry, "tension", needed, _KEYS)
    if name and name in seen:
        yield entry.line_of("id"), f"duplicate tension '{name}', first on line {seen[name]}", "give it another id"
    if entry.text("status") not in ("", *STATUSES):
        word = entry.text("status")
        remedy = nearest(word, STATUSES) or f"use one of {', '.join(STATUSES)}"
        yield entry.line_of("status"), f"unknown status '{word}'", remedy
    for slug in as_strings(entry.get("themes")):
        if slugs and slug not in slugs:  # without any theme, the fault is in themes.yml
            remedy = nearest(slug, slugs) or "use a slug from themes.yml"
            yield entry.line_of("themes"), f"unknown theme '{slug}'", remedy
    day = entry.text("on")
    if day and not is_date(day):
        yield entry.line_of("on"), f"invalid date '{day}'", advise_date(day)
    yield from _check_sides(entry, name)


def _check_sides(entry: Mapping, name: str) -> Iterator[Problem]:
    sides = as_list(entry.get("sides"))
    answers = as_list(entry.get("answers"))
    if answers and (len(answers) != len(sides) or not all(map(str, answers))):
        what = f"tension '{name}' has {len(answers)} answers and {len(sides)} sides"
        yield entry.line_of("answers"), what, "write one answer for each side, in the same order"
    if len(sides) < _FEWEST_SIDES or not all(as_list(side) for side in sides):
        remedy = "write each side as a list of entries with 'paper' and 'quote'"
        yield entry.line_of("sides"), f"tension '{name}' does not have at least two sides", remedy
    for item in (item for side in sides for item in as_list(side)):
        quotation = as_mapping(item)
        missing = [key for key in ("paper", "quote") if not quotation.text(key)]
        if missing:
            line = quotation.line or entry.line_of("sides")
            yield (
                line,
                f"a quotation of tension '{name}' is missing {', '.join(missing)}",
                "write both 'paper' and 'quote'",
            )
