"""The search page in a real browser, opened from a folder: results, filters, address, keys and hostile input.

The page is the template's main region in a bare page, beside an index of the real papers: no build is needed.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from searching import FOUND, HOSTILE, Site, open_page, status, titles, type_question

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """Open the search page on a small screen."""
    with open_page(browser, site.page) as page:
        yield page


def test_a_question_shows_results_with_all_that_they_promise(page: Page) -> None:
    type_question(page, "continuous control world model that scales")
    first = page.locator(f"{FOUND} li").first
    assert first.locator("a").first.inner_text() == "TD-MPC2: Scalable, Robust World Models for Continuous Control"
    assert re.fullmatch(r"\./book/papers/hansen2023\w+\.html", first.locator("a").first.get_attribute("href") or "")
    by = first.locator(".litbook-result-by").inner_text()
    assert re.fullmatch(r"Nicklas Hansen … Xiaolong Wang\s· 2024\s· World models.*", by)
    assert first.locator("mark").count() > 0
    assert first.locator("p").count() == 2  # one line and one sentence
    assert re.fullmatch(
        r"(\d+ papers? found|No paper here has all of these words|No paper here names .*)\.", status(page)
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_more_results_are_shown_on_demand(page: Page) -> None:
    type_question(page, "language models")
    assert page.locator("[data-papers] > li").count() == 20
    page.click("[data-more]")
    page.wait_for_function("document.querySelectorAll('[data-papers] > li').length === 40")
    assert page.evaluate("document.activeElement === document.querySelectorAll('[data-papers] a')[20]")


def test_the_address_holds_the_question(page: Page, site: Site) -> None:
    page.goto(site.page + "?q=virtual+try-on")
    page.wait_for_selector(".litbook-results a")
    assert page.input_value("input[name=q]") == "virtual try-on"
    first = titles(page)[0]
    assert "Virtual Try-On" in first
    page.fill("input[name=q]", "integer sequences & <b>")
    page.wait_for_function("document.querySelector('.litbook-results a').textContent.includes('Integer')")
    page.wait_for_url("**?q=integer+sequences+%26+%3Cb%3E")
    page.go_back()
    page.wait_for_function("document.querySelector('.litbook-results a').textContent.includes('Virtual')")
    assert page.input_value("input[name=q]") == "virtual try-on"
    page.go_forward()
    page.wait_for_function("document.querySelector('.litbook-results a').textContent.includes('Integer')")
    assert page.input_value("input[name=q]") == "integer sequences & <b>"


def test_enter_answers_and_stays_on_the_page(page: Page) -> None:
    page.fill("input[name=q]", "chess")
    page.press("input[name=q]", "Enter")
    page.wait_for_selector(".litbook-results a")
    assert page.url.endswith("search.html?q=chess")


def test_arrows_move_and_escape_returns(page: Page) -> None:
    type_question(page, "mixture of experts overview")
    page.press("input[name=q]", "ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == titles(page)[0]
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == titles(page)[1]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.name") == "q"


def test_who_asked_on_another_page_starts_at_the_first_result(page: Page, site: Site) -> None:
    page.goto(site.page + "?q=mixture+of+experts+overview")
    page.wait_for_function("document.activeElement.matches('.litbook-result-title, .litbook-answer h2 a')")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.name") == "q"


def test_what_was_read_from_the_question_is_shown_and_can_be_taken_back(page: Page, site: Site) -> None:
    type_question(page, "surveys on prompting since 2023")
    assert page.locator("[data-facts] button").all_inner_texts() == ["since 2023 ×", "kind: survey ×"]
    assert page.locator("[data-papers] li").count() > 0
    before = page.locator("[data-papers] li").count()
    page.click("[data-facts] button >> nth=1")
    page.wait_for_url("**&plain=kind")
    page.wait_for_function("document.querySelectorAll('[data-facts] button').length === 1")
    assert page.locator(f"{FOUND} li").count() != before or titles(page)
    page.go_back()
    page.wait_for_function("document.querySelectorAll('[data-facts] button').length === 2")


def test_the_count_is_that_of_real_matches(page: Page) -> None:
    type_question(page, "Sewon Min")
    assert status(page) == "1 paper found."
    assert page.locator("[data-papers] li").count() == 1
    assert page.locator("[data-near] li").count() > 0
    assert page.locator("[data-near] h2").inner_text() == "Near in meaning"


def test_an_empty_question_empties_the_page(page: Page) -> None:
    type_question(page, "chess")
    page.fill("input[name=q]", "")
    page.wait_for_function("document.querySelectorAll('.litbook-results > li').length === 0")
    assert page.locator("[data-answer]").is_hidden()
    page.wait_for_url("**/search.html")
    assert status(page) == ""


def test_nothing_found_says_what_to_try(page: Page) -> None:
    type_question(page, "zzqxj wvvkq")
    assert "No matches. Try" in status(page)
    assert page.locator(".litbook-search-all a").first.get_attribute("href") == "all-papers.html"


def test_something_distant_is_said_to_be_distant(page: Page) -> None:
    type_question(page, "sourdough bread recipe")
    assert status(page).startswith("No close match")


@pytest.mark.parametrize(
    "question",
    [
        "learning " * 1100,
        "".join(f"qz{number * 7919:x}xk " for number in range(1200))[:10_000],
        "a" * 10_000,
        ".*+?^${}()|[]\\" * 700,
        "?!",
        "<script>window.hurt=1</script><img src=x onerror=window.hurt=1>",
        "(a+)+$ [[:alpha:]] \\b(?<x>y)",
        "constructor __proto__ toString hasOwnProperty",
        "上下文学习 نموذج لغوي हिन्दी контекст",
        "🦄🧠👩‍👩‍👧",
        "\ud800 half a character",
        "e\u0301" * 4000,
        "%00 %3Cscript%3E #hash &q=2",
    ],
    ids=lambda question: ascii(question[:12]),
)
def test_any_question_is_only_text(page: Page, question: str) -> None:
    type_question(page, question)
    assert page.locator(".litbook-search script, .litbook-search img").count() == 0
    page.reload()
    page.wait_for_function("document.querySelector('[role=status]').textContent !== ''")


def test_a_hostile_paper_is_only_text(page: Page) -> None:
    type_question(page, "zebrafinch constructor")
    result = page.locator(f"{FOUND} li").first
    assert result.locator("a").first.text_content() == HOSTILE
    assert "<b>Ada</b> Invented" in result.inner_text()
    assert result.locator("img, script, b").count() == 0


def test_without_its_index_the_page_says_so(browser: Browser, site: Site, tmp_path: Path) -> None:
    shutil.copytree(site.folder, tmp_path / "site")
    (tmp_path / "site/search-index/vectors.js").unlink()
    page = browser.new_page()
    page.goto((tmp_path / "site/search.html").as_uri() + "?q=chess")
    page.wait_for_function("document.querySelector('[role=status]').textContent.includes('could not be loaded')")
    page.close()


def test_an_index_of_another_build_is_not_used(browser: Browser, site: Site, tmp_path: Path) -> None:
    shutil.copytree(site.folder, tmp_path / "site")
    searching = tmp_path / "site/search.html"
    searching.write_text(searching.read_text("utf-8").replace('"format":6', '"format":1'), "utf-8")
    page = browser.new_page()
    page.goto(f"{searching.as_uri()}?q=chess")
    page.wait_for_function("document.querySelector('[role=status]').textContent.includes('could not be loaded')")
    page.close()


def test_each_part_is_asked_for_under_its_digest(browser: Browser, site: Site) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.page + "?q=chess")
    page.wait_for_selector(f"{FOUND} a")
    parts = [url for url in asked if "/search-index/" in url]
    assert any("scores.js" in url for url in parts)
    assert not any("core.js" in url for url in parts)  # the page has it
    assert all(re.search(r"\.js\?v=(?:[0-9a-f]{12}|[\w-]{6})$", url) for url in parts)
    page.close()


def test_sections_figures_and_terms_appear_under_their_headings(page: Page) -> None:
    type_question(page, "zebrafinches sing of quillwort")
    section = page.locator(":is([data-answer] h2, [data-sections] li)").first
    assert section.locator("a").inner_text() == "Their <b>song</b> and quillwort"
    assert section.locator("a").get_attribute("href") == "./book/chapters/zebrafinches.html#song"
    assert "Zebrafinches of the desert" in page.locator(".litbook-found").inner_text()
    type_question(page, "zebrafinch")
    assert page.locator("[data-papers] li").count() == 1
    assert "Zebrafinches" in page.locator(".litbook-found").inner_text()
    assert status(page) == "1 paper names “zebrafinch”."


def test_figures_and_terms_are_found_by_caption_and_explanation(page: Page) -> None:
    type_question(page, "season of stripes, drawn from nothing")
    figure = page.locator("[data-others] a", has_text="Curve: quillwort by season")
    assert figure.get_attribute("href") == "./book/chapters/zebrafinches.html#song"
    type_question(page, "a plant that no one searches for")
    expect(page.get_by_role("link", name="Quillwort", exact=True).first).to_be_visible()


def test_a_misspelling_is_put_right_on_demand(page: Page) -> None:
    type_question(page, "misture of exprts survey")
    assert page.locator("[data-suggestion]").inner_text() == "Did you mean mixture of experts survey?"
    page.click("[data-suggestion] button")
    page.wait_for_function("document.querySelector('[data-suggestion]').hidden")
    assert page.input_value("input[name=q]") == "mixture of experts survey"
    assert titles(page)[0] == "A Survey on Mixture of Experts"


@pytest.mark.parametrize("question", ["how toddlers talk", "toddlers"])
def test_a_word_that_only_means_the_same_is_marked_in_another_way(page: Page, question: str) -> None:
    type_question(page, question)
    marked = page.locator(f"{FOUND} mark.litbook-meant")
    assert "infant" in " ".join(marked.all_inner_texts()).lower()
    assert marked.first.get_attribute("title") == "near in meaning"


def test_the_page_can_be_read_without_scripts(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.page)
    assert "Search needs JavaScript;" in (page.locator("noscript").text_content() or "")
    assert page.locator(".litbook-search-all a").first.is_visible()
    assert not page.locator("h2:visible").count()
    context.close()


@pytest.mark.parametrize(("width", "scale"), [(320, 1), (640, 2)])
def test_nothing_is_wider_than_the_screen(browser: Browser, site: Site, width: int, scale: int) -> None:
    """At 200 % a window of 640 px shows what one of 320 px does at 100 %."""
    size = {"width": width // scale, "height": 640}
    address = f"{site.page}?q=misture+of+exprts+survey&kind=survey&year=2024"
    with open_page(browser, address, viewport=size, device_scale_factor=scale) as page:
        page.wait_for_selector(f"{FOUND} a")
        page.click("[data-filters-open]")
        page.wait_for_selector("fieldset:visible")
        assert page.evaluate("document.documentElement.scrollWidth") <= width // scale
