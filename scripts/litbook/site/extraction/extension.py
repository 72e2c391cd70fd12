"""What people extracted from the papers, as tables and figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litbook.site.build.assets import add_assets
from litbook.site.extraction import pages

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Add the page of the whole table; its script and styles are loaded nowhere else."""
    add_assets(
        app,
        __file__,
        scripts=("litbook-extraction-table.js", "litbook-extraction.js"),
        styles=("litbook-extraction.css",),
        mark="data-litbook-extraction",
    )
    app.connect("html-collect-pages", pages.collect_page)
