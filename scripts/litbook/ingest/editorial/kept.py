"""Read `kept.csv`: sentences that rest on retracted papers and that editors keep, each with a reason."""

from __future__ import annotations

from litbook.core.project import Project
from litbook.ingest.ledgers.notices import is_date
from litbook.ingest.ledgers.rows import cell, check_width, read_rows
from litbook.model.faults import Fault
from litbook.model.notices import KeptSentence

COLUMNS = ("file", "citekey", "sentence", "reason", "by", "date")


def read_kept(project: Project) -> tuple[tuple[KeptSentence, ...], list[Fault]]:
    """Read the kept sentences; a missing file counts as empty, and a row with an empty cell is a fault."""
    source = project.name(project.kept)
    rows, faults = read_rows(project.kept, source, COLUMNS)
    found: list[KeptSentence] = []
    for line, row in rows:
        values = {name: cell(row, name) for name in COLUMNS}
        lacking = [name for name in COLUMNS if not values[name]]
        wide = check_width(row, COLUMNS)
        if wide:
            faults += [Fault(source, line, what, remedy) for what, remedy in wide]
        elif lacking:
            remedy = "each row needs a file, a paper, words of the sentence, a reason for readers, a name and a date"
            faults.append(Fault(source, line, f"missing {', '.join(lacking)}", remedy))
        elif not is_date(values["date"], whole=True):
            what = f"invalid date '{values['date']}'"
            faults.append(Fault(source, line, what, "write year-month-day, as in 2031-12-24"))
        else:
            found.append(KeptSentence(line, **values))
    return tuple(found), faults
