"""Numbers in prose: each form counts what it says, and nothing else can be asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from invented import CRAFTS, GARDENS, make_corpus_of, make_paper, make_placement

from litbook.analyse.prose.counts import FORMS, UnknownCountError, count
from litbook.model.history import ReviewVersion
from litbook.model.pages import Citation
from litbook.model.review import KINDS, LINKS, Corpus

PAPERS = (
    make_paper("a", "A", authors=("Ada Invented", "Bo Made"), year=2029, venue="V", links={"arxiv": "1", "doi": "2"}),
    make_paper("b", "B", authors=("Bo Made",), year=2031, links={"arxiv": "3", "code": "https://example.org"}),
    make_paper("c", "C", authors=("Cy Nobody",), year=2031, venue="W"),
    make_paper("d", "D"),
)
PLACEMENTS = {
    "a": make_placement(CRAFTS.slug),
    "b": make_placement(GARDENS.slug, kind="survey"),
    "c": make_placement(CRAFTS.slug, kind="survey", also=(GARDENS.slug,)),
    "d": make_placement(CRAFTS.slug, kind=None, decided=False),
}


@pytest.fixture
def corpus() -> Corpus:
    return make_corpus_of(PAPERS, PLACEMENTS, citations={"b": (Citation("b", "index.md", 1, "T"),)})


@pytest.mark.parametrize(
    ("what", "number"),
    [
        ("papers", "4"),
        ("papers in paper-folding", "3"),
        ("papers in tide-gardens", "1"),
        ("papers of kind survey", "2"),
        ("papers of kind theory", "0"),
        ("papers of 2031", "2"),
        ("papers of 1999", "0"),
        ("papers since 2030", "2"),
        ("papers since 2029", "3"),
        ("papers with arxiv", "2"),
        ("papers with doi", "1"),
        ("papers with code", "1"),
        ("papers with project", "0"),
        ("papers with a venue", "2"),
        ("papers cited", "1"),
        ("papers decided", "3"),
        ("themes", "2"),
        ("parts", "2"),
        ("authors", "3"),
        ("first year", "2029"),
        ("last year", "2031"),
    ],
)
def test_a_form_counts_what_it_says(corpus: Corpus, what: str, number: str) -> None:
    assert count(corpus, what) == number


def test_without_papers_all_numbers_are_nought_or_unknown() -> None:
    empty = make_corpus_of([])
    assert [count(empty, what) for what in ("papers", "authors", "papers cited")] == ["0"] * 3
    assert [count(empty, what) for what in ("first year", "last year")] == ["unknown"] * 2


def test_every_form_that_is_offered_can_be_counted(corpus: Corpus) -> None:
    for form in set(FORMS) - {"date"}:  # it is said in words
        filled = form.replace("<theme>", CRAFTS.slug).replace("<kind>", KINDS[0]).replace("<year>", "2031")
        for link in LINKS if "<" in filled else [""]:
            assert count(corpus, filled.replace(f"<{'|'.join(LINKS)}>", link)).isdigit()


@pytest.mark.parametrize(
    "what",
    ["", "paper", "papers in", "papers of 31", "papers  in x y", "Papers", "papers with url", "papers in papers "],
)
def test_anything_else_is_answered_with_the_forms(corpus: Corpus, what: str) -> None:
    with pytest.raises(UnknownCountError, match="it is one of: papers, papers in <theme>") as raised:
        count(corpus, what)
    assert str(raised.value).startswith(f"cannot count '{what}'; ")


@pytest.mark.parametrize(
    ("what", "known"),
    [("papers in zeppelins", "paper-folding, tide-gardens"), ("papers of kind poem", ", ".join(KINDS))],
)
def test_an_unknown_theme_or_kind_is_answered_with_the_known_ones(corpus: Corpus, what: str, known: str) -> None:
    with pytest.raises(UnknownCountError, match=f"write one of: {known}"):
        count(corpus, what)


@pytest.mark.parametrize(
    ("date", "said"), [("2031-05-03", "3 May 2031"), ("2031-12-31", "31 December 2031"), ("", "unknown")]
)
def test_the_date_is_that_of_the_state(date: str, said: str) -> None:
    assert count(replace(make_corpus_of([]), state=ReviewVersion(date)), "date") == said
