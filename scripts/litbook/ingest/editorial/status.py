"""Read `status.yml`: whether a review is kept up to date, when it was searched, and when the next update is due."""

from __future__ import annotations

from collections.abc import Iterator

from litbook.core.project import Project
from litbook.ingest.ledgers.notices import is_date
from litbook.ingest.ledgers.yamllines import Mapping, Problem, as_mapping, as_strings, read_yaml
from litbook.model.faults import Fault, nearest
from litbook.model.living import GRADE_WORDS, ITEMS, MODES, NOT_RECORDED, Reported, Status

_KEYS = ("question", "mode", "reason", "searched", "due", "who", "schedule", "retire", "search", "reporting", "grades")
_WITH_REASON = ("paused", "retired")


def read_status(project: Project) -> tuple[Status | None, tuple[str, ...], list[Fault]]:
    """Return the status, or None for a review without one, and the scale of grades, from best to worst."""
    file = project.name(project.status)
    if not project.status.is_file():
        return None, GRADE_WORDS, []
    value, faults = read_yaml(project.status, file)
    if faults:
        return None, GRADE_WORDS, faults
    entry = as_mapping(value)
    if not entry:
        return None, GRADE_WORDS, [Fault(file, 1, "not a mapping", "begin with 'question:', 'mode:' and 'searched:'")]
    faults = [Fault(file, line, what, remedy) for line, what, remedy in _check(entry)]
    grades = tuple(word.strip() for word in as_strings(entry.get("grades"))) or GRADE_WORDS
    return _make_status(entry), grades, faults


def _make_status(entry: Mapping) -> Status:
    who = as_strings(entry.get("who")) or tuple(filter(None, [entry.text("who")]))
    names = ("question", "mode", "searched", "due", "reason", "schedule", "retire", "search")
    texts = {name: entry.text(name) for name in names}
    texts["searched"] = "" if texts["searched"] == NOT_RECORDED else texts["searched"]
    reporting = as_mapping(entry.get("reporting"))
    reported = tuple(_make_reported(item, reporting) for item in reporting)
    return Status(**texts, who=who, reported=reported, due_line=entry.line_of("due"))


def _make_reported(item: str, reporting: Mapping) -> Reported:
    held = as_mapping(reporting[item])
    return Reported(item, held.text("says") or reporting.text(item), held.text("place"))


def _check(entry: Mapping) -> Iterator[Problem]:
    """Yield what is wrong with a status: line, problem and remedy."""
    mode = entry.text("mode")
    needed = ["question", "mode", "searched"]
    needed += ["due"] if mode == "living" else ["reason"] if mode in _WITH_REASON else []
    missing = [name for name in needed if not entry.text(name)]
    if missing:
        yield entry.line, f"the status is missing {', '.join(missing)}", "fill in what is missing"
    if mode and mode not in MODES:
        yield entry.line_of("mode"), f"unknown mode '{mode}'", nearest(mode, MODES) or f"use one of {', '.join(MODES)}"
    for name in ("searched", "due"):
        said = entry.text(name)
        if said == NOT_RECORDED and name == "searched":
            if mode == "living":
                remedy = "search again and set the day; only a review that is not living may have a search without one"
                yield entry.line_of(name), "a living review needs the day of its last search", remedy
        elif said and not is_date(said, whole=True):
            remedy = "write year-month-day, as in 2031-12-24"
            remedy += f", or '{NOT_RECORDED}' if no record says when" if name == "searched" else ""
            yield entry.line_of(name), f"invalid date '{said}' in '{name}'", remedy
    if is_date(entry.text("searched"), whole=True) and "" < entry.text("due") < entry.text("searched"):
        remedy = "set 'due' to the day of the next update"
        yield entry.line_of("due"), f"'due' ({entry.text('due')}) is before 'searched'", remedy
    for name in entry:
        if name not in _KEYS:
            yield entry.line_of(name), f"unknown key '{name}'", nearest(name, _KEYS) or f"use one of {', '.join(_KEYS)}"
    yield from _check_reporting(as_mapping(entry.get("reporting")))


def _check_reporting(reporting: Mapping) -> Iterator[Problem]:
    for item in reporting:
        if item not in ITEMS:
            remedy = f"the items are 1 to 27 of PRISMA 2020, and {', '.join(key for key in ITEMS if key[0] == 'L')}"
            yield reporting.line_of(item), f"unknown reporting item '{item}'", remedy
        elif not (reporting.text(item) or as_mapping(reporting[item]).text("says")):
            yield reporting.line_of(item), f"reporting item {item} says nothing", "write what is reported, or remove it"
