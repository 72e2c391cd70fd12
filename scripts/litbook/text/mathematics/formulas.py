"""Turn formulas in TeX into MathML, and say what is wrong with those that cannot be turned.

latex2mathml skips what it does not know, and lets through what could become more than a formula. What it makes is
therefore read once more here: only the elements and attributes of formulas are let through.
"""

from __future__ import annotations

import re
from functools import lru_cache
from xml.etree import ElementTree

_NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
_ELEMENTS = frozenset(
    "math menclose mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow mspace msqrt mstyle msub "
    "msubsup msup mtable mtd mtext mtr munder munderover none".split()
)
_REMEDY = "correct it: TeX as LaTeX knows it for formulas, with braces around every part"
_FORBIDDEN = re.compile(r"on\w+|href|src|style|class|id")
_BRACE = re.compile(r"\\(?:.|\n)|([{}])")  # a brace behind a backslash is text
_LONE_AMPERSAND = re.compile(r"&(?!#x?[0-9A-Fa-f]+;)")  # latex2mathml leaves it as it is in "\text"


class FormulaError(ValueError):
    """Tell what is wrong with a formula."""


def describe_fault(tex: str, error: FormulaError) -> tuple[str, str]:
    """Return what is wrong with a formula, and what to do."""
    shown = " ".join(tex.split())
    return f"the formula '{shown}' cannot be drawn: {error}", _REMEDY


@lru_cache(maxsize=1024)
def render_formula(tex: str, display: bool = False) -> str:
    """Return MathML for a formula in TeX; raise `FormulaError` where it cannot be read, or is more than a formula."""
    from latex2mathml import exceptions  # noqa: PLC0415 - few reviews have a formula
    from latex2mathml.converter import convert  # noqa: PLC0415

    _check_braces(tex)
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


def _check_braces(tex: str) -> None:
    """Raise `FormulaError` if a brace has no partner: latex2mathml would draw what it can of the rest."""
    depth = 0
    for match in _BRACE.finditer(tex):
        depth += {"{": 1, "}": -1, None: 0}[match[1]]
        if depth < 0:
            raise FormulaError("a brace is closed that was not opened")
    if depth:
        raise FormulaError("a brace is not closed")
