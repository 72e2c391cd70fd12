"""Mathematics as MathML, made in the build: browsers draw it themselves, and no page loads a script for it.

A formula that cannot be drawn, or is more than a formula, is a fault of the page that holds it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.math import get_node_equation_number

from litbook.model.faults import Fault
from litbook.site.build.faults import faults_of
from litbook.text.mathematics.formulas import FormulaError, describe_fault, render_formula

if TYPE_CHECKING:
    from sphinx.application import Sphinx

NAME = "litbook-mathml"
_STOP = re.compile(r"[.,;:!?)\]’”]+")
_WIDE_SPACE = re.compile(r"\\qquad(?![A-Za-z])")
_WORDS_ALONE = re.compile(r"\s*\\text\s*\{[^{}]*\}\s*")


def add_mathematics(app: Sphinx) -> None:
    """Let pages hold formulas; Sphinx takes this renderer rather than its own, which asks another site for MathJax."""
    app.add_html_math_renderer(NAME, (_visit_math, None), (_visit_math_block, None))
    app.connect("doctree-read", _check_formulas)
    app.add_post_transform(KeepStops)


def _check_formulas(app: Sphinx, doctree: nodes.document) -> None:
    formulas = [*doctree.findall(nodes.math), *doctree.findall(nodes.math_block)]
    faults_of(app).add(*(fault for node in formulas if (fault := _find_fault(doctree, node))))


def _find_fault(doctree: nodes.document, node: nodes.Node) -> Fault | None:
    try:
        render_formula(node.astext(), isinstance(node, nodes.math_block))
    except FormulaError as error:
        env = doctree.settings.env
        file = env.doc2path(env.docname, base=False)
        return Fault(file, _find_line(node), *describe_fault(node.astext(), error))
    return None


def _find_line(node: nodes.Node) -> int:
    """Return the line of a node, or of what encloses it."""
    place: nodes.Node | None = node
    while place is not None and not place.line:
        place = place.parent
    return place.line or 1 if place is not None else 1


class KeepStops(SphinxPostTransform):
    """Keep a formula and the punctuation behind it together: it must not begin a line."""

    default_priority = 900
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Move the punctuation from the text to the formula, which is drawn with it."""
        for formula in list(self.document.findall(nodes.math)):
            after = formula.next_node(descend=False, siblings=True)
            stop = _STOP.match(after.astext()) if isinstance(after, nodes.Text) else None
            if stop and after is not None:
                formula["stop"] = stop.group()
                after.parent[after.parent.index(after)] = nodes.Text(after.astext()[stop.end() :])


def _visit_math(self: Any, node: nodes.math) -> None:
    formula, stop = render_formula(node.astext()), node.get("stop", "")
    self.body.append(f'<span class="litbook-kept">{formula}{stop}</span>' if stop else formula)
    raise nodes.SkipNode


def _visit_math_block(self: Any, node: nodes.math_block) -> None:
    # A formula that is wider than a phone is scrolled, also by keys.
    self.body.append(self.starttag(node, "div", CLASS="litbook-formula", tabindex="0"))
    if node["number"]:
        self.body.append(f'<span class="eqno">({get_node_equation_number(self, node)})</span>')
    self.body.append(" ".join(render_formula(piece, True) for piece in cut_formula(node.astext())) + "</div>\n")
    raise nodes.SkipNode


def cut_formula(tex: str) -> list[str]:
    """Return the pieces of a formula between wide spaces, which go below each other on a phone; else the formula.

    Words alone, such as "so", stay with what follows them.
    """
    pieces = [""]
    for piece in _WIDE_SPACE.split(tex):
        pieces[-1] = rf"{pieces[-1]} \quad {piece}" if pieces[-1] else piece
        if not _WORDS_ALONE.fullmatch(piece):
            pieces.append("")
    found = [piece for piece in pieces if piece]
    return found if all(map(_is_closed, found)) else [tex]


def _is_closed(tex: str) -> bool:
    """Return whether a piece of a formula opens and closes the same."""
    return all(
        len(re.findall(opening, tex)) == len(re.findall(closing, tex))
        for opening, closing in ((r"(?<!\\)\{", r"(?<!\\)\}"), (r"\\left\b", r"\\right\b"), (r"\\begin\b", r"\\end\b"))
    )
