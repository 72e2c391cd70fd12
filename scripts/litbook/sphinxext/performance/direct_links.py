"""Links of papers' pages to papers and chapters, made at once.

MyST looks each target up in the file system, and Sphinx resolves it once more when the page is written. The addresses
on a generated page come from the corpus itself, so both would find what is known. Most links of a book are these.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from docutils import nodes
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer

from litbook.core.urls import is_paper_page, paper_page
from litbook.site.build.prepare import prepared_review
from litbook.sphinxext.performance.patch import replace_once
from litbook.sphinxext.performance.skip_transforms import is_generated
from litbook.write.groups import KINDS, list_pages

_TARGET = re.compile(r"(?:\.\./(?P<folder>\w+)/)?(?P<name>[\w.-]+)\.md")


# The pages of authors, venues and years are no documents: Sphinx would not find them.
_GROUP = re.compile(rf"\.\./\.\./(?P<page>(?:{'|'.join(KINDS)})/[a-z0-9-]+\.html)")


def link_papers_at_once() -> None:
    """Let the pages of papers that no note is part of link to papers and chapters without looking for them."""
    replace_once(SphinxRenderer, "render_link_unknown", _make_render)


def _make_render(render: Callable[..., None]) -> Callable[..., None]:
    def render_link_unknown(self: Any, token: Any) -> None:
        env = self.sphinx_env
        address = str(token.attrGet("href") or "")
        if _leads_to_group(env, address):
            link = nodes.reference("", "", internal=True, refuri=address)
            with self.current_node_context(link, append=True):
                self.render_children(token)
            return None
        target = _find_target(env, address) if token.children else None
        if target is None:
            return render(self, token)
        link = nodes.reference("", "", internal=True, refuri=env.app.builder.get_relative_uri(env.docname, target))
        with self.current_node_context(link, append=True):
            self.render_children(token)

    return render_link_unknown


def _leads_to_group(env: Any, address: str) -> bool:
    """Tell whether a link of a paper's page leads to an author, a venue or a year that has a page."""
    found = _GROUP.fullmatch(address) if is_paper_page(str(env.docname)) else None
    return found is not None and found["page"] in list_pages(prepared_review(env.app).corpus)


def _find_target(env: Any, address: str) -> str | None:
    """Return the document that a generated page links to; None where Sphinx has to find it, or to miss it."""
    found = _TARGET.fullmatch(address)
    if found is None or env.app.builder.format != "html" or not is_generated(env):
        return None
    target = f"book/{found['folder']}/{found['name']}" if found["folder"] else paper_page(found["name"])
    return target if target in env.found_docs else None
