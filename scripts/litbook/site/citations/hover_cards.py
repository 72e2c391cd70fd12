"""Cards: what a citation is of, shown on hover, on focus and by touch.

The page itself holds what its cards show, as JSON that `litbook-cards.js` reads: no request leaves the page. Without
JavaScript a citation is a link to the paper page, and a claim's sentence is the title of its mark.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

# JSON in a page must neither end the element that holds it nor begin a comment.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


class AddCards(SphinxPostTransform):
    """Add to a page the cards of its citations and claims; each link carries its own."""

    default_priority = 60
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Append one element with the cards, in the order of the links."""
        links = [link for link in self.document.findall(nodes.reference) if "card" in link]
        _say_once(links)
        cards = {link["citekey"]: dict(link["card"]) for link in links}
        if cards:
            text = json.dumps(cards, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
            html = f'<script type="application/json" id="litbook-cards">{text}</script>'
            section = next(iter(self.document.findall(nodes.section)), None)
            (section or self.document).append(nodes.raw("", html, format="html"))


def _say_once(links: Iterable[nodes.reference]) -> None:
    """Keep the sentence of a claim at its first mark; later ones get it from there, by address and number."""
    seen = set()
    for link in links:
        key = link.get("refuri"), link.astext()
        if "reftitle" in link and key in seen:
            del link["reftitle"]
        seen.add(key)
