"""Metadata, feeds, sitemap and link previews: what the site says to programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litbook.site.build.assets import add_assets
from litbook.site.publishing import feed_events, head, moved, policy, sitemap, social_cards, twins

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Add to pages what programs read, and write feeds, sitemap and pictures."""
    add_assets(app, __file__)
    app.add_config_value("litbook_content_policy", policy.PAGES, "html", str)
    app.connect("env-updated", head.find_stale)
    app.connect("html-page-context", head.add_metadata)
    app.connect("build-finished", feed_events.write_feeds)
    app.connect("build-finished", social_cards.write_pictures)
    app.connect("build-finished", moved.write_moved)
    app.connect("build-finished", sitemap.write_site_files)
    app.connect("build-finished", twins.write_twins)
