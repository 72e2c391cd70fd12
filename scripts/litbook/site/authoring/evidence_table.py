"""The evidence table of a theme: what each abstract names, and the numbers in it, each with its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from litbook.analyse.prose.claims import quote_of
from litbook.core.urls import paper_page
from litbook.model.faults import nearest
from litbook.model.queries import papers_of
from litbook.model.review import Corpus, Paper
from litbook.model.stated import Finding, Stated
from litbook.site.build.dependencies import note_use
from litbook.site.build.prepare import prepared_review
from litbook.site.lists.paper_list import link_to_paper

HEADS = ("Paper", "Method", "Models", "Benchmarks", "Results in numbers")
_NOT_STATED = "not stated in the abstract"


class EvidenceTable(SphinxDirective):
    """Draw a table of what the abstracts of a theme's papers state, in the order of the methods' names."""

    required_arguments = 1
    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        """Return a line on what the table rests on, and the table."""
        corpus = prepared_review(self.env.app).corpus
        slug = self.arguments[0]
        slugs = [theme.slug for theme in corpus.themes()]
        if slug not in slugs:
            raise self.error(f"no theme '{slug}'; {nearest(slug, slugs) or 'the slugs are in themes.yml'}")
        note_use(self.env, corpus, f"evidence-table {slug}")
        papers = sorted(papers_of(corpus, slug), key=lambda paper: _order(corpus, paper))
        if not papers:
            return [nodes.paragraph("", "No paper stands in this theme.")]
        rows = [self._make_row(corpus, paper) for paper in papers]
        widths = (3, 2, 2, 2, 4)
        group = nodes.tgroup("", *(nodes.colspec(colwidth=width) for width in widths), cols=len(HEADS))
        group += nodes.thead("", nodes.row("", *(_make_cell([[nodes.Text(head)]]) for head in HEADS)))
        group += nodes.tbody("", *rows)
        table = nodes.table("", group, classes=["litbook-evidence", "colwidths-given"])
        return [nodes.paragraph("", _caption(corpus, papers), classes=["litbook-evidence-caption"]), table]

    def _make_row(self, corpus: Corpus, paper: Paper) -> nodes.row:
        stated = _stated_by(corpus, paper)
        cells = [_make_cell([[link_to_paper(self.env.docname, paper)]])]
        for head, names in zip(HEADS[1:], (stated.method, stated.models, stated.benchmarks), strict=False):
            cells.append(_make_cell([[nodes.Text(", ".join(names))]] if names else [], head))
        cells.append(_make_cell(self._draw_findings(corpus, paper, stated.findings), HEADS[-1]))
        return nodes.row("", *cells)

    def _draw_findings(
        self, corpus: Corpus, paper: Paper, findings: Iterable[Finding]
    ) -> Iterator[Sequence[nodes.Node]]:
        """Yield for each sentence its numbers, the sentence itself, and a link to its place."""
        address = self.env.app.builder.get_relative_uri(self.env.docname, paper_page(paper.citekey))
        for number, group in groupby(findings, key=lambda finding: finding.sentence):
            numbers: list[nodes.Node] = []
            for measured, same in groupby(group, key=lambda finding: finding.measured):
                told = f"{', '.join(finding.number for finding in same)}{f' ({measured})' if measured else ''}"
                numbers += [nodes.Text("; ")] if numbers else []
                numbers.append(nodes.strong("", told))
            quote = f" “{quote_of(corpus, paper.citekey, number)}” "
            link = nodes.reference("", f"sentence {number}", internal=True, refuri=f"{address}#sentence-{number}")
            yield [*numbers, nodes.inline("", quote, classes=["litbook-evidence-quote"]), link]


def _stated_by(corpus: Corpus, paper: Paper) -> Stated:
    return corpus.stated.get(paper.citekey, Stated())


def _order(corpus: Corpus, paper: Paper) -> tuple[bool, str, str, str]:
    """Put methods in the order of their names, then the papers that name none in that of their titles."""
    method = _stated_by(corpus, paper).method
    return not method, method[0].casefold() if method else "", paper.title.plain.casefold(), paper.citekey


def _make_cell(lines: Iterable[Sequence[nodes.Node]], label: str = "") -> nodes.entry:
    """Return a cell; `label` is the head of its column, shown where a narrow screen stacks the cells."""
    drawn = [nodes.paragraph("", "", *line) for line in lines]
    if not drawn:
        drawn = [nodes.paragraph("", "", nodes.inline("", _NOT_STATED, classes=["litbook-not-stated"]))]
    if label:
        drawn[0].insert(0, nodes.inline("", f"{label}: ", classes=["litbook-stacked-label"]))
    return nodes.entry("", *drawn)


def _caption(corpus: Corpus, papers: Sequence[Paper]) -> str:
    """Say what the table rests on, and how many abstracts name or number anything."""
    stated = [_stated_by(corpus, paper) for paper in papers]
    of = f"{len(papers)} abstract{'' if len(papers) == 1 else 's'}"
    return (
        "Found in the abstracts by rules, which people correct; nothing was read from the full texts. "
        f"Of {of}, the authors' own method is named in {sum(bool(item.method) for item in stated)}, a model in "
        f"{sum(bool(item.models) for item in stated)}, a benchmark in {sum(bool(item.benchmarks) for item in stated)}, "
        f"and a result stands as a number with a unit in {sum(bool(item.findings) for item in stated)}. "
        "Numbers of different papers were measured differently and cannot be ranked."
    )
