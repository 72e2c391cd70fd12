"""An answer is accepted only if it is proven to be about the paper; near misses are reported. Works are invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fetching import ABSTRACT, AUTHORS, TITLE, crane, playing, run, start

from litbook.commands.fetch.proof import Verdict, is_same_person, judge
from litbook.commands.fetch.service import Known, make_answer
from litbook.text.identifiers import ID_FIELDS

OTHER = "Cranes of steel are folded by the harbour's own machines, and no one in the harbour knows why they do it."


def known(title: str = TITLE, **values: Any) -> Known:
    identifiers = {name: str(value) for name, value in values.items() if name in ID_FIELDS}
    return Known("crane", (title,) if title else (), values, identifiers)


def judge_answer(paper: Known, title: str = TITLE, **values: Any) -> Verdict:
    return judge(paper, make_answer("invented", "https://example.org/1", [title], values))


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (r"$\alpha$-Folding of {Paper} Cranes", "α-Folding of Paper Cranes"),
        (r"Folding in \emph{G\"odel} Space", "Folding in Gödel Space"),
        (r"Erd\H{o}s Cranes", "Erdős Cranes"),
        ("CRANEFOLD – folding paper cranes with patient robots", TITLE),
    ],
)
def test_titles_are_compared_without_tex_case_and_dashes(mine: str, theirs: str) -> None:
    paper = known(mine, authors=["Ada Invented"])
    assert judge_answer(paper, theirs, authors=["Ada Invented"]).proof == "title and author"


@pytest.mark.parametrize(
    ("values", "answer", "proof"),
    [
        ({"authors": ["Ada Invented"]}, {"authors": ["Cy Nobody", "A. B. Invented"]}, "title and author"),
        ({"abstract": ABSTRACT}, {"abstract": ABSTRACT.replace("wait", "look")}, "title and abstract"),
        ({"arxiv_id": "3102.00001"}, {"arxiv_id": "3102.00001"}, "identifier"),
        ({"doi": "10.99999/crane"}, {"doi": "10.99999/CRANE"}, "identifier"),
    ],
)
def test_an_identifier_or_title_plus_author_or_abstract_proves_an_answer(
    values: dict[str, Any], answer: dict[str, Any], proof: str
) -> None:
    assert judge_answer(known(**values), **answer) == Verdict(proof=proof)


@pytest.mark.parametrize(
    ("values", "answer", "doubt"),
    [
        ({"authors": ["Ada Invented"]}, {"authors": ["Dee Otherwise"]}, "same title, but different authors"),
        ({"authors": ["Ada Invented"]}, {"authors": ["Bob Invented"]}, "same title, but different authors"),
        ({"abstract": ABSTRACT}, {"abstract": OTHER}, "same title, but neither authors nor an abstract to prove it by"),
        ({}, {"authors": ["Ada Invented"]}, "same title, but neither authors nor an abstract to prove it by"),
        (
            {"authors": ["Ada Invented"], "arxiv_id": "3102.00001"},
            {"authors": ["Ada Invented"], "arxiv_id": "2909.00003"},
            "same title, but a different arXiv identifier",
        ),
        (
            {"authors": ["Ada Invented"], "year": 2031},
            {"authors": ["Ada Invented"], "year": 2020},
            "same title, but years apart",
        ),
    ],
)
def test_a_title_alone_proves_nothing(values: dict[str, Any], answer: dict[str, Any], doubt: str) -> None:
    assert judge_answer(known(**values), **answer) == Verdict(doubt=doubt)


@pytest.mark.parametrize(
    "title", ["CraneFold: Folding Paper Cranes", f"{TITLE}: A Second Look", TITLE.replace("Cranes", "Boats")]
)
def test_an_added_subtitle_is_a_near_miss_even_with_the_same_authors(title: str) -> None:
    paper = known(authors=list(AUTHORS), abstract=ABSTRACT)
    verdict = judge_answer(paper, title, authors=list(AUTHORS), abstract=ABSTRACT)
    assert verdict == Verdict(doubt="its title is similar but not equal")


def test_a_shared_short_word_is_not_a_near_miss() -> None:
    assert judge_answer(known(authors=list(AUTHORS)), "CraneFold", authors=list(AUTHORS)) == Verdict()


def test_an_unrelated_work_is_not_a_near_miss() -> None:
    assert judge_answer(known(authors=["Ada Invented"]), "On Rivers", authors=["Ada Invented"]) == Verdict()


def test_an_identifier_that_leads_to_another_work_is_a_contradiction() -> None:
    paper = known(arxiv_id="3102.00001", authors=["Ada Invented"], abstract=ABSTRACT)
    verdict = judge_answer(paper, "On Rivers", arxiv_id="3102.00001", authors=["Cy Nobody"], abstract=OTHER)
    assert verdict.contradicts
    assert not verdict.proof
    # A changed title is not a contradiction as long as authors or abstract agree.
    assert judge_answer(paper, "On Rivers", arxiv_id="3102.00001", authors=["Ada Invented"]).proof == "identifier"
    assert judge_answer(paper, "On Rivers", arxiv_id="3102.00001", abstract=ABSTRACT).proof == "identifier"


def test_a_paper_without_a_title_is_proven_by_its_identifier() -> None:
    assert judge_answer(known("", arxiv_id="3102.00001"), arxiv_id="3102.00001").proof == "identifier"
    assert judge_answer(known("", arxiv_id="3102.00001"), arxiv_id="2909.00003") == Verdict()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ada Invented", "A. Invented", True),
        ("Invented", "Ada Invented", True),
        ("Bo van der Made", "B. Made", True),
        ("Ådä Inventéd", "Ada Invented", True),
        ("Li Wei", "Wei Li", True),
        ("Wei Li", "Lei Li", False),
        ("Ada Invented", "Ada Inventor", False),
        ("Ada", "Bo", False),
    ],
)
def test_names_match_unless_an_initial_conflicts(one: str, other: str, same: bool) -> None:
    assert is_same_person(one, other) is same
    assert is_same_person(other, one) is same


def test_a_namesake_in_an_answer_is_refused_and_reported(tmp_path: Path) -> None:
    project = start(tmp_path)
    with playing("arxiv-title-namesake"):
        report = run(project, crane(authors=AUTHORS, abstract=ABSTRACT), only=["arxiv"])
    assert not project.facts.exists()
    (miss,) = report.near_misses
    assert (miss.title, miss.why, miss.address) == (
        TITLE,
        "same title, but different authors",
        "https://arxiv.org/abs/2909.00003",
    )
    assert (
        f"arxiv has '{TITLE}' (https://arxiv.org/abs/2909.00003): same title, but different authors" in report.render()
    )


def test_a_record_with_another_works_identifier_gets_none_of_its_values(tmp_path: Path) -> None:
    project = start(tmp_path)
    record = crane(title="On the Patience of Rivers", abstract=OTHER, arxiv="3102.00001")
    with playing("arxiv-id"):
        report = run(project, record, only=["arxiv"])
    assert not project.facts.exists()
    (contradiction,) = report.contradictions
    assert (contradiction.field, contradiction.known, contradiction.found) == (
        "title",
        "On the Patience of Rivers",
        TITLE,
    )
