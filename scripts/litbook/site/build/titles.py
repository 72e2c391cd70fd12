"""Titles and headings as plain text, for places that show no markup: the rail, the breadcrumb, contents."""

from __future__ import annotations

from docutils import nodes

from litbook.text.scripts import lower_text, raise_text


def plain_title(node: nodes.Node) -> str:
    """Return the text of a title, its formulas in characters as far as there are any."""
    return " ".join("".join(map(_show, node.children)).split())


def _show(node: nodes.Node) -> str:
    if isinstance(node, nodes.math):
        from litbook.ingest.formats.tex import show_maths  # noqa: PLC0415 - loads pylatexenc, and is seldom needed

        return show_maths(node.astext())
    if isinstance(node, nodes.raw):  # marks of HTML
        return ""
    if isinstance(node, nodes.subscript | nodes.superscript):
        return (lower_text if isinstance(node, nodes.subscript) else raise_text)(node.astext())
    return "".join(map(_show, node.children)) if node.children else node.astext()
