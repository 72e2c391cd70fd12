"""What all pages share: the frame of a page, its styles, and the keys that work everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litbook.site.build.assets import add_assets

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Add the templates, styles and scripts of all pages."""
    add_assets(app, __file__, scripts=("litbook-keys.js",), styles=("litbook.css",))
    app.add_css_file("litbook-print.css", media="print", priority=503)  # no page waits for it
