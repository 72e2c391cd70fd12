"""The directive that shows where findings pull apart: a card for each question, the quotations side by side."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.typing import OptionSpec

from litbook.analyse.living.grounds import Strength, weigh
from litbook.core.urls import chapter_page, paper_page
from litbook.model.editorial import STATUS_WORDS, Quotation, Tension, read_named
from litbook.model.queries import choose_tensions
from litbook.model.review import Corpus, Paper
from litbook.pipeline import Prepared
from litbook.site.build.dependencies import ask, query
from litbook.site.lists.paper_list import link, short_authors
from litbook.text.dates import say_date
from litbook.text.person_names import shown_authors

_FEWEST_IN_OVERVIEW = 4  # tensions of a page that begins with a table of them
_MOST_OF_A_PART = 5
_ON_INDEPENDENCE = "Where an author is on several sides of a question, or authors are unknown, its section says so."


@dataclass(frozen=True, slots=True)
class ShownTensions:
    """Hold tensions, the names of the papers that they quote, the titles of their themes, and the page of them all.

    `strengths` has one for each tension, in the same order.
    """

    tensions: tuple[Tension, ...]
    papers: tuple[tuple[str, str], ...]
    themes: tuple[tuple[str, str], ...]
    home: str
    strengths: tuple[Strength, ...]


@query("tensions")
def select_tensions(prepared: Prepared, options: str) -> ShownTensions:
    """Return the tensions that touch a theme and quote a paper, as the options of the directive say, in JSON."""
    corpus = prepared.corpus
    chosen = corpus.editorial.tensions
    for by, value in json.loads(options).items():
        kept = choose_tensions(corpus, by, value)
        chosen = tuple(tension for tension in chosen if tension in kept)
    quoted = {key for tension in chosen for key in tension.citekeys()}
    touched = {slug for tension in chosen for slug in tension.themes}
    return ShownTensions(
        chosen,
        tuple((paper.citekey, _name_paper(paper)) for paper in corpus.papers if paper.citekey in quoted),
        tuple((theme.slug, theme.name) for theme in corpus.themes() if theme.slug in touched),
        corpus.editorial.homes.get("tensions", "").removesuffix(".md"),
        tuple(_weigh(corpus, tension) for tension in chosen),
    )


def _weigh(corpus: Corpus, tension: Tension) -> Strength:
    return weigh(corpus, "tension", tension.id, [[item.citekey for item in side] for side in tension.sides])


def _name_paper(paper: Paper) -> str:
    who = ", ".join(filter(None, (short_authors(shown_authors(paper)), str(paper.cited_year or ""))))
    return f"{who}: {paper.title.plain}" if who else paper.title.plain


class Tensions(SphinxDirective):
    """Show all tensions, or those that touch a theme or quote a paper; without any, nothing."""

    option_spec: ClassVar[OptionSpec] = {"theme": directives.unchanged_required, "paper": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        shown = ask(self.env, select_tensions, json.dumps(self.options, sort_keys=True))
        drawer = _Drawer(self.env.docname, dict(shown.papers), dict(shown.themes))
        sections = [
            self._anchor(drawer.draw(tension, strength), tension, shown.home)
            for tension, strength in zip(shown.tensions, shown.strengths, strict=True)
        ]
        many = not self.options and len(sections) >= _FEWEST_IN_OVERVIEW
        if not many:
            return [*sections]
        overview = drawer.draw_overview(shown.tensions, shown.strengths)
        return [overview, nodes.paragraph("", _ON_INDEPENDENCE), *sections]

    def _anchor(self, section: nodes.section, tension: Tension, home: str) -> nodes.section:
        """Name the section: on the page that draws all tensions it can be linked to from everywhere."""
        document = self.state.document
        if tension.anchor not in document.ids:
            section["ids"].append(tension.anchor)
        if not self.options and self.env.docname == f"book/{home}" and tension.anchor not in document.nametypes:
            section["names"].append(tension.anchor)
            document.note_explicit_target(section, section)
        else:
            document.set_id(section)
        return section


@query("tensions of a part")
def select_questions(prepared: Prepared, part: str) -> tuple[tuple[Tension, ...], str]:
    """Return the tensions whose first theme is in a part, given by its number, and the page of all tensions.

    Confirmed ones come first. A tension without answers is left out: the papers by which its sides are called are too
    long for a margin.
    """
    corpus = prepared.corpus
    slugs = {theme.slug for chosen in corpus.parts[int(part) - 1 :][:1] for theme in chosen.themes}
    chosen = [item for item in corpus.editorial.tensions if item.answers and slugs & set(item.themes[:1])]
    home = corpus.editorial.homes.get("tensions", "").removesuffix(".md")
    return tuple(sorted(chosen, key=lambda item: item.status != "confirmed")), home


def draw_questions(env: BuildEnvironment, part: str) -> list[nodes.Node]:
    """Return for the margin of a part what its papers disagree about: questions, with the weight of each answer."""
    tensions, home = ask(env, select_questions, part)
    if not tensions or not home or env.app.builder.format != "html":
        return []
    address = env.app.builder.get_relative_uri(env.docname, f"book/{home}")
    items = []
    for tension in tensions[:_MOST_OF_A_PART]:
        question = nodes.reference("", tension.question, refuri=f"{address}#{tension.anchor}", internal=True)
        weights = nodes.container("", *draw_weights(tension.answers, tension))
        items.append(nodes.list_item("", nodes.paragraph("", "", question), weights))
    more = len(tensions) - _MOST_OF_A_PART
    whole = nodes.reference("", f"{more} more" if more > 0 else "All questions", refuri=address, internal=True)
    title = nodes.title("", "Where its papers disagree")
    listed = nodes.bullet_list("", *items)
    return [nodes.sidebar("", title, listed, nodes.paragraph("", "", whole), classes=["margin", "litbook-questions"])]


@query("tension")
def select_tension(prepared: Prepared, name: str) -> tuple[Tension | None, str]:
    """Return the tension with an id, which `check_prose` has checked, and the page that shows all tensions."""
    editorial = prepared.corpus.editorial
    found = next((tension for tension in editorial.tensions if tension.id == name), None)
    return found, editorial.homes.get("tensions", "").removesuffix(".md")


class TensionRole(SphinxRole):
    """Lead to a tension, by its question or in other words: {tension}`labels`, {tension}`whether they do <labels>`."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the words, or the question and how far it is settled, as a link to both sides."""
        words, name = read_named(self.text)
        tension, home = ask(self.env, select_tension, name)
        if tension is None:
            return [nodes.Text(self.text)], []
        status = f" ({STATUS_WORDS[tension.status]})"
        shown: nodes.Node = nodes.Text(words or tension.question)
        builder = self.env.app.builder
        if home and builder.format == "html":
            uri = f"{builder.get_relative_uri(self.env.docname, f'book/{home}')}#{tension.anchor}"
            title = {"reftitle": f"{tension.question}{status}"} if words else {}
            shown = nodes.reference("", "", shown, refuri=uri, internal=True, tension=name, **title)
        return [shown] if words else [shown, nodes.inline("", status, classes=["litbook-status"])], []


