"""What a phone shows of the table of extracted values; the values are invented."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from browsing import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser

STYLE = (files("litbook.site.extraction") / "assets/litbook-extraction.css").read_text("utf-8")
TABLE = """<table class="litbook-extracted"><thead><tr><th>Paper</th><th>Design</th></tr></thead><tbody><tr>
<th scope="row"><a href="#p">Made 2030</a></th><td><a href="#q">randomised trial</a></td><td>Country: –</td>
<td class="litbook-extraction-hidden"><a href="#r">high</a></td></tr></tbody></table>"""


def test_a_phone_has_no_line_for_a_value_that_no_one_has_found(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.set_content(f"<style>{STYLE}</style>{TABLE}")
    expect(page.get_by_text("randomised trial")).to_be_visible()
    expect(page.get_by_text("Country")).to_be_hidden()
    expect(page.get_by_text("high")).to_be_hidden()
    page.set_viewport_size({"width": 1200, "height": 844})
    expect(page.get_by_text("Country")).to_be_visible()
    page.close()
