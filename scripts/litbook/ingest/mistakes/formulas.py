"""Find formulas that the build cannot draw."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from litbook.model.pages import Flaw
from litbook.text.mathematics.formulas import FormulaError, describe_fault, render_formula

if TYPE_CHECKING:
    from markdown_it.token import Token

_INLINE = ("math_inline", "math_inline_double")
_BLOCKS = ("math_block", "math_block_label", "amsmath")


def check_formula(token: Token, line: int) -> Iterator[Flaw]:
    """Yield a flaw if a token is a formula that cannot be drawn."""
    if token.type in _INLINE or token.type in _BLOCKS or (token.type == "myst_role" and token.meta["name"] == "math"):
        yield from check_tex(token.content, line, token.type in _BLOCKS)


def check_tex(tex: str, line: int, is_block: bool = True) -> Iterator[Flaw]:
    """Yield a flaw if a formula cannot be drawn."""
    try:
        render_formula(tex, is_block)
    except FormulaError as error:
        yield Flaw(line, *describe_fault(tex, error))
