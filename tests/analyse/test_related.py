"""Related papers: no paper of itself, reasons that are in both texts, the same in any order."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import make_abstract, make_paper

from litbook.analyse.related import relate
from litbook.model.review import Paper, Related

TOPICS = ("paper crane mountain fold", "kelp bed spring tide", "hour glass sand clock", "the of and", "")
words = st.lists(st.sampled_from(" ".join(TOPICS).split()), max_size=12).map(" ".join)
texts = st.one_of(
    st.sampled_from(TOPICS),
    words,
    st.text(max_size=40),
    st.integers(0, 30).map(lambda seed: make_abstract(seed, 20)),
)
collections = st.lists(st.tuples(texts, texts), min_size=2, max_size=60)


def make_papers(pairs: Sequence[tuple[str, str]]) -> list[Paper]:
    return [make_paper(f"invented{number:03}", *pair) for number, pair in enumerate(pairs)]


def check_related(papers: Sequence[Paper], related: dict[str, tuple[Related, ...]]) -> None:
    """Hold what is true of the related papers of every collection."""
    lowered = {paper.citekey: f"{paper.title.plain} . {paper.abstract.plain}".lower() for paper in papers}
    assert related.keys() == lowered.keys()
    for citekey, row in related.items():
        others = [item.citekey for item in row]
        assert citekey not in others
        assert len(set(others)) == len(others)
        for item in row:
            assert all(phrase.lower() in lowered[key] for phrase in item.why for key in (citekey, item.citekey))


@pytest.mark.slow
@settings(max_examples=60)
@given(collections)
def test_no_paper_is_recommended_by_itself(pairs: list[tuple[str, str]]) -> None:
    papers = make_papers(pairs)
    check_related(papers, relate(papers))


@pytest.mark.slow
@settings(max_examples=30)
@given(collections.flatmap(lambda pairs: st.permutations(make_papers(pairs))))
def test_the_order_of_the_papers_changes_nothing(papers: list[Paper]) -> None:
    assert relate(papers) == relate(sorted(papers, key=lambda paper: paper.citekey))


def test_one_paper_and_none_have_no_related_ones() -> None:
    assert relate([]) == {}
    assert relate(make_papers([("Paper Crane", "Folded.")])) == {"invented000": ()}


def test_the_nearest_come_first_with_the_phrases_that_both_share() -> None:
    papers = make_papers(
        [
            ("Folding a Paper Crane", "The mountain fold of a paper crane holds."),
            ("Drying a Paper Crane", "A paper crane dries after its mountain fold."),
            ("Kelp Beds", "A kelp bed in the spring tide."),
            ("Paper Boats", "A boat of paper."),
            ("Spring Tides", "The spring tide takes a kelp bed."),
        ]
    )
    related = relate(papers)
    assert related["invented000"][0].citekey == "invented001"
    assert {"paper crane", "mountain fold"} <= {phrase.lower() for phrase in related["invented000"][0].why}
    assert related["invented002"][0].citekey == "invented004"
    check_related(papers, related)


def test_a_reason_is_neither_a_number_nor_a_plural_twin_nor_part_of_a_reference() -> None:
    text = "Cranes by Fold et al. in 2031. A crane and cranes, folded by Fold et al. in 2031."
    related = relate(make_papers([("Crane", text), ("Cranes", text), ("Kelp", "A kelp bed.")]))
    why = [phrase.lower() for phrase in related["invented000"][0].why]
    assert not [phrase for phrase in why if re.search(r"\bet\b|\bal\b|2031", phrase)]
    assert len([phrase for phrase in why if "crane" in phrase]) == 1
