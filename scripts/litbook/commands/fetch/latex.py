"""Convert LaTeX to plain text."""

from __future__ import annotations

from pylatexenc.latex2text import LatexNodes2Text
from pylatexenc.latexwalker import LatexWalkerError


def read_latex(text: str) -> str:
    """Return the plain text of LaTeX, including formulas; commands that would read a file give nothing.

    Raise `ValueError` for invalid LaTeX.
    """
    try:
        return " ".join(LatexNodes2Text().latex_to_text(text).split())
    except (LatexWalkerError, RecursionError, LookupError, TypeError) as error:
        raise ValueError("not LaTeX") from error
