"""The table of what builds cost shows what was measured for several books. All figures are invented."""

from __future__ import annotations

from dataclasses import asdict

from docutils import nodes

from litbook.commands.benchmarks.table import FILE, Figure
from litbook.site.authoring import build_figures
from litbook.site.authoring.build_figures import draw_table


def test_the_table_has_a_row_for_each_figure_of_several_books() -> None:
    figures = [
        Figure(1000, "cold build, CPU s", 4.51, ordinary=450, lean=9.0, digits=1),
        Figure(1000, "unchanged, files written", 0, lean=1),
        Figure(1000, "fonts, kB", 64.3),
    ]
    table = draw_table([asdict(figure) for figure in figures])
    assert [[cell.astext() for cell in row.findall(nodes.entry)] for row in table.findall(nodes.row)] == [
        ["Papers", "Figure", "Ordinary book", "Lean book", "litbook"],
        ["1,000", "cold build, CPU s", "450.0", "9.0", "4.5"],
        ["1,000", "unchanged, files written", "", "1", "0"],
    ]


def test_the_table_is_drawn_from_what_the_bench_saves() -> None:
    assert build_figures.FILE == FILE
