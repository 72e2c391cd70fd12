"""The pages of the papers: read from their Markdown, written in the layout of the theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litbook.site.build.observers import PAGES_WANTED
from litbook.site.build.prepare import prepared_review
from litbook.site.papers import documents, links, noted, pages

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Write paper pages without Sphinx, but for those that include a person's note."""
    app.add_config_value("litbook_paper_documents", False, "env", bool)
    app.add_config_value("litbook_export_notes", False, "env", bool)  # read by `ingest`
    app.connect("builder-inited", leave_out_generated_pages)
    app.connect("doctree-read", noted.finish_paper)
    app.connect(PAGES_WANTED, pages.write_wanted_pages)
    app.connect("build-finished", pages.write_paper_pages, priority=400)  # before the search reads the built pages
    app.add_role("litbook-used", noted.UsedRole())
    app.add_role("litbook-from", noted.FromRole())
    app.add_post_transform(links.LinkPaperPages)


def leave_out_generated_pages(app: Sphinx) -> None:
    """Take generated pages from Sphinx where it makes a site, unless the settings leave them to it."""
    if app.builder.format == "html" and not app.config.litbook_paper_documents:
        documents.leave_out_generated(app, prepared_review(app).corpus.notes)
