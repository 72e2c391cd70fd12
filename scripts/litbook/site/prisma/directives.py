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

from litbook.analyse.prisma import Box, find_merged, find_waiting, list_boxes
from litbook.model.review import Decision, Exclusion, Outlier, Paper, Text
from litbook.model.screening import ABSTRACT, FULL_TEXT, RETRIEVAL, STAGES
from litbook.pipeline import Prepared
from litbook.site.build.dependencies import ask, query
from litbook.site.lists.nothing import say_nothing
from litbook.site.lists.paper_list import Line, Lines, draw_html, render_items, short_authors, way_to_papers
from litbook.site.prisma.diagram import render_flowchart, render_line
from litbook.site.prisma.searches import NAME as HOW_NAME
from litbook.site.prisma.searches import TITLE as HOW_TITLE
from litbook.site.prisma.searches import describe_stage
from litbook.text.dates import say_date
from litbook.text.nouns import count_noun
from litbook.text.person_names import shown_authors
from litbook.write.labels import join_facts

ANCHOR = "litbook-list-"
_MOST_WAITING = 100
_MOST_AT_EDGE = 12
_WAITING = "Waiting for a decision."


class _List(SphinxDirective, ABC):
    """Draw a list of the corpus under an anchor of its own."""

    subject: ClassVar[str]
    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        drawn = self.draw()
        drawn[0]["ids"].append(f"{ANCHOR}{self.subject}")
        return [*drawn]

    @abstractmethod
    def draw(self) -> list[nodes.Element]:
        """Return the list, its anchor's element first."""

    def draw_lines(self, lines: Lines) -> list[nodes.Element]:
        """Return papers as a list, in an element that can have an anchor."""
        html = render_items(lines, way_to_papers(self.env.docname))
        return [nodes.container("", *draw_html(html, [lines]))]

    def number(self, ordinary: int) -> int:
        """Return the number that the directive was given."""
        try:
            return nonnegative_int(self.arguments[0]) if self.arguments else ordinary
        except ValueError as error:
            raise self.error(f"{{{self.name}}} takes a number: {error}") from error


class FlowDrawing(nodes.General, nodes.Element):
    """Hold the place of the drawing until it is known which lists are on the page; "boxes" is what it shows."""


@query("flow")
def select_flow(prepared: Prepared, _: str) -> tuple[tuple[Box, ...], bool, tuple[str, ...]]:
    """Return the boxes of the flow diagram, whether one line says as much, and how the stages were screened."""
    flow = prepared.corpus.flow
    whole = {ABSTRACT: flow.screened, FULL_TEXT: flow.assessed}
    said = tuple(describe_stage(stage, whole.get(stage.stage, 0)) for stage in flow.screened_by)
    return list_boxes(flow), flow.is_short, said


class Flow(SphinxDirective):
    """Draw the flow from search to papers with a table that says the same, or write it in one line."""

    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        boxes, is_short, stages = ask(self.env, select_flow)
        said = [_say(text) for text in stages]
        if is_short:
            return [FlowDrawing(boxes=boxes, is_short=True), *said]
        rows: list[tuple[str, str]] = []
        for box in boxes:
            rows.append((box.heading, f"{box.number:,}"))
            rows += [(f"– {name}", f"{number:,}") for name, number in box.lines]
        opening = nodes.raw("", "<details><summary>The same as a table</summary>", format="html")
        table = _make_table(("Step", "Number"), rows)
        closing = nodes.raw("", "</details>", format="html")
        return [FlowDrawing(boxes=boxes, is_short=False), *said, opening, table, closing]


