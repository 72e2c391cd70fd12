"""A page is outdated exactly when the value that it is drawn from changes. All papers are invented."""

from __future__ import annotations

from dataclasses import fields, replace
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from invented import CRAFTS, make_corpus_of, make_paper, make_placement, make_record

from litbook.model.notices import Notice
from litbook.model.reference import PersonName, Reference
from litbook.model.review import Corpus, Facts, Paper, Related, Text
from litbook.site.authoring.papers import select_papers
from litbook.site.build.dependencies import Query, digest_value
from litbook.site.citations.bibliography import select_entries
from litbook.site.citations.cite_role import select_cited
from litbook.site.lists.paper_list import render_chapter_list
from litbook.write.paper import gather_page, render_paper

KEYS = ("crane0", "tide1", "weed2")
# A value that no paper of the test has, for each field of a paper.
OTHERS: dict[str, Any] = {
    "citekey": None,  # never changes
    "records": (make_record("Another", first_line=7, last_line=9),),
    "title": Text("Another Title", ((0, 7),)),
    "abstract": Text("We show another thing. It holds in 12 cases."),
    "authors": ("Zoe Another", "Bo Fake"),
    "year": 1999,
    "published": "1999-02-03",
    "venue": "Another Venue",
    "venue_year": 1998,
    "links": {"doi": "10.5555/another", "code": "https://example.org/another"},
    "reference": Reference("book", names={"author": (PersonName("Other", "Ada"), PersonName("Fake", "Bo"))}),
    "facts": Facts(3, "Another", origins=("somewhere invented",)),
    "notices": (Notice("retraction", "somewhere invented", "2020-02-03"),),
    "watched": {"somewhere invented": "2021-02-03"},
}


def make_papers() -> list[Paper]:
    return [
        make_paper(key, f"Paper on {key}", f"We fold {key}. It takes {at} hours.", authors=("Ada Madeup", "Bo Fake"),
                   year=2020 + at, venue="Madeup Letters")
        for at, key in enumerate(KEYS)
    ]  # fmt: skip


def make_review(papers: list[Paper]) -> Corpus:
    related = {key: tuple(Related(other, ("folding",)) for other in KEYS if other != key) for key in KEYS}
    placed = {key: make_placement(CRAFTS.slug) for key in KEYS}
    return make_corpus_of(papers, placed, related)


def change(papers: list[Paper], at: int, name: str) -> list[Paper]:
    return [replace(paper, **{name: OTHERS[name]}) if number == at else paper for number, paper in enumerate(papers)]


changes = st.tuples(st.integers(0, len(KEYS) - 1), st.sampled_from(sorted(OTHERS.keys() - {"citekey"})))


def test_every_field_of_a_paper_is_tried() -> None:
    assert {field.name for field in fields(Paper)} == OTHERS.keys()


@given(changes)
def test_a_paper_page_changes_only_with_the_value_that_it_receives(change_of: tuple[int, str]) -> None:
    papers = make_papers()
    before, after = make_review(papers), make_review(change(papers, *change_of))
    for key in KEYS:
        pages = [
            gather_page(corpus, next(paper for paper in corpus.papers if paper.citekey == key),
                        {paper.citekey: paper for paper in corpus.papers})
            for corpus in (before, after)
        ]  # fmt: skip
        if render_paper(pages[0]) != render_paper(pages[1]):
            assert digest_value(pages[0]) != digest_value(pages[1])


def ask_both(query: Query[Any], corpora: tuple[Corpus, Corpus], argument: str) -> list[Any]:
    prepared: list[Any] = [SimpleNamespace(corpus=corpus, pages=()) for corpus in corpora]
    return [query.select(one, argument) for one in prepared]


@given(changes)
def test_a_list_is_outdated_exactly_when_it_would_be_drawn_differently(change_of: tuple[int, str]) -> None:
    papers = make_papers()
    corpora = (make_review(papers), make_review(change(papers, *change_of)))
    values = ask_both(select_papers, corpora, CRAFTS.slug)
    drawn = [render_chapter_list("", CRAFTS.slug, *value, "../papers/") for value in values]
    assert (drawn[0] != drawn[1]) == (digest_value(values[0]) != digest_value(values[1]))


@given(changes)
def test_a_citation_is_outdated_exactly_when_one_of_its_parts_changes(change_of: tuple[int, str]) -> None:
    papers = make_papers()
    corpora = (make_review(papers), make_review(change(papers, *change_of)))
    for key in KEYS:
        before, after = ask_both(select_cited, corpora, key)
        assert (before != after) == (digest_value(before) != digest_value(after))
        if key != KEYS[change_of[0]]:
            assert before == after
    before, after = ask_both(select_entries, corpora, "all")
    assert (before != after) == (digest_value(before) != digest_value(after))
