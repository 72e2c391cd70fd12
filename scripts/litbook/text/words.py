"""Count words."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_](?:[\w'’.,-]*\w)?")


def count_words(text: str) -> int:
    """Return how many words a text has; "state-of-the-art" and "1,000" count once, a dash does not count."""
    return len(_WORD.findall(text))
