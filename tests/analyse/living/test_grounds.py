"""The grounds of a disagreement are listed, and never counted as votes. All papers and people are invented."""

from __future__ import annotations

from dataclasses import replace

from invented import make_corpus_of, make_paper, make_placement

from litbook.analyse.living.grounds import check_grades, describe_grade, weigh
from litbook.model.living import Grade
from litbook.model.notices import Notice
from litbook.model.review import Corpus
from litbook.model.stated import Stated


def make_review() -> Corpus:
    papers = [
        make_paper("a", "A", authors=("Ada Invented", "Bo Made"), year=2031, venue_year=2032),
        make_paper("b", "B", authors=("Cy Nobody",), year=2029),
        make_paper("c", "C", authors=("Bo Made",), year=2033, notices=(Notice("retraction", "crossref"),)),
        make_paper("d", "D"),
    ]
    kinds = {"a": "analysis", "b": "analysis", "c": "benchmark-or-dataset", "d": None}
    placements = {key: make_placement("paper-folding", kind=kind) for key, kind in kinds.items()}
    stated = {"a": Stated(models=("CraneLM",), benchmarks=("FoldBench",)), "b": Stated(models=("CraneLM", "BoatLM"))}
    return replace(make_corpus_of(papers, placements), stated=stated)


def test_each_side_lists_kinds_years_and_what_its_papers_name() -> None:
    strength = weigh(make_review(), "tension", "fold", [["a", "b", "a"], ["c"], ["d"]])
    assert strength.sides == (
        "2 papers (analysis); 2029–2032; models named: CraneLM, BoatLM; benchmarks named: FoldBench",
        "1 paper (benchmark or dataset); 2033; 1 of them retracted or withdrawn",
        "1 paper (kind unknown); year unknown",
    )


def test_several_kinds_are_counted_by_name() -> None:
    assert (
        weigh(make_review(), "highlight", "fold", [["a", "b", "c"]])
        .sides[0]
        .startswith("3 papers (2 analysis, 1 benchmark or dataset)")
    )


def test_shared_authors_and_unknown_ones_are_said() -> None:
    corpus = make_review()
    assert weigh(corpus, "tension", "fold", [["a"], ["b"]]).independence == ""
    assert weigh(corpus, "tension", "fold", [["a"], ["c"]]).independence == (
        "Not independent: Bo Made wrote on more than one side."
    )
    assert weigh(corpus, "tension", "fold", [["b", "d"], ["b"]]).independence == (
        "Not independent: Cy Nobody wrote on more than one side; one paper is quoted on more than one side; the "
        "authors of 1 paper are unknown."
    )
    assert weigh(corpus, "highlight", "fold", [["a", "c"]]).independence == ""


def test_an_overview_has_the_grade_the_papers_of_each_side_and_whether_authors_are_shared() -> None:
    corpus = make_review()
    assert weigh(corpus, "tension", "fold", [["a", "b", "a"], ["d"]]).brief == "2 papers against 1"
    assert (
        weigh(corpus, "tension", "fold", [["a"], ["c"], ["d"]]).brief == "1 paper against 1 against 1, shared authors"
    )
    graded = replace(corpus, grades=(Grade(2, "tension", "fold", "low", "One trial.", "An Editor", "2033-01-02"),))
    assert weigh(graded, "tension", "fold", [["a"], ["b"]]).brief == "Low, 1 paper against 1"


def test_the_newest_grade_is_shown_with_its_reason() -> None:
    rows = [
        Grade(2, "paper", "a", "low", "One trial.", "An Editor", "2033-01-02"),
        Grade(3, "paper", "a", "moderate", "Two trials.", "An Editor", "2033-05-06"),
    ]
    corpus = replace(make_review(), grades=tuple(reversed(rows)))
    assert describe_grade(corpus, "paper", "a") == "Moderate: Two trials. (An Editor, 6 May 2033)"
    assert describe_grade(corpus, "tension", "a") == ""
    assert list(check_grades(corpus)) == []


def test_a_grade_of_nothing_and_two_of_one_day_are_faults() -> None:
    rows = (
        Grade(2, "paper", "aa", "low", "One trial.", "An Editor", "2033-01-02"),
        Grade(3, "paper", "b", "low", "One trial.", "An Editor", "2033-01-02"),
        Grade(4, "paper", "b", "high", "Two trials.", "Another", "2033-01-02"),
        Grade(5, "tension", "fold", "high", "Two trials.", "Another", "2033-01-02"),
    )
    assert [str(fault) for fault in check_grades(replace(make_review(), grades=rows))] == [
        "book/corpus/grades.csv:2: unknown paper 'aa'; did you mean 'a'?",
        "book/corpus/grades.csv:4: duplicate grade of paper 'b' on 2033-01-02, first on line 3; delete one of the "
        "rows: the newest grade counts",
        "book/corpus/grades.csv:5: unknown tension 'fold'; grade a tension of this review, or delete the row",
    ]
