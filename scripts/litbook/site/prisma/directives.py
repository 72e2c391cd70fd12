"""Directives on how records became papers: the flow with its table, and the lists that its boxes lead to."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst.directives import nonnegative_int
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from litbook.analyse.prisma import find_merged, find_waiting, list_boxes
from litbook.model.review import Corpus, Decision, Exclusion, Outlier, Paper
from litbook.site.build.dependencies import note_use
from litbook.site.build.prepare import prepared_review
from litbook.site.lists.paper_list import draw_item, link_to_paper, short_authors, text_nodes
from litbook.site.prisma.diagram import render_flowchart

ANCHOR = "litbook-list-"
_MOST_WAITING = 100
_MOST_AT_EDGE = 12


class _List(SphinxDirective, ABC):
    """Draw a list of the corpus under an anchor of its own."""

    subject: ClassVar[str]
    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        corpus = prepared_review(self.env.app).corpus
        note_use(self.env, corpus, " ".join([self.subject, *self.arguments]))
        drawn = self.draw(corpus)
        drawn[0]["ids"].append(f"{ANCHOR}{self.subject}")
        return [*drawn]

    @abstractmethod
    def draw(self, corpus: Corpus) -> list[nodes.Element]:
        """Return the list, its anchor's element first."""

    def number(self, ordinary: int) -> int:
        """Return the number that the directive was given."""
        try:
            return nonnegative_int(self.arguments[0]) if self.arguments else ordinary
        except ValueError as error:
            raise self.error(f"{{{self.name}}} takes a number: {error}") from error


class FlowDrawing(nodes.General, nodes.Element):
    """Stand for the drawing of the flow until it is known which lists are on the page."""


class Flow(SphinxDirective):
    """Draw the flow from search to papers, with a table that says the same."""

    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        corpus = prepared_review(self.env.app).corpus
        note_use(self.env, corpus, "flow")
        rows: list[tuple[str, str]] = []
        for box in list_boxes(corpus.flow):
            rows.append((box.heading, f"{box.number:,}"))
            rows += [(f"– {name}", f"{number:,}") for name, number in box.lines]
        return [FlowDrawing(), _make_table(("Step", "Number"), rows)]


class DrawFlow(SphinxTransform):
    """Draw the flow, each box leading to its list where that is on the same page."""

    default_priority = 800

    def apply(self, **_: Any) -> None:
        drawings = list(self.document.findall(FlowDrawing))
        if drawings:
            boxes = list_boxes(prepared_review(self.app).corpus.flow)
            svg = render_flowchart(boxes, self._find_links())
            for drawing in drawings:
                drawing.replace_self(nodes.raw("", f'<div class="litbook-flow-frame">{svg}</div>', format="html"))

    def _find_links(self) -> dict[str, str]:
        ids = chain.from_iterable(node["ids"] for node in self.document.findall(nodes.Element))
        here = {name.removeprefix(ANCHOR): f"#{name}" for name in ids if name.startswith(ANCHOR)}
        if "undecided" in here:
            here["screened"] = here["undecided"]
        up = "../" * self.env.docname.count("/")
        return {**here, "included": f"{up}all-papers.html"}


class Sources(_List):
    """List the sources with the number of their records."""

    subject = "sources"

    def draw(self, corpus: Corpus) -> list[nodes.Element]:
        rows = [(name, f"{number:,}") for name, number in corpus.flow.sources]
        return [_make_table(("Source, in book/corpus/sources", "Records"), rows)]


class Duplicates(_List):
    """List the papers that were found more than once, with the places of their records."""

    subject = "duplicates"

    def draw(self, corpus: Corpus) -> list[nodes.Element]:
        merged = find_merged(corpus)
        if not merged:
            return [_say("No record was found twice.")]
        own = {paper.citekey for paper in corpus.papers}
        return [_make_list(self._draw_paper(paper, paper.citekey in own) for paper in merged)]

    def _draw_paper(self, paper: Paper, has_page: bool) -> nodes.list_item:
        title = [link_to_paper(self.env.docname, paper)] if has_page else text_nodes(paper.title)
        data = {"data-paper": paper.citekey} if has_page else {}
        return draw_item(title, f"{len(paper.records)} records: {_name_places(paper)}", "", data)


