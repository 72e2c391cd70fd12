"""The matrix of two columns of choices or themes: how many papers have both values, and where there are none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from litbook.site.lists.extracted import Row, Table, choice_columns
from litbook.text.escape import clean
from litbook.write.extraction import PREFIX

_THEME = "theme"


@dataclass(frozen=True, slots=True)
class Axis:
    """What a matrix has on one side: a column of choices, or the themes; `names` are those of the values, in order."""

    id: str
    name: str
    names: Mapping[str, str]
    at: int | None = None

    def values(self, row: Row) -> Iterable[str]:
        """Return the values of a paper."""
        return [row.theme] if self.at is None else [value.text for value in row.cells[self.at]]

    @property
    def parameter(self) -> str:
        """Return the name in the address."""
        return self.id if self.at is None else f"{PREFIX}{self.id}"


def list_axes(table: Table, themes: Mapping[str, str]) -> list[Axis]:
    """Return what can be crossed: the columns of choices, then the themes, then judgements such as risk of bias."""
    columns = sorted(choice_columns(table.columns), key=lambda column: bool(column.group))
    axes = [Axis(item.id, item.name, {name: name for name in item.names}, table.places([item])[0]) for item in columns]
    used = {row.theme for row in table.rows}
    placed = {slug: name for slug, name in themes.items() if slug in used}
    if len(placed) > 1 and all(axis.id != _THEME for axis in axes):
        axes.insert(sum(not column.group for column in columns), Axis(_THEME, "Theme", placed))
    return axes


def render_matrix(table: Table, axes: Sequence[Axis]) -> str:
    """Return the matrix of the first two axes; a script draws that of any two."""
    if len(axes) < 2:
        return ""
    one, other = axes[:2] if axes[1].id != _THEME else (axes[1], axes[0])
    selects = " ".join(
        f"<label>{label} <select data-{name}>{_render_options(axes, chosen)}</select></label>"
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


def _render_options(axes: Sequence[Axis], chosen: Axis) -> str:
    return "".join(
        f'<option value="{axis.id}"{" selected" if axis is chosen else ""}>{_text(axis.name)}</option>' for axis in axes
    )


def _render_cells(table: Table, one: Axis, other: Axis) -> str:
    counts = count_pairs(table, one, other)
    heads = "".join(f'<th scope="col">{_text(name)}</th>' for name in other.names.values())
    rows = "".join(
        f'<tr><th scope="row">{_text(name)}</th>'
        + "".join(
            _render_cell(counts.get((first, second), 0), {one.parameter: first, other.parameter: second})
            for second in other.names
        )
        + "</tr>\n"
        for first, name in one.names.items()
    )
    corner = f"<td>{_text(one.name)} / {_text(other.name)}</td>"
    return f'<table class="litbook-matrix">\n<thead><tr>{corner}{heads}</tr></thead>\n<tbody>\n{rows}</tbody></table>'


def _render_cell(number: int, wanted: dict[str, str]) -> str:
    if not number:
        return '<td class="litbook-matrix-empty">0</td>'
    return f'<td><a href="?{escape(urlencode(wanted))}#table">{number:,}</a></td>'


def count_pairs(table: Table, one: Axis, other: Axis) -> dict[tuple[str, str], int]:
    """Return the number of papers with each pair of values; a paper with several counts in several cells."""
    counts: dict[tuple[str, str], int] = {}
    for row in table.rows:
        for pair in {(a, b) for a in one.values(row) for b in other.values(row)}:
            counts[pair] = counts.get(pair, 0) + 1
    return counts


def _text(text: str) -> str:
    return escape(clean(text), quote=False)
