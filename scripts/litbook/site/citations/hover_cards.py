"""Cards: what a citation stands for, shown on hover, on focus and by touch.

The page itself holds what its cards say, as JSON that `litbook-cards.js` reads: no request leaves the page. Without
JavaScript a citation is a link to the paper's page, and a claim's sentence is the title of its mark.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from litbook.model.queries import find_paper
from litbook.model.review import Corpus, Paper
from litbook.site.build.prepare import prepared_review

_PAPER = re.compile(r"(?:^|/)(?:papers/)?([^/#?]+)\.html(?:#|$)")
_MOST_AUTHORS = 6
# JSON in a page must neither end the element that holds it nor begin a comment.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


class AddCards(SphinxPostTransform):
    """Add to a page what the cards of its citations and claims say."""

    default_priority = 60  # after `LinkCitationsToPapers`
    formats = ("html",)

    def run(self, **_: Any) -> None:
        corpus = prepared_review(self.env.app).corpus
        cited = {key: find_paper(corpus, key) for key in dict.fromkeys(self._find_keys())}
        cards = {key: describe_paper(corpus, paper) for key, paper in cited.items() if paper}
        if cards:
            text = json.dumps(cards, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
            html = f'<script type="application/json" id="litbook-cards">{text}</script>'
            (next(iter(self.document.findall(nodes.section)), None) or self.document).append(
                nodes.raw("", html, format="html")
            )

    def _find_keys(self) -> Iterator[str]:
        for link in self.document.findall(nodes.reference):
            inside = isinstance(link.parent, nodes.inline) and "bibtex-citation" in link.parent["classes"]
            found = _PAPER.search(link.get("refuri", "")) if inside or "litbook-claim" in link["classes"] else None
            if found:
                yield found[1]


def describe_paper(corpus: Corpus, paper: Paper) -> dict[str, str]:
    """Return what a card says of a paper: title, authors with year and venue, and gist; only what is known."""
    more = " et al." if len(paper.authors) > _MOST_AUTHORS else ""
    known = [", ".join(paper.authors[:_MOST_AUTHORS]) + more, str(paper.year or ""), paper.venue or ""]
    gist = corpus.gists.get(paper.citekey)
    said = {
        "title": paper.title.plain or paper.citekey,
        "byline": " · ".join(item for item in known if item),
        "gist": f"“{gist.quote}”" if gist else "",
    }
    return {name: text for name, text in said.items() if text}
