"""Selecting, exporting and comparing papers in a real browser: the toy review, and one of 100 invented papers."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import rispy
from axe import find_faults
from browsing import expect, watch
from invented import make_corpus_of, make_paper
from pybtex.database import parse_string
from toybook import Built

from litbook.model.review import Corpus
from litbook.model.stated import Finding, Stated
from litbook.site.search.index.details import find_file
from litbook.site.search.index.write import index

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HOSTILE = '<img src=x onerror="window.hurt=1">=1+1 {x} & </script><script>window.hurt=1</script>'
RISE, LEVAIN, CRUMB, SUMMER = (
    "pretend2020risecast",
    "ophantom2022levain",
    "invented2021crumbnet",
    "doughforecastsfail",
)
Open = Callable[..., "Page"]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    """Return a function that opens an address of a site; any fault of a page opened with it fails the test."""
    opened: list[tuple[Page, list[str]]] = []

    def open_page(origin: str, name: str, width: int = 1200, before: str = "", strict: bool = True) -> Page:
        page, faults = watch(browser, origin, width, strict=strict)
        if before:
            page.add_init_script(before)
        opened.append((page, faults))
        page.goto(f"{origin}/{name}")
        return page

    yield open_page
    for page, faults in opened:
        page.context.close()
        assert [fault for fault in faults if "blob:" not in fault] == []


@pytest.fixture(params=["folder", "server"])
def address(request: pytest.FixtureRequest, book: Built) -> str:
    return book.review.html.as_uri() if request.param == "folder" else str(request.getfixturevalue("served"))


@pytest.fixture(scope="module")
def known(book: Built) -> dict[str, dict[str, Any]]:
    """Return what the export of the toy review tells of its papers."""
    papers = json.loads((book.review.root / "book/data/papers.json").read_text("utf-8"))
    return {paper["citekey"]: paper for paper in papers}


@dataclass(frozen=True)
class Many:
    """Know a site whose index is that of 100 invented papers; only its search and its comparison are theirs."""

    origin: str
    corpus: Corpus


@pytest.fixture(scope="module")
def many(book: Built, tmp_path_factory: pytest.TempPathFactory) -> Many:
    site = tmp_path_factory.mktemp("many") / "html"
    shutil.copytree(book.review.html, site)
    abstract = "We fold a paper crane. It flies 12% further than a boat, which is 3 points beyond a hat."
    papers = [make_paper(f"made2031crane{number}", f"Crane {number}", abstract, year=2031) for number in range(98)]
    papers.append(make_paper("odd2031tïde", HOSTILE, abstract, authors=("Ada <i>Odd</i>",), venue=HOSTILE))
    papers.append(make_paper("bare", ""))
    stated = Stated(("CRANE",), ("Boat-3",), (), (Finding(2, "flies", "12%"), Finding(2, "", "3 points")))
    hostile = replace(stated, models=(HOSTILE, "boat-3"), findings=(Finding(2, HOSTILE, HOSTILE),))
    corpus = replace(make_corpus_of(papers), stated={"made2031crane1": stated, "odd2031tïde": hostile})
    index(corpus, site)
    return Many(site.as_uri(), corpus)


def cells(page: Page, label: str) -> Any:
    """Return the cells of a row of the table."""
    return page.locator(".litbook-compare-table tr", has=page.locator(f"th[scope=row]:text-is('{label}')")).locator(
        "td"
    )


def compared(page: Page) -> list[str]:
    """Return the citekeys of the papers that stand side by side, from their links."""
    links = page.locator(".litbook-compare-table thead a")
    return [str(link.get_attribute("href")).split("/")[-1].removesuffix(".html") for link in links.all()]


def wait_for(page: Page, *citekeys: str) -> None:
    expect(page.locator(".litbook-compare-table thead th")).to_have_count(len(citekeys))
    expect(page.locator(".litbook-compare-table thead a").last).to_have_attribute(
        "href", f"./book/papers/{citekeys[-1]}.html"
    )
    assert compared(page) == list(citekeys)


def message(page: Page) -> Any:
    return page.locator("[data-message]")


# --- The table ---


def test_the_table_says_what_the_review_says_and_leads_to_the_sentences(
    visit: Open, address: str, known: dict[str, dict[str, Any]]
) -> None:
    keys = [CRUMB, SUMMER, RISE]
    page = visit(address, f"compare.html?papers={','.join(keys)}")
    wait_for(page, *keys)
    quotes = {key: {item["sentence"]: item["quote"] for item in known[key].get("evidence", [])} for key in keys}
    numbers, gists = cells(page, "Results in numbers"), cells(page, "Gist")
    for at, key in enumerate(keys):
        findings = known[key].get("findings", [])
        assert numbers.nth(at).locator("strong").all_inner_texts() == [item["number"] for item in findings]
        sentences = list(dict.fromkeys(item["sentence"] for item in findings))
        assert numbers.nth(at).locator("q").all_text_contents() == [quotes[key][sentence] for sentence in sentences]
        links = [link.get_attribute("href") for link in numbers.nth(at).locator("a").all()]
        assert links == [f"./book/papers/{key}.html#sentence-{sentence}" for sentence in sentences]
        assert gists.nth(at).locator("p").first.inner_text() == f"“{known[key]['gist']}”"
    assert known[CRUMB]["findings"]
    assert "error" in numbers.nth(1).inner_text()
    assert numbers.nth(2).inner_text().endswith("–")
    years = [known[key].get("label", "–")[-4:] for key in keys]  # the label ends in the year by which it is cited
    assert [text.strip() for text in cells(page, "Year").all_inner_texts()] == years
    assert [cells(page, "Method name").nth(at).inner_text() for at in range(3)] == [
        "CrumbNet",
        "–",
        "RiseCast",
    ]
    numbers.nth(0).locator("a").first.click()
    page.wait_for_url(f"**/book/papers/{CRUMB}.html#sentence-*")
    assert page.locator(":target").inner_text() == list(quotes[CRUMB].values())[-1]


def test_what_papers_share_is_said_in_words(visit: Open, many: Many) -> None:
    page = visit(many.origin, "compare.html?papers=made2031crane1,odd2031t%C3%AFde,made2031crane2")
    expect(page.locator("#litbook-shared + ul li")).to_have_count(3)
    shared = page.locator("#litbook-shared + ul li").all_inner_texts()
    assert shared == ["theme Folding paper (all 3)", "kind method (all 3)", "model Boat-3 (Crane 1, <i>Odd</i>)"]
    assert "Boat-3 in 2 of 3" in cells(page, "Models").nth(0).inner_text()
    assert cells(page, "Models").nth(2).inner_text().endswith("–")


def test_untrusted_text_stays_text(visit: Open, many: Many) -> None:
    page = visit(many.origin, "compare.html?papers=odd2031t%C3%AFde,bare,<b>unknown</b>")
    expect(page.locator(".litbook-compare-table thead th")).to_have_count(2)
    assert page.locator(".litbook-compare-table thead a").all_inner_texts() == [HOSTILE, "bare"]
    assert HOSTILE in cells(page, "Results in numbers").first.inner_text()
    assert "“<b>unknown</b>”" in message(page).inner_text()
    assert page.locator("article img, article i, article b").count() == 0
    assert page.evaluate("window.hurt") is None
    assert cells(page, "Gist").nth(1).inner_text().endswith("–")
    assert cells(page, "Year").nth(1).inner_text().endswith("–")


def test_every_paper_is_found_without_loading_all_files(visit: Open, many: Many) -> None:
    page = visit(many.origin, "compare.html")
    keys = sorted(paper.citekey for paper in many.corpus.papers)
    assert {find_file(key, 2) for key in keys} == {0, 1}
    assert page.evaluate("litbookDetails.all()") == keys
    (file,) = page.evaluate("litbookDetails.load(['bare']).then(() => litbookIndex.filter(p => p.part === 'details'))")
    assert file["number"] == find_file("bare", 2)
    assert page.evaluate("keys => litbookDetails.load(keys).then(found => [...found.keys()])", keys) == keys


# --- The address ---


def test_the_address_carries_the_choice_and_back_works(visit: Open, address: str) -> None:
    page = visit(address, f"compare.html?papers={RISE},{LEVAIN},{CRUMB}")
    wait_for(page, RISE, LEVAIN, CRUMB)
    page.locator(f"[data-do='right {RISE}']").click()
    wait_for(page, LEVAIN, RISE, CRUMB)
    assert page.url.endswith(f"?papers={LEVAIN},{RISE},{CRUMB}")
    expect(page.locator(f"[data-do='right {RISE}']")).to_be_focused()
    expect(message(page)).to_have_text("Moved to place 2 of 3.")
    page.locator(f"[data-do='remove {RISE}']").press("Enter")
    wait_for(page, LEVAIN, CRUMB)
    expect(page.locator(f"[data-do='remove {CRUMB}']")).to_be_focused()
    page.go_back()
    wait_for(page, LEVAIN, RISE, CRUMB)
    page.go_back()
    wait_for(page, RISE, LEVAIN, CRUMB)


def test_a_paper_is_added_by_keyboard_alone(visit: Open, address: str) -> None:
    page = visit(address, f"compare.html?papers={RISE}")
    wait_for(page, RISE)
    expect(message(page)).to_have_text("One paper is chosen; add another to compare it with.")
    field = page.locator("#litbook-add")
    field.press_sequentially("crumb of a loaf")
    expect(page.locator(f"[data-key={CRUMB}]")).to_be_visible()
    field.press("ArrowDown")
    expect(page.locator("[data-answers] button").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.locator(f"[data-key={CRUMB}]").press("Enter")
    wait_for(page, RISE, CRUMB)
    expect(field).to_be_focused()
    assert page.url.endswith(f"?papers={RISE},{CRUMB}")
    assert page.locator("[data-answers] button").count() == 0


def test_what_the_address_gets_wrong_is_said(visit: Open, known: dict[str, dict[str, Any]], book: Built) -> None:
    origin = book.review.html.as_uri()
    keys = list(known)[:7]
    page = visit(origin, f"compare.html?papers=unknown,{','.join(keys)},{keys[0]},noone")
    wait_for(page, *keys[:5])
    assert message(page).inner_text() == (
        "No papers in this review have the citekeys “unknown” and “noone”. "
        "The address names 7 papers; here are the first 5 of them."
    )
    assert page.locator("#litbook-add").is_disabled()
    page.goto(f"{origin}/compare.html")
    expect(message(page)).to_contain_text("Choose two to five papers")
    assert page.locator("main a[href$='search.html']").is_visible()


def test_without_javascript_a_sentence_says_so(browser: Browser, book: Built) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{book.review.html.as_uri()}/compare.html?papers={RISE}")
    assert "Comparing needs JavaScript;" in page.locator("main").inner_text()
    assert not page.locator("#litbook-add").is_visible()
    context.close()


# --- The selection ---


def bar(page: Page) -> Any:
    return page.locator(".litbook-selection")


def test_papers_are_selected_on_some_pages_and_compared_from_another(visit: Open, address: str) -> None:
    page = visit(address, f"book/papers/{RISE}.html")
    button = page.get_by_role("button", name="Select to compare")
    assert not bar(page).is_visible()
    button.press("Enter")
    assert button.get_attribute("aria-pressed") == "true"
    assert "1 paper selected" in bar(page).inner_text()
    compare = page.locator(".litbook-selection-compare")
    assert (compare.get_attribute("href"), compare.get_attribute("aria-disabled")) == (None, "true")
    assert "needs two papers or more" in bar(page).inner_text()
    page.goto(f"{address}/search.html?q=kneading+dough")
    page.get_by_role("button", name="Select papers").click()
    box = page.locator("[data-papers] > li input").first
    title = page.locator("[data-papers] > li a").first.inner_text()
    assert box.get_attribute("aria-label") == f"Select {title}"
    box.press("Space")
    key = str(page.locator("[data-papers] > li").first.get_attribute("data-paper"))
    page.fill("#litbook-q", "kneading")  # the list is redrawn
    expect(page.locator(f"[data-papers] > li[data-paper={key}] input")).to_be_checked()
    page.get_by_role("link", name="Compare", exact=True).click()
    wait_for(page, RISE, key)
    expect(page).to_have_url(re.compile(f"compare.html\\?papers={RISE},{key}$"))
    assert not bar(page).is_visible()  # the page names its papers itself
    page.goto(f"{address}/book/papers/{LEVAIN}.html")
    expect(bar(page).locator("summary")).to_have_text("2 papers selected on other pages")
    bar(page).locator("summary").click()
    assert bar(page).locator("li a").last.inner_text() == title
    bar(page).get_by_role("button", name="Remove ").first.click()
    expect(bar(page).locator("summary")).to_have_text("1 paper selected on other pages")
    page.get_by_role("button", name="Clear the selection").click()
    assert not bar(page).is_visible()
    page.reload()
    assert not bar(page).is_visible()


def test_more_than_five_papers_are_too_many_to_compare(visit: Open, many: Many) -> None:
    page = visit(many.origin, "search.html?q=crane")
    page.get_by_role("button", name="Select papers").click()
    for number in range(6):
        page.locator("[data-papers] > li input").nth(number).check()
    assert "takes 5 papers at most" in bar(page).inner_text()
    assert page.locator(".litbook-selection-compare").get_attribute("href") is None
    page.get_by_role("button", name="Select papers").click()
    assert page.locator("[data-papers] > li input").count() == 0


FORBIDDEN = (
    "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
)
FULL = """
const { getItem, setItem } = Storage.prototype;
Storage.prototype.getItem = function (key) { return this === sessionStorage ? KEPT : getItem.call(this, key); };
Storage.prototype.setItem = function (key, value) {
  if (this === sessionStorage) throw new DOMException('full', 'QuotaExceededError');
  setItem.call(this, key, value);
};"""


@pytest.mark.parametrize("kept", [None, "null", "'{\"length\": 1'", "'[1, null, \"\", {}]'"])
def test_a_storage_that_fails_does_not_hinder(visit: Open, book: Built, kept: str | None) -> None:
    before = FULL.replace("KEPT", kept) if kept else FORBIDDEN
    page = visit(book.review.html.as_uri(), f"book/papers/{RISE}.html", before=before)
    page.get_by_role("button", name="Select to compare").click()
    assert "1 paper selected" in bar(page).inner_text()


@pytest.mark.parametrize("width", [1200, 320])
def test_the_bar_hides_no_focus_and_nothing_moves(visit: Open, many: Many, width: int) -> None:
    page = visit(many.origin, "search.html?q=crane", width)
    page.get_by_role("button", name="Select papers").click()
    first = page.locator("[data-papers] > li").first
    before = first.bounding_box()
    first.locator("input").evaluate("(box) => box.click()")
    assert bar(page).is_visible()
    assert first.bounding_box() == before
    height = bar(page).bounding_box()["height"]
    page.locator("#litbook-q").focus()
    for _ in range(60):
        page.keyboard.press("Tab")
        inside = "document.activeElement.closest('.litbook-selection') !== null"
        if page.evaluate(inside):
            break
        low = page.evaluate("document.activeElement.getBoundingClientRect().bottom")
        assert low <= 800 - height, page.evaluate("document.activeElement.outerHTML")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


# --- Exports ---


def export(page: Page, where: str, ending: str) -> tuple[str, str]:
    """Press a button of an export, and return the name and the text of the file that the browser downloads."""
    with page.expect_download() as waiting:
        page.locator(f"{where} [data-export={ending}]").click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes().decode("utf-8")


def test_a_search_is_exported_whole(visit: Open, many: Many) -> None:
    page = visit(many.origin, "search.html?kind=method")
    keys = {paper.citekey for paper in many.corpus.papers}
    expect(page.locator(".litbook-found > [role=status]")).to_have_text("100 papers.")
    assert page.locator("[data-papers] > li").count() == 20
    name, text = export(page, "[data-take]", "bib")
    assert name == "papers.bib"
    assert set(parse_string(text, "bibtex").entries) == keys
    _, text = export(page, "[data-take]", "ris")
    assert {entry["id"] for entry in rispy.loads(text)} == keys
    assert text.endswith("ER  - \n")
    _, text = export(page, "[data-take]", "csv")
    assert text.startswith("\ufeffcitekey,title,")
    assert text.count("\n") == text.count("\r\n") == 101
    rows = {row["citekey"]: row for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))}
    assert set(rows) == keys
    assert rows["odd2031tïde"]["title"] == HOSTILE
    expect(page.locator("[data-take] [aria-live]")).to_have_text("A CSV file with 100 papers was made.")


def test_a_selection_is_exported_from_any_page(visit: Open, address: str) -> None:
    page = visit(address, f"book/papers/{RISE}.html")
    page.get_by_role("button", name="Select to compare").click()
    page.goto(f"{address}/book/papers/{LEVAIN}.html")
    page.get_by_role("button", name="Select to compare").click()
    name, text = export(page, ".litbook-selection", "bib")
    assert name == "selected-papers.bib"
    assert list(parse_string(text, "bibtex").entries) == [RISE, LEVAIN]
    shown = page.locator("#cite-this-paper pre").first.inner_text().strip()
    assert text.endswith(f"}}\n\n{shown}\n")


# --- Every state is accessible ---


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 320])
def test_axe_finds_no_fault(browser: Browser, many: Many, scheme: str, width: int) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{many.origin}/compare.html?papers=made2031crane1,odd2031t%C3%AFde,made2031crane3")
    page.locator("#litbook-add").fill("crane")
    page.locator("[data-answers] button").first.wait_for()
    page.evaluate("litbookSelection.toggle('made2031crane1')")
    assert find_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
