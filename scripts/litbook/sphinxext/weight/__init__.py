"""Leave out of the build and of the pages what no page uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litbook.sphinxext.weight import css_pruning, unused

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Strip unused extensions, assets and rules of style."""
    unused.silence_unused_extensions(app)
    css_pruning.hush_overwriting()
    app.connect("builder-inited", unused.drop_what_no_page_uses, priority=899)
    app.connect("builder-inited", unused.clear_head, priority=900)
    app.connect("builder-inited", unused.trim_templates, priority=900)
    app.connect("builder-inited", unused.keep_stylesheet, priority=900)
    app.connect("builder-inited", unused.place_stylesheet, priority=900)
    app.connect("html-page-context", unused.drop_unused_scripts, priority=950)
    app.connect("html-page-context", unused.shorten_page, priority=950)
    app.connect("build-finished", css_pruning.reduce_styles, priority=950)  # when all pages are written
