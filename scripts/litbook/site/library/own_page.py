"""The reader's own marks and notes: what pages tell the scripts that keep them, and the page that lists them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from litbook.model.site import identify_review
from litbook.site.build.prepare import prepared_review

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def offer_marks(app: Sphinx) -> None:
    """Let readers mark and note papers on all pages, and have a page that lists what they marked."""
    app.connect("builder-inited", note_review, priority=900)
    app.connect("html-collect-pages", collect_own_page)


def note_review(app: Sphinx) -> None:
    """Remember under which name the browsers of readers keep what is of this review."""
    app.litbook_review = identify_review(prepared_review(app).first_seen)  # type: ignore[attr-defined]


def collect_own_page(_app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Add `your-papers.html` to the site."""
    said = "What you marked and noted on these papers in this browser, and which of them are in your own library."
    yield "your-papers", {"title": "Your papers", "litbook_description": said}, "your-papers.html"
