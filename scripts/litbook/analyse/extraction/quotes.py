"""Find a quotation in a title or an abstract."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

# Spreadsheets and word processors exchange these; each has one character, so that places in a text stay the same.
_SAME = str.maketrans("’‘“”–—−‐‑\u00a0\u2009\u202f", "''\"\"-----   ")
_LEFT_OUT = re.compile(r"\s*\[?(?:…|\.\.\.)\]?\s*")


def find_quote(quote: str, text: str, start: int = 0) -> tuple[int, int] | None:
    """Return where a text holds a quotation, or None; "…" stands for words that are left out.

    Quotation marks and dashes of any form are the same, and so are capital and small letters.
    """
    folded = _fold(text)
    first, end = -1, start
    for piece in filter(None, _LEFT_OUT.split(quote)):
        at = folded.find(_fold(piece), end)
        if at < 0:
            return None
        first, end = (at if first < 0 else first), at + len(piece)
    return (first, end) if first >= 0 else None


def _fold(text: str) -> str:
    """Return a text with one form of each mark and small letters, character for character."""
    return "".join(low if len(low := sign.lower()) == 1 else sign for sign in text.translate(_SAME))


def suggest_sentence(quote: str, sentences: Sequence[str]) -> str:
    """Return a remedy for a quotation that is not in a text."""
    if not sentences:
        return "the paper has no abstract: write its place in the full text in a column 'where'"
    compared = difflib.SequenceMatcher(None, b=quote, autojunk=False)

    def likeness(sentence: str) -> int:
        compared.set_seq1(sentence)
        return sum(block.size for block in compared.get_matching_blocks())

    nearest = max(sentences, key=likeness)
    return f"the nearest sentence is “{nearest}”; of a full text, write the place in a column 'where'"
