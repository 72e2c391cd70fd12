"""Read `decisions.csv`: people's decisions about papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from litbook.core.project import Project
from litbook.ingest.ledgers.rows import Row, cell, check_date, check_width, read_rows
from litbook.model.faults import Fault, nearest
from litbook.model.review import KINDS, Decision
from litbook.model.screening import DECIDED_AT, FULL_TEXT, RETRIEVAL

COLUMNS = ("citekey", "theme", "also", "kind", "status", "reason", "by", "date")
STATUSES = ("include", "exclude")
STAGE = "stage"  # a column that reviews of one stage do not have
_MOST_ALSO = 2


def read_decisions(project: Project, slugs: Sequence[str]) -> tuple[tuple[Decision, ...], list[Fault]]:
    """Read the decisions, and check each value against the slugs of themes, `KINDS` and `STATUSES`.

    A missing file counts as empty: every paper is then placed where the classifier suggests.
    """
    file = project.name(project.decisions)
    rows, faults = read_rows(project.decisions, file, COLUMNS)
    decisions: list[Decision] = []
    seen: dict[str, int] = {}
    for line, row in rows:
        decision = _make_decision(line, row)
        name = f"{decision.citekey}: " if decision.citekey else ""
        faults += [
            Fault(file, line, f"{name}{what}", remedy)
            for what, remedy in check_width(row, COLUMNS) or _check(row, slugs)
        ]
        if decision.citekey in seen:
            what = f"{decision.citekey}: already decided on line {seen[decision.citekey]}"
            faults.append(Fault(file, line, what, "delete one of the two rows"))
        seen.setdefault(decision.citekey, line)
        decisions.append(decision)
    return tuple(decisions), faults


def _make_decision(line: int, row: Row) -> Decision:
    values = {name: cell(row, name) for name in COLUMNS}
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
        stage=cell(row, STAGE),
    )


def _check(row: Row, slugs: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the cells of one row, and what to do."""
    if not cell(row, "citekey"):
        yield "missing citekey", "write the citekey of the paper"
    theme, also = cell(row, "theme"), cell(row, "also").split()
    for slug in [theme, *also]:
        if slug and slugs and slug not in slugs:  # without any theme, the fault is in themes.yml
            yield f"unknown theme '{slug}'", nearest(slug, slugs) or "use a slug from themes.yml"
    for slug in sorted({slug for slug in [theme, *also] if [theme, *also].count(slug) > 1}):
        yield f"theme '{slug}' appears twice in 'theme' and 'also'", "name each theme once"
    if len(also) > _MOST_ALSO:
        yield f"{len(also)} themes in 'also'", f"name at most {_MOST_ALSO}"
    yield from _check_word("kind", cell(row, "kind"), KINDS)
    yield from _check_word("status", cell(row, "status"), STATUSES)
    yield from _check_word(STAGE, cell(row, STAGE), DECIDED_AT)
    if cell(row, STAGE) == RETRIEVAL and cell(row, "status") != "exclude":
        remedy = f"write 'exclude', or the stage '{FULL_TEXT}' if the text was found and read"
        yield f"stage '{RETRIEVAL}' of a paper that is included", remedy
    yield from check_date(row)


def _check_word(name: str, word: str, known: Sequence[str]) -> Iterator[tuple[str, str]]:
    if word and word not in known:
        yield f"unknown {name} '{word}'", nearest(word, known) or f"use one of {', '.join(known)}"
