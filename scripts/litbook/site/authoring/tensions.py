"""The directive that shows where findings pull apart: a card for each question, the quotations side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from litbook.core.urls import chapter_page, paper_page
from litbook.model.editorial import Quotation, Tension
from litbook.model.queries import choose_tensions
from litbook.model.review import Corpus, Paper
from litbook.site.build.dependencies import note_use
from litbook.site.build.prepare import prepared_review
from litbook.site.lists.paper_list import link, short_authors


class Tensions(SphinxDirective):
    """Show all tensions, or those that touch a theme or quote a paper; without any, nothing."""

    option_spec: ClassVar[OptionSpec] = {"theme": directives.unchanged_required, "paper": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        corpus = prepared_review(self.env.app).corpus
        chosen = corpus.editorial.tensions
        for by, value in self.options.items():
            note_use(self.env, corpus, f"tensions {by} {value}")
            kept = choose_tensions(corpus, by, value)
            chosen = tuple(tension for tension in chosen if tension in kept)
        if not self.options:
            note_use(self.env, corpus, "tensions")
        drawer = _Drawer(self.env.docname, corpus)
        return [self._anchor(drawer.draw(tension), tension, corpus) for tension in chosen]

    def _anchor(self, section: nodes.section, tension: Tension, corpus: Corpus) -> nodes.section:
        """Name the section: on the page that draws all tensions it can be linked to from everywhere."""
        document = self.state.document
        if tension.anchor not in document.ids:
            section["ids"].append(tension.anchor)
        home = corpus.editorial.homes.get("tensions", "").removesuffix(".md")
        if not self.options and self.env.docname == f"book/{home}" and tension.anchor not in document.nametypes:
            section["names"].append(tension.anchor)
            document.note_explicit_target(section, section)
        else:
            document.set_id(section)
        return section


class _Drawer:
    """Draw tensions as nodes; whatever people or papers say is a text node."""

    def __init__(self, docname: str, corpus: Corpus) -> None:
        self.docname = docname
        self.papers = {paper.citekey: paper for paper in corpus.papers}
        self.titles = {theme.slug: theme.title for theme in corpus.themes()}

    def draw(self, tension: Tension) -> nodes.section:
        section = nodes.section("", nodes.title("", "", nodes.Text(tension.question)), classes=["litbook-tension"])
        section += nodes.paragraph("", "", *self._tell_status(tension), classes=["litbook-tension-status"])
        sides = [self._draw_side(side, label) for side, label in zip(tension.sides, _label(tension.sides), strict=True)]
        section += nodes.container("", *sides, classes=["litbook-sides"])
        for label, text in (
            ("What differs", tension.note),
            ("What would decide it", tension.would_decide),
            ("What resolved it", tension.how),
        ):
            if text:
                section += nodes.paragraph("", "", nodes.strong("", f"{label}. "), nodes.Text(text))
        return section

    def _tell_status(self, tension: Tension) -> Iterator[nodes.Node]:
        told = tension.status.capitalize()
        told += f" by {tension.by}" if tension.by else ""
        told += f" on {tension.on}" if tension.on else ""
        yield nodes.Text(told)
        for number, slug in enumerate(tension.themes):
            yield nodes.Text(" · " if number == 0 else ", ")
            yield link(self.docname, chapter_page(slug), nodes.Text(self.titles[slug]))

    def _draw_side(self, side: Sequence[Quotation], label: str) -> nodes.container:
        drawn = nodes.container(
            "", nodes.paragraph("", label, classes=["litbook-side-label"]), classes=["litbook-side"]
        )
        for quotation in side:
            drawn += nodes.block_quote(
                "",
                nodes.paragraph("", "", nodes.Text(f"“{quotation.quote}”")),
                nodes.attribution("", "", self._name_paper(self.papers[quotation.citekey])),
            )
        return drawn

    def _name_paper(self, paper: Paper) -> nodes.Element:
        who = ", ".join(filter(None, (short_authors(paper.authors), str(paper.year or ""))))
        told = f"{who}: {paper.title.plain}" if who else paper.title.plain
        return link(self.docname, paper_page(paper.citekey), nodes.Text(told))


def _label(sides: Sequence[object]) -> list[str]:
    return ["One side", "The other side"] if len(sides) == 2 else [f"Side {number + 1}" for number in range(len(sides))]
