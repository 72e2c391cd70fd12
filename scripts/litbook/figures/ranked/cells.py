"""A heat map as a table in HTML: text of the page's own size at any width, and numbers for those who see no colours.

On a phone the label of a row is above its cells, so that no column is cut off; long heads stand upright.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

import pandas as pd

# Pixels that the cells of a row share on a desk and on a phone, and those that a letter of a head takes there.
_ROOM, _LETTER = {"wide": 430, "phone": 350}, {"wide": 7.2, "phone": 6.6}
_LINES = 3  # of a head that lies


@dataclass(frozen=True, slots=True)
class Cell:
    """Hold what a cell shows: its text, how strong its colour is from 0 to 1, where it leads, and what that is.

    Without a strength a cell has no colour; of two colours it has the other one where it is `other`.
    """

    text: str
    strength: float | None
    address: str | None = None
    label: str = ""
    other: bool = False


def count_cells(
    counts: pd.DataFrame, links: Mapping[tuple[str, str], str | None], names: Mapping[str, str]
) -> dict[tuple[str, str], Cell]:
    """Return the cells of a table of numbers of papers, none for a zero; `names` has the names of rows and columns."""
    most = max(float(counts.to_numpy().max()), 1.0) if counts.size else 1.0
    return {
        (str(row), str(column)): Cell(
            f"{int(number):,}",
            float(number) / most,
            links.get((str(row), str(column))),
            f"{names.get(str(row), str(row))}, {names.get(str(column), str(column))}",
        )
        for row, values in counts.iterrows()
        for column, number in values.items()
        if number
    }


def render_cells(
    name: str,
    rows: tuple[str, Mapping[str, str]],
    columns: Mapping[str, str],
    cells: Mapping[tuple[str, str], Cell],
    colour: int = 1,
) -> str:
    """Return a table with the anchor of a figure: a row for each label under the head of the rows.

    `colour` is the number of a chart's colour in the style of the site.
    """
    head, labels = rows
    heads = "".join(f'<th scope="col">{_flat(label)}</th>' for label in columns.values())
    body = "".join(
        f'<tr><th scope="row">{_flat(label)}</th>'
        + "".join(_render_cell(cells.get((row, column))) for column in columns)
        + "</tr>\n"
        for row, label in labels.items()
    )
    style = f"--columns:{len(columns)};--heat:var(--chart-{colour})"
    return (
        f'<table class="litbook-heat {_choose_heads(columns)}" id="figure-{name}" style="{style}"><thead><tr>'
        f'<th scope="col">{escape(head.capitalize())}</th>{heads}</tr></thead><tbody>\n{body}</tbody></table>'
    )


def _choose_heads(columns: Mapping[str, str]) -> str:
    """Return the class that lets the heads stand where they would not fit lying: nowhere, on a phone, or anywhere."""
    stands = [size for size in _ROOM if not all(_fits(label, len(columns), size) for label in columns.values())]
    return {0: "", 1: f"litbook-heat-{stands[0]}" if stands else "", 2: "litbook-heat-upright"}[len(stands)]


def _fits(label: str, columns: int, size: str) -> bool:
    letters = int(_ROOM[size] / columns / _LETTER[size])
    words = label.split()
    return max(map(len, words), default=0) <= letters and len(label) <= _LINES * letters


def _render_cell(cell: Cell | None) -> str:
    if cell is None:
        return "<td></td>"
    text = escape(cell.text)
    if cell.address:
        text = f'<a href="{escape(cell.address)}" aria-label="{_flat(cell.label)}: {text}">{text}</a>'
    tone = "" if cell.strength is None else f' style="--h:{cell.strength:.2f}"'
    return f"<td{' class=other' if cell.other else ''}{tone}>{text}</td>"


def _flat(label: str) -> str:
    return escape(" ".join(str(label).split()))
