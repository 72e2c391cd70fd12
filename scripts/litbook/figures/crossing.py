"""Papers counted in rows and columns: a heat map whose cells open their papers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd
from IPython.display import HTML

from litbook.figures.links import MOST, link_papers
from litbook.figures.ranked.cells import count_cells, render_cells
from litbook.figures.show import frame
from litbook.figures.style import short_titles

EMPTY = "none in this collection"
_MOST_LISTS = 3  # lists of one cell in the table
_MOST_IN_ORDER = 16  # rows in the order of the book


@dataclass(frozen=True, slots=True)
class Axis:
    """Hold the values of a row or column of cells, in their order, and the label of each."""

    name: str
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Crossing:
    """Hold the citekeys of each cell that has papers, by the values of its row and column."""

    rows: Axis
    columns: Axis
    cells: Mapping[tuple[str, str], tuple[str, ...]]

    def count(self) -> pd.DataFrame:
        """Return the number of papers, a row and a column for each value."""
        numbers = [[len(self.cells.get((row, column), ())) for column in self.columns.labels]
                   for row in self.rows.labels]  # fmt: skip
        return pd.DataFrame(numbers, index=list(self.rows.labels), columns=list(self.columns.labels))

    def links(self) -> dict[tuple[str, str], str]:
        """Return the address of each cell's list of papers; a list that is too long for an address has none."""
        found = {place: link_papers(keys) for place, keys in self.cells.items()}
        return {place: address for place, address in found.items() if address}

    def count_empty(self) -> int:
        """Return the number of cells without a paper."""
        return len(self.rows.labels) * len(self.columns.labels) - len(self.cells)

    def find_fullest(self) -> tuple[str, str, int]:
        """Return the labels of the cell with most papers, of the first one between equals, and their number.

        What is “other” says nothing of itself: such a cell is taken only where there is nothing else.
        """
        row, column = max(self.cells, key=lambda place: ("other" not in place, len(self.cells[place])))
        return _flat(self.rows.labels[row]), _flat(self.columns.labels[column]), len(self.cells[row, column])


def cross(pairs: pd.DataFrame, rows: Axis, columns: Axis) -> Crossing:
    """Return the papers of each cell: `pairs` has a column "citekey" and one for the name of each axis."""
    kept = pairs[pairs[rows.name].isin(list(rows.labels)) & pairs[columns.name].isin(list(columns.labels))]
    found: dict[tuple[str, str], set[str]] = {}
    for row, column, key in zip(kept[rows.name], kept[columns.name], kept["citekey"], strict=True):
        found.setdefault((str(row), str(column)), set()).add(str(key))
    order = [(row, column) for row in rows.labels for column in columns.labels]
    return Crossing(rows, columns, {place: tuple(sorted(found[place])) for place in order if place in found})


def list_themes(papers: pd.DataFrame) -> Axis:
    """Return the themes that have papers, in the order of the book, with their short titles."""
    titles = short_titles(papers)
    return Axis("theme", {slug: titles[slug] for slug in papers["theme"].cat.categories if slug in titles})


def show_crossing(  # noqa: PLR0913 - the words of a figure and its table belong together
    crossing: Crossing,
    name: str,
    *,
    title: str,
    caption: str,
    links: Mapping[tuple[str, str], str] | None = None,
    data: pd.DataFrame | None = None,
    colour: int = 1,
) -> HTML:
    """Return a heat map with its words and its data; a table lists the papers of cells that one address cannot hold."""
    counts = crossing.count()
    if data is None:
        data = counts.rename_axis(index=crossing.rows.name).reset_index()
    links = crossing.links() if links is None else links
    is_long = len(links) < len(crossing.cells)
    cells = count_cells(counts, links, {**crossing.rows.labels, **crossing.columns.labels})
    rows = {row: crossing.rows.labels[row] for row in _order(counts)}
    content = render_cells(name, (crossing.rows.name, rows), crossing.columns.labels, cells, colour)
    said = f"{caption} Cells of more than {MOST} papers open from the table." if is_long else caption
    table = render_table(crossing, links) if is_long else ""
    return HTML(frame(name, content + table, title=title, caption=said, data=data))  # type: ignore[no-untyped-call]


def _order(counts: pd.DataFrame) -> list[str]:
    """Return the rows in their order, or those with most papers first where they are too many to look through."""
    totals = counts.sum(axis=1)
    ordered = totals if len(totals) <= _MOST_IN_ORDER else totals.sort_values(ascending=False, kind="stable")
    return [str(row) for row in ordered.index]


def render_table(crossing: Crossing, links: Mapping[tuple[str, str], str]) -> str:
    """Return the cells as a table in HTML, closed at first; a number leads to its papers, unless they are too many."""
    head = "".join(f'<th scope="col">{_label(label)}</th>' for label in crossing.columns.labels.values())
    rows = "".join(
        f'<tr><th scope="row">{_label(label)}</th>'
        + "".join(f"<td>{_render_cell(crossing, (row, column), links)}</td>" for column in crossing.columns.labels)
        + "</tr>"
        for row, label in crossing.rows.labels.items()
    )
    most = MOST * _MOST_LISTS
    bound = any(len(keys) > most and place not in links for place, keys in crossing.cells.items())
    return render_details(
        f"Show as a table; each number{f' up to {most}' if bound else ''} opens the list of papers",
        f'<table class="table"><thead><tr><th scope="col">{escape(crossing.rows.name)}</th>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>",
    )


def render_details(summary: str, content: str) -> str:
    """Return HTML that is closed at first, and scrolls sideways on a narrow page."""
    return (
        f'<details class="litbook-figure-table"><summary>{escape(summary)}</summary>'
        f'<div class="pst-scrollable-table-container" style="font-size: 0.85em">{content}</div></details>'
    )


def _render_cell(crossing: Crossing, place: tuple[str, str], links: Mapping[tuple[str, str], str]) -> str:
    keys = crossing.cells.get(place, ())
    if not keys:
        return EMPTY
    if place in links:
        return f'<a href="{escape(links[place])}">{len(keys):,}</a>'
    return f"{len(keys):,}{render_lists(keys)}"


def render_lists(keys: Iterable[str]) -> str:
    """Return links to papers that are too many for one address, in lists of as many as one holds."""
    ordered = sorted(keys)
    if len(ordered) > MOST * _MOST_LISTS:
        return ""
    parts = [(at, ordered[at : at + MOST]) for at in range(0, len(ordered), MOST)]
    return " (" + ", ".join(
        f'<a href="{escape(link_papers(part) or "")}">{at + 1}–{at + len(part)}</a>' for at, part in parts
    ) + ")"  # fmt: skip


def _label(label: str) -> str:
    return escape(_flat(label))


def _flat(label: Any) -> str:
    return str(label).replace("\n", " ")
