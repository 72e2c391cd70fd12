"""Curly quotation marks and apostrophes in what people wrote, when a page is drawn.

Checks compare pages with abstracts sign for sign, so that sources keep the signs that were typed.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from litbook.core.urls import is_paper_page

_QUOTED = frozenset({"litbook-side", "litbook-quoted", "litbook-concepts"})  # in papers' own words
_VERBATIM = (nodes.literal, nodes.literal_block, nodes.math, nodes.math_block, nodes.raw, nodes.comment)
_STRAIGHT = re.compile("[\"']")
_OPENS_AFTER = re.compile(r"[\s(\[{—–“‘/-]")  # or nothing: a quotation begins there


class CurlQuotes(SphinxPostTransform):
    """Curl the straight marks of a page, but for code and formulas."""

    default_priority = 70
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Change the document, unless it is a paper's page, which is in the paper's own words."""
        if not is_paper_page(self.env.docname):
            curl_quotes(self.document)


def curl_quotes(document: nodes.Element) -> None:
    """Curl the marks in each block of text; one at the edge of a piece depends on the piece before."""
    for block in list(document.findall(nodes.TextElement)):
        if isinstance(block, _VERBATIM) or isinstance(block.parent, nodes.TextElement) or _is_quoted(block):
            continue
        before = ""
        for text in list(block.findall(nodes.Text)):
            if not _is_verbatim(text):
                curled = curl(str(text), before)
                if curled != str(text):
                    parent = text.parent
                    parent[parent.index(text)] = nodes.Text(curled)
            before = str(text)[-1:] or before


def curl(text: str, before: str = "") -> str:
    """Return a text with curly marks; `before` is the sign in front of it, if there is one."""

    def choose(match: re.Match[str]) -> str:
        left = text[match.start() - 1] if match.start() else before
        opens = not left or _OPENS_AFTER.fullmatch(left) is not None
        if match.group() == '"':
            return "“" if opens else "”"
        is_year = text[match.end() : match.end() + 2].isdecimal()  # '23 leaves out the century
        return "‘" if opens and not is_year else "’"

    return _STRAIGHT.sub(choose, text)


def _is_verbatim(node: nodes.Node) -> bool:
    parent = node.parent
    while parent is not None and isinstance(parent, nodes.TextElement):
        if isinstance(parent, _VERBATIM) or "bibtex-citation" in parent["classes"]:  # names as their owners write them
            return True
        parent = parent.parent
    return False


def _is_quoted(node: nodes.Node) -> bool:
    while isinstance(node, nodes.Element):
        if not _QUOTED.isdisjoint(node.get("classes", ())):
            return True
        node = node.parent
    return False
