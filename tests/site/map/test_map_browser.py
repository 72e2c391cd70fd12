"""The map of the papers in a real browser: cards, keys, filters, a selection and the table. All papers are invented."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe import find_faults
from browsing import expect, watch
from toybook import REPOSITORY, Built, copy_toy

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

MAP = "book/analysis/papers-by-year"  # the one notebook of the toy
MARKS, CARD, STATUS = ".litbook-map > svg a", "#litbook-map-card", ".litbook-map-tools [role=status]"
ROWS = ".litbook-map-papers tbody tr"


@pytest.fixture(scope="module")
def mapped(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a toy review whose one notebook is this review's map."""
    review = copy_toy(tmp_path_factory.mktemp("mapped"))
    review.path(f"{MAP}.md").write_text((REPOSITORY / "book/analysis/map.md").read_text("utf-8"), "utf-8")
    return Built(review, review.build())


@pytest.fixture
def page(browser: Browser, mapped: Built) -> Iterator[Page]:
    origin = mapped.review.html.as_uri()
    page, faults = watch(browser, origin)
    page.goto(f"{origin}/{MAP}.html")
    yield page
    assert faults == []
    page.context.close()


def open_table(page: Page) -> None:
    page.click(".litbook-map-table summary")


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.getAttribute('aria-label')"))


def focus_map(page: Page) -> Locator:
    """Reach the map's tab stop with the Tab key."""
    stop = page.locator(f"{MARKS}[tabindex='0']")
    page.evaluate("document.querySelector('.litbook-map').before(Object.assign(document.createElement('input')))")
    page.locator(".litbook-figure > input").focus()
    page.keyboard.press("Tab")
    return stop


def place_of(mark: Locator) -> tuple[float, float]:
    x, y = mark.locator("use").first.evaluate("use => [use.getAttribute('x'), use.getAttribute('y')].map(Number)")
    return x, y


def test_only_the_page_with_the_map_loads_its_script_and_style(mapped: Built) -> None:
    assert (mapped.run.code, mapped.run.warnings) == (0, [])
    for name, loads in ((MAP, True), ("book/index", False), ("book/chapters/baking-agents", False)):
        head = str(mapped.review.page(f"{name}.html").soup.head)
        assert ("litbook-map.js" in head, "litbook-map.css" in head) == (loads, loads)


def test_without_javascript_it_is_a_picture_with_links_and_a_table(browser: Browser, mapped: Built) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{mapped.review.html.as_uri()}/{MAP}.html")
    assert page.locator(MARKS).count() == page.locator(ROWS).count() == 12
    assert page.locator(".litbook-map button, .litbook-map-papers button, .litbook-map-papers input").count() == 0
    mark = page.locator(MARKS).first
    target = str(mark.get_attribute("href")).rpartition("/")[2]
    mark.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/book/papers/{target}")
    context.close()


# --- Cards ---


def test_hovering_shows_a_card_to_which_the_pointer_may_go(page: Page) -> None:
    assert page.locator(CARD).is_hidden()
    page.clock.install()
    mark = page.locator(MARKS).first
    mark.hover()
    page.locator(CARD).wait_for()
    title, *_ = page.locator(f"{CARD} p").all_inner_texts()
    assert str(mark.get_attribute("aria-label")).startswith(title)
    page.hover(CARD)
    page.clock.run_for(450)  # longer than a card lingers
    assert page.locator(CARD).is_visible()
    page.locator(CARD).get_by_role("button", name="Select").click()
    assert "1 selected" in page.locator(STATUS).inner_text()
    assert page.locator(CARD).is_hidden()


def test_the_card_says_the_theme_the_gist_and_strange_signs_as_they_are(page: Page, mapped: Built) -> None:
    mark = page.locator(f"{MARKS}[href*='fancied2021kneadbot']")
    mark.hover()
    page.locator(CARD).wait_for()
    row = page.locator(f"{ROWS}:has(a[href*='fancied2021kneadbot'])")
    gist = mapped.review.page("book/papers/fancied2021kneadbot.html").soup.select_one(".litbook-gist p")
    expect(page.locator(f"{CARD} .litbook-card-quote")).to_have_text(gist.get_text().strip() if gist else "none")
    lines = page.locator(f"{CARD} p").all_inner_texts()
    assert lines[0] == row.locator("a").text_content()
    assert lines[1].startswith("Oda Fancied, Pia Fable")
    assert lines[2].startswith("Agents that bake · ")
    page.mouse.move(2, 2)
    page.locator(CARD).wait_for(state="hidden")
    strange = page.locator('.litbook-map g[data-theme="2"] a').first
    strange.hover()
    page.locator(CARD).wait_for()
    assert "Forecasting dough & <levain>" in page.locator(CARD).inner_text()


