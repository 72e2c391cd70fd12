"""The reader's own marks and notes: what pages tell the scripts that keep them, and the page that lists them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def offer_marks(app: Sphinx) -> None:
    """Let readers mark and note papers on all pages, and have a page that lists what they marked."""
    app.connect("html-collect-pages", collect_own_page)


def collect_own_page(_app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Add `your-papers.html` to the site."""
    said = "Your marks and notes on these papers, saved in this browser, and which of the papers are in your library."
    yield "your-papers", {"title": "Your papers", "litbook_description": said}, "your-papers.html"
