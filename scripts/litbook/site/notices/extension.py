"""Retractions, withdrawals and corrections, wherever readers meet the paper that they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litbook.site.build.assets import add_assets
from litbook.site.notices import kept, labels, page

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Label papers with serious notices, say why sentences on them are kept, and list all notices on a page."""
    add_assets(app, __file__, styles=["litbook-notices.css"], mark="litbook-notice")
    app.connect("doctree-read", labels.remember_flags)
    app.connect("doctree-read", kept.add_reasons)
    app.connect("html-collect-pages", page.collect_notices_page)
    app.connect("html-page-context", labels.label_page)
    app.connect("html-page-context", page.add_to_foot)
