"""The sheet of an audit: drawn from the statements of a review, filled in by a person, and summed up."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from litbook.analyse.living.statements import sum_up
from litbook.core.atomic import write_text
from litbook.core.project import Project
from litbook.ingest.editorial.audit import COLUMNS, read_audit, read_sheet
from litbook.model.faults import CorpusError, Fault
from litbook.model.queries import find_paper
from litbook.model.review import Corpus
from litbook.model.statements import Audit, Check, Source, Statement, list_samples
from litbook.text.nouns import count_noun

_KEPT = (COLUMNS[0], "sentence", *COLUMNS[1:])
_SHEET = ("id", "file", "line", "section", "before", "sentence", "sources", "abstracts", *COLUMNS[1:], "of")
# A spreadsheet evaluates a cell that begins so ("CSV injection", OWASP).
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def draw_sheet(corpus: Corpus, number: int, seed: int) -> str:
    """Return a sheet with statements drawn at random without replacement, in the order of the pages."""
    statements = {statement.id: statement for statement in corpus.statements}  # one that occurs twice counts once
    drawn = random.Random(seed).sample(sorted(statements), min(number, len(statements)))
    order = {name: at for at, name in enumerate(statements)}
    lines = io.StringIO()
    table = csv.DictWriter(lines, _SHEET, restval="", lineterminator="\n")
    table.writeheader()
    for name in sorted(drawn, key=lambda name: order[name]):
        table.writerow({**_make_row(corpus, statements[name]), "of": str(len(statements))})
    return lines.getvalue()


def _make_row(corpus: Corpus, statement: Statement) -> dict[str, str]:
    return {
        "id": statement.id,
        "file": f"book/{statement.file}",
        "line": str(statement.line),
        "section": _disarm(statement.heading),
        "before": _disarm(statement.before),
        "sentence": _disarm(statement.text),
        "sources": "\n".join(map(_describe, statement.sources)),
        "abstracts": "\n\n".join(_give_abstracts(corpus, statement)),
    }


def _describe(source: Source) -> str:
    if source.sentence:
        return f"{source.citekey}, sentence {source.sentence}: “{source.quote}”"
    return f"{source.citekey}: the whole abstract"


def _give_abstracts(corpus: Corpus, statement: Statement) -> Iterator[str]:
    """Yield the title and the abstract of each source, since a quoted sentence alone may not show what it is about."""
    for citekey in dict.fromkeys(source.citekey for source in statement.sources):
        paper = find_paper(corpus, citekey)
        if paper is not None:
            year = f" ({paper.cited_year})" if paper.cited_year else ""
            yield f"{citekey}{year}: {paper.title.plain}\n{paper.abstract.plain}"


def _disarm(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell


def read_result(corpus: Corpus, sheets: Sequence[Path]) -> tuple[Check, ...]:
    """Return the verdicts of the parts of a filled-in sheet; raise `CorpusError` for faults or another review's sheet.

    A sentence that changed after it was drawn counts: its verdict is part of the sample, whatever became of it.
    """
    checks: list[Check] = []
    faults: list[Fault] = []
    seen: dict[str, str] = {}
    for sheet in sheets:
        read, wrong = read_sheet(sheet, str(sheet))
        faults += wrong
        for check in read:
            if check.id in seen:
                what = f"duplicate id '{check.id}', first on {seen[check.id]}"
                faults.append(Fault(str(sheet), check.line, what, "delete one of the rows"))
            seen.setdefault(check.id, f"line {check.line} of {sheet.name}")
        checks += read
        if not read and not wrong:
            faults.append(Fault(str(sheet), 0, "the sheet has no rows", "draw one with --draw"))
    if checks and not seen.keys() & {statement.id for statement in corpus.statements}:
        what = "no statement of the review has an id of this sheet: it is another review's, or all of it changed"
        faults.append(Fault(str(sheets[0]), checks[0].line, what, "draw a new sheet with --draw"))
    if faults:
        raise CorpusError(faults)
    return tuple(checks)


def render_result(corpus: Corpus, checks: Sequence[Check]) -> str:
    """Return the share in error with its interval, and what was found wrong."""
    audit = sum_up(checks, [statement.id for statement in corpus.statements])
    if audit is None:
        return "Nothing was checked."
    lines = [describe_result(audit), *(f"  {verdict}: {number}" for verdict, number in audit.verdicts)]
    if changed := audit.checked - audit.current:
        said = count_noun(changed, "sentence")
        lines.append(f"{said} changed after the sheet was drawn; the result is of what was drawn.")
    lines += [f"{check.id}: {check.verdict}" + (f" ({check.remark})" if check.remark else "")
              for check in checks if check.verdict != "supported"]  # fmt: skip
    return "\n".join(lines)


def describe_result(audit: Audit) -> str:
    """Return one line: how many of how many, the share, and the interval."""
    share = f"{100 * audit.wrong / audit.checked:.1f} %"
    interval = f"{100 * audit.low:.1f} % to {100 * audit.high:.1f} %"
    return (
        f"{audit.wrong} of {count_noun(audit.checked, 'sentence')} not supported by their sources: {share} "
        f"(95 % interval {interval}, Clopper–Pearson)."
    )


def keep_checks(project: Project, corpus: Corpus, checks: Sequence[Check]) -> int:
    """Add the verdicts to `audit.csv` as one more sample, and return how many are new; if none is, leave it."""
    before, faults = read_audit(project)
    if faults:
        raise CorpusError(faults)
    known = {(check.id, check.by, check.date) for check in before}
    new = [check for check in checks if (check.id, check.by, check.date) not in known]
    if not new:
        return 0
    said = {statement.id: _disarm(statement.text) for statement in corpus.statements}
    text = project.audit.read_text("utf-8-sig") if project.audit.is_file() else ""
    rows = csv.DictReader(io.StringIO(text))
    header = list(rows.fieldnames or _KEPT)
    header += [name for name in ("sample", "of") if name not in header]
    lines = io.StringIO()
    table = csv.DictWriter(lines, header, restval="", extrasaction="ignore", lineterminator="\n")
    table.writeheader()
    table.writerows({**row, "sample": row.get("sample") or "1"} for row in rows)
    sample = str(len(list_samples(before)) + 1)
    for check in checks:  # a sample is kept whole, also where an earlier one had some of its sentences
        sentence = said.get(check.id, check.sentence)
        said_of = {name: getattr(check, name) for name in (*COLUMNS, "of")}
        table.writerow({**said_of, "sentence": sentence, "sample": sample})
    write_text(project.audit, lines.getvalue())
    return len(new)
