"""The table of what is still to be extracted; all papers are invented."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from invented import CRAFTS, make_corpus_of, make_paper, make_placement

from litbook.commands.columns.sheet import list_open, render_sheet
from litbook.model.extraction import Choice, Column, Extracted, Extraction
from litbook.model.review import Corpus

DESIGN = Column("design", "Design", "What was the design?", "choice", 1, choices=(Choice("trial"), Choice("survey")))
DOSE = Column("dose", "Dose", "How much was given?", "number", 2, unit="mg", themes=("another-theme",))


def make_review() -> Corpus:
    papers = [make_paper("one", "=Bread by night"), make_paper("two", "Bread by day")]
    corpus = make_corpus_of(papers, {paper.citekey: make_placement(CRAFTS.slug) for paper in papers})
    row = Extracted(2, "two", "design", "trial", "In a trial", "A. Reader")
    return replace(corpus, extraction=Extraction(columns=(DESIGN, DOSE), rows=(row,)))


def test_the_sheet_lists_the_cells_still_open_to_all_or_to_one_extractor() -> None:
    corpus = make_review()
    assert [paper.citekey for paper, _ in list_open(corpus)] == ["one"]
    assert [paper.citekey for paper, _ in list_open(corpus, "A. Reader")] == ["one"]
    assert [(paper.citekey, column.id) for paper, column in list_open(corpus, "B. Second")] == [
        ("one", "design"), ("two", "design"),
    ]  # fmt: skip
    assert list_open(corpus, theme="another-theme") == []


def test_a_row_says_what_is_asked_and_how_to_answer() -> None:
    corpus = make_review()
    (row,) = csv.DictReader(io.StringIO(render_sheet(corpus, list_open(corpus), "A. Reader")))
    assert list(row)[:8] == ["citekey", "column", "value", "quote", "by", "date", "note", "where"]
    assert (row["citekey"], row["column"], row["by"], row["value"]) == ("one", "design", "A. Reader", "")
    assert row["question"] == "What was the design?"
    assert row["answers"] == "trial | survey | not reported"
    assert row["paper"].endswith("=Bread by night")
    assert not row["paper"].startswith("=")  # a spreadsheet would compute it
