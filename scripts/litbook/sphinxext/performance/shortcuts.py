"""Spare Sphinx work whose result is known, and memory; every byte of the site stays the same."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any, cast

import sphinx.events
from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment
from sphinx.highlighting import PygmentsBridge
from sphinx.transforms.post_transforms.code import HighlightLanguageTransform, HighlightLanguageVisitor
from sphinx.util.logging import NAMESPACE, VERBOSITY_MAP

from litbook.core.urls import is_paper_page
from litbook.sphinxext.performance.patch import replace_once

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def calm_garbage_collector() -> None:
    """Look for cyclic garbage seldom: what a build makes lives until its end."""
    gc.freeze()
    gc.set_threshold(30_000, 10, 1_000)


def skip_unshown_remarks(app: Sphinx) -> None:
    """Let Sphinx make no remarks that it shows nobody: those on events begin with all that is handed over as text."""
    level = VERBOSITY_MAP[app.verbosity] or logging.DEBUG  # it knows no more than two -v
    logging.getLogger(NAMESPACE).setLevel(level)
    if level > logging.DEBUG:
        vars(sphinx.events)["repr"] = type


def take_short_ways() -> None:
    """Let Sphinx do at once what it does by going through whole documents, or through a lexer, for nothing."""
    replace_once(BuildEnvironment, "clear_doc", _clear_known_documents)
    replace_once(HighlightLanguageTransform, "apply", _set_languages)
    replace_once(PygmentsBridge, "highlight_block", _highlight_text)


def _clear_known_documents(clear: Callable[[Any, str], None]) -> Callable[[Any, str], None]:
    """Forget nothing of a document that was never read: sphinxcontrib-bibtex looks through all citations for it."""

    def clear_doc(env: Any, docname: str) -> None:
        if docname in env.all_docs:
            clear(env, docname)

    return clear_doc


def _set_languages(apply: Callable[..., None]) -> Callable[..., None]:
    """Visit only the blocks of code of a document in which the language never changes."""

    def apply_quickly(self: Any, **kwargs: Any) -> None:
        if any(self.document.findall(addnodes.highlightlang)):
            return apply(self, **kwargs)
        visitor = HighlightLanguageVisitor(self.document, self.config.highlight_language)
        visitor.visit_document(self.document)
        for block in self.document.findall(nodes.literal_block):
            visitor.visit_literal_block(block)

    return apply_quickly


def _highlight_text(highlight: Callable[..., str]) -> Callable[..., str]:
    """Write a block of plain text as Pygments does, without a lexer, a formatter and a token for each line."""

    def highlight_block(self: Any, source: str, lang: str, *args: Any, location: Any = None, **options: Any) -> str:
        if self.dest != "html" or lang != "text" or args or any(options.values()) or "\ufeff" in source:
            return highlight(self, source, lang, *args, location=location, **options)
        text = source.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
        return f'<div class="highlight"><pre><span></span>{escape(text, quote=False)}\n</pre></div>\n'

    return highlight_block


def render_quickly(app: Sphinx) -> None:
    """Spare Sphinx a whole docutils writer for each plain title, and for the contents of papers' pages, not shown."""
    builder = cast(Any, app.builder)
    if builder.format == "html":
        builder.render_partial = _render_partial(builder, builder.render_partial)


def _render_partial(builder: Any, render: Callable[[Any], dict[str, str]]) -> Callable[[Any], dict[str, str]]:
    def render_partial(node: Any) -> dict[str, str]:
        if isinstance(node, nodes.title) and all(isinstance(child, nodes.Text) for child in node.children):
            return {"title": escape(node.astext())}
        if isinstance(node, nodes.bullet_list) and is_paper_page(str(getattr(builder, "current_docname", ""))):
            return {"fragment": ""}
        return render(node)

    return render_partial
