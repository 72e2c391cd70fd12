"""Show the pages that are looked at as soon as they can be made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litbook.site.preview.early import show_early

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Show wanted pages when the table of contents is known, and before values of all pages are compared."""
    app.connect("env-get-outdated", show_early, priority=600)
