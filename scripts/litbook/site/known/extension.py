"""What the reader already knows: their marks in the text, what changed since their last visit, what to read next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litbook.site.build.assets import add_assets
from litbook.site.known import changes

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Add the scripts, and the files with what changed and what chapters cite."""
    # The second script is loaded by the first, for readers who have marks or were here before.
    add_assets(app, __file__, scripts=["litbook-visits.js"])
    app.connect("html-page-context", changes.add_place)
    app.connect("build-finished", changes.write_changes)
