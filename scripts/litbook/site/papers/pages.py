"""Write the pages of the papers of which no person wrote a part, and of those that the review has no longer."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from litbook.core.code import digest_code
from litbook.core.project import Project
from litbook.core.urls import citekey_of, paper_page
from litbook.model.pages import Claim
from litbook.model.review import Paper
from litbook.site.build.page_writer import GeneratedPage, PageWriter
from litbook.site.build.prepare import prepared_review
from litbook.site.papers import gone
from litbook.site.papers.markdown import PaperMarkdown
from litbook.site.papers.parts import find_uses, render_actions, render_formats, render_source, render_uses
from litbook.write.extraction import ExtractedColumn, gather_extracted
from litbook.write.paper import gather_page, render_paper

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_DIGESTS = "paper-pages.json"


def write_wanted_pages(app: Sphinx, names: Collection[str]) -> None:
    """Write the pages that somebody looks at, if they changed, before there is anything else to wait for."""
    citekeys = {key for name in names if (key := citekey_of(name))}
    if citekeys and app.builder.format == "html":
        writer = PageWriter(app, Project(Path(app.srcdir)).cache / _DIGESTS)
        for page in PaperPages(app).make_all(citekeys):
            writer.write(page)


def write_paper_pages(app: Sphinx, error: Exception | None) -> None:
    """Write the pages that changed, and delete those of papers that are gone."""
    if error is not None or app.builder.format != "html":
        return
    writer = PageWriter(app, Project(Path(app.srcdir)).cache / _DIGESTS)
    for page in (*PaperPages(app).make_all(), *gone.make_pages(app)):
        writer.write(page)
    for name in writer.save() - app.env.all_docs.keys():
        Path(cast(Any, app.builder).get_outfilename(name)).unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class PaperBody:
    """Hold everything that the body of a paper page is made from.

    `markdown` is the generated file; `claims` rest on sentences of the abstract; `paper` has what its reference says;
    `extracted` holds what people read in the paper.
    """

    citekey: str
    markdown: str
    claims: tuple[Claim, ...]
    paper: Paper
    extracted: tuple[ExtractedColumn, ...] = ()


class PaperPages:
    """Make the pages of papers; the parser and the addresses are the same for all of them."""

    def __init__(self, app: Sphinx) -> None:
        """Take the application, after Sphinx has read the documents."""
        prepared = prepared_review(app)
        self._corpus = prepared.corpus
        self._is_written = prepared.write_later is None
        self._code = digest_code(__name__)
        self._documents = app.env.found_docs
        self._names = {theme.slug: theme.name for theme in self._corpus.themes()}
        self._folder = Project(Path(app.srcdir)).papers
        self._relative = partial(app.builder.get_relative_uri, paper_page("any"))
        tensions = self._corpus.editorial.homes.get("tensions", "").removesuffix(".md")
        self._tensions = self._relative(f"book/{tensions}")
        self._markdown = PaperMarkdown(cast(Any, app.env).myst_config, lambda anchor: f"{self._tensions}#{anchor}")

    def make_all(self, citekeys: Collection[str] | None = None) -> Iterator[GeneratedPage]:
        """Yield the pages that Sphinx did not read, those of papers without a note: all, or those of some papers."""
        for paper in self._corpus.papers:
            chosen = citekeys is None or paper.citekey in citekeys
            if chosen and paper_page(paper.citekey) not in self._documents:
                page = self._gather(paper)
                yield GeneratedPage(
                    name=paper_page(paper.citekey),
                    title=escape(paper.title.plain or paper.citekey),
                    source=repr((page, self._tensions, self._code)),
                    render_body=partial(self._render, page),
                    sample=render_actions(paper.citekey) + _render_bibtex("") + render_formats(None),
                )

    def _gather(self, paper: Paper) -> PaperBody:
        if self._is_written:
            text = (self._folder / f"{paper.citekey}.md").read_text("utf-8")
        else:
            text = render_paper(gather_page(self._corpus, paper, {item.citekey: item for item in self._corpus.papers}))
        return PaperBody(
            paper.citekey,
            text,
            self._corpus.claims.get(paper.citekey, ()),
            replace(paper, records=(), facts=None, watched={}),
            gather_extracted(self._corpus, paper.citekey),
        )

    def _render(self, page: PaperBody) -> str:
        return self._markdown.render(
            page.markdown,
            {
                "litbook-used": lambda role: render_uses(
                    find_uses(page.claims, role, self._names), role.split()[0], self._relative
                ),
                "litbook-from": partial(render_source, page.extracted),
            },
            render_actions(page.citekey),
            lambda bibtex: _render_bibtex(bibtex) + render_formats(page.paper),
        )


def _render_bibtex(text: str) -> str:
    """Return a block of code as Sphinx writes it for the language "text"."""
    code = f'<div class="highlight"><pre><span></span>{escape(text, quote=False)}</pre></div>'
    return f'<div class="highlight-text notranslate">{code}\n</div>\n'
