"""Put the pages of authors, venues and years into the site, at almost no cost.

Only the three indexes go through the theme's layout, which takes ten milliseconds a page. The other pages are copies of
them with another title, description and content: they lie in the same folders, so all addresses hold.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from litbook.core.atomic import write_text
from litbook.site.build.prepare import prepared_review
from litbook.site.groups.pages import Page, render_index, render_pages
from litbook.write.groups import KINDS

if TYPE_CHECKING:
    from sphinx.application import Sphinx

# The words tell `lean` that pages made from this one hold lists, though the index itself has none.
_BEGIN, _END = "<!-- data-litbook-list data-paper=: begin -->", "<!-- data-litbook-list: end -->"
_SCRIPT = re.compile(r"(<script\b.*?</script>)", re.DOTALL)


def collect_indexes(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Add the indexes of authors, venues and years to the site."""
    corpus = prepared_review(app).corpus
    for kind in KINDS:
        if f"{kind}/index" not in app.env.found_docs:
            page = render_index(corpus, kind)
            context = {"title": escape(page.title), "body": _mark(page.body), "litbook_description": page.description}
            yield f"{kind}/index", context, "page.html"


def write_group_pages(app: Sphinx, error: Exception | None) -> None:
    """Write the other pages in the layout of the indexes, and delete those of groups that are gone."""
    if error is None and app.builder.format == "html":
        corpus = prepared_review(app).corpus
        for kind in KINDS:
            index = Path(app.outdir) / kind / "index.html"
            if index.is_file():
                # A person may have put documents of that folder's name into the review.
                theirs = {
                    f"{Path(docname).name}.html" for docname in app.env.found_docs if docname.startswith(f"{kind}/")
                }
                _write_pages(kind, index, list(render_pages(corpus, kind)), theirs)


def _write_pages(kind: str, index: Path, pages: list[Page], theirs: set[str]) -> None:
    text = index.read_text("utf-8")
    if not all(mark in text for mark in (_BEGIN, _END)):
        return
    layout = Layout(text, kind, pages[0])
    files = {index.with_name(f"{page.file}.html"): page for page in pages if f"{page.file}.html" not in theirs}
    for path, page in files.items():
        write_text(path, layout.fill(page))
    for stale in {path for path in index.parent.glob("*.html") if path.name not in theirs} - files.keys():
        stale.unlink()


class Layout:
    """Hold the index of a kind of groups as what other pages of its folder are made from."""

    def __init__(self, text: str, kind: str, index: Page) -> None:
        """Take the page apart: the head at its scripts, and what stands before and behind the content."""
        head, end, rest = text.partition("</head>")
        self._kind = kind
        self._index = index
        self._head = _SCRIPT.split(head)
        self._before = end + rest.partition(_BEGIN)[0]
        self._after = rest.rpartition(_END)[2]

    def fill(self, page: Page) -> str:
        """Return a page: another description, title, address and content."""
        texts = ((self._index.description, page.description), (self._index.title, page.title),
                 (f"{self._kind}/index", f"{self._kind}/{page.file}"))  # fmt: skip
        in_html, in_script = ([(quote(old), quote(new)) for old, new in texts] for quote in (escape, _quote_in_script))
        head = (_replace(piece, in_script if at % 2 else in_html) for at, piece in enumerate(self._head))
        return "".join([*head, self._before, _mark(page.body), self._after])


def _replace(text: str, changes: Sequence[tuple[str, str]]) -> str:
    for old, new in changes:
        text = text.replace(old, new)
    return text


def _mark(body: str) -> str:
    return f"{_BEGIN}\n{body}\n{_END}"


def _quote_in_script(text: str) -> str:
    """Return text as it stands between the quotation marks of JSON in a page."""
    quoted = json.dumps(text, ensure_ascii=False)[1:-1]
    return quoted.translate({ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})
