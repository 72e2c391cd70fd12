"""Put our own search in the place of the stock one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from litbook.index import drop_pages, index
from litbook.project import Project
from litbook.sphinxext.events import prepared_review

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def collect_search_page(_app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Add `search.html` to the pages of the site."""
    yield "search", {"title": "Search"}, "search.html"


def write_search_index(app: Sphinx, error: Exception | None) -> None:
    """Write the index that the search page loads."""
    if error is None and app.builder.format == "html":
        builder = cast(Any, app.builder)
        pages = {Path(builder.get_outfilename(docname)) for docname in app.env.found_docs}
        drop_pages(Path(app.outdir) / "book", pages)
        index(prepared_review(app).corpus, Path(app.outdir), Project(Path(app.srcdir)).data)
