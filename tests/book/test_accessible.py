"""axe-core finds nothing on any type of page, light and dark, wide and narrow, with menus and cards open."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from axe import find_faults
from browsing import watch
from toybook import Built

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAPERS = "min2022rethinking,kossen2023incontext"
# A page of each type of the review in this repository, with its notebooks executed.
PAGES = (
    "book/index.html",
    "book/part-1.html",
    "book/chapters/concepts-and-meaning.html",
    "book/papers/min2022rethinking.html",
    "book/reading-paths.html",
    "book/tensions.html",
    "book/glossary.html",
    "book/running-questions.html",
    "book/analysis/papers-by-theme-and-year.html",
    "book/analysis/map.html",
    "book/analysis/words-over-time.html",
    "book/analysis/methods-models-benchmarks.html",
    "book/analysis/coverage.html",
    "book/analysis/people-and-venues.html",
    "book/analysis/how-papers-hang-together.html",
    "book/about/method.html",
    "book/about/papers.html",
    "book/about/flow.html",
    "book/about/changes.html",
    "book/about/search.html",
    "book/about/references.html",
    "book/about/editing.html",
    "book/about/formats.html",
    "book/about/design.html",
    "book/about/volumes.html",
    "search.html?q=labels",
    f"compare.html?papers={PAPERS}",
    "your-papers.html",
    "all-papers.html",
    "how-we-searched.html",
    "status.html",
    "authors/index.html",
    "authors/andrew-k-lampinen.html",
    "venues/index.html",
    "years/index.html",
    "404.html",
)
# Pages of many of a type, of which one is looked at, and the way from the root, which shows nothing.
OF_A_TYPE = ("book/papers/", "book/chapters/", "book/part-", "authors/", "venues/", "years/")
SAME_TYPE = {"book/what-implicit-means.html", "book/about/your-own.html", "index.html"}
# What the review in this repository does not have: the diagram of a flow, and an excluded paper.
SCREENED = ("book/about/flow.html", "book/papers/assumed2024croissant.html", "how-we-searched.html", "extraction.html")
# What scripts fill with papers, and the address asks for some.
FILLED = {"search.html": "[data-papers] a", "compare.html": "article table a"}
COLOURS = ("color-contrast", "link-in-text-block")  # all that can differ between light and dark


def open_page(browser: Browser, book: Built, name: str, width: int) -> Page:
    page, _ = watch(browser, book.review.html.as_uri(), width)
    page.goto(f"{book.review.html.as_uri()}/{name}")
    if (filled := FILLED.get(name.partition("?")[0])) and "?" in name:
        page.wait_for_selector(filled)
    return page


def colour(page: Page, scheme: str) -> Page:
    """Show a page as for a reader who prefers light or dark pages, and no motion."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page.wait_for_function(
        "(dark) => matchMedia('(prefers-color-scheme: dark)').matches === dark", arg=scheme == "dark"
    )
    return page


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_fault(browser: Browser, real: Built, name: str, width: int) -> None:
    page = colour(open_page(browser, real, name, width), "light")
    assert find_faults(page) == []
    assert find_faults(colour(page, "dark"), *COLOURS) == []
    page.context.close()


@pytest.mark.parametrize("name", SCREENED)
def test_a_page_of_a_screened_review_has_no_fault(browser: Browser, screened: Built, name: str) -> None:
    page = colour(open_page(browser, screened, name, 320), "light")
    assert find_faults(page) == []
    assert find_faults(colour(page, "dark"), *COLOURS) == []
    page.context.close()


@pytest.mark.parametrize("name", ["book/analysis/coverage.html", "book/analysis/how-papers-hang-together.html"])
def test_numbers_can_be_read_on_shaded_cells_of_opened_tables(browser: Browser, real: Built, name: str) -> None:
    page = colour(open_page(browser, real, name, 390), "dark")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert find_faults(page, *COLOURS) == []
    page.context.close()


def test_no_type_of_page_is_left_out(real: Built) -> None:
    site = real.review.html
    names = {path.relative_to(site).as_posix() for path in site.rglob("*.html")} - SAME_TYPE
    listed = {name.partition("?")[0] for name in PAGES}
    assert all(any(name.startswith(start) for name in listed) for start in OF_A_TYPE)
    assert {name for name in names if not name.startswith((*OF_A_TYPE, "_"))} <= listed


def open_menu(page: Page) -> None:
    page.locator(".litbook-open-menu").first.press("Enter")
    page.wait_for_selector("dialog[open] .litbook-nav")


def open_card(page: Page) -> None:
    page.keyboard.press("Tab")  # the keyboard is in use
    page.locator(".bibtex-citation a").first.focus()
    page.wait_for_selector(".litbook-card:not([hidden])")


def open_search(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("kneading")
    page.wait_for_selector(".litbook-dialog .litbook-results a")


def open_note(page: Page) -> None:
    page.locator(".litbook-actions button", has_text="Note").press("Enter")
    page.wait_for_selector("textarea:visible")


def open_formats(page: Page) -> None:
    page.locator("details.litbook-formats summary").press("Enter")
    page.wait_for_selector("details.litbook-formats[open]")


def open_filters(page: Page) -> None:
    if page.locator("[data-filters-open]").is_visible():  # a wide page shows the filters beside the results
        page.locator("[data-filters-open]").press("Enter")
    page.wait_for_selector("[data-values] input:visible")


OPENED: dict[str, tuple[str, Callable[[Page], None]]] = {
    "note": ("book/papers/pretend2020risecast.html", open_note),
    "formats": ("book/papers/pretend2020risecast.html", open_formats),
    "card": ("book/chapters/dough-forecasting.html", open_card),
    "dialog": ("book/index.html", open_search),
    "filters": ("search.html?q=kneading", open_filters),
}


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (320, "light")])
@pytest.mark.parametrize("what", OPENED)
def test_nothing_that_opens_has_a_fault(browser: Browser, book: Built, what: str, width: int, scheme: str) -> None:
    name, open_it = OPENED[what]
    page = colour(open_page(browser, book, name, width), scheme)
    open_it(page)
    assert find_faults(page) == []
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_menu_of_a_phone_has_no_fault(browser: Browser, book: Built, scheme: str) -> None:
    page = colour(open_page(browser, book, "book/chapters/dough-forecasting.html", 320), scheme)
    open_menu(page)
    assert find_faults(page) == []
    page.context.close()
