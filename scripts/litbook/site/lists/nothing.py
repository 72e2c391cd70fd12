"""Sections with nothing to list or draw: their sentences in one paragraph, instead of headings over nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from litbook.core.figure_marks import NOTHING

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
    """Move the sentences of each empty section to where the first of its neighbours was, and drop the section.

    A section of a notebook is empty if none of its cells, all executed, has put out more than such sentences. Without
    a sentence it goes silently.
    """
    _mark_outputs(document)
    gathered: dict[int, nodes.paragraph] = {}
    for section in list(document.findall(nodes.section)):
        sentences = list(chain.from_iterable(map(_find_sentences, section.children)))
        if not _is_empty(section) or not (sentences or any(map(_is_cell, section.children))):
            continue
        around = section.parent
        if sentences and id(around) not in gathered:
            gathered[id(around)] = nodes.paragraph("", classes=[_CLASS])
            around.insert(around.index(section), gathered[id(around)])
        for at, sentence in enumerate(sentences):
            paragraph = gathered[id(around)]
            paragraph += nodes.Text(" ") if paragraph.children else []
            ids = [*([] if at else section["ids"]), *sentence["ids"]]
            paragraph += nodes.inline("", "", *sentence.children, ids=ids)
        around.remove(section)


def _mark_outputs(document: nodes.document) -> None:
    """Give the class of such sentences to the paragraphs that notebooks have put out as such."""
    for mark in list(document.findall(nodes.raw)):
        if mark.astext().strip() == NOTHING and isinstance(mark.parent, nodes.paragraph):
            mark.parent["classes"].append(_CLASS)
            mark.parent.remove(mark)


def _find_sentences(node: nodes.Node) -> Iterator[nodes.paragraph]:
    """Yield the sentences of a section's child: itself, or what a cell has put out."""
    if isinstance(node, nodes.paragraph) or _is_cell(node):
        yield from (found for found in node.findall(nodes.paragraph) if _CLASS in found["classes"])


def _is_empty(section: nodes.section) -> bool:
    """Return whether a section within a page holds nothing but its heading, sentences, and cells without a result."""
    inside = isinstance(section.parent, nodes.section)
    return inside and all(isinstance(child, _ACCOMPANIES) or _is_silent(child) for child in section.children)


def _is_cell(node: nodes.Node) -> bool:
    return isinstance(node, nodes.container) and node.get("nb_element") == "cell_code"


def _is_silent(node: nodes.Node) -> bool:
    """Return whether a node is a cell that was executed, shows no code, and has put out nothing but such sentences."""
    if not isinstance(node, nodes.container) or not _is_cell(node) or not node.get("exec_count"):
        return False
    parts = [part for part in node.children if isinstance(part, nodes.container)]
    shown = len(parts) < len(node.children) or any(part.get("nb_element") != "cell_code_output" for part in parts)
    return not shown and all(_is_said_only(output) for part in parts for output in part.children)


def _is_said_only(output: nodes.Node) -> bool:
    """Return whether an output is, in its best form, nothing but such sentences."""
    if not isinstance(output, nodes.container) or output.get("nb_element") != "mime_bundle":
        return False
    forms = {form.get("mime_type"): form for form in output.children if isinstance(form, nodes.container)}
    said = forms.get("text/markdown")
    return (
        said is not None
        and "text/html" not in forms
        and all(isinstance(child, nodes.paragraph) and _CLASS in child["classes"] for child in said.children)
    )
