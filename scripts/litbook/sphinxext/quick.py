"""Spare Sphinx work whose result is known; every byte of the site stays the same."""

from __future__ import annotations

import gc
from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes

from litbook.sphinxext.nav import PAPERS

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def calm_garbage_collector() -> None:
    """Look for cyclic garbage seldom: what a build makes lives until its end."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 1_000)


def render_quickly(app: Sphinx) -> None:
    """Spare Sphinx a whole docutils writer for each plain title, and for the contents of papers' pages, not shown."""
    builder = cast(Any, app.builder)
    if builder.format == "html":
        builder.render_partial = _render_partial(builder, builder.render_partial)


def _render_partial(builder: Any, render: Callable[[Any], dict[str, str]]) -> Callable[[Any], dict[str, str]]:
    def render_partial(node: Any) -> dict[str, str]:
        if isinstance(node, nodes.title) and all(isinstance(child, nodes.Text) for child in node.children):
            return {"title": escape(node.astext())}
        if isinstance(node, nodes.bullet_list) and str(getattr(builder, "current_docname", "")).startswith(PAPERS):
            return {"fragment": ""}
        return render(node)

    return render_partial
