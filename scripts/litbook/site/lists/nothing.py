"""Sections with nothing to list: their sentences in one paragraph, instead of headings and rules over empty lists."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

_CLASS = "litbook-nothing"
# What may accompany the sentence in a section that goes: its heading, and how its list would have been made.
_ACCOMPANIES = (nodes.title, nodes.paragraph, nodes.comment, nodes.target)


def say_nothing(text: str) -> nodes.paragraph:
    """Return the sentence that says why a list is empty; its section goes if it holds nothing else."""
    return nodes.paragraph("", text, classes=[_CLASS])


class FoldEmptySections(SphinxTransform):
    """Gather the sentences of sections that have nothing to list; links to a section lead to its sentence."""

    default_priority = 780  # when directives have drawn their lists, and before Sphinx collects the contents of a page

    def apply(self, **_: Any) -> None:
        """Change the document."""
        fold_empty_sections(self.document)


def fold_empty_sections(document: nodes.document) -> None:
    """Move the sentence of each empty section to where the first of its neighbours was, and drop the section."""
    gathered: dict[int, nodes.paragraph] = {}
    for sentence in list(document.findall(nodes.paragraph)):
        section = sentence.parent
        if _CLASS not in sentence["classes"] or not _is_empty(section):
            continue
        around = section.parent
        if id(around) not in gathered:
            gathered[id(around)] = nodes.paragraph("", classes=[_CLASS])
            around.insert(around.index(section), gathered[id(around)])
        paragraph = gathered[id(around)]
        paragraph += nodes.Text(" ") if paragraph.children else []
        paragraph += nodes.inline("", "", *sentence.children, ids=[*section["ids"], *sentence["ids"]])
        around.remove(section)


def _is_empty(section: nodes.Element) -> bool:
    """Return whether a section within a page holds nothing but its heading and sentences."""
    inside = isinstance(section, nodes.section) and isinstance(section.parent, nodes.section)
    return inside and all(isinstance(child, _ACCOMPANIES) for child in section.children)
