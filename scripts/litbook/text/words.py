"""Count words."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_](?:[\w'’.,-]*\w)?")


def count_words(text: str) -> int:
    """Return the number of words in a text; "state-of-the-art" and "1,000" count as one, a dash as none."""
    return len(_WORD.findall(text))
