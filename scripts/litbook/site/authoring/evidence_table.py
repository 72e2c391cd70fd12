"""The evidence table of a theme: what each abstract names, and the numbers in it, each with its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from litbook.analyse.prose.claims import quote_of
from litbook.core.urls import paper_page
from litbook.model.queries import papers_of
from litbook.model.review import Paper, Text
from litbook.model.stated import Stated
from litbook.pipeline import Prepared
from litbook.site.authoring.papers import UnknownThemeError, check_theme
from litbook.site.build.dependencies import ask, query
from litbook.site.lists.paper_list import link_to_paper

HEADS = ("Paper", "Method", "Models", "Benchmarks", "Results in numbers")
_NOT_STATED = "not stated in the abstract"


@dataclass(frozen=True, slots=True)
class Row:
    """Hold a row: a paper, what its abstract states, and the text of each sentence that holds a number."""

    citekey: str
    title: Text
    stated: Stated
    quotes: tuple[tuple[int, str], ...]


@query("evidence-table")
def select_rows(prepared: Prepared, slug: str) -> tuple[Row, ...]:
    """Return the rows of a theme: methods in the order of their names, then the papers that name none, by title."""
    check_theme(prepared, slug)
    rows = (_make_row_value(prepared, paper) for paper in papers_of(prepared.corpus, slug))
    return tuple(sorted(rows, key=_order))


def _make_row_value(prepared: Prepared, paper: Paper) -> Row:
    stated = prepared.corpus.stated.get(paper.citekey, Stated())
    sentences = dict.fromkeys(finding.sentence for finding in stated.findings)
    quotes = tuple((number, quote_of(prepared.corpus, paper.citekey, number)) for number in sentences)
    return Row(paper.citekey, paper.title, stated, quotes)


def _order(row: Row) -> tuple[bool, str, str, str]:
    method = row.stated.method
    return not method, method[0].casefold() if method else "", row.title.plain.casefold(), row.citekey


class EvidenceTable(SphinxDirective):
    """Draw a table of what the abstracts of a theme's papers state."""

    required_arguments = 1
    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        """Return a line on what the table rests on, and the table."""
        try:
            values = ask(self.env, select_rows, self.arguments[0])
        except UnknownThemeError as error:
            raise self.error(str(error)) from error
        if not values:
            return [nodes.paragraph("", "This theme has no paper.")]
        widths = (3, 2, 2, 2, 4)
        group = nodes.tgroup("", *(nodes.colspec(colwidth=width) for width in widths), cols=len(HEADS))
        group += nodes.thead("", nodes.row("", *(_make_cell([[nodes.Text(head)]]) for head in HEADS)))
        group += nodes.tbody("", *map(self._draw_row, values))
        table = nodes.table("", group, classes=["litbook-evidence", "colwidths-given"])
        return [nodes.paragraph("", _caption(values), classes=["litbook-evidence-caption"]), table]

    def _draw_row(self, row: Row) -> nodes.row:
        stated = row.stated
        cells = [_make_cell([[link_to_paper(self.env.docname, row.citekey, row.title)]])]
        for head, names in zip(HEADS[1:], (stated.method, stated.models, stated.benchmarks), strict=False):
            cells.append(_make_cell([[nodes.Text(", ".join(names))]] if names else [], head))
        cells.append(_make_cell(self._draw_findings(row), HEADS[-1]))
        return nodes.row("", *cells)

    def _draw_findings(self, row: Row) -> Iterator[Sequence[nodes.Node]]:
        """Yield for each sentence its numbers, the sentence itself, and a link to its place."""
        address = self.env.app.builder.get_relative_uri(self.env.docname, paper_page(row.citekey))
        quotes = dict(row.quotes)
        for number, group in groupby(row.stated.findings, key=lambda finding: finding.sentence):
            numbers: list[nodes.Node] = []
            for measured, same in groupby(group, key=lambda finding: finding.measured):
                shown = f"{', '.join(finding.number for finding in same)}{f' ({measured})' if measured else ''}"
                numbers += [nodes.Text("; ")] if numbers else []
                numbers.append(nodes.strong("", shown))
            quote = f" “{quotes[number]}” "
            link = nodes.reference("", f"sentence {number}", internal=True, refuri=f"{address}#sentence-{number}")
            yield [*numbers, nodes.inline("", quote, classes=["litbook-evidence-quote"]), link]


def _make_cell(lines: Iterable[Sequence[nodes.Node]], label: str = "") -> nodes.entry:
    """Return a cell; `label` is the head of its column, shown where a narrow screen stacks the cells."""
    drawn = [nodes.paragraph("", "", *line) for line in lines]
    if not drawn:
        drawn = [nodes.paragraph("", "", nodes.inline("", _NOT_STATED, classes=["litbook-not-stated"]))]
    if label:
        drawn[0].insert(0, nodes.inline("", f"{label}: ", classes=["litbook-stacked-label"]))
    return nodes.entry("", *drawn)


def _caption(rows: Sequence[Row]) -> str:
    """Say what the table rests on, and how many abstracts name or number anything."""
    stated = [row.stated for row in rows]
    of = f"{len(rows)} abstract{'' if len(rows) == 1 else 's'}"
    return (
        "Found in the abstracts by rules, which people correct; nothing was read from the full texts. "
        f"Of {of}, the authors' own method is named in {sum(bool(item.method) for item in stated)}, a model in "
        f"{sum(bool(item.models) for item in stated)}, a benchmark in {sum(bool(item.benchmarks) for item in stated)}, "
        f"and a result stands as a number with a unit in {sum(bool(item.findings) for item in stated)}. "
        "Numbers of different papers were measured differently and cannot be ranked."
    )
