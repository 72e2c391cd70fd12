"""axe-core finds nothing on any type of page, light and dark, wide and narrow, with menus and cards open."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import watch
from toybook import Built

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AXE = gzip.decompress((Path(__file__).parents[1] / "support/axe-core-4.14.1.min.js.gz").read_bytes()).decode()
# What axe is asked for: WCAG 2.2, levels A and AA, and best practices.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = (
    "book/index.html",
    "book/chapters/dough-forecasting.html",
    "book/papers/pretend2020risecast.html",
    "book/analysis/papers-by-year.html",
    "book/about/method.html",
    "book/about/papers.html",
    "book/about/references.html",
    "search.html?q=kneading",
    "compare.html?papers=pretend2020risecast,mock2024fermentation",
    "your-papers.html",
    "all-papers.html",
    "authors/index.html",
    "venues/index.html",
    "years/index.html",
    "404.html",
)


def open_page(browser: Browser, book: Built, name: str, width: int, scheme: str) -> Page:
    page, _ = watch(browser, book.review.html.as_uri(), width)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page.goto(f"{book.review.html.as_uri()}/{name}")
    page.wait_for_load_state("networkidle")
    return page


def find_faults(page: Page) -> list[str]:
    page.evaluate(AXE)
    found = page.evaluate("(rules) => axe.run(document, { runOnly: rules, preload: false })", RULES)
    return [f"{fault['id']}: {node['html'][:200]}" for fault in found["violations"] for node in fault["nodes"]]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (320, "light"), (320, "dark")])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_fault(browser: Browser, book: Built, name: str, width: int, scheme: str) -> None:
    page = open_page(browser, book, name, width, scheme)
    assert find_faults(page) == []
    page.context.close()


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
    page.locator("[data-filters] summary").press("Enter")
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
    page = open_page(browser, book, name, width, scheme)
    open_it(page)
    assert find_faults(page) == []
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_menu_of_a_phone_has_no_fault(browser: Browser, book: Built, scheme: str) -> None:
    page = open_page(browser, book, "book/chapters/dough-forecasting.html", 320, scheme)
    open_menu(page)
    assert find_faults(page) == []
    page.context.close()
