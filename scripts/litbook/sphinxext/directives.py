"""Directives for authors; all of them emit text nodes, so that strangers' text stays text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from litbook.errors import nearest
from litbook.model import Corpus, Paper, Text, Theme
from litbook.order import papers_of, visitors_of
from litbook.render.paper import KIND_NAMES
from litbook.sphinxext.events import prepared_review
from litbook.sphinxext.used import note_use

_MOST_AUTHORS = 3


class Papers(SphinxDirective):
    """List the papers of a theme, newest first, each with authors, year, venue, kind and gist."""

    required_arguments = 1
    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        corpus = prepared_review(self.env.app).corpus
        slug = self.arguments[0]
        slugs = [theme.slug for theme in corpus.themes()]
        if slug not in slugs:
            raise self.error(f"no theme '{slug}'; {nearest(slug, slugs) or 'the slugs are in themes.yml'}")
        note_use(self.env, corpus, f"papers {slug}")
        result: list[nodes.Node] = [_list_papers(self.env.docname, corpus, papers_of(corpus, slug), "own")]
        visitors = visitors_of(corpus, slug)
        if visitors:
            result.append(nodes.rubric("", "From other chapters"))
            result.append(_list_papers(self.env.docname, corpus, visitors, "visiting"))
        return result


class Themes(SphinxDirective):
    """List parts and themes with their scope and the number of their papers, or only those of one part, by number."""

    optional_arguments = 1
    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        corpus = prepared_review(self.env.app).corpus
        note_use(self.env, corpus, "themes")
        result: list[nodes.Node] = []
        chosen = corpus.parts[int(self.arguments[0]) - 1 :][:1] if self.arguments else corpus.parts
        for part in chosen:
            if not self.arguments:
                result.append(nodes.rubric("", part.title, classes=["litbook-part"]))
            items = [_theme_item(self.env.docname, corpus, theme) for theme in part.themes]
            result.append(nodes.bullet_list("", *items, classes=["litbook-themes"]))
        return result


class SearchBox(SphinxDirective):
    """Draw a box that leads to the search page."""

    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        up = "../" * self.env.docname.count("/")
        html = (
            f'<form class="litbook-search-box" role="search" action="{up}search.html">'
            '<label for="litbook-box">Search titles, abstracts and authors, or ask a question</label>'
            '<input id="litbook-box" type="search" name="q" autocomplete="off">'
            '<button type="submit">Search</button></form>'
        )
        return [nodes.raw("", html, format="html")]


def _list_papers(docname: str, corpus: Corpus, papers: Iterable[Paper], name: str) -> nodes.bullet_list:
    items = [_paper_item(docname, corpus, paper) for paper in papers]
    return nodes.bullet_list("", *items, classes=["litbook-papers", f"litbook-{name}"])


def _paper_item(docname: str, corpus: Corpus, paper: Paper) -> nodes.list_item:
    title = nodes.paragraph("", "", link_to_paper(docname, paper), classes=["litbook-paper-title"])
    item = nodes.list_item("", title)
    details = " · ".join(_details(corpus, paper))
    if details:
        item += nodes.paragraph("", "", nodes.Text(details), classes=["litbook-paper-details"])
    gist = corpus.gists.get(paper.citekey)
    if gist:
        item += nodes.paragraph("", "", nodes.Text(f"“{gist.quote}”"), classes=["litbook-paper-gist"])
    return item


def _details(corpus: Corpus, paper: Paper) -> list[str]:
    placement = corpus.placements[paper.citekey]
    known = [
        short_authors(paper.authors),
        str(paper.year or ""),
        paper.venue or "",
        KIND_NAMES.get(placement.kind or "", ""),
        "" if placement.decided else "theme suggested by the machine",
    ]
    return [item for item in known if item]


def short_authors(authors: tuple[str, ...]) -> str:
    """Return up to three authors, or the first with "et al."."""
    return ", ".join(authors) if len(authors) <= _MOST_AUTHORS else f"{authors[0]} et al."


def _theme_item(docname: str, corpus: Corpus, theme: Theme) -> nodes.list_item:
    number = len(papers_of(corpus, theme.slug))
    chapter = link(docname, f"book/chapters/{theme.slug}", nodes.Text(theme.title))
    papers = f" {number} paper{'' if number == 1 else 's'}"
    title = nodes.paragraph("", "", chapter, nodes.inline("", papers, classes=["litbook-number"]))
    return nodes.list_item("", title, nodes.paragraph("", theme.scope, classes=["litbook-scope"]))


def link_to_paper(docname: str, paper: Paper) -> addnodes.pending_xref:
    return link(docname, f"book/papers/{paper.citekey}", *text_nodes(paper.title))


def link(docname: str, target: str, *content: nodes.Node) -> addnodes.pending_xref:
    inner = nodes.inline("", "", *content)
    return addnodes.pending_xref(
        "",
        inner,
        refdomain="std",
        reftype="doc",
        refdoc=docname,
        reftarget=f"/{target}",
        refexplicit=True,
        refwarn=True,
    )


def text_nodes(text: Text) -> list[nodes.Node]:
    """Return repaired text as nodes, its italics as emphasis."""
    pieces: list[nodes.Node] = []
    position = 0
    for start, end in text.italics:
        pieces.append(nodes.Text(text.plain[position:start]))
        pieces.append(nodes.emphasis("", "", nodes.Text(text.plain[start:end])))
        position = end
    return [*pieces, nodes.Text(text.plain[position:])]
