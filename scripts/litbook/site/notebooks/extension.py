"""Notebooks: when they are executed, in which kernels, and their download."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litbook.site.build.assets import add_assets
from litbook.site.notebooks import downloads, execution, failures, figure_references, kernels

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Execute notebooks when what they read changed, offer them for download, and say how to cite their figures."""
    add_assets(app, __file__, styles=("litbook-notebooks.css",), mark='class="cell')
    app.connect("config-inited", failures.take_failures)
    app.connect("env-get-outdated", execution.find_outdated, priority=700)  # when the data are written
    app.connect("env-before-read-docs", kernels.start)
    app.connect("env-updated", kernels.stop)
    app.connect("build-finished", kernels.stop)
    app.connect("html-page-context", downloads.offer_notebook)
    app.connect("html-page-context", figure_references.add_references)
