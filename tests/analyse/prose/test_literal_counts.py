"""A typed number that counts the collection fails, with the form of {count} to write instead."""

from __future__ import annotations

import pytest
from invented import CRAFTS, GARDENS, make_corpus_of, make_paper, make_placement

from litbook.analyse.prose import check_prose
from litbook.ingest.pages import make_page
from litbook.model.pages import Excused

PAPERS = tuple(make_paper(f"p{number}", f"P{number}", year=2020 + number % 2) for number in range(30))
SURVEY = make_paper("survey", "A survey", "We survey 120 papers in four parts.", year=2021)
PLACEMENTS = {paper.citekey: make_placement(GARDENS.slug) for paper in PAPERS[:10]}
CORPUS = make_corpus_of((*PAPERS, SURVEY), PLACEMENTS)


def check(text: str, file: str = "about/x.md", *excused: Excused) -> list[str]:
    return [str(fault) for fault in check_prose(CORPUS, [make_page(f"# X\n\n{text}\n", file)], excused)]


@pytest.mark.parametrize(
    ("text", "label", "form"),
    [
        ("The 31 papers fold.", "31 papers", "papers"),
        ("Here are 10 papers.", "10 papers", "papers in tide-gardens"),
        ("Here are 248 papers.", "248 papers", "papers"),
        ("Here are two hundred recent papers.", "two hundred recent papers", "papers"),
        ("It has 14 themes.", "14 themes", "themes"),
        ("It has four parts.", "four parts", "parts"),
        ("Read the 14 chapters.", "14 chapters", "themes"),
        ("By 900 authors.", "900 authors", "authors"),
        ("A 31-paper collection.", "31-paper", "papers"),
        ("Of the papers, 27 of these papers fly.", "27 of these papers", "papers"),
        ("There are papers. 27 of them fly.", "27 of them", "papers"),
        ("There are {count}`papers` papers; 27 of them fly.", "27 of them", "papers"),
        ("Some papers since 2021 fly.", "papers since 2021", "papers since 2021"),
        ("The papers published in 2020 fly.", "papers published in 2020", "papers of 2020"),
    ],
)
@pytest.mark.parametrize("file", ["about/x.md", "index.md", "part-1.md", "analysis/x.md", f"chapters/{CRAFTS.slug}.md"])
def test_a_typed_count_fails_with_the_form_to_write(text: str, label: str, form: str, file: str) -> None:
    (fault,) = check(text, file)
    assert fault == (
        f"book/{file}:3: '{label}' is a typed count of the collection; "
        f"write {{count}}`{form}`, or another form of it, and the build computes the number"
    )


@pytest.mark.parametrize(
    "text",
    [
        "{count}`papers` papers, {count}`papers in tide-gardens` of them on gardens.",
        "{count}`papers since 2021` papers since {count}`first year`.",
        "Each of the papers, one of these, none of them.",
        "It reviews 120 papers in four parts {cite}`survey`.",
        "Part 2 of `12 papers`, as in\n\n```\n31 papers\n```",
        "It takes ten minutes on 3 machines.",
        "Ten minutes are enough. Five of them are spent on reading.",
    ],
)
def test_what_counts_nothing_of_the_collection_is_not_a_fault(text: str) -> None:
    assert check(text) == []


def test_a_chapter_offers_the_count_of_its_own_theme_first() -> None:
    even = make_corpus_of(PAPERS[:20], PLACEMENTS)  # ten papers in each theme
    for slug in (CRAFTS.slug, GARDENS.slug):
        page = make_page("# X\n\nHere are 10 papers.\n", f"chapters/{slug}.md")
        (fault,) = check_prose(even, [page])
        assert f"{{count}}`papers in {slug}`" in fault.remedy


def test_a_chapter_may_count_the_papers_of_a_year_that_it_cites() -> None:
    assert check("Two papers of 2022 show hats.", f"chapters/{CRAFTS.slug}.md") == []
    assert "'Two papers' is a typed count" in check("Two papers of 2022 show hats.", "about/x.md")[0]


def test_a_note_may_count_what_it_likes() -> None:
    assert check("I read 12 papers.", "notes/p1.md") == []


def test_a_rule_that_names_a_number_can_be_excused() -> None:
    row = Excused("book/corpus/excused.csv", 2, "book/about/x.md", "three papers", "a rule")
    assert check("At least three papers make a theme.", "about/x.md", row) == []
