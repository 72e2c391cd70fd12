"""The evidence table of a chapter of the built toy review: what it shows, where it leads, and how it fits a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browsing import watch
from bs4 import Tag
from toybook import Built, Page

from litbook.site.search.index.sections import read_sections

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHAPTER = "book/chapters/loaf-vision.html"
QUOTE = (
    "“On 3,200 crumb images it is right within 20 minutes for 85% of the loaves, and its errors agree with those of "
    "bakers.”"
)


@pytest.fixture(scope="module")
def page(book: Built) -> Page:
    return book.review.page(CHAPTER)


@pytest.fixture(scope="module")
def rows(page: Page) -> list[list[str]]:
    """Return the texts of the cells, without the labels for narrow screens."""
    return [
        [text_of(cell) for cell in row.select("td")]
        for row in page.soup.select(".litbook-by-rules .litbook-evidence tbody tr")
    ]


def text_of(cell: Tag) -> str:
    labels = {id(piece) for label in cell.select(".litbook-stacked-label") for piece in label.find_all(string=True)}
    return " ".join("".join(str(piece) for piece in cell.find_all(string=True) if id(piece) not in labels).split())


def test_only_papers_that_state_something_have_a_row(rows: list[list[str]]) -> None:
    assert [row[0] for row in rows] == [
        "CrumbNet: Reading the Crumb of a Loaf from One Picture method · 2021",
    ]


def test_a_row_shows_what_is_stated_with_its_sentence_and_no_empty_column(page: Page, rows: list[list[str]]) -> None:
    assert rows[0][1:] == ["CrumbNet", f"85% {QUOTE} sentence 3"]
    heads = [head.get_text() for head in page.soup.select(".litbook-by-rules .litbook-evidence thead th")]
    assert heads == ["Paper", "Method", "Results in numbers"]  # no column of models or benchmarks, which none states


def test_rows_lead_to_the_paper_and_to_the_sentence_that_is_there(book: Built, page: Page) -> None:
    links = page.links("table.litbook-evidence")
    assert links["sentence 3"] == "../papers/invented2021crumbnet.html#sentence-3"
    assert links["CrumbNet: Reading the Crumb of a Loaf from One Picture"] == "../papers/invented2021crumbnet.html"
    paper = book.review.page("book/papers/invented2021crumbnet.html")
    assert f"“{paper.text('#sentence-3')}”" == QUOTE


def test_the_caption_says_what_the_table_rests_on_with_computed_counts(page: Page) -> None:
    caption = page.text(".litbook-by-rules .litbook-evidence-caption")
    assert "in the abstracts by rules" in caption
    assert (
        "Of 4 abstracts, 1 names a method of its own, and 1 states a result as a number with a unit. 3 abstracts "
        "without any of these are left out." in caption
    )


def test_what_people_extracted_comes_first_and_leads_to_its_words(page: Page) -> None:
    table = page.soup.select(".litbook-evidence")[0]
    assert [head.get_text() for head in table.select("thead th")] == [
        "Paper", "Loaves or doughs", "Grain", "Setting", "Blinded",
    ]  # fmt: skip
    row = next(row for row in table.select("tbody tr") if "CrumbNet" in row.get_text())
    assert [text_of(cell) for cell in row.select("td")][1:] == [
        "3,200",
        "–",
        "laboratory bakery extractors differ",
        "no",
    ]
    link = row.select("td")[1].select_one("a")
    assert link is not None
    assert link["href"] == "../papers/invented2021crumbnet.html#sentence-3"
    assert (
        link["title"] == "“On 3,200 crumb images it is right” · sentence 3 · images · extracted by an invented reader"
    )


def test_the_caption_of_what_people_extracted_leads_to_the_whole_table(page: Page) -> None:
    caption = page.soup.select(".litbook-evidence-caption")[0]
    assert caption.get_text().startswith("Extracted by an invented reader and another invented reader from ")
    assert caption.get_text().endswith("Sort, filter and export; there, too: Risk of bias.")
    link = caption.select_one("a")
    assert link is not None
    assert link["href"] == "../../extraction.html?theme=loaf-vision#table"


def test_the_search_reads_the_chapter_without_the_table(book: Built) -> None:
    sections = read_sections((book.review.html / CHAPTER).read_text("utf-8"))
    text = " ".join(section.text for section in sections)
    assert "One picture of the crumb gives" in text
    assert "by rules" not in text
    assert "A dash means" not in text


@pytest.mark.parametrize(("width", "stacked"), [(360, True), (599, True), (610, False), (1200, False)])
def test_the_table_stacks_its_cells_on_a_narrow_screen_and_never_scrolls_the_page(
    browser: Browser, book: Built, width: int, stacked: bool
) -> None:
    page, faults = watch(browser, "file:", width)
    page.goto((book.review.html / CHAPTER).as_uri())
    row = page.locator(".litbook-evidence tbody tr").filter(has_text="CrumbNet").first
    loaves, setting = (row.locator("td").nth(at).bounding_box() for at in (1, 3))
    assert loaves
    assert setting
    assert (setting["y"] >= loaves["y"] + loaves["height"] - 1) is stacked
    assert row.locator(".litbook-stacked-label").first.is_visible() is stacked
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert faults == []
    page.context.close()
