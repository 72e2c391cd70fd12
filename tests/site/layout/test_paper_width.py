"""The width of a paper's page in a real browser, with the site's own styles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ASSETS = Path(__file__).parents[3] / "scripts/litbook/site/layout/assets"
STYLES = "\n".join(path.read_text("utf-8") for path in sorted(ASSETS.glob("*.css")) if "print" not in path.name)
PAGE = """\
<!doctype html><html lang="en"><head><title>x</title><style>{styles}</style></head><body><main class="litbook-main">
<article class="litbook-article litbook-paper"><section><h1>Owls in winter</h1><p>We listen.</p>{beside}</section>
</article></main></body></html>
"""
CITED = '<section id="cited-in"><h2>Cited in</h2><ul><li>A chapter</li></ul></section>'
LEFT_OVER = "() => Math.round(document.querySelector('article').clientWidth - document.querySelector('h1').clientWidth)"


@pytest.mark.parametrize(("beside", "display"), [("", "block"), (CITED, "grid")])
def test_only_a_page_with_something_beside_the_text_has_two_columns(
    browser: Browser, beside: str, display: str
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.set_content(PAGE.format(styles=STYLES, beside=beside))
    expect(page.locator("article > section")).to_have_css("display", display)
    assert (page.evaluate(LEFT_OVER) > 100) == bool(beside)
    page.close()
