"""Split text into sentences, as claims and quotations number them, and shorten one where a clause ends.

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


# -- shortened where a clause ends ---

ELLIPSIS = " …"
_LEAST_KEPT = 0.5  # a shorter piece than this share of what is allowed says too little
_CLAUSES = "which while whereas where but yet so because although thereby thus"
_PHRASES = "and or with without for in on of to from across through under via using that when"
# Where a sentence may end, from best to worst: between clauses, before an aside, at any comma, before a phrase.
_CLAUSE_ENDS = (
    re.compile(
        rf"[;:](?= )| [–—](?= )|,?(?= (?:{_CLAUSES.replace(' ', '|')})\b)"
        r"|,(?= and (?:we|it|this|these|they|show|find|that)\b)"
    ),
    re.compile(r",?(?= (?:by [a-z]+ing|rather than|such as|including)\b)|,(?= (?:and|or|with|without|[a-z]+ing)\b)"),
    re.compile(r",(?= )"),
    re.compile(rf"(?= (?:{_PHRASES.replace(' ', '|')})\b)"),
)
_LEADS_ON = re.compile(rf"[\s,;:–—-](?:{_CLAUSES.replace(' ', '|')}|{_PHRASES.replace(' ', '|')}|as(?: it| they)?)\Z")
# A clause that waits for its main clause: "find that as the context grows".
_WAITING = re.compile(r"\bthat,? (?:as|when|if|while|although|given|after|before|with)\b[^,]*$")
# A word that waits for another: "in both the training", "focus exclusively", "introducing additional".
_UNFINISHED = re.compile(
    r"\b(?:both|either|neither|not only)\b(?![^,]*\b(?:and|n?or|but)\b)[^,]*$"
    r"|\b(?:exclusively|particularly|especially|specifically|mainly|primarily|solely|highly|fully|relatively|familiar|intended|aimed"
    r"|additional|more|less|fewer|very|able|capable|due|based|such|only|other|several|various"
    r"|different|same|new|novel|each|most|many|similar|related|relevant|specific|a|an|the|their|its|our)$"
)
_OPEN = {"(": ")", "[": "]", "“": "”"}


def shorten(text: str, most: int) -> str:
    """Return a text of at most `most` characters: whole, or its first clauses and an ellipsis.

    The cut is where a clause ends, if one does in the second half of what is allowed; or else between two words. What
    is kept is word for word the beginning of the text.
    """
    if len(text) <= most:
        return text
    room = text[: most - len(ELLIPSIS) + 1]
    for ends in _CLAUSE_ENDS:
        places = [match.start() for match in ends.finditer(room) if _may_cut(text, match.start(), most)]
        if places:
            return _finish(text[: places[-1]])
    space = room[: most - len(ELLIPSIS)].rfind(" ")
    return _finish(text[: space if space > 0 else most - len(ELLIPSIS)])


def _may_cut(text: str, place: int, most: int) -> bool:
    """Return whether a place is late enough, and inside no bracket, quotation or clause that waits for its end."""
    head = text[:place]
    closed = all(head.count(opening) <= head.count(closing) for opening, closing in _OPEN.items())
    return most * _LEAST_KEPT <= place <= most - len(ELLIPSIS) and closed and not _waits(head)


def _waits(head: str) -> bool:
    """Return whether a reader waits for more: for the main clause, or for the word that another belongs to."""
    return _WAITING.search(head) is not None or _UNFINISHED.search(head) is not None


def _finish(head: str) -> str:
    """Return the head with an ellipsis, without marks and small words at its end that lead on."""
    kept = ""
    while kept != head:
        kept = head
        head = _LEADS_ON.sub("", head.rstrip().rstrip(",;:–—-"))
    return kept + ELLIPSIS
