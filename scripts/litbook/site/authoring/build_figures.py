"""Draw the committed figures of `litbook bench`: what builds cost here and in Jupyter Books of the same papers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

FILE = Path("tests/bench-figures.json")
_HEADS = ("Papers", "Figure", "Ordinary book", "Lean book", "litbook")
_BOOKS = ("ordinary", "lean", "ours")


class BuildFigures(SphinxDirective):
    """Draw a table of the figures, with the command that measured them and its date."""

    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        """Return a sentence and the table."""
        path = Path(self.env.app.srcdir) / FILE
        if not path.is_file():  # a page that depends on a missing file would be read again in every build
            return [nodes.paragraph("", "No figures have been measured for this review yet.")]
        self.env.note_dependency(str(path))
        saved = json.loads(path.read_text("utf-8"))
        said = nodes.paragraph("", "Measured with ", nodes.literal("", saved["command"]))
        said += nodes.Text(f" on {saved['date']}, with Python {saved['python']}..")
        return [said, draw_table(saved["figures"])]


def draw_table(figures: Sequence[Mapping[str, Any]]) -> nodes.table:
    """Return the figures that were measured for another book too."""
    group = nodes.tgroup("", *(nodes.colspec(colwidth=1) for _ in _HEADS), cols=len(_HEADS))
    group += nodes.thead("", _row(_HEADS))
    group += nodes.tbody("", *map(_row, _find_compared(figures)))
    return nodes.table("", group, classes=["colwidths-auto"])


def _find_compared(figures: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, ...]]:
    for figure in figures:
        if figure["lean"] is not None:
            values = (figure[book] for book in _BOOKS)
            cells = ("" if value is None else f"{value:,.{figure['digits']}f}" for value in values)
            yield (f"{figure['papers']:,}", figure["what"], *cells)


def _row(cells: Sequence[str]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", cell)) for cell in cells))
