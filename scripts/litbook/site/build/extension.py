"""Prepare the review before Sphinx reads it, and decide which pages a change affects."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from litbook.site.build import observers, prepare, site_config
from litbook.site.build.builder import ReviewBuilder, refuse_other_layouts
from litbook.site.build.faults import collect_faults
from litbook.site.build.pictures import DecodePictures
from litbook.site.build.section_anchors import ListTargets, NameSections
from litbook.site.build.translator import ReviewTranslator

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Connect the straight line to the build: it runs before Sphinx reads a page."""
    _calm_garbage_collector()
    collect_faults(app)
    app.add_event(observers.PAGE_WRITTEN)
    app.add_event(observers.PAGES_WANTED)
    observers.connect_observers(app)
    app.add_builder(ReviewBuilder, override=True)
    app.set_translator("html", ReviewTranslator, override=True)
    app.add_transform(NameSections)
    app.add_transform(ListTargets)
    app.add_transform(DecodePictures)
    app.connect("builder-inited", refuse_other_layouts)
    # Before sphinx-external-toc reads the table of contents and sphinxcontrib-bibtex its files.
    app.connect("config-inited", prepare.prepare_review, priority=400)
    app.connect("config-inited", site_config.find_address)
    app.connect("env-get-outdated", prepare.find_outdated, priority=700)  # it takes long: the wanted pages come first
    app.connect("env-purge-doc", prepare.forget_document)


def _calm_garbage_collector() -> None:
    """Look for cyclic garbage seldom: what a build makes lives until its end."""
    gc.freeze()
    gc.set_threshold(30_000, 10, 1_000)
