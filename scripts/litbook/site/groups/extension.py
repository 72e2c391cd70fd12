"""Pages of authors, venues and years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litbook.site.groups import layout

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Add the pages of groups to the site."""
    app.connect("html-collect-pages", layout.collect_indexes)
    app.connect("build-finished", layout.write_group_pages)
