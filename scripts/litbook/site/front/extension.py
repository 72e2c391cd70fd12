"""The front page: the search box with what the review is, its findings, and when its papers appeared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litbook.site.build.assets import add_assets
from litbook.site.front import highlights, search_box, timeline

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Add the directives of the front page, and their styles."""
    add_assets(app, __file__, styles=["litbook-front.css"])
    app.add_directive("search-box", search_box.SearchBox)
    app.add_directive("highlights", highlights.Highlights)
    app.add_directive("timeline", timeline.Timeline)
