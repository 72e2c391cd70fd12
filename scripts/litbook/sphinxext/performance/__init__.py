"""Shorter ways through Sphinx, docutils, MyST and pybtex."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litbook.sphinxext.performance import direct_links, findall, memoize, memory, shortcuts, skip_transforms

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Install the patches of foreign code, and connect those that wait for the builder."""
    shortcuts.calm_garbage_collector()
    shortcuts.skip_unshown_remarks(app)
    findall.walk_quickly()
    shortcuts.take_short_ways()
    direct_links.link_papers_at_once()
    app.connect("builder-inited", shortcuts.render_quickly, priority=900)
    app.connect("builder-inited", memoize.remember_results, priority=900)
    app.connect("builder-inited", memory.release_documents, priority=900)
    app.connect("builder-inited", skip_transforms.spare_transforms, priority=900)
    app.connect("builder-inited", skip_transforms.spare_contents, priority=900)
    app.connect("env-before-read-docs", memory.keep_few_documents)
