"""The reader's own marks and notes: what pages tell the scripts that keep them, and the page that lists them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

from litbook.feeds import identify_review
from litbook.sphinxext.events import prepared_review

if TYPE_CHECKING:
    from sphinx.application import Sphinx

# The theme's scripts read and write the storage without asking whether they may; where they may not, or where it is
# full, they would stop halfway. This has to run before the theme's first script, so it stands in the page.
STAND_IN = (
    '<script>(()=>{let s;try{s=localStorage;for(const n of["mode","theme"])s.setItem(n,s.getItem(n)||"auto")}catch{'
    "const t=f=>(...a)=>{try{return f(...a)}catch{return null}};Object.defineProperty(window,'localStorage',{value:{"
    "litbookStandIn:true,litbookReal:s,getItem:t(n=>s.getItem(n)),setItem:t((n,v)=>s.setItem(n,v)),"
    "removeItem:t(n=>s.removeItem(n))}})}})()</script>"
)


def offer_marks(app: Sphinx) -> None:
    """Let readers mark and note papers on all pages, and have a page that lists what they marked."""
    app.connect("builder-inited", note_review, priority=900)
    app.connect("html-collect-pages", collect_own_page)


def note_review(app: Sphinx) -> None:
    """Remember under which name the browsers of readers keep what is of this review."""
    app.litbook_review = identify_review(prepared_review(app).first_seen)  # type: ignore[attr-defined]


def review_name(app: Sphinx) -> str:
    """Return the name under which browsers keep what is of this review; it stays the same in all later builds."""
    return cast(str, app.litbook_review)  # type: ignore[attr-defined]


def collect_own_page(_app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Add `your-papers.html` to the site."""
    said = "What you marked and noted on these papers in this browser, and which of them are in your own library."
    yield "your-papers", {"title": "Your papers", "litbook_description": said}, "your-papers.html"
