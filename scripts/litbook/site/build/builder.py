"""The HTML builder of a review: Sphinx's own, without what no page of ours shows."""

from __future__ import annotations

import os
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.errors import ExtensionError

from litbook.core.atomic import write_bytes
from litbook.site.build.faults import stop_at_lost_file
from litbook.site.build.observers import PAGE_WRITTEN, PAGES_WANTED, list_wanted
from litbook.site.build.templates import CompiledTemplates

_VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1" />'  # the layout has one


_REFUSED = (
    "the builder dirhtml is not supported: pages, search and links of a review are files that end in .html; build it "
    "with 'jupyter-book build .'. Most hosts serve such pages without the ending, too"
)


def refuse_other_layouts(app: Sphinx) -> None:
    """Stop a build with a layout of files in which the links between a review's pages would lead nowhere."""
    if app.builder.name == "dirhtml":
        raise ExtensionError(_REFUSED, modname="litbook")


class ReviewBuilder(StandaloneHTMLBuilder):
    """Build the site as Sphinx does.

    Sphinx renders the contents of each document for its theme, and a whole docutils document for each title. Here the
    layout draws contents from the environment, and a title without markup is its text.
    """

    search = False  # the review has its own

    def create_template_bridge(self) -> None:
        """Read templates with a cache, unless the settings name another reader of them."""
        if self.config.template_bridge:
            super().create_template_bridge()
        else:
            self.templates = CompiledTemplates()

    def _write_serial(self, docnames: Sequence[str]) -> None:
        """Write documents, those that somebody looks at first; their order decides nothing else."""
        wanted = list_wanted()
        self.app.emit(PAGES_WANTED, wanted)
        super()._write_serial(sorted(docnames, key=lambda name: name not in wanted))

    def get_doc_context(self, docname: str, body: str, metatags: str) -> dict[str, Any]:
        """Return what the layout needs of a document; see the list at the head of `layout.html`."""
        _, previous, following = self.relations.get(docname, (None, None, None))
        title = self.env.longtitles.get(docname)
        return {
            "parents": [],
            "prev": self._neighbour(docname, previous),
            "next": self._neighbour(docname, following),
            "title": self.render_title(title) if title else "",
            "meta": self.env.metadata.get(docname),
            "body": body,
            "metatags": metatags.replace(_VIEWPORT, ""),
            "rellinks": self.globalcontext["rellinks"],
            "sourcename": "",
            "toc": "",
            "display_toc": False,
            "page_source_suffix": self.env.doc2path(docname, False)[len(docname) :],
        }

    def _neighbour(self, docname: str, other: str | None) -> dict[str, str] | None:
        if not other or other not in self.env.titles:
            return None
        return {"link": self.get_relative_uri(docname, other), "title": self.render_title(self.env.titles[other])}

    def handle_page(
        self,
        pagename: str,
        addctx: dict[str, Any],
        templatename: str = "page.html",
        outfilename: str | None = None,
        event_arg: Any = None,
    ) -> None:
        """Write a page if its bytes change; Sphinx writes some pages whenever it writes any."""
        target = Path(outfilename or self.get_outfilename(pagename))
        fresh = target.with_name(f".{target.name}.{os.getpid()}.draft")
        try:
            super().handle_page(pagename, addctx, templatename, str(fresh), event_arg)
            stop_at_lost_file(self.app)  # what is there is then half a page
            # Without a file, Sphinx has warned that the page cannot be rendered.
            if fresh.is_file() and write_bytes(target, fresh.read_bytes()):
                self.app.emit(PAGE_WRITTEN, pagename)
        finally:
            fresh.unlink(missing_ok=True)

    def render_title(self, title: nodes.Node) -> str:
        """Return a title as HTML."""
        if all(isinstance(child, nodes.Text) for child in title.children):
            return escape(title.astext())
        return str(self.render_partial(title)["title"])
