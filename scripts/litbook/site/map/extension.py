"""The map of the papers: cards, filters and a selection on the drawing of a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litbook.site.build.assets import add_assets

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Add the script of the map."""
    add_assets(app, __file__, scripts=("litbook-map.js",), styles=("litbook-map.css",), mark='class="litbook-map"')
