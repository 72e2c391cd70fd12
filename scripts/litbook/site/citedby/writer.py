"""Write the pages on citations into the site."""

from __future__ import annotations

from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from litbook.core.project import Project
from litbook.site.build.page_writer import GeneratedPage, PageWriter
from litbook.site.build.prepare import prepared_review
from litbook.site.citedby.pages import render_pages

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def write_citation_pages(app: Sphinx, error: Exception | None) -> None:
    """Write the pages that changed, and delete those that are gone; people's documents stay."""
    if error is not None or app.builder.format != "html":
        return
    digests = Project(Path(app.srcdir)).cache / "citation-pages.json"
    pages = list(render_pages(prepared_review(app).corpus))
    if not pages and not digests.is_file():
        return
    writer = PageWriter(app, digests)
    for page in pages:
        name = f"citations/{page.file}"
        if name not in app.env.found_docs:
            made = GeneratedPage(
                name, escape(page.title), page.body, partial(str, page.body), page.body, page.description
            )
            writer.write(made)
    for name in writer.save() - app.env.found_docs:
        Path(cast(Any, app.builder).get_outfilename(name)).unlink(missing_ok=True)
