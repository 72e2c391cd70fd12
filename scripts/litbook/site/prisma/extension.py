"""How records became papers of the review: the PRISMA flow, sources, duplicates and exclusions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litbook.site.build.assets import add_assets
from litbook.site.prisma import directives, searches

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Add the directives of the page on the flow, and the page on searches."""
    add_assets(app, __file__, styles=["litbook-searches.css"], mark="litbook-query")
    app.connect("html-collect-pages", searches.collect_searches_page)
    app.add_directive("flow", directives.Flow)
    app.add_directive("sources", directives.Sources)
    app.add_directive("duplicates", directives.Duplicates)
    app.add_directive("excluded", directives.Excluded)
    app.add_directive("undecided", directives.Undecided)
    app.add_directive("edge", directives.Edge)
    app.add_transform(directives.DrawFlow)
