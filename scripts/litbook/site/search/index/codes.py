"""Codes: the frequent words of the texts that results show, one sign each, so that small parts compress well.

A part is compressed by itself and cannot refer to words in others; the list of words is loaded once, with `core`. The
most frequent words have signs of one byte: control characters, which no text has. While a part is made, noncharacters
of Unicode take their place, for JSON would escape them; `render_part` writes them as they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, count
from zlib import crc32

_GIVEN = 0.85  # of the signs of a length
_READ = 1_500  # texts that the words are counted in
_WORD = re.compile(r" [^\W\d_][\w-]+")
_ROOM = 2.2  # bytes that a sign takes on average
_IN_LIST = 3  # bytes that a word takes in the list of all
_FREQUENT = 1 / 150  # of all words, from which on a word has a sign of one byte
_NONCHARACTERS = 0xFDD0
_CONTROLS = (*range(0x01, 0x09), 0x0B, 0x0C, *range(0x0E, 0x20))  # those that a string of a script may hold
SHORT = {_NONCHARACTERS + at: chr(control) for at, control in enumerate(_CONTROLS)}
_TWO_BYTES = [chr(number) for number in range(0xA1, 0x800) if chr(number).isalpha()]
_THREE_BYTES = [chr(number) for number in range(0x4E00, 0x4E00 + 2_200)]


@dataclass(frozen=True, slots=True)
class Coded:
    """Hold signs of one length that no text has, and words in the order of the alphabet, each with the space before it.

    The place of a word's sign follows from the word, and it is the next free one where a word before it has that.
    """

    signs: str
    words: tuple[str, ...]

    def assign(self) -> dict[str, str]:
        """Return the sign of each word; `litbook-search-unpack.js` does the same."""
        taken: dict[str, str] = {}
        for word in self.words:
            taken[_find_free(self.signs, taken, word)] = word
        return {word: sign for sign, word in taken.items()}

    def list_runs(self) -> list[list[int]]:
        """Return the numbers of the signs as they are written: the first of each run, and how many it has."""
        runs: list[list[int]] = []
        for sign in self.signs if self.words else "":
            number = ord(SHORT.get(ord(sign), sign))
            if runs and number == sum(runs[-1]):
                runs[-1][1] += 1
            else:
                runs.append([number, 1])
        return runs


@dataclass(frozen=True)
class Codes:
    """Hold the words that have signs, by the length of the signs."""

    lengths: tuple[Coded, ...]

    def encode(self, texts: Sequence[str]) -> list[str]:
        """Return texts with their words as signs."""
        known = self.signs
        return [_WORD.sub(lambda found: known.get(found[0], found[0]), text) for text in texts]

    @cached_property
    def signs(self) -> dict[str, str]:
        """The sign of each word, which is found once for the texts of all papers."""
        return dict(chain.from_iterable(coded.assign().items() for coded in self.lengths))


def make_codes(texts: Sequence[str]) -> Codes:
    """Return codes for the words that take most room in some of the texts, the shortest signs for the most frequent.

    An edit of one text changes few codes. With all signs given away, an added word would move many others.
    """
    step = max(1, len(texts) // _READ)
    counts = Counter(word for text in texts[::step] for word in _WORD.findall(text))
    saved = {word: (len(word.encode()) - _ROOM) * (times - 1) - _IN_LIST for word, times in counts.items()}
    ranked = sorted((word for word, room in saved.items() if room > 0), key=lambda word: (-counts[word], word))
    least = _FREQUENT * counts.total()
    frequent = sum(counts[word] >= least for word in ranked)
    lengths = []
    for signs, most in zip(_list_free(set().union(*texts)), (frequent, len(ranked), len(ranked)), strict=True):
        some = ranked[: min(most, round(len(signs) * _GIVEN))]
        lengths.append(Coded(signs, tuple(sorted(some))))
        ranked = ranked[len(some) :]
        if len(lengths) == 2:  # what is left is rare: the words that save most come first
            ranked = sorted(ranked, key=lambda word: (-saved[word], word))
    return Codes(tuple(lengths))


def _find_free(signs: Sequence[str], taken: Container[str], word: str) -> str:
    """Return the first sign that no word has, from the place that the word's own letters give."""
    first = crc32(word.encode("utf-8"))
    return next(sign for step in count() if (sign := signs[(first + step) % len(signs)]) not in taken)


def _list_free(used: set[str]) -> Iterator[str]:
    """Yield the signs of each length that no text has."""
    yield "".join(chr(place) for place, sign in SHORT.items() if not used & {chr(place), sign})
    yield from ("".join(sign for sign in signs if sign not in used) for signs in (_TWO_BYTES, _THREE_BYTES))
