"""The toolbar of lists of papers in a real browser: order, filters, the address, and what other scripts get to know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import expect, wait_for_fonts, watch
from invented import CRAFTS, make_corpus_of, make_paper, make_placement
from sites import Open
from toybook import Built

from litbook.site.lists.paper_list import Lines, describe_line, render_list

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SITE = Path(__file__).parents[3] / "scripts/litbook/site"
STATIC = SITE / "lists/assets"
VENUES = ("Madeup Conf 2020", f"Invented Letters {'on Nothing ' * 8}7", None)
# What other parts of the site offer, noting what they are asked.
OTHERS = """
globalThis.asked = [];
const marks = {work003: {state: "read", starred: true, note: ""}};
globalThis.litbookYours = {usable: true, get: (key) => marks[key] ?? {state: "", starred: false, note: ""},
  subscribe: (tell) => { globalThis.tell = tell; }};
globalThis.litbookSelection = {attach: (list) => { asked.push(["attach", list.dataset.file]); return true; }};
globalThis.litbookExport = {save: (keys, format, name) => { asked.push([format, name, ...keys]); }};
addEventListener("litbook:drawn", (event) => asked.push(["drawn", event.target.dataset.file]));
"""


def make_page(folder: Path, papers: int, second: bool = False) -> str:
    """Write a page with a list of two groups of invented papers, and with another list below it."""
    works = [
        make_paper(
            f"work{at:03}", f"{'Zyx'[at % 3]} title {at}", authors=(f"Ada Nämé{at % 5}", "Bo Fake"),
            year=None if at == 2 else 2000 + at % 7, venue=VENUES[at % 3],
        )
        for at in range(papers)
    ]  # fmt: skip
    kinds = ("method", "survey", None)
    placed = {work.citekey: make_placement(CRAFTS.slug, kind=kinds[at % 2]) for at, work in enumerate(works)}
    corpus = make_corpus_of(works, placed)
    lines = [describe_line(corpus, work) for work in works]
    half = papers // 2
    html = render_list("whole", [Lines("First", lines[:half]), Lines("Second", lines[half:])], "")
    if second:
        html += html.replace('data-litbook-list=""', 'data-litbook-list="other"').replace("whole", "other")
    head = (
        '<meta charset="utf-8"><title>x</title><link rel="icon" href="data:,"><link rel="stylesheet" href="list.css">'
    )
    (folder / "list.css").write_bytes((STATIC / "litbook-list.css").read_bytes())
    (folder / "dom.js").write_bytes((SITE / "layout/assets/litbook-dom.js").read_bytes())
    (folder / "list.js").write_bytes((STATIC / "litbook-list.js").read_bytes())
    page = folder / "page.html"
    scripts = '<script defer src="dom.js"></script><script defer src="list.js"></script>'
    page.write_text(f'<!doctype html><html lang="en"><head>{head}{scripts}</head>'
                    f'<body class="litbook-article">{html}</body></html>', "utf-8")  # fmt: skip
    return page.as_uri()


@pytest.fixture
def opened(browser: Browser) -> Iterator[Page]:
    page, faults = watch(browser, "file:", 1000, strict=True)
    page.add_init_script(OTHERS)
    yield page
    page.context.close()
    assert faults == []


def shown(page: Page, where: str = "") -> list[str]:
    items = page.locator(f"{where} li[data-paper]:visible")
    return [
        key.removeprefix("work") for key in items.evaluate_all("(items) => items.map((item) => item.dataset.paper)")
    ]


def test_order_filters_address_and_the_way_back(opened: Page, tmp_path: Path) -> None:
    address = make_page(tmp_path, 12)
    opened.goto(f"{address}?papers=kept#here")
    status = opened.get_by_role("status")
    expect(status).to_have_text("12 papers")
    opened.get_by_label("Sort by", exact=True).select_option("newest first")
    assert shown(opened) == ["006", "005", "004", "011", "003", "010", "009", "001", "008", "000", "007", "002"]
    assert opened.locator("h2:visible").count() == 0
    opened.get_by_label("Sort by", exact=True).select_option("first author")
    assert shown(opened)[:3] == ["000", "005", "010"]
    opened.get_by_role("button", name="Filters").click()
    opened.get_by_label("Kind", exact=True).select_option(label="survey (6)")
    expect(status).to_have_text("6 of 12 papers")
    opened.get_by_label("Venue", exact=True).select_option(label="unknown (2)")
    expect(status).to_have_text("2 of 12 papers")
    assert shown(opened) == ["005", "011"]
    assert opened.get_by_label("Kind", exact=True).locator("option").all_inner_texts() == [
        "any",
        "method (2)",
        "survey (2)",
    ]
    assert re.search(r"\?papers=kept&sort=author&kind=survey&venue=unknown#here$", opened.url)
    opened.reload()
    assert shown(opened) == ["005", "011"]
    opened.go_back()
    expect(status).to_have_text("6 of 12 papers")
    opened.get_by_role("button", name="Clear filters").click()
    opened.get_by_label("Sort by", exact=True).select_option("default")
    assert shown(opened) == [f"{at:03}" for at in range(12)]
    assert opened.locator("h2:visible").count() == 2
    assert opened.url.endswith("?papers=kept#here")


def test_words_are_found_without_accents_and_typing_is_one_step_back(opened: Page, tmp_path: Path) -> None:
    opened.goto(make_page(tmp_path, 12))
    field = opened.get_by_role("searchbox")
    field.press_sequentially("madeup NAME3", delay=200)
    expect(opened.get_by_role("status")).to_have_text("1 of 12 papers")
    assert shown(opened) == ["003"]
    assert opened.locator("h2:visible").all_inner_texts() == ["First"]
    opened.go_back()
    expect(opened.get_by_role("status")).to_have_text("12 papers")
    assert field.input_value() == ""
    field.fill("nothing like this")
    expect(opened.get_by_role("status")).to_have_text("0 of 12 papers")
    assert shown(opened) == []


def test_two_lists_of_a_page_do_not_meddle(opened: Page, tmp_path: Path) -> None:
    opened.goto(make_page(tmp_path, 8, second=True) + "?sort=title&other.sort=oldest&other.kind=nonsense")
    first, other = "[data-file=whole]", "[data-file=other]"
    assert shown(opened, first) == ["002", "005", "001", "004", "007", "000", "003", "006"]
    assert shown(opened, other) == ["000", "007", "001", "003", "004", "005", "006", "002"]
    opened.locator(other).get_by_role("searchbox").fill("Zyx")
    opened.locator(other).get_by_role("searchbox").fill("Letters")
    expect(opened.locator(other).get_by_role("status")).to_have_text("3 of 8 papers")
    assert len(shown(opened, first)) == 8
    assert "sort=title" in opened.url
    assert "other.words=Letters" in opened.url


def test_other_parts_are_asked_for_what_is_shown(opened: Page, tmp_path: Path) -> None:
    opened.goto(make_page(tmp_path, 8))
    opened.get_by_role("button", name="Filters").click()
    opened.get_by_label("Yours").select_option(label="starred (1)")
    opened.get_by_role("button", name="RIS").click()
    opened.get_by_role("button", name="Select").click()
    expect(opened.get_by_role("button", name="Select")).to_have_attribute("aria-pressed", "true")
    asked = opened.evaluate("asked")
    assert asked == [["drawn", "whole"], ["drawn", "whole"], ["ris", "whole", "work003"], ["attach", "whole"]]
    opened.evaluate("litbookYours.get = () => ({state: '', starred: true, note: ''}); tell()")
    expect(opened.get_by_role("status")).to_have_text("8 of 8 papers")


def test_a_long_list_is_put_in_order_with_one_change_of_the_page(opened: Page, tmp_path: Path) -> None:
    opened.goto(make_page(tmp_path, 1000))
    opened.evaluate(
        """() => {
            globalThis.changes = 0;
            new MutationObserver((records) => { changes += records.filter((one) => one.type === "childList").length; })
              .observe(document.querySelectorAll("ul.litbook-papers")[2], {childList: true});
        }"""
    )
    opened.get_by_label("Sort by", exact=True).select_option("title")
    assert len(shown(opened)) == 1000
    assert opened.evaluate("changes") <= 1


def test_filters_with_long_names_fit_a_phone(opened: Page, tmp_path: Path) -> None:
    opened.set_viewport_size({"width": 320, "height": 700})
    opened.goto(make_page(tmp_path, 8) + "?kind=survey")
    expect(opened.get_by_role("button", name="Filters (1)")).to_have_attribute("aria-expanded", "true")
    assert opened.get_by_label("Venue", exact=True).is_visible()
    assert opened.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("width", [320, 760, 1280])
def test_nothing_moves_when_the_toolbar_comes(browser: Browser, book: Built, width: int) -> None:
    name = (book.review.html / "all-papers.html").as_uri()
    places = []
    for scripted in (True, False):
        page, faults = watch(browser, "file:", width, strict=True)
        page.add_init_script(OTHERS)
        if not scripted:  # the theme's own scripts run, ours does not
            page.route("**/litbook-list.js*", lambda route: route.fulfill(body=""))
        page.goto(name)
        expect(page.locator(".litbook-list-tools button:visible")).to_have_count(5 if scripted else 0)
        wait_for_fonts(page)
        places.append(page.locator(".litbook-list .litbook-papers").first.bounding_box())
        page.context.close()
        assert faults == []
    assert places[0]
    assert places[0] == places[1]


def test_without_javascript_a_list_is_a_list(browser: Browser, book: Built) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((book.review.html / "all-papers.html").as_uri())
    assert page.locator("li[data-paper]:visible").count() == 12
    assert page.locator(".litbook-list-tools:visible").count() == 0
    context.close()


@pytest.mark.parametrize("name", ["authors/index.html", "venues/index.html", "years/index.html", "all-papers.html"])
def test_the_pages_of_groups_lead_on_and_fit_a_phone(visit: Open, name: str) -> None:
    page = visit(name, width=320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.locator("article a[href$='.html']").last.click()
    page.wait_for_load_state()
    assert page.locator("h1:visible").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
