"""Read `decisions.csv`: what a person decided about each paper."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

from litbook.errors import Fault, nearest
from litbook.model import KINDS, Decision
from litbook.project import Project

COLUMNS = ("citekey", "theme", "also", "kind", "status", "reason", "by", "date")
STATUSES = ("include", "exclude")
_MOST_ALSO = 2


def read_decisions(project: Project, slugs: Sequence[str]) -> tuple[tuple[Decision, ...], list[Fault]]:
    """Read the decisions and check each value against the themes' slugs, `KINDS` and `STATUSES`.

    A missing file is an empty one: every paper then stands where the machine suggests.
    """
    file = project.name(project.decisions)
    if not project.decisions.is_file():
        return (), []
    with project.decisions.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        rows = csv.DictReader(lines)
        missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
        if missing:
            return (), [Fault(file, 1, f"no column {', '.join(missing)}", f"the columns are {','.join(COLUMNS)}")]
        decisions, faults = _read_rows(file, rows, slugs)
    return tuple(decisions), faults


def _read_rows(file: str, rows: csv.DictReader[str], slugs: Sequence[str]) -> tuple[list[Decision], list[Fault]]:
    decisions: list[Decision] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    line = rows.line_num + 1
    for row in rows:
        decision = _make_decision(line, row)
        name = f"{decision.citekey}: " if decision.citekey else ""
        faults += [Fault(file, line, f"{name}{what}", remedy) for what, remedy in _check(row, slugs)]
        if decision.citekey in seen:
            what = f"{decision.citekey}: decided already on line {seen[decision.citekey]}"
            faults.append(Fault(file, line, what, "delete one of the two"))
        seen.setdefault(decision.citekey, line)
        decisions.append(decision)
        line = rows.line_num + 1
    return decisions, faults


def _make_decision(line: int, row: dict[str, str | None]) -> Decision:
    values = {name: (row.get(name) or "").strip() for name in COLUMNS}
    return Decision(
        line=line,
        citekey=values["citekey"],
        theme=values["theme"] or None,
        also=tuple(values["also"].split()),
        kind=values["kind"] or None,
        status=values["status"] or "include",
        reason=values["reason"],
        by=values["by"],
        date=values["date"],
    )


def _check(row: dict[str, str | None], slugs: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with one row, and what to do."""
    if None in row or any(row.get(name) is None for name in COLUMNS):
        yield "the row has more or fewer cells than the header", "quote cells that hold a comma"
        return
    if not (row["citekey"] or "").strip():
        yield "no citekey", "write the key of the paper"
    also = (row["also"] or "").split()
    for slug in [(row["theme"] or "").strip(), *also]:
        if slug and slugs and slug not in slugs:  # without any theme the fault lies in themes.yml
            yield f"no theme '{slug}'", nearest(slug, slugs) or "the slugs are in themes.yml"
    if len({(row["theme"] or "").strip(), *also}) <= len(also):
        yield "a theme stands twice in 'theme' and 'also'", "name each theme once"
    if len(also) > _MOST_ALSO:
        yield f"{len(also)} themes under 'also'", f"at most {_MOST_ALSO}"
    yield from _check_word("kind", (row["kind"] or "").strip(), KINDS)
    yield from _check_word("status", (row["status"] or "").strip(), STATUSES)


def _check_word(name: str, word: str, known: Sequence[str]) -> Iterator[tuple[str, str]]:
    if word and word not in known:
        yield f"no {name} '{word}'", nearest(word, known) or f"it is one of {', '.join(known)}"
