"""Citations and claims: links to papers, marks on sentences, hover cards, and how to cite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from litbook.site.build.assets import add_assets
from litbook.site.citations import claim_marks, hover_cards, how_to_cite, links

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Connect citations to the papers that they cite."""
    add_assets(app, __file__, styles=("litbook-cite.css",))
    add_assets(app, __file__, scripts=("litbook-cards.js",), mark='id="litbook-cards"')
    app.connect("builder-inited", links.remember_citations, priority=900)
    app.connect("env-before-read-docs", links.note_read_documents)
    app.connect("doctree-read", claim_marks.finish_paper)
    app.connect("env-updated", how_to_cite.find_stale)
    app.connect("env-check-consistency", links.check_bibliography)
    app.add_directive("cite-review", how_to_cite.CiteReview)
    skip = (how_to_cite.skip_cite, None)
    app.add_node(
        how_to_cite.CiteNode, html=(how_to_cite.visit_cite, None), latex=skip, text=skip, man=skip, texinfo=skip
    )
    app.add_role("claim", claim_marks.ClaimMark())
    app.add_role("quote", claim_marks.QuoteMark())
    app.add_role("litbook-used", claim_marks.Used())
    app.add_node(nodes.citation, override=True, html=(links.visit_entry, links.depart_entry))
    app.add_post_transform(links.LinkCitationsToPapers)
    app.add_post_transform(hover_cards.AddCards)
