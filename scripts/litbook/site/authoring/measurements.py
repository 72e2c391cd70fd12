"""Show the committed figures of litbook's own commands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.typing import OptionSpec

from litbook.model.measured import Measured
from litbook.pipeline import Prepared
from litbook.site.build.dependencies import ask, query
from litbook.text.dates import say_date

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@query("measured")
def select_measured(prepared: Prepared, name: str) -> Measured | None:
    """Return what was measured under a name, or None if nothing was."""
    return prepared.measured.get(name)


@query("all measured")
def select_all(prepared: Prepared, _: str) -> tuple[Measured, ...]:
    """Return all that was measured, by name."""
    return tuple(prepared.measured[name] for name in sorted(prepared.measured))


class MeasuredTable(SphinxDirective):
    """Draw one table of what was measured under a name, or without a table say only when it was measured.

    `:fold:` closes the table at first, under these words. `:spans:` names columns with commas between; a sentence gives
    the least and the most of each, of all rows, or of those that have a cell with the words of `:of:`. The command and
    the commit are for editors: `measured-figures` lists them.
    """

    required_arguments = 1
    option_spec: ClassVar[OptionSpec] = dict.fromkeys(("table", "fold", "spans", "of"), directives.unchanged_required)

    def run(self) -> list[nodes.Node]:
        """Return the table, or the sentence on when it was measured."""
        name, table = self.arguments[0], self.options.get("table")
        measured = ask(self.env, select_measured, name)
        if measured is None:
            return [nodes.paragraph("", "Not measured for this review yet.")]
        if table is None:
            return [nodes.paragraph("", f"Measured on {say_date(measured.date)}.")]
        if table not in measured.tables:
            raise self.error(f"unknown table '{table}' of '{name}'; there are: {', '.join(measured.tables)}")
        heads, rows = measured.tables[table].heads, measured.tables[table].rows
        drawn: list[nodes.Node] = [draw_table(heads, rows)]
        if "fold" in self.options:
            opening = f'<details class="litbook-by-rules"><summary>{escape(self.options["fold"])}</summary>'
            drawn = [nodes.raw("", opening, format="html"), *drawn, nodes.raw("", "</details>", format="html")]
        columns = [name.strip() for name in self.options.get("spans", "").split(",") if name.strip()]
        if unknown := [name for name in columns if name not in heads]:
            raise self.error(f"unknown column '{unknown[0]}' of '{table}'; there are: {', '.join(heads)}")
        said = say_spans(heads, [row for row in rows if self.options.get("of", row[0]) in row], columns)
        return [*([nodes.paragraph("", said)] if said else []), *drawn]


class MeasuredFigures(SphinxDirective):
    """List everything that was measured: the command, when, in which commit, and the test that measures again."""

    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        """Return the table, or a sentence where nothing was measured."""
        found = ask(self.env, select_all)
        if not found:
            return [nodes.paragraph("", "Nothing has been measured for this review yet.")]
        rows = [
            (
                item.what,
                nodes.literal("", item.command),
                item.date,
                nodes.literal("", item.commit) if item.commit else "not committed",
                nodes.literal("", item.repeated) if item.repeated else "only by hand",
            )
            for item in found
        ]
        return [draw_table(("Figures of", "Command", "Date", "Commit", "Measured again by"), rows)]


class MeasuredValue(SphinxRole):
    """Show one committed figure, for example {measured}`prose recall`."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the figure, or an error that lists the known ones."""
        name, _, key = " ".join(self.text.split()).partition(" ")
        measured = ask(self.env, select_measured, name)
        if measured is None or key in measured.values:
            return [nodes.Text(measured.values[key] if measured else "(not measured)")], []
        text = f"unknown figure '{key}' of '{name}'; there are: {', '.join(measured.values)}"
        message = self.inliner.reporter.error(text, line=self.lineno)
        return [nodes.problematic(self.rawtext, self.rawtext)], [message]


def say_spans(heads: Sequence[str], rows: Sequence[Sequence[str]], columns: Iterable[str]) -> str:
    """Return from what to what the numbers of some columns go, in a sentence; cells without a number do not count."""
    spans = []
    for name in columns:
        cells = sorted((row[heads.index(name)] for row in rows if _NUMBER.fullmatch(row[heads.index(name)])), key=float)
        spans += [f"{name.lower()} is between {cells[0]} and {cells[-1]}"] if cells else []
    said = ", and ".join(spans)
    return f"{said[0].upper()}{said[1:]}." if said else ""


def draw_table(heads: Sequence[str], rows: Iterable[Sequence[str | nodes.Node]]) -> nodes.table:
    """Return a table of texts and nodes."""
    group = nodes.tgroup("", *(nodes.colspec(colwidth=1) for _ in heads), cols=len(heads))
    group += nodes.thead("", _row(heads))
    group += nodes.tbody("", *map(_row, rows))
    return nodes.table("", group, classes=["colwidths-auto"])


def _row(cells: Sequence[str | nodes.Node]) -> nodes.row:
    shown = (nodes.Text(cell) if isinstance(cell, str) else cell for cell in cells)
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", cell)) for cell in shown))
