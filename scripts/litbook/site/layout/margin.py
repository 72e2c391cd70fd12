"""Notes in the margin."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst.directives.body import Sidebar


class Margin(Sidebar):
    """Put what a page says aside beside its text; on narrow windows it is between the paragraphs."""

    required_arguments = 0
    optional_arguments = 1
    option_spec: ClassVar = {key: value for key, value in Sidebar.option_spec.items() if key != "subtitle"}

    def run(self) -> list[nodes.Node]:
        """Return an aside with the class `margin`."""
        found: list[nodes.Node] = super().run()  # type: ignore[no-untyped-call]
        for node in found:
            if isinstance(node, nodes.sidebar):
                node["classes"].append("margin")
        return found


def visit_aside(translator: Any, node: nodes.sidebar) -> None:
    """Open an aside with a name, by which screen readers tell several of a page apart."""
    title = next(node.findall(nodes.title), None)
    label = {"aria-label": title.astext() if title and title.astext() else "Note in the margin"}
    translator.body.append(translator.starttag(node, "aside", CLASS="sidebar", **label))
    translator.in_sidebar = True


def depart_aside(translator: Any, _: nodes.sidebar) -> None:
    """Close an aside."""
    translator.body.append("</aside>\n")
    translator.in_sidebar = False
