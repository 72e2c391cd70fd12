"""Inline rules of Markdown that read generated text in large pieces; the result is what the stock rules give.

The stock rules read a page letter by letter: each escaped sign becomes a token of its own, and each numbered sentence
is read to its end as a possible link before the rule for spans reads it again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

_PUNCTUATION = r"[!-/:-@\[-`{-~]"
# Letters and escaped punctuation, up to the next sign that may begin something.
_PLAIN = re.compile(rf"(?:[^\\\[\]*_`{{}}<&!$\n]|\\{_PUNCTUATION})+")
_ESCAPED = re.compile(rf"\\({_PUNCTUATION})")
# What brackets may hold here, so that the first closing one ends them: no code, address or HTML, which hide brackets.
_LABEL = r"\[((?:[^\[\]\\`<]|\\.)*)\]"
_SENTENCE = re.compile(_LABEL + r"\{\.(sentence-\d+(?:-\d+)?)\}", re.DOTALL)
# An address without escapes and entities, which have to be decoded.
_LINK = re.compile(_LABEL + r"\(([\w./:#?=%~+,@-]*)\)(?!\{)", re.DOTALL)


def read_generated_text(parser: MarkdownIt) -> None:
    """Give a parser rules for escaped text, `[A sentence.]{.sentence-2}` and `[a label](address)`."""
    ruler = parser.inline.ruler
    ruler.before("text", "litbook-plain", _read_plain)
    ruler.before("link", "litbook-sentence", _read_sentence)
    ruler.before("link", "litbook-link", _read_link)


def _read_plain(state: StateInline, silent: bool) -> bool:
    found = _PLAIN.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.pending += _ESCAPED.sub(r"\1", found[0])
    state.pos = found.end()
    return True


def _read_sentence(state: StateInline, silent: bool) -> bool:
    found = _SENTENCE.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "[" else None
    if found is None:
        return False
    if not silent:
        _push(state, found, "span", {"class": found[2]})
    state.pos = found.end()
    return True


def _read_link(state: StateInline, silent: bool) -> bool:
    found = _LINK.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "[" else None
    if found is None or not state.md.validateLink(found[2]):
        return False
    if not silent:
        state.linkLevel += 1
        _push(state, found, "link", {"href": state.md.normalizeLink(found[2])})
        state.linkLevel -= 1
    state.pos = found.end()
    return True


def _push(state: StateInline, found: re.Match[str], name: str, attributes: dict[str, str | int | float]) -> None:
    """Add the tokens of what is in the brackets, between two that open and close it."""
    end = state.posMax
    state.pos, state.posMax = found.span(1)
    tag = "a" if name == "link" else name
    state.push(f"{name}_open", tag, 1).attrs = attributes
    state.md.inline.tokenize(state)
    state.push(f"{name}_close", tag, -1)
    state.posMax = end
