"""Directives that list papers and themes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from litbook.core.urls import chapter_page
from litbook.model.faults import nearest
from litbook.model.queries import also_listed_under, papers_of
from litbook.pipeline import Prepared
from litbook.site.authoring.tensions import draw_questions
from litbook.site.build.dependencies import ask, query
from litbook.site.lists.paper_list import Lines, draw_html, gather_lines, link, render_chapter_list, way_to_papers
from litbook.text.nouns import count_noun

EXPORTS = {"bib": "BibTeX", "ris": "RIS", "csv": "CSV"}


class UnknownThemeError(LookupError):
    """Report a slug that names no theme, with the nearest one that does."""


def check_theme(prepared: Prepared, slug: str) -> None:
    """Raise `UnknownThemeError` unless a slug names a theme."""
    slugs = [theme.slug for theme in prepared.corpus.themes()]
    if slug not in slugs:
        raise UnknownThemeError(f"no theme '{slug}'; {nearest(slug, slugs) or 'the slugs are in themes.yml'}")


@query("papers")
def select_papers(prepared: Prepared, slug: str) -> tuple[Lines, Lines]:
    """Return the papers of a theme, and those of other themes that are also listed there."""
    check_theme(prepared, slug)
    corpus = prepared.corpus
    own, visiting = papers_of(corpus, slug), also_listed_under(corpus, slug)
    return (
        gather_lines(corpus, own, name="own"),
        gather_lines(corpus, visiting, "From other chapters", "visiting"),
    )


class Papers(SphinxDirective):
    """List the papers of a theme, newest first, each with authors, year, venue, kind and gist."""

    required_arguments = 1
    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        slug = self.arguments[0]
        try:
            own, visiting = ask(self.env, select_papers, slug)
        except UnknownThemeError as error:
            raise self.error(str(error)) from error
        lists = self.env.temp_data.setdefault("litbook_lists", [])
        name = slug if lists else ""  # the first list of a page has the plain names in the address
        lists.append(slug)
        up = "../" * self.env.docname.count("/")
        drawn = draw_html(
            render_chapter_list(name, slug, own, visiting, way_to_papers(self.env.docname)), (own, visiting)
        )
        return [*drawn, *([self._offer_exports(slug, up)] if own.lines else [])]

    def _offer_exports(self, slug: str, up: str) -> nodes.paragraph:
        offered = nodes.paragraph("", "Papers in this theme as ", classes=["litbook-exports"])
        for at, (kind, name) in enumerate(EXPORTS.items()):
            offered += [nodes.Text(", ")] if at else []
            offered += nodes.reference("", name, internal=True, refuri=f"{up}data/themes/{slug}.{kind}")
        return offered


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """Hold what a list shows of a theme: its short name, one line, and how many papers are placed in it."""

    slug: str
    name: str
    line: str
    papers: int


@query("themes")
def select_themes(prepared: Prepared, part: str) -> tuple[tuple[str, tuple[ThemeLine, ...]], ...]:
    """Return the titles of the parts with their themes; `part` is the number of one part, or empty for all."""
    corpus = prepared.corpus
    chosen = corpus.parts[int(part) - 1 :][:1] if part else corpus.parts
    return tuple(
        (
            chosen_part.title,
            tuple(
                ThemeLine(theme.slug, theme.name, theme.summary, len(papers_of(corpus, theme.slug)))
                for theme in chosen_part.themes
            ),
        )
        for chosen_part in chosen
    )


class Themes(SphinxDirective):
    """List parts and themes, each in one line with the number of its papers, or those of one part, by its number.

    Beside the themes of one part are the questions on which its papers disagree.
    """

    optional_arguments = 1
    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        parts = ask(self.env, select_themes, "".join(self.arguments))
        lists = [self._list(themes) for _, themes in parts]
        if self.arguments:
            beside = draw_questions(self.env, self.arguments[0])
            return [nodes.container("", *beside, *lists, classes=["litbook-one-part"])]
        titles = [nodes.rubric("", title, classes=["litbook-part"]) for title, _ in parts]
        blocks = [nodes.container("", *block) for block in zip(titles, lists, strict=True)]
        return [nodes.container("", *blocks, classes=["litbook-parts"])]

    def _list(self, themes: Iterable[ThemeLine]) -> nodes.bullet_list:
        items = (_theme_item(self.env.docname, theme) for theme in themes)
        return nodes.bullet_list("", *items, classes=["litbook-themes"])


def _theme_item(docname: str, theme: ThemeLine) -> nodes.list_item:
    chapter = link(docname, chapter_page(theme.slug), nodes.Text(theme.name))
    papers = f" {count_noun(theme.papers, 'paper')}"
    title = nodes.paragraph("", "", chapter, nodes.inline("", papers, classes=["litbook-number"]))
    return nodes.list_item("", title, nodes.paragraph("", theme.line, classes=["litbook-scope"]))
