"""Write the HTML of documents without the classes and elements that no style and no script uses."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

# Sphinx names the kind of each link, and marks what MathJax, which is not loaded, is not to look at.
_UNUSED = frozenset(
    ("reference", "internal", "external", "std", "std-doc", "std-ref", "doc", "xref", "myst", "tex2jax_ignore",
     "mathjax_ignore")
)  # fmt: skip


class ReviewTranslator(HTML5Translator):
    """Translate documents as Sphinx does, in fewer bytes."""

    def starttag(self, node: Any, tagname: str, suffix: str = "\n", empty: bool = False, **attributes: Any) -> str:
        """Return an opening tag without the unused classes, from the node or from the caller."""
        for name in ("class", "classes"):
            if name in attributes:
                attributes[name] = _drop_unused(attributes[name])
        if isinstance(node, nodes.Element) and not _UNUSED.isdisjoint(node["classes"]):
            node["classes"] = _drop_unused(node["classes"])
        return str(super().starttag(node, tagname, suffix, empty, **attributes))

    def visit_reference(self, node: Any) -> None:
        """Open a link; MyST escapes the address of a link to another site, and the writer would do so again."""
        if "refuri" in node:
            node["refuri"] = node["refuri"].replace("&amp;", "&")
        super().visit_reference(node)

    def visit_inline(self, node: nodes.inline) -> None:
        """Open a span, unless it would mark nothing."""
        if _marks_something(node):
            super().visit_inline(node)

    def depart_inline(self, node: nodes.inline) -> None:
        """Close a span that was opened."""
        if _marks_something(node):
            super().depart_inline(node)


def _drop_unused(classes: Any) -> Any:
    names = classes.split() if isinstance(classes, str) else classes
    kept = [name for name in names if name not in _UNUSED]
    return " ".join(kept) if isinstance(classes, str) else kept


def _marks_something(node: nodes.inline) -> bool:
    return bool(node["ids"]) or not _UNUSED.issuperset(node["classes"])
