"""Let papers' pages go from memory when they have been used, and at once; every byte of the site stays the same.

The nodes of a document and those of its Markdown name their parents, so that no count of references ever frees them:
Python has to look for them, and looks through everything that a build keeps each time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

import myst_parser.mdit_to_docutils.base
from docutils import nodes
from markdown_it.tree import SyntaxTreeNode
from myst_parser.mdit_to_docutils.base import DocutilsRenderer
from sphinx.builders import Builder

from litbook.core.urls import is_paper_page
from litbook.sphinxext.performance.findall import find_instances
from litbook.sphinxext.performance.patch import replace_once

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_MOST_DOCUMENTS = 40


class _Few(dict[str, Any]):
    """Keep the first papers only: one takes 200 kB in memory, a chapter more, and it is soon read again."""

    def __setitem__(self, name: str, value: Any) -> None:
        if is_paper_page(name) and len(self) < _MOST_DOCUMENTS:
            super().__setitem__(name, value)


def keep_few_documents(_app: Sphinx, env: BuildEnvironment, _docnames: list[str]) -> None:
    """Let Sphinx keep only so many documents in memory between reading and writing; it would keep all of them."""
    env._write_doc_doctree_cache = _Few()
    env._pickled_doctree_cache = _Few()


def release_documents(app: Sphinx) -> None:
    """Take papers' documents apart as soon as they are stored, or written as pages, and nobody keeps them."""
    replace_once(Builder, "write_doctree", _release_stored)
    builder = cast(Any, app.builder)
    builder.write_doc = _release_written(builder.write_doc)
    _release_syntax()


def _release_stored(write: Callable[..., None]) -> Callable[..., None]:
    def write_doctree(self: Any, docname: str, doctree: nodes.document, **options: Any) -> None:
        write(self, docname, doctree, **options)
        if is_paper_page(docname) and docname not in self.env._write_doc_doctree_cache:
            _take_apart(doctree)

    return write_doctree


def _release_written(write: Callable[[str, nodes.document], None]) -> Callable[[str, nodes.document], None]:
    def write_doc(docname: str, doctree: nodes.document) -> None:
        write(docname, doctree)
        if is_paper_page(docname):
            _take_apart(doctree)

    return write_doc


def _take_apart(doctree: nodes.document) -> None:
    """Leave a document without anything in it: parser and writer hold it until they get the next one."""
    for root in (doctree, *doctree.substitution_defs.values()):
        for node in find_instances(root, nodes.Node):
            node.parent = node._document = None
    vars(doctree).clear()


def _release_syntax() -> None:
    """Take the trees of Markdown tokens apart when they are rendered; footnotes are rendered later, from theirs."""
    trees: list[SyntaxTreeNode] = []

    def note_tree(make: Callable[[list[Any]], SyntaxTreeNode]) -> Callable[[list[Any]], SyntaxTreeNode]:
        def make_tree(tokens: list[Any]) -> SyntaxTreeNode:
            trees.append(make(tokens))
            return trees[-1]

        return make_tree

    def release_trees(render: Callable[[Any, list[Any]], None]) -> Callable[[Any, list[Any]], None]:
        def render_tokens(self: Any, tokens: list[Any]) -> None:
            before = len(trees)
            render(self, tokens)
            for tree in () if self.md_env["foot_refs"] else trees[before:]:
                for node in tree.walk():
                    node._parent = None
            del trees[before:]

        return render_tokens

    replace_once(myst_parser.mdit_to_docutils.base, "SyntaxTreeNode", note_tree)
    replace_once(DocutilsRenderer, "_render_tokens", release_trees)
