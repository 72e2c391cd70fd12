"""The sidebar, the breadcrumb, and the links to the previous and the next page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litbook.site.build.assets import add_assets
from litbook.site.navigation import navigation

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Draw the navigation of all pages."""
    add_assets(app, __file__)
    app.connect("builder-inited", navigation.prepare_navigation)
    app.connect("env-updated", navigation.find_stale_navigation)
    app.connect("html-page-context", navigation.add_navigation_context)
