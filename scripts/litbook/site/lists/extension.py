"""Lists of papers that readers sort, filter, select from and export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litbook.site.build.assets import add_assets

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Add the scripts and styles of lists."""
    add_assets(app, __file__, scripts=("litbook-list.js",), mark="data-litbook-list")
    add_assets(
        app,
        __file__,
        scripts=("litbook-details.js", "litbook-selection.js"),
        styles=("litbook-list.css", "litbook-selection.css"),
    )
