"""`/` and Ctrl-K on every page of a built book: a dialog with results, arrows, Enter and Escape."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from axe import find_faults
from searching import open_page
from toybook import Built

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# axe-core as it is on npm (Mozilla Public License 2.0), compressed.
# Faults of the theme, which is not ours: its button for colours is named otherwise than it reads.


@pytest.fixture
def page(browser: Browser, book: Built) -> Iterator[Page]:
    site = book.review.html.as_uri()
    with open_page(browser, f"{site}/book/index.html", site, viewport={"width": 1200, "height": 800}) as page:
        yield page


def is_open(page: Page) -> bool:
    return page.locator("dialog.litbook-dialog[open]").count() == 1


@pytest.mark.parametrize("key", ["/", "Control+k", "Meta+k", "Control+K"])
def test_a_key_opens_the_dialog_on_any_page(page: Page, key: str) -> None:
    page.keyboard.press(key)
    assert is_open(page)
    assert page.evaluate("document.activeElement.id") == "litbook-dialog-q"
    page.keyboard.press("Escape")
    assert not is_open(page)


def test_a_slash_in_a_field_is_a_slash(page: Page) -> None:
    page.locator(".litbook-field input").focus()
    page.keyboard.press("/")
    assert not is_open(page)
    assert page.input_value(".litbook-field input") == "/"


@pytest.mark.parametrize("key", ["k", "Alt+/", "Control+Shift+k", "Control+/"])
def test_other_keys_do_nothing(page: Page, key: str) -> None:
    page.keyboard.press(key)
    assert not is_open(page)


def test_results_are_reached_with_arrows_and_opened_with_enter(page: Page, book: Built) -> None:
    page.keyboard.press("/")
    page.keyboard.type("kneading")
    page.wait_for_selector("dialog a")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('dialog li') !== null")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "litbook-dialog-q"
    page.keyboard.press("ArrowDown")
    first = page.locator("dialog a").first.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/book/papers/*.html")
    assert page.locator("article h1").inner_text().startswith(first[:20])


def test_enter_in_the_field_leads_to_all_results(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("kneading")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=kneading")
    page.wait_for_selector("[data-papers] a")


def test_what_is_announced_changes_with_the_question(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("kneading")
    page.wait_for_function("document.querySelector('dialog [role=status]').textContent.includes('paper')")
    page.fill("#litbook-dialog-q", "zzqxj wvvkq")
    page.wait_for_function("document.querySelector('dialog [role=status]').textContent === 'No matches.'")


def test_on_the_search_page_the_key_leads_to_its_field(page: Page, book: Built) -> None:
    page.goto((book.review.html / "search.html").as_uri())
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "litbook-q"
    assert not page.locator("dialog.litbook-dialog").count()


def test_the_complete_list_of_papers_needs_no_script(browser: Browser, book: Built) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((book.review.html / "search.html").as_uri())
    page.locator(".litbook-search-all a").first.click()
    listed = page.locator("article a").evaluate_all("(links) => links.map((link) => link.getAttribute('href'))")
    pages = {
        f"book/papers/{path.name}"
        for path in (book.review.html / "book/papers").glob("*.html")
        if 'content="noindex"' not in path.read_text("utf-8")  # of a paper that was excluded
    }
    assert {address for address in listed if address.startswith("book/papers/")} == pages
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("where", ["search.html?q=kneading+dough&kind=method", "book/index.html"])
def test_axe_finds_no_fault(browser: Browser, book: Built, where: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1200, "height": 900})
    page = context.new_page()
    page.goto(f"{book.review.html.as_uri()}/{where}")
    if "search" in where:
        page.wait_for_selector("[data-papers]", state="attached")
        page.click("summary")
    else:
        page.keyboard.press("/")
        page.keyboard.type("kneading")
        page.wait_for_selector("dialog a")
    assert find_faults(page) == []
    context.close()
