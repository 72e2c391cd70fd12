"""What the reader already knows, in a real browser: marks at citations, what to read next, two versions compared."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from browsing import expect, watch
from marking import name_of
from toybook import Built

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHAPTER = "book/chapters/dough-forecasting.html"
READ, LATER, ADDED = "pretend2020risecast", "mock2024fermentation", "ophantom2022levain"
CHANGES = {
    "version": 1,
    "papers": [{"date": "2026-02-03", "how": "new", "citekey": ADDED, "title": "Levain Time"}],
    "sections": [],
    "releases": [],
}
PUT = "([name, text]) => localStorage.setItem(name, text)"
SHOWN = "(link) => getComputedStyle(link, '::after').content"


def keep(page: Page, name: str, value: dict[str, Any]) -> None:
    """Write to the storage of this review, as its scripts do."""
    page.evaluate(PUT, [f"{name_of(page)}{name}", json.dumps(value)])


def test_citations_say_what_is_read_kept_for_later_and_new(browser: Browser, served: str) -> None:
    page, faults = watch(browser, served, strict=True)
    script = f"globalThis.litbookChanges={json.dumps(CHANGES)};"
    page.route("**/changes.js*", lambda route: route.fulfill(content_type="text/javascript", body=script))
    page.goto(f"{served}/{CHAPTER}")
    links = page.locator("p .bibtex-citation a[href*='papers/']")
    assert page.locator("[data-known]").count() == 0  # a first visit without marks
    keep(page, "", {"version": 1, "papers": {READ: {"state": "read"}, LATER: {"state": "to read"}}})
    keep(page, ":visits", {"before": "", "last": "2026-01-02", "chapters": []})
    page.reload()
    for key, word in ((READ, "read"), (LATER, "to read"), (ADDED, "new")):
        link = links.locator(f"xpath=self::*[contains(@href, '{key}')]").first
        expect(link).to_have_attribute("data-known", word)
        assert link.evaluate(SHOWN) not in ("none", "normal", '""')
    page.evaluate("(key) => litbookYours.set(key, { state: '' })", READ)
    expect(page.locator(f"p a[href*='{READ}'][data-known]")).to_have_count(0)
    page.context.close()
    assert faults == []


def test_what_to_read_next_has_its_reason_and_leaves_out_what_is_read(browser: Browser, served: str) -> None:
    page, faults = watch(browser, served, strict=True)
    page.goto(f"{served}/your-papers.html")
    place = page.locator(".litbook-next")
    expect(place).to_contain_text("Open a chapter first")
    page.goto(f"{served}/{CHAPTER}")
    keep(page, "", {"version": 1, "papers": {READ: {"state": "read"}}})
    page.goto(f"{served}/your-papers.html")
    expect(place.locator("li")).to_have_count(2)
    assert place.locator("li a").evaluate_all("links => links.map((link) => link.href)") == [
        f"{served}/book/papers/{key}.html" for key in (LATER, ADDED)
    ]
    expect(place.locator("li").first).to_contain_text("Mock, 2024. Cited 1 time in Forecasting dough & <levain>.")
    page.context.close()
    assert faults == []


def test_two_versions_are_compared_and_the_address_holds_the_choice(browser: Browser, screened: Built) -> None:
    origin = screened.review.html.as_uri()
    page, faults = watch(browser, origin, strict=True)
    page.goto(f"{origin}/book/about/changes.html")
    place = page.locator("section[aria-labelledby=compare-versions]")
    said = place.locator("[aria-live]")
    expect(said).to_contain_text("Between 2 January 2026 and 3 February 2026: 2 papers.")
    expect(said.locator("h3")).to_have_text(["Title or abstract changed: 1", "Moved to another theme: 1"])
    expect(said.locator("li")).to_contain_text(["CrumbNet", "KneadBot"])
    place.get_by_label("From").select_option("2026-02-03")
    expect(said).to_have_text("No difference between 3 February 2026 and 3 February 2026.")
    assert page.url.endswith("?from=2026-02-03&to=2026-02-03")
    page.reload()
    expect(said).to_have_text("No difference between 3 February 2026 and 3 February 2026.")
    page.context.close()
    assert faults == []
