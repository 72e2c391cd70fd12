"""Pages of authors, venues and years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litbook.site.groups import writer

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Add the pages of groups to the site."""
    app.connect("build-finished", writer.write_group_pages, priority=400)  # before whatever looks at all built pages
