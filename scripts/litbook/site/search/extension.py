"""The search page, its index, and the figures of how well it finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litbook.site.build.assets import add_assets
from litbook.site.search import figures_directive, pages

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Replace the stock search."""
    add_assets(app, __file__)
    app.connect("builder-inited", pages.write_page_script, priority=600)  # after `links.write_assets`
    app.connect("html-collect-pages", pages.collect_search_page)
    app.connect("build-finished", pages.write_search_index)
    app.add_directive("search-figures", figures_directive.SearchFigures)
