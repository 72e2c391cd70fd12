"""The reader's own marks and notes, kept in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litbook.site.build.assets import add_assets
from litbook.site.library import own_page

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Let readers mark and note papers on all pages."""
    add_assets(app, __file__, scripts=("litbook-yours.js",), styles=("litbook-yours.css",))
    own_page.offer_marks(app)
