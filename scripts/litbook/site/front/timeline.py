"""The figure of the front page: a dot for each paper, by year and part; each year leads to its papers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from litbook.model.review import Corpus
from litbook.pipeline import Prepared
from litbook.site.build.dependencies import ask, query
from litbook.text.nouns import count_noun
from litbook.write.groups import find_page

# Below these the figure would say nothing.
_FEWEST_PAPERS, _FEWEST_YEARS = 8, 3
_MOST_COLUMNS = 16
_POOLED = 0.05  # share of the papers, at most, that may share the first column, if that saves at least _SAVED columns
_SAVED = 3
_MOST_DOTS = 160  # in the fullest column; beyond, a dot stands for several papers
_MOST_ROWS = 14
_COLOURS = 6
_RECENT = 2 / 3  # share of the papers that the title counts as recent, at least


@dataclass(frozen=True, slots=True)
class Column:
    """Hold one column: its label, the address that it leads to, and how many papers each part has in it."""

    label: str
    address: str
    numbers: tuple[int, ...]

    @property
    def total(self) -> int:
        """Return how many papers the column stands for."""
        return sum(self.numbers)


@dataclass(frozen=True, slots=True)
class Years:
    """Hold the columns, the titles of the parts, how many papers have no year, and what the figure shows in words."""

    title: str
    parts: tuple[str, ...]
    columns: tuple[Column, ...]
    unknown: int


@query("timeline")
def select_years(prepared: Prepared, _: str) -> Years | None:
    """Return the papers of each part by year; None if there are too few papers or years."""
    corpus = prepared.corpus
    years = [paper.cited_year for paper in corpus.papers if paper.cited_year]
    if len(years) < _FEWEST_PAPERS or len(set(years)) < _FEWEST_YEARS:
        return None
    last = max(years)
    first = max(_find_first(years), last - _MOST_COLUMNS + 1)
    columns = [_make_column(corpus, year) for year in range(first, last + 1)]
    if min(years) < first:
        columns[0] = _pool(corpus, first)
    parts = tuple(re.sub(r"^Part [IVXLC\d]+[.:]\s*", "", part.title) for part in corpus.parts)
    return Years(_find_title(years, len(corpus.papers)), parts, tuple(columns), len(corpus.papers) - len(years))


def _find_first(years: Sequence[int]) -> int:
    """Return the year of the first column; the few papers that are older share it."""
    first = min(years)
    few = (year for year in set(years) if sum(other <= year for other in years) <= _POOLED * len(years))
    latest = max(few, default=first)
    return latest if latest - first >= _SAVED else first


def _make_column(corpus: Corpus, year: int) -> Column:
    return Column(str(year), find_page(corpus, "years", str(year)), _count(corpus, year, year))


def _pool(corpus: Corpus, last: int) -> Column:
    """Return the column of a year and of all earlier ones."""
    return Column(f"to {last}", "years/index.html", _count(corpus, 0, last))


def _count(corpus: Corpus, first: int, last: int) -> tuple[int, ...]:
    """Return how many papers each part has in some years."""
    papers = (paper.citekey for paper in corpus.papers if paper.cited_year and first <= paper.cited_year <= last)
    themes = Counter(corpus.placements[citekey].theme for citekey in papers)
    return tuple(sum(themes[theme.slug] for theme in part.themes) for part in corpus.parts)


def _find_title(years: Sequence[int], papers: int) -> str:
    """Return how many papers are recent: from the latest year on that leaves at least two thirds of them."""
    for year in sorted(set(years), reverse=True):
        number = sum(other >= year for other in years)
        if number >= _RECENT * len(years):
            break
    when = f"in {year}" if year == max(years) else f"in {year} or later"
    return f"{number:,} of {count_noun(papers, 'paper')} published {when}"


class Timeline(SphinxDirective):
    """Draw the papers by year and part below a heading that says what the figure shows."""

    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        """Return a section with the figure, or nothing if it would be empty."""
        years = ask(self.env, select_years)
        if years is None:
            return []
        section = nodes.section("", nodes.title("", years.title), classes=["litbook-timeline"], names=["timeline"])
        self.state.document.note_implicit_target(section, section)
        up = "../" * self.env.docname.count("/")
        section += nodes.raw("", "".join(_render(years, up)), format="html")
        return [section]


def _render(years: Years, up: str) -> Iterator[str]:
    most = max(column.total for column in years.columns)
    worth = -(-most // _MOST_DOTS)
    each = "Each dot is a paper" if worth == 1 else f"Each dot is {worth} papers"
    yield f'<p class="litbook-meta">{each}; choose a year to see its papers. '
    yield "A paper counts in the year of its venue, or else of its first version."
    yield f" {years.unknown:,} more {'has' if years.unknown == 1 else 'have'} no known year." if years.unknown else ""
    across = max(4, -(-most // worth // _MOST_ROWS))
    yield f'</p><ol class="litbook-years" style="--columns: {len(years.columns)}; --across: {across}">'
    for column in years.columns:
        yield _render_column(column, worth, up)
    yield '</ol><ul class="litbook-key">'
    for at, part in enumerate(years.parts):
        yield f'<li style="--c: {_paint(at)}">{escape(part, quote=False)}</li>'
    yield "</ul>"


def _paint(part: int) -> str:
    """Return the colour of a part, counted from 0: one of six, and of further parts a paler one."""
    colour = f"var(--part-{part % _COLOURS + 1})"
    return colour if part < _COLOURS else f"color-mix(in oklab, {colour} 45%, var(--paper))"


def _render_column(column: Column, worth: int, up: str) -> str:
    dots = "".join(
        f'<b style="--c: {_paint(at)}">{"<i></i>" * -(-number // worth)}</b>'
        for at, number in enumerate(column.numbers)
        if number
    )
    label = f"<span>{escape(column.label)}</span>"
    if not column.total:
        return f"<li>{label}</li>"
    papers = (
        f'<strong>{column.total:,}</strong><i class="litbook-unseen"> paper{"" if column.total == 1 else "s"}, </i>'
    )
    inner = f'<span class="litbook-dots" aria-hidden="true">{dots}</span>{papers}{label}'
    if not column.address:
        return f"<li>{inner}</li>"
    return f'<li><a href="{up}{escape(column.address)}">{inner}</a></li>'
