"""The matrix of two choice columns: how many papers have both values, and where there are none."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

from litbook.model.extraction import Column
from litbook.site.lists.extracted import Table
from litbook.text.escape import clean


def render_matrix(table: Table, choices: Sequence[Column]) -> str:
    """Return the matrix of the first two choice columns; a script draws that of any two."""
    if len(choices) < 2:
        return ""
    one, other = choices[:2]
    selects = " ".join(
        f"<label>{label} <select data-{name}>{_render_options(choices, chosen)}</select></label>"
        for label, name, chosen in (("Rows", "rows", one), ("Columns", "columns", other))
    )
    return (
        '<h2 id="matrix">Where papers are missing</h2>\n'
        "<p>Papers by two choices; each number leads to its papers. A 0 means that no paper of this review has "
        "both values, not that no such paper exists.</p>\n"
        f'<div class="litbook-matrix-choice litbook-js-only" data-matrix-choice>{selects}</div>\n'
        '<div class="litbook-scroll" role="region" aria-label="Papers by two choices" tabindex="0" data-matrix>'
        f"{_render_cells(table, one, other)}</div>\n"
    )


def _render_options(choices: Sequence[Column], chosen: Column) -> str:
    return "".join(
        f'<option value="{column.id}"{" selected" if column is chosen else ""}>{_text(column.name)}</option>'
        for column in choices
    )


def _render_cells(table: Table, one: Column, other: Column) -> str:
    counts = count_pairs(table, one, other)
    heads = "".join(f'<th scope="col">{_text(name)}</th>' for name in other.names)
    rows = "".join(
        f'<tr><th scope="row">{_text(row)}</th>'
        + "".join(_render_cell(counts.get((row, name), 0), _wanted(one, row, other, name)) for name in other.names)
        + "</tr>\n"
        for row in one.names
    )
    corner = f"<td>{_text(one.name)} / {_text(other.name)}</td>"
    return f'<table class="litbook-matrix">\n<thead><tr>{corner}{heads}</tr></thead>\n<tbody>\n{rows}</tbody></table>'


def _wanted(one: Column, first: str, other: Column, second: str) -> dict[str, str]:
    return {f"x.{one.id}": first, f"x.{other.id}": second}


def _render_cell(number: int, wanted: dict[str, str]) -> str:
    if not number:
        return '<td class="litbook-matrix-empty">0</td>'
    return f'<td><a href="?{escape(urlencode(wanted))}#table">{number:,}</a></td>'


def count_pairs(table: Table, one: Column, other: Column) -> dict[tuple[str, str], int]:
    """Return the number of papers with each pair of values; a paper with several counts in several cells."""
    first, second = table.places((one, other))
    counts: dict[tuple[str, str], int] = {}
    for row in table.rows:
        for pair in {(a.text, b.text) for a in row.cells[first] for b in row.cells[second]}:
            counts[pair] = counts.get(pair, 0) + 1
    return counts


def _text(text: str) -> str:
    return escape(clean(text), quote=False)
