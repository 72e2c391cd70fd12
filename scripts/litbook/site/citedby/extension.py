"""Pages on who cites whom in the review, and on what it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litbook.site.build.assets import add_assets
from litbook.site.citedby import writer

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Add the pages of citations to the site."""
    add_assets(app, __file__, styles=("litbook-citedby.css",), mark="litbook-cited-here")
    app.connect("build-finished", writer.write_citation_pages, priority=400)  # before whatever looks at all built pages
