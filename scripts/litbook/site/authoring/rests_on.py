"""What the sentences of the chapters rest on: how many cite one paper, two, or more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from litbook.model.statements import Statement
from litbook.pipeline import Prepared
from litbook.site.build.dependencies import ask, query
from litbook.site.lists.nothing import say_nothing
from litbook.site.lists.paper_list import link
from litbook.text.nouns import count_noun

_FEWEST = 20  # sentences that cite: shares of fewer say nothing
_BROAD = 3  # papers from which on a sentence is listed
_MOST_LISTED = 12
_HEADS = ("Chapter", "Share", "One paper", "Two papers", "Three or more")


@dataclass(frozen=True, slots=True)
class Support:
    """Hold a page, and how many of its sentences rest on one paper, on two, and on three or more."""

    docname: str
    title: str
    counts: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Broad:
    """Hold a sentence that rests on several papers, where it is, and their number."""

    text: str
    docname: str
    anchor: str
    papers: int


def count_papers(statement: Statement) -> int:
    """Return on how many papers a statement rests."""
    return len({source.citekey for source in statement.sources})


@query("what sentences rest on")
def select_support(prepared: Prepared, _: str) -> tuple[tuple[Support, ...], tuple[Broad, ...]]:
    """Return the pages with statements in the order of the book, and the statements that rest on most papers."""
    titles = {page.file: page.title for page in prepared.pages}
    order = [f"chapters/{theme.slug}.md" for theme in prepared.corpus.themes()]
    found: dict[str, list[int]] = {}
    for statement in prepared.corpus.statements:
        if statement.sources:
            found.setdefault(statement.file, []).append(count_papers(statement))
    pages = [*(file for file in order if file in found), *(file for file in found if file not in order)]
    support = tuple(Support(_docname(file), titles.get(file, file), _count(found[file])) for file in pages)
    broad = [item for item in prepared.corpus.statements if count_papers(item) >= _BROAD]
    broad.sort(key=lambda item: -count_papers(item))
    return support, tuple(
        Broad(item.text, _docname(item.file), item.anchor, count_papers(item)) for item in broad[:_MOST_LISTED]
    )


def _docname(file: str) -> str:
    return f"book/{file.removesuffix('.md')}"


def _count(numbers: Sequence[int]) -> tuple[int, int, int]:
    one, two = numbers.count(1), numbers.count(2)
    return one, two, len(numbers) - one - two


class RestsOn(SphinxDirective):
    """Compare the chapters by what their sentences rest on, and list the sentences that rest on most papers."""

    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        """Return a table under its finding, or a sentence where there is too little to compare."""
        support, broad = ask(self.env, select_support)
        sums = [sum(page.counts[column] for page in support) for column in range(3)]
        if sum(sums) < _FEWEST:
            return [say_nothing("Too few sentences cite papers to compare what they rest on.")]
        finding = f"{sums[0]:,} of {sum(sums):,} sentences that cite ({sums[0] / sum(sums):.0%}) rest on one paper."
        table = nodes.table("", self._draw_rows(support), classes=["litbook-rests-on", "colwidths-auto"])
        return [nodes.paragraph("", finding, classes=["litbook-figure-title"]), table, *self._list_broad(broad)]

    def _draw_rows(self, support: Sequence[Support]) -> nodes.tgroup:
        group = nodes.tgroup("", *(nodes.colspec(colwidth=1) for _ in _HEADS), cols=len(_HEADS))
        group += nodes.thead("", _row(*(nodes.Text(head) for head in _HEADS)))
        rows = [
            _row(
                link(self.env.docname, page.docname, nodes.Text(page.title)),
                _draw_share(page.counts),
                *(nodes.Text(f"{number:,}" if number else "–") for number in page.counts),
            )
            for page in support
        ]
        group += nodes.tbody("", *rows)
        return group

    def _list_broad(self, broad: Sequence[Broad]) -> list[nodes.Node]:
        if not broad:
            return []
        items = [nodes.list_item("", nodes.paragraph("", "", *self._draw_broad(item))) for item in broad]
        opening = "<details><summary>Sentences with the most papers behind them</summary>"
        return [
            nodes.raw("", opening, format="html"),
            nodes.bullet_list("", *items),
            nodes.raw("", "</details>", format="html"),
        ]

    def _draw_broad(self, item: Broad) -> list[nodes.Node]:
        uri = self.env.app.builder.get_relative_uri(self.env.docname, item.docname)
        where = nodes.reference("", count_noun(item.papers, "paper"), refuri=f"{uri}#{item.anchor}", internal=True)
        return [nodes.Text(f"{item.text} "), where]


def _draw_share(counts: Sequence[int]) -> nodes.raw:
    """Return a bar of the shares; the numbers beside it say the same."""
    whole, left, parts = sum(counts) or 1, 0.0, []
    for number in counts:
        width = 100 * number / whole
        parts.append(f'<rect x="{left:.2f}" width="{width:.2f}" height="8"></rect>')
        left += width
    bar = '<svg class="litbook-stack" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
    return nodes.raw("", f"{bar}{''.join(parts)}</svg>", format="html")


def _row(*cells: nodes.Node) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", cell)) for cell in cells))
