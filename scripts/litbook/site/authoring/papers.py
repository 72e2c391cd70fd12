"""Directives for authors; all of them emit text nodes, so that strangers' text stays text."""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from litbook.core.urls import chapter_page
from litbook.model.faults import nearest
from litbook.model.queries import papers_of, visitors_of
from litbook.model.review import Corpus, Theme
from litbook.site.build.dependencies import note_use
from litbook.site.build.prepare import prepared_review
from litbook.site.lists.paper_list import describe_line, draw_list, link

EXPORTS = {"bib": "BibTeX", "ris": "RIS", "csv": "CSV"}


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
        own, visiting = papers_of(corpus, slug), visitors_of(corpus, slug)
        lists = self.env.temp_data.setdefault("litbook_lists", [])
        name = slug if lists else ""  # the first list of a page has the plain names in the address
        lists.append(slug)
        lines = ([describe_line(corpus, paper) for paper in papers] for papers in (own, visiting))
        result: list[nodes.Node] = [draw_list(self.env.docname, name, slug, *lines)]
        return [*result, *([self._offer_exports(slug)] if own else [])]

    def _offer_exports(self, slug: str) -> nodes.paragraph:
        offered = nodes.paragraph("", "The papers of this theme as ", classes=["litbook-exports"])
        address = f"{'../' * self.env.docname.count('/')}data/themes/{slug}"
        for at, (kind, name) in enumerate(EXPORTS.items()):
            offered += [nodes.Text(", ")] if at else []
            offered += nodes.reference("", name, internal=True, refuri=f"{address}.{kind}")
        return offered


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


_LISTS = {
    "all-papers": "all papers",
    "authors/index": "authors",
    "venues/index": "venues",
    "years/index": "years",
    "your-papers": "what you marked",
}


def _browse(up: str) -> str:
    links = [f'<a href="{up}{address}.html">{name}</a>' for address, name in _LISTS.items()]
    return f"{', '.join(links[:-1])}, or {links[-1]}"


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
            f'<p class="litbook-browse">Or look through {_browse(up)}.</p>'
        )
        return [nodes.raw("", html, format="html")]


def _theme_item(docname: str, corpus: Corpus, theme: Theme) -> nodes.list_item:
    number = len(papers_of(corpus, theme.slug))
    chapter = link(docname, chapter_page(theme.slug), nodes.Text(theme.title))
    papers = f" {number} paper{'' if number == 1 else 's'}"
    title = nodes.paragraph("", "", chapter, nodes.inline("", papers, classes=["litbook-number"]))
    return nodes.list_item("", title, nodes.paragraph("", theme.scope, classes=["litbook-scope"]))
