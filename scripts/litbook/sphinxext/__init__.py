"""The Sphinx side of litbook: what happens in the build, and the directives and roles for authors."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes

import litbook
from litbook.kept import digest_files
from litbook.sphinxext import (
    cards,
    changelist,
    citations,
    cite,
    claims,
    coverage,
    directives,
    downloads,
    events,
    feeds,
    findings,
    glossary,
    grouped,
    lean,
    listing,
    mathematics,
    metadata,
    nav,
    notebooks,
    paperlinks,
    paths,
    pictures,
    quick,
    released,
    remembered,
    roles,
    screening,
    search,
    searchfigures,
    site,
    sitefiles,
    sparing,
    styles,
    tensions,
    walk,
    yours,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

HERE = Path(__file__).parent
_DRAWN_BY = (*sorted(HERE.glob("*.py")), HERE.parent / "render/bibliography.py", HERE.parent / "pages.py")

_STYLES = (
    "litbook.css",
    "litbook-map.css",
    "litbook-list.css",
    "litbook-selection.css",
    "litbook-cite.css",
    "litbook-yours.css",
)
# Each in its place: one may use what those before it offer.
_SCRIPTS = (
    "litbook-yours.js",
    "litbook-keys.js",
    "litbook-cards.js",
    "litbook-map.js",
    "litbook-list.js",
    "litbook-details.js",
    "litbook-selection.js",
)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect litbook to Sphinx; the events stand in the order in which they happen."""
    quick.calm_garbage_collector()
    quick.skip_unshown_remarks(app)
    walk.walk_quickly()
    quick.take_short_ways()
    paperlinks.link_papers_at_once()
    lean.silence_unused_extensions(app)
    styles.hush_overwriting()
    # Before sphinx-external-toc reads the table of contents and sphinxcontrib-bibtex its files.
    app.connect("config-inited", events.prepare_review, priority=400)
    app.connect("config-inited", site.find_address)
    app.connect("builder-inited", lean.drop_what_no_page_uses, priority=900)
    app.connect("builder-inited", quick.render_quickly, priority=900)
    app.connect("builder-inited", remembered.remember_results, priority=900)
    app.connect("builder-inited", released.release_documents, priority=900)
    app.connect("builder-inited", sparing.spare_transforms, priority=900)
    app.connect("builder-inited", sparing.spare_contents, priority=900)
    app.connect("builder-inited", lean.clear_head, priority=900)
    app.connect("builder-inited", lean.trim_templates, priority=900)
    app.connect("builder-inited", lean.keep_stylesheet, priority=900)
    app.connect("builder-inited", lean.place_stylesheet, priority=900)
    app.connect("builder-inited", citations.remember_citations, priority=900)
    app.connect("builder-inited", nav.replace_theme_navigation, priority=900)
    app.connect("env-get-outdated", events.find_outdated)
    app.connect("env-get-outdated", notebooks.find_outdated)
    app.connect("env-before-read-docs", released.keep_few_documents)
    app.connect("env-before-read-docs", citations.note_read_documents)
    app.connect("env-purge-doc", events.forget_document)
    app.connect("doctree-read", claims.finish_paper)
    app.connect("env-updated", nav.find_stale_navigation)
    app.connect("env-updated", cite.find_stale)
    app.connect("env-updated", metadata.find_stale)
    app.connect("env-check-consistency", citations.check_bibliography)
    app.connect("html-collect-pages", search.collect_search_page)
    app.connect("html-collect-pages", grouped.collect_indexes)
    app.connect("html-page-context", lean.drop_unused_scripts, priority=950)
    app.connect("html-page-context", lean.shorten_page, priority=950)
    app.connect("html-page-context", remembered.remember_tags, priority=960)
    app.connect("html-page-context", downloads.offer_notebook)
    app.connect("html-page-context", metadata.add_metadata)
    app.connect("build-finished", grouped.write_group_pages)
    app.connect("build-finished", search.write_search_index)
    app.connect("build-finished", feeds.write_feeds)
    app.connect("build-finished", pictures.write_pictures)
    app.connect("build-finished", sitefiles.write_site_files)
    app.connect("build-finished", styles.reduce_styles, priority=950)  # when all pages stand

    yours.offer_marks(app)
    _add_vocabulary(app)
    mathematics.add_mathematics(app)
    app.add_config_value("litbook_content_policy", metadata.POLICY, "html", str)

    _add_files(app)
    return {
        "version": litbook.__version__,
        "env_version": int(digest_files(_DRAWN_BY)[:12], 16),  # other code reads all pages anew
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def _add_files(app: Sphinx) -> None:
    """Add templates, styles and scripts."""
    app.config.templates_path.append(str(HERE / "templates"))
    app.config.html_static_path.append(str(HERE / "static"))
    for name in _STYLES:
        app.add_css_file(name)
    app.add_css_file("litbook-print.css", media="print")  # no page waits for it
    for name in _SCRIPTS:
        app.add_js_file(name, loading_method="defer")


def _add_vocabulary(app: Sphinx) -> None:
    """Add the directives and roles for authors, and what draws them."""
    app.add_directive("papers", directives.Papers)
    app.add_directive("coverage", coverage.CoverageGauge)
    app.add_directive("evidence-table", findings.EvidenceTable)
    app.add_directive("themes", directives.Themes)
    app.add_directive("search-box", directives.SearchBox)
    app.add_directive("search-figures", searchfigures.SearchFigures)
    app.add_directive("flow", screening.Flow)
    app.add_directive("sources", screening.Sources)
    app.add_directive("duplicates", screening.Duplicates)
    app.add_directive("excluded", screening.Excluded)
    app.add_directive("undecided", screening.Undecided)
    app.add_directive("edge", screening.Edge)
    app.add_directive("acronyms", glossary.Acronyms)
    app.add_directive("reading-path", paths.Path)
    app.add_directive("tensions", tensions.Tensions)
    app.add_directive("changes", changelist.WhatChanged)
    app.add_directive("cite-review", cite.CiteReview)
    skip = (cite.skip_cite, None)
    app.add_node(cite.CiteNode, html=(cite.visit_cite, None), latex=skip, text=skip, man=skip, texinfo=skip)
    app.add_role("count", roles.Count())
    app.add_role("acronym", glossary.AcronymRole())
    app.add_role("minutes", coverage.ReadingTime())
    app.add_role("claim", claims.ClaimMark())
    app.add_role("quote", claims.QuoteMark())
    app.add_role("litbook-used", claims.Used())
    app.add_transform(screening.DrawFlow)
    app.add_node(listing.PaperItem, html=(listing.visit_item, listing.depart_item))
    app.add_node(listing.Division, html=(listing.visit_division, listing.depart_division))
    app.add_node(nodes.citation, override=True, html=(citations.visit_entry, citations.depart_entry))
    app.add_post_transform(citations.LinkCitationsToPapers)
    app.add_post_transform(cards.AddCards)
