"""Near-duplicates that `check` asks about, and what a person's decision on a pair does. All papers are invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented import make_abstract, make_paper

from litbook.core.project import Project
from litbook.enrich.merge import enrich
from litbook.enrich.near_duplicates import find_doubts
from litbook.ingest.ledgers.pairs import read_pairs
from litbook.model.review import Record
from litbook.model.screening import Pair

BREAD = "We propose a way to score sourdough by its crust, and we find that it agrees with bakers in nine of ten cases."
BREAD_AGAIN = BREAD.replace("we find", "we report").replace("nine of ten", "most")
TIDES = "Tide gardens are flooded twice a day; this study counts the plants that stand it, over three winters."


def doubts_of(*papers: tuple[str, str, str], pairs: tuple[Pair, ...] = ()) -> list[tuple[str, str]]:
    made = [make_paper(citekey, title, abstract) for citekey, title, abstract in papers]
    return [(doubt.one, doubt.other) for doubt in find_doubts(made, pairs)]


def test_a_title_with_an_added_subtitle_is_a_near_duplicate() -> None:
    short, long = "Scoring Sourdough by Crust", "Scoring sourdough by crust: a study of loaves"
    assert doubts_of(("b2031x", long, BREAD), ("a2030x", short, TIDES)) == [("a2030x", "b2031x")]


def test_one_title_with_two_abstracts_is_a_near_duplicate() -> None:
    assert doubts_of(("a2030x", "On Bread and Tides", BREAD), ("b2031x", "On bread and tides", TIDES)) == [
        ("a2030x", "b2031x")
    ]


def test_abstracts_that_share_most_words_are_near_duplicates() -> None:
    papers = (("a2030x", "Crusts", BREAD), ("b2031x", "What bakers say", BREAD_AGAIN), ("c2031x", "Gardens", TIDES))
    assert doubts_of(*papers) == [("a2030x", "b2031x")]


def test_different_titles_and_abstracts_are_not_near_duplicates() -> None:
    papers = [
        (f"k{number}x", f"Title number {number} of an invented list", make_abstract(number)) for number in range(30)
    ]
    assert doubts_of(*papers) == []


def test_a_decided_pair_is_not_listed_again() -> None:
    papers = (("a2030x", "Crusts", BREAD), ("b2031x", "What bakers say", BREAD_AGAIN))
    assert doubts_of(*papers, pairs=(Pair(2, "b2031x", "a2030x", same=False),)) == []


def record(title: str, abstract: str, line: int) -> Record:
    return Record("invented.txt", line, line, "", title, abstract)


def test_papers_declared_one_work_are_merged_and_keep_all_records() -> None:
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
    ("rows", "expected"),
    [
        ("a,b,maybe,,,\n", "book/corpus/pairs.csv:2: unknown value 'maybe' in 'same'; write yes or no"),
        (
            "a,a,yes,,,\n",
            "book/corpus/pairs.csv:2: a pair needs two different citekeys; write both, first the one to keep",
        ),
        ("a,b,yes,,,\n,b,no,,,\n", "book/corpus/pairs.csv:3: a pair needs two different citekeys"),
    ],
)
def test_a_bad_row_is_reported_with_its_line(tmp_path: Path, rows: str, expected: str) -> None:
    project = Project(tmp_path)
    project.corpus.mkdir(parents=True)
    project.pairs.write_text("one,other,same,reason,by,date\n" + rows, "utf-8")
    _, faults = read_pairs(project)
    assert [str(fault) for fault in faults if str(fault).startswith(expected)]
    assert len(faults) == 1
