"""The server on a real review: saves, faults and their end, and decisions by keys, as a browser shows them."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import expect, watch
from toybook import SCRIPTS, Built, Review

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHAPTER = "book/chapters/loaf-vision"
# More than a screen, so that there is something to scroll.
FIRST = "A sentence from before."
LONG = f"\n{FIRST}\n" + "".join("\nAn invented line of the chapter, which is there to be long.\n" for _ in range(60))


@pytest.fixture(scope="module")
def review(book: Built, tmp_path_factory: pytest.TempPathFactory) -> Review:
    """Copy the built toy review, with a long chapter."""
    root = tmp_path_factory.mktemp("preview") / "review"
    shutil.copytree(book.review.root, root)
    chapter = root / f"{CHAPTER}.md"
    chapter.write_text(chapter.read_text("utf-8") + LONG, "utf-8")
    return Review(root)


@pytest.fixture(scope="module")
def address(review: Review) -> Iterator[str]:
    """Run `litbook desk`, which is a preview as well, and give the address that it prints."""
    command = [sys.executable, "-m", "litbook", "desk", "--by", "Ada Example", "--port", "8911"]
    command += ["--root", str(review.root)]
    environment = {**review._environment(), "VISUAL": "", "EDITOR": "", "PYTHONPATH": str(SCRIPTS)}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    found = re.search(r"http://\S+", process.stdout.readline())
    assert found
    yield found[0]
    process.send_signal(signal.SIGINT)
    process.stdout.close()
    assert process.wait(60) == 0


@pytest.mark.build
def test_the_page_follows_each_save_in_place_and_keeps_its_last_good_state(
    browser: Browser, review: Review, address: str
) -> None:
    origin, _, token = address.partition("?")
    page, faults = watch(browser, origin.removesuffix("desk"))
    page.goto(f"{origin.removesuffix('desk')}{CHAPTER}.html?{token}")
    panel = page.get_by_role("complementary", name="Preview")
    status = panel.get_by_role("status")
    expect(status).to_contain_text("Up to date")
    expect(page.locator("article")).to_contain_text("is there to be long")
    page.evaluate("window.scrollTo(0, 700)")

    review.edit(f"{CHAPTER}.md", FIRST, "A sentence that was just saved.")
    expect(page.locator("article")).to_contain_text("A sentence that was just saved.")
    page.wait_for_function("Math.round(window.scrollY) === 700")

    review.edit(f"{CHAPTER}.md", "that was just saved", "of {cite}`nobody1999x`")
    fault = panel.get_by_role("listitem").filter(has_text="unknown citekey 'nobody1999x'")
    expect(fault).to_contain_text(re.compile(rf"{CHAPTER}\.md:\d+"))
    expect(panel).to_contain_text("1 fault; the page shows the last build without any")
    expect(page.locator("article")).to_contain_text("A sentence that was just saved.")

    review.edit(f"{CHAPTER}.md", "of {cite}`nobody1999x`", "without a fault")
    expect(page.locator("article")).to_contain_text("A sentence without a fault.")
    expect(status).to_contain_text("Up to date")
    expect(fault).to_have_count(0)
    expect(status).to_contain_text(re.compile(r"\d of \d papers? cited"))
    page.context.close()
    # Each time the page is shown again, it leaves the events that it was listening to.
    assert [fault for fault in faults if "/_litbook/events?" not in fault] == []
    assert "litbook-preview" not in (review.html / f"{CHAPTER}.html").read_text("utf-8")


@pytest.mark.build
def test_a_warm_build_makes_the_same_site_as_a_cold_one(
    browser: Browser, review: Review, address: str, tmp_path: Path
) -> None:
    origin, _, token = address.partition("?")
    page, _ = watch(browser, origin.removesuffix("desk"))
    page.goto(f"{origin.removesuffix('desk')}{CHAPTER}.html?{token}")
    expect(page.get_by_role("complementary", name="Preview").get_by_role("status")).to_contain_text("Up to date")
    expect(page.locator("article")).to_contain_text("is there to be long")
    page.context.close()
    warm = review.site()
    cold = Review(tmp_path / "cold")
    shutil.copytree(review.root, cold.root, ignore=shutil.ignore_patterns("_build", ".litbook", "papers", "data"))
    assert cold.build().code == 0
    assert cold.site() == warm


def test_decisions_are_made_and_taken_back_by_keys(browser: Browser, review: Review, address: str) -> None:
    page, faults = watch(browser, address.partition("desk")[0], width=390, strict=True)
    page.goto(f"{address}#screen")
    acts = page.locator("#litbook-desk-acts")
    progress = page.locator("#litbook-desk-progress")
    expect(acts).to_contain_text("Include")
    before = review.path("book/corpus/decisions.csv").read_bytes()
    shown = progress.inner_text()
    page.keyboard.press("e")
    choices = page.get_by_role("listbox")
    expect(choices).to_contain_text("Without a reason")
    page.keyboard.type("not about dough")
    expect(choices.get_by_role("option", selected=True)).to_contain_text("a new reason")
    page.keyboard.press("Enter")
    expect(progress).not_to_have_text(shown)
    expect(acts).to_contain_text("Undo")
    (row,) = set(review.path("book/corpus/decisions.csv").read_bytes().splitlines()) - set(before.splitlines())
    assert b",exclude,not about dough,Ada Example," in row
    page.keyboard.press("u")
    expect(progress).to_have_text(shown)
    assert review.path("book/corpus/decisions.csv").read_bytes() == before
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.context.close()
    assert faults == []
