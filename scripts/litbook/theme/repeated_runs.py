"""Remove runs of words that several texts have word for word: publishers' notes, and not about the paper."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

_WORD = re.compile(r"\w+")
_RUN = 7  # words; shorter runs are ordinary phrases
_FEWEST_TEXTS = 3
_BASE = np.uint64(1_000_003)


def drop_repeated_runs(texts: Sequence[str]) -> list[str]:
    """Return the texts without the runs of at least seven words that three of them share.

    Words are compared in lower case. Sequences are found by their hashes, so that time and memory are linear in the
    number of words.
    """
    numbers: dict[str, int] = {}
    found = [[numbers.setdefault(word, len(numbers)) for word in map(str.lower, _WORD.findall(text))] for text in texts]
    lengths = np.array([len(words) for words in found], np.int64)
    words = np.array([word for row in found for word in row], np.uint64) + np.uint64(1)
    owners = np.repeat(np.arange(len(texts)), lengths)
    repeated = _find_repeated(words, owners)
    if not repeated.any():
        return list(texts)
    ends = np.cumsum(lengths)
    return [
        _cut(text, repeated[end - length : end]) if repeated[end - length : end].any() else text
        for text, length, end in zip(texts, lengths.tolist(), ends.tolist(), strict=True)
    ]


def _find_repeated(
    words: np.typing.NDArray[np.uint64], owners: np.typing.NDArray[np.int64]
) -> np.typing.NDArray[np.bool_]:
    """Return for each word whether it is part of a run that enough texts share."""
    starts = len(words) - _RUN + 1
    covered = np.zeros(len(words), np.bool_)
    if starts <= 0:
        return covered
    hashes = np.zeros(starts, np.uint64)
    with np.errstate(over="ignore"):
        for at in range(_RUN):
            hashes = hashes * _BASE + words[at : at + starts]
    hashes[owners[:starts] != owners[_RUN - 1 :]] = 0  # runs across two texts
    order = np.lexsort((owners[:starts], hashes))
    sorted_hashes, sorted_owners = hashes[order], owners[:starts][order]
    new_hash = np.concatenate([[True], sorted_hashes[1:] != sorted_hashes[:-1]])
    new_text = new_hash | np.concatenate([[True], sorted_owners[1:] != sorted_owners[:-1]])
    group = np.cumsum(new_hash) - 1
    texts = np.bincount(group, new_text)
    shared = np.zeros(starts, np.bool_)
    shared[order] = (texts[group] >= _FEWEST_TEXTS) & (sorted_hashes != 0)
    for at in range(_RUN):
        covered[at : at + starts] |= shared
    return covered


def _cut(text: str, repeated: np.typing.NDArray[np.bool_]) -> str:
    kept: list[str] = []
    at = 0
    for match, drop in zip(_WORD.finditer(text), repeated.tolist(), strict=True):
        kept.append(text[at : match.start()] if not drop else " . ")
        kept.append(match.group() if not drop else "")
        at = match.end()
    return "".join([*kept, text[at:]])
