"""Read the numbered sentences of an abstract at once: `[A sentence.]{.sentence-2}`.

To markdown-it each of them may be a link, so it reads it to its end before the rule for spans reads it again. Half of
the text of a paper's page stands in such spans.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

# Without what may hold a closing bracket of its own: code, an address, HTML.
_SENTENCE = re.compile(r"\[((?:[^\[\]\\`<]|\\.)*)\]\{\.(sentence-\d+)\}", re.DOTALL)


def read_sentences_at_once(parser: MarkdownIt) -> None:
    """Give a parser a rule that makes the same of a numbered sentence as the rule for spans."""
    parser.inline.ruler.before("link", "litbook-sentence", _read_sentence)


def _read_sentence(state: StateInline, silent: bool) -> bool:
    found = _SENTENCE.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "[" else None
    if found is None:
        return False
    if not silent:
        end = state.posMax
        state.pos, state.posMax = found.span(1)
        state.push("span_open", "span", 1).attrs = {"class": found[2]}
        state.md.inline.tokenize(state)
        state.push("span_close", "span", -1)
        state.posMax = end
    state.pos = found.end()
    return True
