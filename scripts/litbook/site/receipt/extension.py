"""The receipt of a build, against which a copy of the site can be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litbook.site.receipt import receipt

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Write the receipt after all other files, and link it."""
    app.connect("html-page-context", receipt.add_to_foot)
    app.connect("build-finished", receipt.write_receipt, priority=900)
