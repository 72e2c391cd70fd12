"""Read `releases.jsonl`: the releases of the review, one a line, oldest first. `litbook release` writes it."""

from __future__ import annotations

from collections.abc import Mapping

from litbook.core.project import Project
from litbook.ingest.ledgers.jsonlines import read_json_lines
from litbook.model.faults import Fault
from litbook.model.history import Release

_NEEDED = ("version", "date", "state")


def read_releases(project: Project) -> tuple[tuple[Release, ...], list[Fault]]:
    """Return the releases, newest first."""
    faults: list[Fault] = []
    found: dict[str, Release] = {}
    for line, value in read_json_lines(project, project.releases, faults):
        made = _make_release(value)
        missing = [name for name in _NEEDED if not value.get(name)]
        if missing:
            what = f"the release is missing {', '.join(missing)}"
        elif made.version in found:
            what = f"duplicate release '{made.version}'"
        else:
            found[made.version] = made
            continue
        faults.append(Fault(project.name(project.releases), line, what, "restore the file from git"))
    return tuple(reversed(found.values())), faults


def _make_release(value: Mapping[str, object]) -> Release:
    changes = value.get("changes")
    return Release(
        version=str(value.get("version") or ""),
        date=str(value.get("date") or ""),
        state=str(value.get("state") or ""),
        papers=_number(value.get("papers")),
        themes=_number(value.get("themes")),
        since=str(value.get("since") or ""),
        changes=tuple((str(how), _number(number)) for how, number in changes.items())
        if isinstance(changes, dict)
        else (),
        rewritten=_number(value.get("rewritten")),
    )


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
