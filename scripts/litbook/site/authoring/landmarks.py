"""The box of works outside the collection, marked as what it is: the editors' knowledge, not evidence."""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

_TITLE = "Read first, outside this collection"
_MARK = "From the editors’ knowledge. These works are not in the collection and are not evidence in this review."


class Landmarks(SphinxDirective):
    """Draw a box around a list of works, each named with {outside}; heading and mark are always the same."""

    has_content = True
    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        """Return an aside; `check_prose` has checked that it names works of `outside.bib` and cites no paper."""
        box = nodes.admonition("", classes=["litbook-landmarks"])
        box += nodes.title("", "", nodes.Text(_TITLE))
        box += nodes.paragraph("", "", nodes.Text(_MARK), classes=["litbook-landmarks-mark"])
        self.state.nested_parse(self.content, self.content_offset, box)
        return [box]
