"""The figures of the benchmark, as a table for the command line and as one for a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from litbook.model.measured import Table

_HEAD = ("papers", "figure", "ordinary", "lean", "ours", "ours/ordinary", "ours/lean", "goal")
_TEXTS = (1, 7)  # columns that are aligned to the left


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; without a figure for another book there is no ratio to it."""

    papers: int
    what: str
    ours: float
    goal: str = ""
    ordinary: float | None = None
    lean: float | None = None
    digits: int = 0


def render_table(figures: Sequence[Figure]) -> str:
    """Return the figures as a plain-text table."""
    rows = [_HEAD, *map(_render_row, figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    lines = []
    for row in rows:
        cells = [
            cell.ljust(width) if column in _TEXTS else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _render_row(figure: Figure) -> tuple[str, ...]:
    values = [
        "" if value is None else f"{value:,.{figure.digits}f}" for value in (figure.ordinary, figure.lean, figure.ours)
    ]
    ratios = [f"{figure.ours / other:.3f}" if other else "" for other in (figure.ordinary, figure.lean)]
    return (str(figure.papers), figure.what, *values, *ratios, figure.goal)


def tabulate(figures: Sequence[Figure]) -> Table:
    """Return the figures that were measured for another book too, as a page shows them."""
    rows = []
    for figure in figures:
        if figure.lean is not None:
            values = (figure.ordinary, figure.lean, figure.ours)
            cells = ("" if value is None else f"{value:,.{figure.digits}f}" for value in values)
            rows.append((f"{figure.papers:,}", figure.what, *cells))
    return Table(("Papers", "Figure", "Ordinary book", "Lean book", "litbook"), tuple(rows))
