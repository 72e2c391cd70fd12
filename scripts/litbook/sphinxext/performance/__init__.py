"""Shorter ways through Sphinx, docutils, MyST and pybtex."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litbook.sphinxext.performance import memoize, shortcuts

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Install the patches of foreign code, and connect those that wait for the builder."""
    shortcuts.calm_garbage_collector()
    app.connect("builder-inited", memoize.keep_compiled_templates, priority=900)
