"""Mathematics as MathML, made in the build: browsers draw it themselves, and no page loads a script for it.

latex2mathml skips what it does not know, and lets through what could become more than a formula. What it makes is
therefore read once more here: only the elements and attributes of formulas reach a page, and everything else is a
fault of the page that wrote it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from docutils import nodes
from sphinx.util.math import get_node_equation_number

from litbook.model.faults import Fault
from litbook.site.build.faults import faults_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

NAME = "litbook-mathml"
_NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
_ELEMENTS = frozenset(
    "math menclose mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow mspace msqrt mstyle msub "
    "msubsup msup mtable mtd mtext mtr munder munderover none".split()
)
_FORBIDDEN = re.compile(r"on\w+|href|src|style|class|id")
_WIDE_SPACE = re.compile(r"\\qquad(?![A-Za-z])")
_WORDS_ALONE = re.compile(r"\s*\\text\s*\{[^{}]*\}\s*")
_LONE_AMPERSAND = re.compile(r"&(?!#x?[0-9A-Fa-f]+;)")  # latex2mathml leaves it as it is in "\text"


class FormulaError(ValueError):
    """Tell what is wrong with a formula."""


def add_mathematics(app: Sphinx) -> None:
    """Let pages hold formulas; Sphinx takes this renderer rather than its own, which asks another site for MathJax."""
    app.add_html_math_renderer(NAME, (_visit_math, None), (_visit_math_block, None))
    app.connect("doctree-read", _check_formulas)


@lru_cache(maxsize=1024)
def render_formula(tex: str, display: bool = False) -> str:
    """Return MathML for a formula in TeX; raise `FormulaError` where it cannot be read, or is more than a formula."""
    from latex2mathml import exceptions  # noqa: PLC0415 - few reviews have a formula
    from latex2mathml.converter import convert  # noqa: PLC0415

    unreadable: list[type[Exception]] = [
        *(IndexError, KeyError, ValueError, ElementTree.ParseError),
        *(item for item in vars(exceptions).values() if isinstance(item, type) and issubclass(item, Exception)),
    ]
    try:
        made = _LONE_AMPERSAND.sub("&amp;", convert(tex, display="block" if display else "inline"))
        root = ElementTree.fromstring(made)
    except tuple(unreadable) as error:
        raise FormulaError("it ends too early, or a brace is missing") from error
    for element in root.iter():
        _check_element(element)
    return made


def _check_element(element: ElementTree.Element) -> None:
    name = element.tag.removeprefix(_NAMESPACE)
    text = (element.text or "").strip()
    if text.startswith("\\") and len(text) > 1:
        raise FormulaError(f"the command {text} is not known")
    if name not in _ELEMENTS or any(_FORBIDDEN.fullmatch(key) for key in element.attrib):
        raise FormulaError("addresses, styles and HTML have no place in it")


def _check_formulas(app: Sphinx, doctree: nodes.document) -> None:
    formulas = [*doctree.findall(nodes.math), *doctree.findall(nodes.math_block)]
    faults_of(app).add(*(fault for node in formulas if (fault := _find_fault(doctree, node))))


def _find_fault(doctree: nodes.document, node: nodes.Node) -> Fault | None:
    try:
        render_formula(node.astext(), isinstance(node, nodes.math_block))
    except FormulaError as error:
        env = doctree.settings.env
        what = f"the formula '{' '.join(node.astext().split())}' cannot be drawn: {error}"
        return Fault(
            env.doc2path(env.docname, base=False),
            _find_line(node),
            what,
            "correct it: TeX as LaTeX knows it for formulas, with braces around every part",
        )
    return None


def _find_line(node: nodes.Node) -> int:
    """Return the line of a node, or of what encloses it."""
    place: nodes.Node | None = node
    while place is not None and not place.line:
        place = place.parent
    return place.line or 1 if place is not None else 1


def _visit_math(self: Any, node: nodes.math) -> None:
    self.body.append(render_formula(node.astext()))
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