class DrawFlow(SphinxTransform):
    """Draw the flow, each box leading to its list where that is on the same page."""

    default_priority = 800

    def apply(self, **_: Any) -> None:
        for drawing in list(self.document.findall(FlowDrawing)):
            links = self._find_links()
            if drawing["is_short"]:
                html = render_line(drawing["boxes"], links)
            else:
                html = f'<div class="litbook-flow-frame">{render_flowchart(drawing["boxes"], links)}</div>'
            drawing.replace_self(nodes.raw("", html, format="html"))

    def _find_links(self) -> dict[str, str]:
        ids = chain.from_iterable(node["ids"] for node in self.document.findall(nodes.Element))
        here = {name.removeprefix(ANCHOR): f"#{name}" for name in ids if name.startswith(ANCHOR)}
        if "undecided" in here:
            here["screened"] = here["undecided"]
        if "sources" in here:
            here["others"] = here["sources"]
        if "excluded" in here:
            here["text-excluded"] = here["not-retrieved"] = here["excluded"]
        up = "../" * self.env.docname.count("/")
        return {**here, "included": f"{up}all-papers.html"}


@query("sources")
def select_sources(prepared: Prepared, _: str) -> tuple[tuple[tuple[str, str, str], ...], bool]:
    """Return the sources, when they were searched, and the number of their records; and whether searches are known."""
    flow = prepared.corpus.flow
    if not flow.searches:
        return tuple((name, "", f"{number:,}") for name, number in flow.sources), False
    searched = {name for search in flow.searches for name in search.files}
    rows = [(search.source, say_date(search.date) or "not recorded", f"{search.found:,}") for search in flow.searches]
    names = {search.source for search in flow.searches}
    rest = [(name, "", f"{number:,}") for name, number in flow.sources if name not in names and name not in searched]
    return (*rows, *rest), True


class Sources(_List):
    """List the sources with the number of their records, and lead to the searches."""

    subject = "sources"

    def draw(self) -> list[nodes.Element]:
        rows, are_known = ask(self.env, select_sources)
        if not are_known:
            return [_make_table(("Source", "Records"), [(row[0], row[2]) for row in rows])]
        up = "../" * self.env.docname.count("/")
        link = nodes.reference("", HOW_TITLE, internal=True, refuri=f"{up}{HOW_NAME}.html")
        said = nodes.paragraph("", "", nodes.Text("Queries, limits and what is reported: "), link, nodes.Text("."))
        return [_make_table(("Source", "Searched on", "Records"), rows), said]


@query("duplicates")
def select_duplicates(prepared: Prepared, _: str) -> tuple[int, tuple[Line, ...]]:
    """Return how many duplicate records the flow counts, and the papers with more than one record."""
    corpus = prepared.corpus
    own = {paper.citekey for paper in corpus.papers}
    lines = (_describe_merged(paper, paper.citekey in own) for paper in find_merged(corpus))
    return corpus.flow.duplicates, tuple(lines)


def _describe_merged(paper: Paper, is_included: bool) -> Line:
    data = {"data-paper": paper.citekey} if is_included else {}
    details = f"{len(paper.records)} records: {_name_places(paper)}"
    return Line(paper.citekey, paper.title, details, "", data)


class Duplicates(_List):
    """List the papers that were found more than once, with the places of their records."""

    subject = "duplicates"

    def draw(self) -> list[nodes.Element]:
        removed, lines = ask(self.env, select_duplicates)
        if lines:
            return self.draw_lines(Lines("", lines))
        if removed:
            return [_say(f"{count_noun(removed, 'duplicate record')} removed before the export, so not listed here.")]
        return [say_nothing("No record was found twice.")]


@query("excluded")
def select_excluded(prepared: Prepared, _: str) -> tuple[Line, ...]:
    """Return the excluded papers."""
    return tuple(map(_describe_excluded, prepared.corpus.excluded))


def _describe_excluded(exclusion: Exclusion) -> Line:
    paper = exclusion.paper
    known = [short_authors(shown_authors(paper)), str(paper.cited_year or ""), paper.venue or "", _name_places(paper)]
    stage = exclusion.decision.stage
    what = (
        "Not retrieved"
        if stage == RETRIEVAL
        else f"Excluded at the stage “{STAGES[stage].lower()}”"
        if stage
        else "Excluded"
    )
    why = _tell_decision(what, exclusion.decision)
    return Line(paper.citekey, paper.title, join_facts(known), why, {})


