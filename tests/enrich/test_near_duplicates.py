"""Pairs of papers that may be one work, and what a person decides about them. All papers here are invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented import make_abstract, make_paper

from litbook.core.project import Project
from litbook.enrich.merge import enrich
from litbook.enrich.near_duplicates import find_doubts
from litbook.ingest.ledgers.pairs import read_pairs
from litbook.model.review import Pair, Record

BREAD = "We propose a way to score sourdough by its crust, and we find that it agrees with bakers in nine of ten cases."
BREAD_AGAIN = BREAD.replace("we find", "we report").replace("nine of ten", "most")
TIDES = "Tide gardens are flooded twice a day; this study counts the plants that stand it, over three winters."


def doubts_of(*papers: tuple[str, str, str], pairs: tuple[Pair, ...] = ()) -> list[tuple[str, str]]:
    made = [make_paper(citekey, title, abstract) for citekey, title, abstract in papers]
    return [(doubt.one, doubt.other) for doubt in find_doubts(made, pairs)]


def test_a_subtitle_more_is_in_doubt() -> None:
    short, long = "Scoring Sourdough by Crust", "Scoring sourdough by crust: a study of loaves"
    assert doubts_of(("b2031x", long, BREAD), ("a2030x", short, TIDES)) == [("a2030x", "b2031x")]


def test_one_title_over_two_abstracts_is_in_doubt() -> None:
    assert doubts_of(("a2030x", "On Bread and Tides", BREAD), ("b2031x", "On bread and tides", TIDES)) == [
        ("a2030x", "b2031x")
    ]


def test_abstracts_that_share_most_words_are_in_doubt() -> None:
    papers = (("a2030x", "Crusts", BREAD), ("b2031x", "What bakers say", BREAD_AGAIN), ("c2031x", "Gardens", TIDES))
    assert doubts_of(*papers) == [("a2030x", "b2031x")]


def test_other_titles_and_other_abstracts_are_not() -> None:
    papers = [
        (f"k{number}x", f"Title number {number} of an invented list", make_abstract(number)) for number in range(30)
    ]
    assert doubts_of(*papers) == []


def test_nobody_is_asked_twice() -> None:
    papers = (("a2030x", "Crusts", BREAD), ("b2031x", "What bakers say", BREAD_AGAIN))
    assert doubts_of(*papers, pairs=(Pair(2, "b2031x", "a2030x", same=False),)) == []


def record(title: str, abstract: str, line: int) -> Record:
    return Record("invented.txt", line, line, "", title, abstract)


def test_two_papers_that_a_person_called_one_work_are_one_and_keep_all_records() -> None:
    records = [record("Crusts", BREAD, 1), record("What bakers say", BREAD_AGAIN, 2)]
    apart = enrich(records, (), (), "2031-01-01")
    one, other = (paper.citekey for paper in apart.papers)
    united = enrich(records, (), apart.ledger, "2031-01-02", [Pair(2, other, one, same=True)])
    (paper,) = united.papers
    assert paper.citekey == other
    assert {item.title for item in paper.records} == {"Crusts", "What bakers say"}
    assert paper.title.plain == next(item for item in apart.papers if item.citekey == other).title.plain
    assert united.ledger == apart.ledger
    assert len(enrich(records, (), apart.ledger, "2031-01-02", [Pair(2, other, one, same=False)]).papers) == 2


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("a,b,maybe,,,\n", "book/corpus/pairs.csv:2: 'maybe' under 'same'; write yes or no"),
        (
            "a,a,yes,,,\n",
            "book/corpus/pairs.csv:2: a pair needs two different citekeys; write both; the first one stays",
        ),
        ("a,b,yes,,,\n,b,no,,,\n", "book/corpus/pairs.csv:3: a pair needs two different citekeys"),
    ],
)
def test_a_wrong_row_is_told_with_its_line(tmp_path: Path, rows: str, told: str) -> None:
    project = Project(tmp_path)
    project.corpus.mkdir(parents=True)
    project.pairs.write_text("one,other,same,reason,by,date\n" + rows, "utf-8")
    _, faults = read_pairs(project)
    assert [str(fault) for fault in faults if str(fault).startswith(told)]
    assert len(faults) == 1
