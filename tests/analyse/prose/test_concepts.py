"""Concepts: what explains them, and what is said of those that nothing explains. All papers are invented."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from invented import FOLDED, make_corpus_of, make_paper

from litbook.analyse.prose.concepts import check_concepts, explain
from litbook.core.project import Project
from litbook.ingest.editorial.concepts import read_concepts
from litbook.ingest.pages import make_page
from litbook.model.editorial import Concept, Editorial

PAPERS = (make_paper("folded", "Folded", FOLDED.format("5.4")),)
SLUG = make_corpus_of(PAPERS).themes()[0].slug
CHAPTER = """# Folding

A valley fold is made first. A **mountain fold** {cite}`folded`, unlike others, stands up {claim}`folded:1`; it is hard.

The *crease* {tension}`wet` stays. Only *squash folds*, of which there are few, and glue.
"""


def concept(term: str, *also: str, place: str = SLUG, sentence: int = 0) -> Concept:
    return Concept(term, also, place, sentence, 7)


def define(known: Concept) -> str:
    (found,) = explain([known], [make_page(CHAPTER, f"chapters/{SLUG}.md")], PAPERS)
    return found.definition


@pytest.mark.parametrize(
    ("known", "definition"),
    [
        (concept("mountain fold"), "A mountain fold, unlike others, stands up."),
        (concept("squash fold"), "Only squash folds, of which there are few, and glue."),
        (concept("peak", "Mountain Fold"), "A mountain fold, unlike others, stands up."),
        (concept("valley fold"), ""),
        (concept("crease"), ""),
        (concept("mountain fold", place="folded", sentence=1), "We fold a paper crane with a mountain fold."),
        (concept("mountain fold", place="folded", sentence=3), ""),
        (concept("mountain fold", place="nowhere"), ""),
    ],
)
def test_the_sentence_that_explains_a_term_is_found(known: Concept, definition: str) -> None:
    assert define(known) == definition


def test_what_no_place_explains_is_a_fault() -> None:
    known = [
        concept("valley fold"),
        concept("mountain fold", place="foldet", sentence=1),
        concept("mountain fold", place="folded", sentence=9),
        concept("crane fly", place="folded", sentence=2),
        concept("mountain fold"),
    ]
    page = make_page(CHAPTER, f"chapters/{SLUG}.md")
    corpus = replace(make_corpus_of(PAPERS), editorial=Editorial(concepts=explain(known, [page], PAPERS)))
    faults = [str(fault) for fault in check_concepts(corpus)]
    assert {fault.removeprefix("book/corpus/concepts.csv:7: ") for fault in faults} == {
        f"the chapter of '{SLUG}' does not explain 'valley fold'; mark the term by *italics* in the sentence that "
        "explains it, and use no role but citations there",
        "unknown place 'foldet'; did you mean 'folded'?",
        "the abstract of 'folded' has no sentence 9; `litbook show folded` numbers its sentences",
        "sentence 2 of 'folded' does not contain 'crane fly'; name the sentence that does, or add its form to 'also'",
    }
    assert len(faults) == 4


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (",,folded,1", "missing term; write the term, and the slug of a theme or the citekey that explains it"),
        ("fold,,folded,two", "invalid sentence 'two'; write the number of the abstract's sentence, from 1"),
        ("fold,Crease,folded,1", "'Crease' is a term already, on line 2; delete one of the two"),
        ("fold,folded", "the row has more or fewer cells than the header; put cells with a comma in quotation marks"),
    ],
)
def test_each_fault_of_a_row_has_its_line_and_a_remedy(row: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "book/corpus").mkdir(parents=True)
    text = f"term,also,place,sentence\ncrease,ridge,folded,1\n{row}\n"
    (tmp_path / "book/corpus/concepts.csv").write_text(text, "utf-8")
    concepts, faults = read_concepts(Project(tmp_path))
    assert concepts[0] == Concept("crease", ("ridge",), "folded", 1, 2)
    assert [str(fault) for fault in faults] == [f"book/corpus/concepts.csv:3: {message}"]
