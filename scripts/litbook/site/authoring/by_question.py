"""The table by question: each row a claim, with the sentences for and against it."""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec


class ByQuestion(SphinxDirective):
    """Draw the table in the body, with the question as its caption; on a phone each row is a block of lines."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        """Return the table; `check_prose` has checked that the body holds one, and that its rows cite."""
        body = nodes.container()
        self.state.nested_parse(self.content, self.content_offset, body)
        words, messages = self.state.inline_text(self.arguments[0], self.lineno)
        for table in body.findall(nodes.table):
            table["classes"] += ["litbook-by-question"]
            table.insert(0, nodes.title("", "", *words))
            label_cells(table)
        return [*body.children, *messages]


def label_cells(table: nodes.Element, first: int = 1) -> None:
    """Repeat in each cell the head of its column, for screens on which cells are below each other.

    `first` counts the columns in front, whose cells say themselves what they hold.
    """
    heads = [entry.astext() for head in table.findall(nodes.thead) for entry in head.findall(nodes.entry)]
    for body in table.findall(nodes.tbody):
        for row in body.findall(nodes.row):
            for head, cell in list(zip(heads, row.findall(nodes.entry), strict=False))[first:]:
                label = nodes.inline("", f"{head}: ", classes=["litbook-stacked-label"])
                place = cell[0] if cell.children and isinstance(cell[0], nodes.paragraph) else cell
                place.insert(0, label)
