"""Metadata, feeds, sitemap and link previews: what the site says to programs."""
