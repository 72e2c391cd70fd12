"""What people extracted from the papers, as tables and figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litbook.site.build.assets import add_assets
from litbook.site.extraction import effect_role, pages

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Add the page of the whole table, whose script and styles are loaded nowhere else, and the role for summaries."""
    add_assets(
        app,
        __file__,
        scripts=("litbook-extraction-table.js", "litbook-extraction.js"),
        styles=("litbook-extraction.css",),
        mark="data-litbook-extraction",
    )
    app.add_role("effect", effect_role.EffectRole())
    app.connect("html-collect-pages", pages.collect_page)
