"""Codes: the frequent words of the texts that results show, one sign each, so that small parts compress well.

A part is compressed by itself and cannot refer to words in others; the list of words is loaded once, with `core`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_MOST = 1_800
_READ = 500  # texts that the words are counted in
_WORD = re.compile(r" [a-z][a-z-]+")
_SIGNS = [chr(number) for number in range(0xA1, 0x800) if chr(number).isalpha()]  # of two bytes in UTF-8


@dataclass(frozen=True, slots=True)
class Codes:
    """Hold words, each with the space before it, and the sign of each; no text of the collection has these signs."""

    signs: str
    words: tuple[str, ...]

    def encode(self, texts: Sequence[str]) -> list[str]:
        """Return texts with their words as signs."""
        known = dict(zip(self.words, self.signs, strict=True))
        return [_WORD.sub(lambda found: known.get(found[0], found[0]), text) for text in texts]


def make_codes(texts: Sequence[str]) -> Codes:
    """Return codes for the words that take most room in some of the texts."""
    step = max(1, len(texts) // _READ)
    counts = Counter(word for text in texts[::step] for word in _WORD.findall(text))
    used = set().union(*texts)
    signs = "".join(sign for sign in _SIGNS if sign not in used)[:_MOST]
    saved = {word: (len(word.encode()) - 2) * (count - 1) for word, count in counts.items()}
    words = sorted((word for word, room in saved.items() if room > 0), key=lambda word: (-saved[word], word))
    words = words[: len(signs)]
    return Codes(signs[: len(words)], tuple(words))
