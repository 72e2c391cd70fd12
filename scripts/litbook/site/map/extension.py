"""The map of the papers: cards, filters and a selection on the drawing of a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litbook.site.build.assets import add_assets

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Add the scripts and the style of the map."""
    scripts = ("litbook-map-zoom.js", "litbook-map-address.js", "litbook-map.js")
    add_assets(app, __file__, scripts=scripts, styles=("litbook-map.css",), mark='class="litbook-map"')