# --- Keys ---


def test_a_mark_that_scrolls_below_a_resting_pointer_leaves_the_card_alone(page: Page) -> None:
    focus_map(page)
    page.locator(CARD).wait_for()
    title = page.locator(f"{CARD} p").first.inner_text()
    at = "([x, y]) => document.elementFromPoint(x, y)?.closest('.litbook-map svg a, .litbook-card') === null"
    boxes = [mark.bounding_box() for mark in page.locator(f"{MARKS}[tabindex='-1']").all()]
    marks = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes if box]
    x, y = next((x, y) for x, y in marks if page.evaluate(at, [x, y - 40]) and not page.evaluate(at, [x, y]))
    page.mouse.move(x, y - 40)
    page.wait_for_timeout(400)
    page.evaluate("window.scrollBy({ top: 40, behavior: 'instant' })")
    page.wait_for_function(f"([x, y]) => !({at})([x, y])", arg=[x, y - 40])
    page.wait_for_timeout(600)  # longer than a card takes to come or go
    assert page.locator(f"{CARD} p").first.inner_text() == title
    page.evaluate("window.scrollBy({ top: -40, behavior: 'instant' })")
    page.wait_for_timeout(600)
    assert page.locator(CARD).is_visible()


def test_the_map_is_one_tab_stop_and_arrows_walk_to_neighbours(page: Page) -> None:
    stop = focus_map(page)
    assert stop.count() == 1
    assert stop.evaluate("mark => mark === document.activeElement")
    page.locator(CARD).wait_for()
    expect(stop).to_have_attribute("aria-describedby", "litbook-map-gist")
    steps = {"ArrowRight": (0, 1), "ArrowLeft": (0, -1), "ArrowDown": (1, 1), "ArrowUp": (1, -1)}
    moved = 0
    for key, (axis, sign) in steps.items():
        for _ in range(12):
            before = place_of(page.locator(f"{MARKS}[tabindex='0']"))
            page.keyboard.press(key)
            after = place_of(page.locator(f"{MARKS}[tabindex='0']"))
            moved += before != after
            assert before == after or (after[axis] - before[axis]) * sign > 0
    assert moved > 5
    assert page.locator(f"{MARKS}[tabindex='0']").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(CARD).is_hidden()
    target = page.evaluate("document.activeElement.getAttribute('href')").rpartition("/")[2]
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/book/papers/{target}")


def test_tab_leaves_the_map_for_its_buttons_and_the_legend(page: Page) -> None:
    focus_map(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Zoom in"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.litbook-map-legend') !== null")
    assert page.locator(CARD).is_hidden()


# --- A selection ---


def test_what_is_selected_is_saved_as_bibtex(page: Page) -> None:
    assert page.get_by_role("button", name="Save the selection").is_hidden()
    focus_map(page)
    page.keyboard.press("Space")
    assert focused(page).endswith(", selected")
    page.locator(f"{MARKS}[href*='fancied2021kneadbot']").click(modifiers=["Shift"])
    open_table(page)
    page.locator(f"{ROWS}:has(a[href*='ophantom2022levain']) input").check()
    chosen = [str(mark.get_attribute("href")) for mark in page.locator(f"{MARKS}.litbook-selected").all()]
    assert "3 selected" in page.locator(STATUS).inner_text()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the selection").click()
    assert download.value.suggested_filename == "selected-papers.bib"
    bibtex = Path(download.value.path()).read_text("utf-8")
    keys = {address.rpartition("/")[2].removesuffix(".html") for address in chosen}
    assert {line.partition("{")[2].rstrip(",") for line in bibtex.splitlines() if line.startswith("@")} == keys
    assert len(keys) == 3
    page.get_by_role("button", name="Clear selection").click()
    assert "0 selected" in page.locator(STATUS).inner_text()
    assert page.locator(f"{ROWS} input:checked, .litbook-selected").count() == 0


# --- Filters, and the table ---


def test_themes_and_years_filter_the_map_and_the_table(page: Page) -> None:
    open_table(page)
    faint = page.locator(f"{MARKS}.litbook-faint")
    agents = page.locator(".litbook-map-legend button", has_text="Agents that bake")
    number = int(agents.locator(".litbook-number").inner_text())
    agents.click()
    assert agents.get_attribute("aria-pressed") == "true"
    assert page.locator(STATUS).inner_text() == f"{number} of 12 papers shown, 0 selected."
    assert faint.count() == 12 - number
    shown = [row for row in page.locator(ROWS).all() if row.is_visible()]
    assert [row.locator("td").nth(2).inner_text() for row in shown] == ["Agents that bake"] * number
    assert "litbook-faint" not in str(page.locator(f"{MARKS}[tabindex='0']").get_attribute("class"))
    page.get_by_role("button", name="Show all").click()
    assert faint.count() == 0
    page.select_option("[aria-label='First year']", "2022")
    years = [row.locator("td").nth(1).inner_text() for row in page.locator(ROWS).all() if row.is_visible()]
    assert years
    assert all(year != "unknown" and int(year) >= 2022 for year in years)
    assert faint.count() == 12 - len(years)
    agents.click()
    expect(page).to_have_url(re.compile(r"\?theme=Agents\+that\+bake&from=2022$"))
    both = page.locator(STATUS).inner_text()
    page.reload()
    expect(page.locator(STATUS)).to_have_text(both)