class _Drawer:
    """Draw tensions as nodes; whatever people or papers say is a text node."""

    def __init__(self, docname: str, papers: dict[str, str], titles: dict[str, str]) -> None:
        self.docname = docname
        self.papers = papers
        self.titles = titles

    def draw(self, tension: Tension, strength: Strength) -> nodes.section:
        section = nodes.section("", nodes.title("", "", nodes.Text(tension.question)), classes=["litbook-tension"])
        section += nodes.paragraph("", "", *self._tell_status(tension), classes=["litbook-tension-status"])
        sides = [
            self._draw_side(side, label, grounds)
            for side, label, grounds in zip(tension.sides, self._answers(tension), strength.sides, strict=True)
        ]
        section += nodes.container("", *sides, classes=["litbook-sides"])
        for label, text in (
            ("Strength, as an editor sees it", strength.grade),
            ("Independence", strength.independence),
            ("What differs", tension.note),
            ("What would settle it", tension.would_decide),
            ("What resolved it", tension.how),
        ):
            if text:
                section += nodes.paragraph("", "", nodes.strong("", f"{label}. "), nodes.Text(text))
        return section

    def draw_overview(self, tensions: Sequence[Tension], strengths: Sequence[Strength]) -> nodes.table:
        """Return a table of the questions: sentences for each answer, what they rest on, and how far people agree."""
        heads = ("Question", "Sentences for each answer", "Grounds", "Status")
        group = nodes.tgroup("", *(nodes.colspec(colwidth=width) for width in (10, 9, 6, 4)), cols=len(heads))
        group += nodes.thead("", _row(*([nodes.paragraph("", head)] for head in heads)))
        group += nodes.tbody("", *map(self._draw_line, tensions, strengths))
        return nodes.table("", group, classes=["litbook-tensions-overview", "colwidths-given"])

    def _draw_line(self, tension: Tension, strength: Strength) -> nodes.row:
        question = nodes.reference("", tension.question, refid=tension.anchor, internal=True)
        return _row(
            [nodes.paragraph("", "", question)],
            draw_weights(self._answers(tension), tension),
            [nodes.paragraph("", strength.brief)],
            [nodes.paragraph("", STATUS_WORDS[tension.status].capitalize())],
        )

    def _answers(self, tension: Tension) -> Sequence[str]:
        """Return what each side answers, or else whose side it is."""
        return tension.answers or [
            "; ".join(dict.fromkeys(self.papers[item.citekey].partition(": ")[0] for item in side))
            for side in tension.sides
        ]

    def _tell_status(self, tension: Tension) -> Iterator[nodes.Node]:
        shown = STATUS_WORDS[tension.status].capitalize()
        shown += f" by {tension.by}" if tension.by else ""
        shown += f" on {say_date(tension.on)}" if tension.on else ""
        yield nodes.Text(shown)
        for number, slug in enumerate(tension.themes):
            yield nodes.Text(" · " if number == 0 else ", ")
            yield link(self.docname, chapter_page(slug), nodes.Text(self.titles[slug]))

    def _draw_side(self, side: Sequence[Quotation], label: str, grounds: str) -> nodes.container:
        drawn = nodes.container(
            "",
            nodes.paragraph("", label, classes=["litbook-side-label"]),
            nodes.paragraph("", "", nodes.Text(grounds), classes=["litbook-meta"]),
            classes=["litbook-side"],
        )
        for quotation in side:
            drawn += nodes.block_quote(
                "",
                nodes.paragraph("", "", nodes.Text(f"“{quotation.quote}”")),
                nodes.paragraph(
                    "",
                    "— ",
                    link(self.docname, paper_page(quotation.citekey), nodes.Text(self.papers[quotation.citekey])),
                    classes=["attribution"],
                ),
            )
        return drawn


def draw_weights(answers: Sequence[str], tension: Tension) -> list[nodes.paragraph]:
    """Return a line for each side of a tension: a dot for each sentence, and what the side answers."""
    return [_draw_weight(answer, len(side)) for answer, side in zip(answers, tension.sides, strict=True)]


def _draw_weight(answer: str, number: int) -> nodes.paragraph:
    """Return one side in a line: a dot for each sentence, the answer, and the number for those who see no dots."""
    dots = nodes.raw("", f'<span class="litbook-tally" aria-hidden="true">{"<i></i>" * number}</span> ', format="html")
    return nodes.paragraph("", "", dots, nodes.Text(f"{answer}: {number}"))


def _row(*cells: Sequence[nodes.Node]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", *cell) for cell in cells))
