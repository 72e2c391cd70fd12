"""The built toy review in a real browser: from a folder and from a server under a sub-path. All of it is invented."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from browsing import wait_for_fonts, watch
from sites import PAGES, Open
from toybook import Built
from toybook import Page as BuiltPage

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def result_links(page: Page) -> list[str]:
    """Wait for the results of a search, and return the addresses of the papers that it found."""
    page.wait_for_selector("main a[href*='book/papers/']")
    found = page.locator("main a[href*='book/papers/']")
    return [str(found.nth(number).get_attribute("href")) for number in range(found.count())]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_loads_without_error_and_asks_no_other_server(visit: Open, address: str, name: str) -> None:
    page = visit(name, address)
    page.wait_for_load_state("networkidle")
    assert page.locator("h1:visible").count() == 1


def test_search_finds_a_paper_and_its_result_leads_there(visit: Open, address: str) -> None:
    page = visit("search.html?q=kneading+policy+robot", address)
    assert "book/papers/fancied2021kneadbot.html" in result_links(page)[0]
    page.locator("main a[href*='book/papers/fancied2021kneadbot']").first.click()
    page.wait_for_url("**/book/papers/fancied2021kneadbot.html*")
    assert page.locator("h1").inner_text().startswith("KneadBot: A Kneading Policy")


@pytest.mark.parametrize(
    ("name", "box"),
    [
        ("book/index.html", "main input[type=search]"),
        ("book/papers/mock2024fermentation.html", ".litbook-rail input[type=search]"),
        ("book/chapters/loaf-vision.html", ".litbook-rail input[type=search]"),
    ],
)
def test_a_search_box_leads_to_the_results(visit: Open, address: str, name: str, box: str) -> None:
    page = visit(name, address)
    page.locator(box).fill("why do forecasts fail?")
    page.locator(box).press("Enter")
    page.wait_for_url("**/search.html?q=why+do+forecasts+fail*")
    assert "doughforecastsfail" in "".join(result_links(page))


def test_the_copy_button_copies_the_bibtex(browser: Browser, served: str) -> None:
    # Only a page from a server may ask for the clipboard back.
    page, faults = watch(browser, served)
    server, _, _ = served.partition("/somebody")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server)
    page.goto(f"{served}/book/papers/pretend2020risecast.html")
    block = page.locator("#cite-this-paper .highlight-text")
    block.hover()
    block.locator("button.litbook-copy").click()
    page.wait_for_function("navigator.clipboard.readText().then((text) => text.startsWith('@'))")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == block.locator("pre").inner_text().strip()
    assert copied.startswith("@misc{pretend2020risecast,\n  title = {{RiseCast: Forecasting Dough Rise")
    assert faults == []
    page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_narrow_page_does_not_scroll_sideways(visit: Open, name: str) -> None:
    page = visit(name, width=320)
    if "?" in name:
        result_links(page)
    if name == "index.html":  # it leads on at once
        page.wait_for_url("**/book/index.html")
    wait_for_fonts(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_sidebar_marks_the_theme_and_leads_to_it(visit: Open) -> None:
    page = visit("book/papers/pretend2020risecast.html")
    marked = page.locator(".litbook-nav a.litbook-here")
    assert marked.all_inner_texts() == ["Forecasting dough"]
    marked.click()
    page.wait_for_url("**/book/chapters/dough-forecasting.html")
    assert page.locator(".litbook-nav a[aria-current=page]").all_inner_texts() == ["Forecasting dough"]


def test_the_name_and_the_search_stay_where_they_are_while_the_list_scrolls(visit: Open) -> None:
    page = visit("book/about/references.html")
    page.set_viewport_size({"width": 1280, "height": 400})
    page.reload()
    page.wait_for_function("document.querySelector('.litbook-nav').scrollTop > 0")
    for name in (".litbook-home", ".litbook-field", ".litbook-nav :is([aria-current], .litbook-here)"):
        box = page.locator(f".litbook-side-column {name}").first.bounding_box()
        assert box is not None
        assert 0 <= box["y"] <= 400 - box["height"], name


def test_previous_and_next_walk_through_the_theme(visit: Open) -> None:
    theme = ["mock2024fermentation", "ophantom2022levain", "pretend2020risecast", "doughforecastsfail"]
    page = visit(f"book/papers/{theme[0]}.html")
    assert page.locator("a.litbook-prev").count() == 0
    for after in theme[1:]:
        page.locator("a.litbook-next").click()
        page.wait_for_url(f"**/book/papers/{after}.html")
    assert page.locator("a.litbook-next").count() == 0
    for before in reversed(theme[:-1]):
        page.locator("a.litbook-prev").click()
        page.wait_for_url(f"**/book/papers/{before}.html")


# --- What every built page must be, read without a browser ---


def built_pages(book: Built) -> list[tuple[str, BuiltPage]]:
    site = book.review.html
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html") if "_static" not in path.parts)
    assert len(names) >= 22  # 12 papers, 3 chapters, 4 others, the landing page, its redirection and search
    return [(name, book.review.page(name)) for name in names]


def test_every_address_on_every_page_leads_to_a_file_and_to_a_place_in_it(book: Built) -> None:
    site = book.review.html
    pages = dict(built_pages(book))
    checked = 0
    for name, page in pages.items():
        for element in page.soup.find_all(True):
            for attribute in ("href", "src", "action"):
                if attribute in element.attrs:
                    checked += check_address(site, pages, name, str(element[attribute]))
    assert checked > 500


def check_address(site: Path, pages: dict[str, BuiltPage], name: str, address: str) -> int:
    """Follow an address inside of the site; return how many there were to follow."""
    path, fragment = urldefrag(address)
    parts = urlsplit(path)
    if parts.scheme or parts.netloc:
        assert parts.scheme == "https", f"{name}: {address}"
        return 0
    assert not parts.path.startswith("/"), f"{name}: {address} works at the root of a server only"
    target = (site / name).parent / unquote(parts.path) if parts.path else site / name
    target = target.resolve()
    assert target.is_file(), f"{name}: {address} leads nowhere"
    assert target.is_relative_to(site.resolve()), f"{name}: {address} leads out of the site"
    if fragment and target.suffix == ".html":
        other = pages[target.relative_to(site.resolve()).as_posix()]
        assert other.soup.find(id=unquote(fragment)), f"{name}: {address}: no such place"
    return 1


def test_no_navigation_lists_papers(book: Built) -> None:
    for name, page in built_pages(book):
        for link in page.soup.select(".litbook-side-column a, nav a, head link"):
            is_neighbour = link.name == "link" and link.get("rel") in (["next"], ["prev"], ["alternate"])
            assert is_neighbour or "papers/" not in str(link.get("href", "")), f"{name}: {link}"


def test_every_sidebar_shows_parts_and_chapters_in_the_order_of_the_book(book: Built) -> None:
    captions = ["Part I. Seeing bread", "Part II. Making bread", "About this review"]
    papers = ["All papers", "Authors", "Venues", "Years", "Your papers", "Compare papers"]
    chapters = ["Looking at loaves", "Forecasting dough", "Agents that bake"]
    for name, page in built_pages(book):
        if name in ("index.html", "404.html"):  # only a redirection, and a page for any place of a server
            continue
        assert [caption.get_text() for caption in page.soup.select(".litbook-nav .litbook-caption")] == captions
        entries = [entry.get_text() for entry in page.soup.select(".litbook-nav li a")]
        assert entries == ["Home", *papers, "Papers by year", *chapters, "Method", "Data and exports", "References"]
        groups = name.startswith(("authors/", "venues/", "years/")) and not name.endswith("/index.html")
        # A paper that was excluded is in no theme; its page asks not to be indexed.
        in_review = name.startswith("book/papers/") and not page.soup.select("meta[name=robots][content=noindex]")
        assert len(page.soup.select(".litbook-nav .litbook-here")) == (groups or in_review)


@pytest.mark.parametrize("name", PAGES)
def test_a_visitor_is_sent_two_light_fonts_and_no_framework(browser: Browser, served: str, name: str) -> None:
    page, faults = watch(browser, served, 390)
    asked: list[str] = []
    fonts: list[bytes] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda answer: fonts.append(answer.body()) if answer.url.endswith(".woff2") else None)
    page.goto(f"{served}/{name}")
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    loaded = [url.rpartition("/")[2].partition("?")[0] for url in asked]
    foreign = ("fontawesome", "webfont", "thebe", "bootstrap", "pydata", "book-theme", "jquery", "doctools")
    assert [name for name in loaded if any(word in name for word in foreign)] == []
    assert {"litbook-serif.woff2", "litbook-sans.woff2"} <= {*loaded}
    assert sum(map(len, fonts)) <= 70_000
    assert page.locator(".litbook-mode svg").first.is_visible()
    page.context.close()
    assert faults == []


def test_a_first_visit_to_a_paper_s_page_is_light_and_the_next_one_lighter(browser: Browser, served: str) -> None:
    page, _ = watch(browser, served, 390)
    sent: list[bytes] = []
    page.on("response", lambda answer: None if answer.url.endswith(".woff2") else sent.append(answer.body()))
    page.goto(f"{served}/book/papers/pretend2020risecast.html")
    page.wait_for_load_state("networkidle")
    beginnings = [body.lstrip()[:9].lower() for body in sent]
    assert beginnings.count(b"<!doctype") == 1
    assert len(sent) >= 3  # with a style and a script, each in one file
    assert sum(len(gzip.compress(body)) for body in sent) <= 55_000
    before = len(sent)
    page.goto(f"{served}/book/papers/mock2024fermentation.html")
    page.wait_for_load_state("networkidle")
    html = [body for body in sent[before:] if body.lstrip()[:9].lower() == b"<!doctype"]
    assert len(html) == 1
    assert len(gzip.compress(html[0])) < 60_000
    page.context.close()


def test_a_chapter_is_printed_in_ink_on_white_without_what_a_screen_needs(visit: Open) -> None:
    page = visit("book/chapters/dough-forecasting.html")
    page.emulate_media(media="print", color_scheme="dark")
    looks = page.locator("main h1").evaluate(
        "(it) => [getComputedStyle(it).color, getComputedStyle(document.body).backgroundColor]"
    )
    assert looks == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    screen = (".litbook-nav", ".litbook-field", ".litbook-walk", ".headerlink", ".litbook-open-menu", ".litbook-mode")
    for name in screen:
        assert page.locator(name).first.is_hidden(), name
    assert page.locator("ul.litbook-papers > li").first.is_visible()


def test_a_button_that_is_pressed_by_key_keeps_the_focus(visit: Open) -> None:
    page = visit("book/chapters/dough-forecasting.html")
    button = page.locator(".litbook-mode").first
    before = page.evaluate("document.documentElement.dataset.mode")
    button.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.documentElement.dataset.mode") != before
    assert button.evaluate("(it) => it === document.activeElement")