def test_heads_sort_the_table_up_and_down(page: Page) -> None:
    open_table(page)
    head = page.locator(".litbook-map-papers th").nth(1)
    for order in ("ascending", "descending"):
        head.locator("button").click()
        assert head.get_attribute("aria-sort") == order
        years = [int(text) for text in page.locator(f"{ROWS} td:nth-child(2)").all_inner_texts() if text.isdigit()]
        assert years == sorted(years, reverse=order == "descending")
        assert len(set(years)) > 2
    page.locator(".litbook-map-papers th button").first.click()
    assert page.locator("th[aria-sort]").count() == 1


# --- Fingers, and everybody ---


def test_the_first_tap_near_a_mark_shows_its_card_and_the_second_opens_the_paper(
    browser: Browser, mapped: Built
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True)
    page = context.new_page()
    address = f"{mapped.review.html.as_uri()}/{MAP}.html"
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    mark = page.locator(MARKS).first
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.locator(CARD).wait_for()
    assert page.url == address
    placed = page.locator(CARD).bounding_box()
    assert placed
    assert 0 <= placed["x"] <= 390 - placed["width"]
    target = str(page.locator(f"{CARD} a").get_attribute("href")).rpartition("/")[2]
    mark.tap()
    page.wait_for_url(f"**/book/papers/{target}")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault(browser: Browser, mapped: Built, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1200, "height": 900})  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{mapped.review.html.as_uri()}/{MAP}.html")
    open_table(page)
    page.locator(".litbook-map-legend button").first.click()
    page.locator(f"{MARKS}[tabindex='0']").hover()
    page.locator(CARD).wait_for()
    assert find_faults(page) == []
    label = page.locator(".litbook-map-label:not(.litbook-faint) text").first
    assert label.evaluate("(text) => getComputedStyle(text).fill") == page.locator("article h1").evaluate(
        "(head) => getComputedStyle(head).color"
    )
    ground = "(element) => getComputedStyle(element.closest('.text_html') ?? element).backgroundColor"
    assert page.locator(".litbook-map").evaluate(ground) == "rgba(0, 0, 0, 0)"
    context.close()


# --- A closer look ---


def view_of(page: Page) -> list[float]:
    return [float(number) for number in str(page.locator(".litbook-map > svg").get_attribute("viewBox")).split()]


def test_buttons_keys_and_the_wheel_zoom_and_the_page_still_scrolls(page: Page) -> None:
    whole = view_of(page)
    page.get_by_role("button", name="Zoom in").click()
    assert view_of(page)[2] == pytest.approx(whole[2] / 1.5)
    page.get_by_role("button", name="Whole map").click()
    assert view_of(page) == whole
    mark = page.locator(f"{MARKS}[tabindex='0']")
    mark.focus()
    page.keyboard.press("+")
    page.keyboard.press("+")
    x, y = place_of(mark)
    left, top, width, height = view_of(page)
    assert width == pytest.approx(whole[2] / 2.25)
    assert left <= x <= left + width
    assert top <= y <= top + height
    page.keyboard.press("-")
    page.keyboard.press("0")
    assert view_of(page) == whole
    turn = "(svg, ctrlKey) => svg.dispatchEvent(new WheelEvent('wheel', {deltaY: -300, ctrlKey, cancelable: true}))"
    svg = page.locator(".litbook-map > svg")
    assert svg.evaluate(turn, False)  # the page scrolls
    assert view_of(page) == whole
    assert not svg.evaluate(turn, True)
    assert view_of(page)[2] < whole[2]


def test_a_closer_view_is_dragged_and_the_drag_opens_no_paper(page: Page) -> None:
    page.locator(f"{MARKS}[tabindex='0']").focus()
    for _ in range(4):
        page.keyboard.press("+")
    before, address = view_of(page), page.url
    mark = page.locator(f"{MARKS}[tabindex='0']").bounding_box()
    assert mark
    x, y = mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 5):
        page.mouse.move(x - 10 * step, y - 10 * step)
    page.mouse.up()
    assert view_of(page)[:2] != before[:2]
    assert page.url == address
