"""The sign that a wide table goes on beyond the edge, in a real browser, with the site's own styles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from browsing import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ASSETS = Path(__file__).parents[3] / "scripts/litbook/site/layout/assets"
STYLES = "\n".join(path.read_text("utf-8") for path in sorted(ASSETS.glob("*.css")) if "print" not in path.name)
PAGE = """\
<!doctype html><html lang="en"><head><title>x</title><style>{styles}</style></head><body>
<div class="litbook-scroll" id="wide"><table><tr><td style="min-width: 60rem">Owls hear mice.</td></tr></table></div>
<div class="litbook-scroll" id="narrow"><table><tr><td>Voles.</td></tr></table></div>
</body></html>
"""


def test_only_what_goes_on_fades_at_the_edge_until_its_end_is_seen(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 640})
    page.set_content(PAGE.format(styles=STYLES))
    wide, narrow = page.locator("#wide"), page.locator("#narrow")
    expect(narrow).to_have_css("mask-image", "none")
    expect(wide).to_have_css("--fade", "59.5px")  # 3.5 rem on a phone
    wide.evaluate("box => box.scrollTo(box.scrollWidth, 0)")
    expect(wide).to_have_css("--fade", "0px")
    page.close()