class Excluded(_List):
    """List the excluded papers with the reasons."""

    subject = "excluded"

    def draw(self) -> list[nodes.Element]:
        lines = ask(self.env, select_excluded)
        if not lines:
            return [say_nothing("No paper has been excluded.")]
        said = "An excluded paper counts nowhere else; its page keeps its address and says why it was excluded."
        return [_say(said), *self.draw_lines(Lines("", lines))]


@query("undecided")
def select_undecided(prepared: Prepared, most: str) -> tuple[int, tuple[Line, ...]]:
    """Return how many papers wait for a decision, and the first of them, the least sure suggestions first."""
    corpus = prepared.corpus
    waiting = find_waiting(corpus)
    titles = {theme.slug: theme.name for theme in corpus.themes()}
    lines = (
        Line(paper.citekey, paper.title,
             f"Suggested theme: {titles[corpus.placements[paper.citekey].suggestion.theme]}", "",
             {"data-paper": paper.citekey})
        for paper in waiting[: int(most)]
    )  # fmt: skip
    return len(waiting), tuple(lines)


class Undecided(_List):
    """List papers that wait for a person's decision, the least sure suggestions first."""

    subject = "undecided"
    optional_arguments = 1

    def draw(self) -> list[nodes.Element]:
        waiting, lines = ask(self.env, select_undecided, str(self.number(_MOST_WAITING)))
        if not waiting:
            return [say_nothing("A person has decided on every paper.")]
        said = f"Waiting: {waiting:,}." if len(lines) == waiting else f"Shown: {len(lines):,} of {waiting:,}."
        said += " The least certain suggestions come first."
        return [_say(said), *self.draw_lines(Lines("", lines))]


@query("edge")
def select_edge(prepared: Prepared, most: str) -> tuple[Line, ...]:
    """Return the papers least like the rest."""
    titles = {paper.citekey: paper.title for paper in prepared.corpus.papers}
    return tuple(_describe_outlier(item, titles[item.citekey]) for item in prepared.corpus.edge[: int(most)])


def _describe_outlier(outlier: Outlier, title: Text) -> Line:
    state = _tell_decision("Kept", outlier.decision) if outlier.decision else _WAITING
    likeness = f"Mean similarity to the others: {outlier.likeness:.3f}"
    return Line(outlier.citekey, title, likeness, state, {"data-paper": outlier.citekey})


class Edge(_List):
    """List the papers least like the rest, each waiting for a decision unless a person gave a reason."""

    subject = "edge"
    optional_arguments = 1

    def draw(self) -> list[nodes.Element]:
        lines = ask(self.env, select_edge, str(self.number(_MOST_AT_EDGE)))
        if not lines:
            return [say_nothing("There are too few papers to find outliers.")]
        drawn = self.draw_lines(Lines("", lines))
        if any(line.gist == _WAITING for line in lines):
            return drawn
        summary = f"All {count_noun(len(lines), 'outlier')} were kept; the reasons"
        opening = nodes.raw("", f"<details><summary>{summary}</summary>", format="html")
        return [nodes.container("", opening, *drawn, nodes.raw("", "</details>", format="html"))]


def _tell_decision(what: str, decision: Decision) -> str:
    """Return what was decided, by whom, when and why, as far as the decision says."""
    by = f" by {decision.by}" if decision.by else ""
    date = f" on {say_date(decision.date)}" if decision.date else ""
    return f"{what}{by}{date}: {decision.reason or 'no reason given'}"


def _name_places(paper: Paper) -> str:
    return ", ".join(f"{record.source}:{record.first_line}" for record in paper.records)


def _say(text: str) -> nodes.paragraph:
    return nodes.paragraph("", "", nodes.Text(text))


def _make_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> nodes.table:
    widths = [4, *[1] * (len(heads) - 1)]
    group = nodes.tgroup("", *(nodes.colspec(colwidth=width) for width in widths), cols=len(widths))
    group += nodes.thead("", _make_row(heads))
    group += nodes.tbody("", *map(_make_row, rows))
    return nodes.table("", group, classes=["litbook-numbers", "colwidths-auto"])


def _make_row(cells: Sequence[str]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", nodes.Text(cell))) for cell in cells))