class Excluded(_List):
    """List the excluded papers with the reasons; they have no pages of their own."""

    subject = "excluded"

    def draw(self, corpus: Corpus) -> list[nodes.Element]:
        if not corpus.excluded:
            return [_say("No paper has been excluded.")]
        said = "An excluded paper has no page of its own and counts nowhere else; it stands here with the reason."
        return [_say(said), _make_list(map(_draw_excluded, corpus.excluded))]


def _draw_excluded(exclusion: Exclusion) -> nodes.list_item:
    paper = exclusion.paper
    known = [short_authors(paper.authors), str(paper.year or ""), paper.venue or "", _name_places(paper)]
    told = _tell_decision("Excluded", exclusion.decision)
    return draw_item(text_nodes(paper.title), " · ".join(filter(None, known)), told, {})


class Undecided(_List):
    """List papers that wait for a person's decision, the least sure suggestions first."""

    subject = "undecided"
    optional_arguments = 1

    def draw(self, corpus: Corpus) -> list[nodes.Element]:
        waiting = find_waiting(corpus)
        if not waiting:
            return [_say("None: a person decided on every paper.")]
        shown = waiting[: self.number(_MOST_WAITING)]
        titles = {theme.slug: theme.title for theme in corpus.themes()}
        items = [
            draw_item(
                [link_to_paper(self.env.docname, paper)],
                f"The machine suggests: {titles[corpus.placements[paper.citekey].suggestion.theme]}",
                "",
                {"data-paper": paper.citekey},
            )
            for paper in shown
        ]
        said = f"{len(waiting):,} wait." if len(shown) == len(waiting) else f"{len(shown):,} of {len(waiting):,}."
        return [_say(f"{said} Those whose suggested theme is least sure come first."), _make_list(items)]


class Edge(_List):
    """List the papers least like the rest, each waiting for a decision unless a person gave a reason."""

    subject = "edge"
    optional_arguments = 1

    def draw(self, corpus: Corpus) -> list[nodes.Element]:
        shown = corpus.edge[: self.number(_MOST_AT_EDGE)]
        if not shown:
            return [_say("There are too few papers to tell which is least like the rest.")]
        by_key = {paper.citekey: paper for paper in corpus.papers}
        return [_make_list(self._draw_outlier(outlier, by_key[outlier.citekey]) for outlier in shown)]

    def _draw_outlier(self, outlier: Outlier, paper: Paper) -> nodes.list_item:
        told = _tell_decision("Kept", outlier.decision) if outlier.decision else "Waiting for a decision."
        likeness = f"Mean similarity to the others: {outlier.likeness:.3f}"
        return draw_item([link_to_paper(self.env.docname, paper)], likeness, told, {"data-paper": paper.citekey})


def _tell_decision(what: str, decision: Decision) -> str:
    """Return what was decided, by whom, when and why, as far as the decision says."""
    by = f" by {decision.by}" if decision.by else ""
    date = f" on {decision.date}" if decision.date else ""
    return f"{what}{by}{date}: {decision.reason or 'no reason given'}"


def _name_places(paper: Paper) -> str:
    return ", ".join(f"{record.source}:{record.first_line}" for record in paper.records)


def _say(text: str) -> nodes.paragraph:
    return nodes.paragraph("", "", nodes.Text(text))


def _make_list(items: Iterable[nodes.list_item]) -> nodes.bullet_list:
    return nodes.bullet_list("", *items, classes=["litbook-papers"])


def _make_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> nodes.table:
    group = nodes.tgroup("", nodes.colspec(colwidth=4), nodes.colspec(colwidth=1), cols=2)
    group += nodes.thead("", _make_row(heads))
    group += nodes.tbody("", *map(_make_row, rows))
    return nodes.table("", group, classes=["litbook-numbers", "colwidths-auto"])


def _make_row(cells: Sequence[str]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", nodes.Text(cell))) for cell in cells))
