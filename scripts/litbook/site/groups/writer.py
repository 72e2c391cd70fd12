"""Write the pages of authors, venues and years into the site."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from litbook.core.project import Project
from litbook.site.build.page_writer import GeneratedPage, PageWriter
from litbook.site.build.prepare import prepared_review
from litbook.site.groups.pages import render_pages
from litbook.write.groups import KINDS

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def write_group_pages(app: Sphinx, error: Exception | None) -> None:
    """Write the pages that changed, and delete those of groups that are gone; people's documents stay."""
    if error is not None or app.builder.format != "html":
        return
    writer = PageWriter(app, Project(Path(app.srcdir)).cache / "group-pages.json")
    for page in _make_pages(app):
        if page.name not in app.env.found_docs:
            writer.write(page)
    for name in writer.save() - app.env.found_docs:
        Path(cast(Any, app.builder).get_outfilename(name)).unlink(missing_ok=True)


def _make_pages(app: Sphinx) -> Iterator[GeneratedPage]:
    corpus = prepared_review(app).corpus
    for kind in KINDS:
        for page in render_pages(corpus, kind):
            yield GeneratedPage(
                name=f"{kind}/{page.file}",
                title=escape(page.title),
                source=page.body,
                render_body=partial(str, page.body),
                sample=page.body,
                description=page.description,
            )
