"""Tables that scroll sideways by themselves where they are wider than the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.writers.html5 import HTML5Translator


def visit_table(translator: HTML5Translator, node: nodes.table) -> None:
    """Write the start of a table, in a box that scrolls."""
    translator.body.append('<div class="litbook-scroll">')
    type(translator).visit_table(translator, node)


def depart_table(translator: HTML5Translator, node: nodes.table) -> None:
    """Write the end of a table."""
    type(translator).depart_table(translator, node)
    translator.body.append("</div>\n")
