"""Read the headings of a page from the tokens of the Markdown parser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from litbook.text.scripts import lower_text, raise_text

if TYPE_CHECKING:
    from markdown_it.token import Token

CITATIONS = re.compile(r"cite(?::\w+)?|claim|quote")
_SHOWN = frozenset("text text_special code_inline myst_role math_inline math_inline_double softbreak hardbreak".split())


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page: level, text by which its anchor is made, parts as readers see them, and line.

    `parts` pairs each piece of text with whether it is a formula. `has_role` is true if the build computes a part of
    it, so that its words are not known here.
    """

    level: int
    name: str
    parts: tuple[tuple[str, bool], ...]
    line: int
    has_role: bool


def make_heading(opening: Token, token: Token, line: int, has_role: bool) -> Heading:
    """Return a heading without its citations."""
    shown = [child for child in token.children or () if child.type in _SHOWN and not _is_citation(child)]
    name = " ".join("".join(child.content or " " for child in shown).split())
    return Heading(int(opening.tag[1:]), name, tuple(map(_show_part, shown)), line, has_role)


def _show_part(token: Token) -> tuple[str, bool]:
    """Return a piece of a heading as readers see it, and whether it is a formula."""
    role = token.meta["name"] if token.type == "myst_role" else ""
    scripts = {"sub": lower_text, "subscript": lower_text, "sup": raise_text, "superscript": raise_text}
    shown = scripts[role](token.content) if role in scripts else token.content or " "
    return shown, role == "math" or token.type.startswith("math_inline")


def _is_citation(token: Token) -> bool:
    return token.type == "myst_role" and bool(CITATIONS.fullmatch(token.meta["name"]))
