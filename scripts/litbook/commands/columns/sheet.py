"""Write what is still to be extracted as a table that an extractor fills in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from litbook.analyse.extraction.drafts import find_drafts, quote_of
from litbook.model.extraction import NOT_REPORTED, Column
from litbook.model.review import Corpus, Paper
from litbook.text.escape import guard_cell

# Those of extraction.csv, then what an extractor wants to see beside them.
OWN = ("citekey", "column", "value", "quote", "by", "date", "note", "where")
BESIDE = ("paper", "question", "answers", "found by rules", "in the sentence")


def list_open(corpus: Corpus, by: str = "", theme: str = "") -> list[tuple[Paper, Column]]:
    """Return the cells without a value by any extractor, or by one of them, in the order of papers and columns."""
    filled = {(row.citekey, row.column) for row in corpus.extraction.rows if by in ("", row.by)}
    return [
        (paper, column)
        for paper in corpus.papers
        for column in corpus.extraction.columns
        if column.asks(placed := corpus.placements[paper.citekey].theme)
        and theme in ("", placed)
        and (paper.citekey, column.id) not in filled
    ]


def render_sheet(corpus: Corpus, cells: list[tuple[Paper, Column]], by: str = "") -> str:
    """Return one row for each open cell; the first columns are those of extraction.csv."""
    lines = io.StringIO()
    table = csv.writer(lines, lineterminator="\n")
    table.writerow((*OWN, *BESIDE))
    for paper, column in cells:
        beside = map(guard_cell, _describe(corpus, paper, column))
        table.writerow((paper.citekey, column.id, "", "", by, "", "", "", *beside))
    return lines.getvalue()


def _describe(corpus: Corpus, paper: Paper, column: Column) -> Iterator[str]:
    """Yield the title, the question, how to answer it, and what rules found with its sentence."""
    drafts = find_drafts(corpus, paper, column.draft) if column.draft else ()
    yield paper.title.plain
    yield column.question
    yield (
        " | ".join((*column.names, NOT_REPORTED))
        if column.names
        else " in ".join(filter(None, (column.kind, column.unit)))
    )
    yield " | ".join(draft.value for draft in drafts)
    yield " | ".join(dict.fromkeys(quote_of(corpus, paper, draft.sentence) for draft in drafts))
