"""Read `highlights.yml`: the findings and open questions that people chose for the front page."""

from __future__ import annotations

from collections.abc import Iterator

from litbook.core.project import Project
from litbook.ingest.ledgers.yamllines import Mapping, Problem, as_list, as_mapping, check_keys, read_entries
from litbook.model.editorial import Highlight, Quotation
from litbook.model.faults import Fault

_KEYS = ("id", "says", "tension", "evidence")


def read_highlights(project: Project) -> tuple[tuple[Highlight, ...], list[Fault]]:
    """Read the highlights in order and check each entry's form; a missing file counts as empty.

    Whether tensions exist and quotations are accurate is checked later, in `analyse.prose`, where both are known.
    """
    file = project.name(project.highlights)
    entries, faults = read_entries(project.highlights, file, "highlight")
    seen: dict[str, int] = {}
    for entry in entries:
        faults += [Fault(file, line, what, remedy) for line, what, remedy in _check(entry, seen)]
        seen.setdefault(entry.text("id"), entry.line)
    return tuple(map(_make_highlight, entries)), faults


def _make_highlight(entry: Mapping) -> Highlight:
    evidence = (as_mapping(item) for item in as_list(entry.get("evidence")))
    return Highlight(
        id=entry.text("id"),
        says=entry.text("says"),
        line=entry.line,
        tension=entry.text("tension"),
        quotations=tuple(Quotation(item.text("paper"), item.text("quote"), item.line_of("quote")) for item in evidence),
    )


def _check(entry: Mapping, seen: dict[str, int]) -> Iterator[Problem]:
    """Yield what is wrong with one highlight: line, problem and remedy."""
    name = entry.text("id")
    yield from check_keys(entry, "highlight", ("id", "says"), _KEYS)
    if name and name in seen:
        yield entry.line_of("id"), f"duplicate highlight '{name}', first on line {seen[name]}", "give it another id"
    evidence = [as_mapping(item) for item in as_list(entry.get("evidence"))]
    if bool(entry.text("tension")) == bool(evidence):
        what = f"highlight '{name}' does not have exactly one of 'tension' and 'evidence'"
        yield entry.line, what, "name the tension that it sums up, or list quotations under 'evidence'"
    for item in evidence:
        missing = [key for key in ("paper", "quote") if not item.text(key)]
        if missing:
            what = f"a quotation of highlight '{name}' is missing {', '.join(missing)}"
            yield item.line or entry.line_of("evidence"), what, "write both 'paper' and 'quote'"
