"""Split text into sentences, as claims and quotations number them.

Three coarser splits stay separate, since nothing depends on their numbers: the browser cuts snippets for search
results, the committed questions of the search benchmark must not change, and the notebook on modalities only drops
sentences with an address.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

Span = tuple[int, int]

# What is longer is not a sentence of prose: no rule looks for anything in it, so that the effort for each has a bound.
LONGEST_SENTENCE = 2_000

_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’)\]]{0,4} (?=[\"'“‘(\[]{0,3}[A-Z0-9])")
# Sentences inside a bracket or quotation are not split, up to a length at which a bracket was probably never closed.
_ENCLOSED = re.compile(r"\([^()]{0,400}\)|“[^“”]{0,400}”")
_ABBREVIATIONS = frozenset(
    "e.g i.e al vs cf fig figs eq eqs eqn sec secs tab ref refs no nos vol dr mr mrs ms prof st approx resp viz "
    "ca ed eds p pp thm alg app ch def prop w.r.t a.k.a incl max min avg dept univ inc ltd".split()
)
# An abbreviation or an initial ends a sentence only if the next one starts with one of these.
_OPENERS = frozenset(
    "we the this these those our in it to however for as by while such to with recent despite although moreover "
    "furthermore additionally finally here i.e experiments results thus therefore hence they existing unlike".split()
)


@lru_cache(maxsize=1 << 15)
def split_sentences(text: str) -> tuple[Span, ...]:
    """Return the ranges of the sentences in a text of one line, without the spaces between them."""
    enclosed = [match.span() for match in _ENCLOSED.finditer(text)]
    starts = [start for start, _ in enclosed]
    bounds = [0]
    for match in _END.finditer(text):
        at = bisect_left(starts, match.start())
        if at and enclosed[at - 1][1] > match.end():
            continue
        if not _abbreviates(text, bounds[-1], match):
            bounds.append(match.end())
    spans = (_strip(text, start, end) for start, end in zip(bounds, [*bounds[1:], len(text)], strict=True))
    return tuple(span for span in spans if span[0] < span[1])


def _strip(text: str, start: int, end: int) -> Span:
    kept = text[start:end]
    return start + len(kept) - len(kept.lstrip()), start + len(kept.rstrip())


def _abbreviates(text: str, start: int, match: re.Match[str]) -> bool:
    """Return whether a full stop belongs to the word before it rather than to the sentence."""
    if match.group()[0] != "." or match.group().startswith(".."):
        return False
    token = text[max(start, match.start() - 20) : match.start()].rpartition(" ")[2].lstrip("([{\"'“‘")
    if token.isdigit() and len(token) <= 2:  # "1. We …": the number of a list
        before = text[start : match.start() - len(token)].rstrip()
        return not before or before[-1] in ":;,.("
    if token.lower() in _ABBREVIATIONS or re.fullmatch(r"[A-Za-z](?:\.[A-Za-z])*", token):
        follows = re.match(r"[A-Za-z.]*", text[match.end() : match.end() + 20])
        return follows is None or follows.group().lower() not in _OPENERS
    return False


_WORD = re.compile(r"[^\W_](?:[\w'’.,-]*\w)?")


def count_words(text: str) -> int:
    """Return how many words a text has; "state-of-the-art" and "1,000" count once, a dash does not count."""
    return len(_WORD.findall(text))
