"""Citations and claims: links to papers, marks on sentences, hover cards, and how to cite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litbook.site.build.assets import add_assets
from litbook.site.citations import (
    bibliography,
    cite_role,
    claim_marks,
    domain,
    hover_cards,
    how_to_cite,
    outside,
    pairing,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Connect citations to the papers that they cite."""
    add_assets(app, __file__, styles=("litbook-cite.css",))
    add_assets(app, __file__, scripts=("litbook-cards.js",), mark='id="litbook-cards"')
    app.connect("env-updated", how_to_cite.find_stale)
    if "sphinxcontrib.bibtex" in app.config.extensions:  # settings of other Jupyter Books; ours replace its roles
        app.setup_extension("sphinxcontrib.bibtex")
    app.add_domain(domain.CiteDomain, override=True)
    app.add_role("cite", cite_role.CiteRole(), override=True)
    app.add_directive("bibliography", bibliography.Bibliography, override=True)
    app.add_directive("cite-review", how_to_cite.CiteReview)
    skip = (how_to_cite.skip_cite, None)
    app.add_node(
        how_to_cite.CiteNode, html=(how_to_cite.visit_cite, None), latex=skip, text=skip, man=skip, texinfo=skip
    )
    app.add_role("claim", claim_marks.ClaimMark())
    app.add_role("quote", claim_marks.QuoteMark())
    app.add_role("outside", outside.OutsideRole())
    app.add_post_transform(pairing.PairMarks)
    app.add_post_transform(hover_cards.AddCards)
