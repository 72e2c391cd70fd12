"""Codes: the frequent words of the texts that results show, one sign each, so that small parts compress well.

A part is compressed by itself and cannot refer to words in others; the list of words is loaded once, with `core`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import count
from zlib import crc32

_GIVEN = 0.85  # of the signs
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
    """Return codes for the words that take most room in some of the texts.

    An edit of one text changes few codes: the place of a word's sign follows from the word, and it is the next free one
    where a word before it in the alphabet has that. With all signs given away, an added word would move many others.
    """
    step = max(1, len(texts) // _READ)
    counts = Counter(word for text in texts[::step] for word in _WORD.findall(text))
    used = set().union(*texts)
    signs = [sign for sign in _SIGNS if sign not in used]
    saved = {word: (len(word.encode()) - 2) * (times - 1) for word, times in counts.items()}
    words = sorted((word for word, room in saved.items() if room > 0), key=lambda word: (-saved[word], word))
    words = words[: round(len(signs) * _GIVEN)]
    coded: dict[str, str] = {}
    for word in sorted(words):
        coded[_find_free(signs, coded, word)] = word
    return Codes("".join(sorted(coded)), tuple(coded[sign] for sign in sorted(coded)))


def _find_free(signs: Sequence[str], coded: Container[str], word: str) -> str:
    """Return the first sign that no word has, from the place that the word's own letters give."""
    first = crc32(word.encode("utf-8"))
    return next(sign for step in count() if (sign := signs[(first + step) % len(signs)]) not in coded)
