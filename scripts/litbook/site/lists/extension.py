"""Lists of papers that readers sort, filter, select from and export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litbook.site.build.assets import add_assets
from litbook.site.lists.nothing import FoldEmptySections

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Add the scripts and styles of lists."""
    app.add_transform(FoldEmptySections)
    # On other pages the selection loads litbook-details.js when a reader exports.
    add_assets(app, __file__, scripts=("litbook-list.js", "litbook-details.js"), mark="data-litbook-list")
    add_assets(app, __file__, scripts=("litbook-selection.js",), styles=("litbook-list.css", "litbook-selection.css"))
