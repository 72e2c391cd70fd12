"""Lists of papers that readers sort, filter, select from and export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litbook.site.build.assets import add_assets
from litbook.site.lists import paper_list

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Add the nodes that draw a list, and its scripts."""
    add_assets(app, __file__, scripts=("litbook-list.js",), mark="data-litbook-list")
    add_assets(
        app,
        __file__,
        scripts=("litbook-details.js", "litbook-selection.js"),
        styles=("litbook-list.css", "litbook-selection.css"),
    )
    app.add_node(paper_list.PaperItem, html=(paper_list.visit_item, paper_list.depart_item))
    app.add_node(paper_list.Division, html=(paper_list.visit_division, paper_list.depart_division))
