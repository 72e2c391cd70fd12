"""`litbook preview` on a real review: saves, faults and their end, as a browser shows them."""

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
    """Run `litbook preview`, and give the address that it prints."""
    command = [sys.executable, "-m", "litbook", "preview", "--port", "8911", "--root", str(review.root)]
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
    page, faults = watch(browser, origin)
    page.goto(f"{origin}{CHAPTER}.html?{token}")
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
    assert [fault for fault in faults if not fault.endswith("/_litbook/events")] == []
    assert "litbook-preview" not in (review.html / f"{CHAPTER}.html").read_text("utf-8")


@pytest.mark.build
def test_a_warm_build_makes_the_same_site_as_a_cold_one(review: Review, address: str, tmp_path: Path) -> None:
    assert address  # the warm builds of the preview have written the site
    warm = review.site()
    cold = Review(tmp_path / "cold")
    shutil.copytree(review.root, cold.root, ignore=shutil.ignore_patterns("_build", ".litbook", "papers", "data"))
    assert cold.build().code == 0
    assert cold.site() == warm
