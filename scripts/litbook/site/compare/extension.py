"""Two to five papers side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litbook.site.build.assets import add_assets
from litbook.site.compare import examples

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Add the page that compares papers."""
    add_assets(app, __file__)
    app.connect("html-page-context", examples.add_examples)
