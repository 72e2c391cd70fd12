"""Titles and headings as plain text, for places that show no markup: the rail, the breadcrumb, contents."""

from __future__ import annotations

from docutils import nodes


def plain_title(node: nodes.Node) -> str:
    """Return the text of a title, its formulas in characters as far as there are any."""
    return " ".join("".join(map(_show, node.children)).split())


def _show(node: nodes.Node) -> str:
    if isinstance(node, nodes.math):
        from litbook.ingest.formats.tex import decode_maths  # noqa: PLC0415 - loads pylatexenc, and is seldom needed

        return decode_maths(node.astext()) or node.astext()
    return "".join(map(_show, node.children)) if node.children else node.astext()
