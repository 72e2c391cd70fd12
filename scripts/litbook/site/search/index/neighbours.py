"""Neighbours: for common English words the nearest terms of the collection, so that `toddlers` finds `infant`.

Words that the collection has itself are left to it: there they have neighbours of its own, through the vectors.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

import numpy as np

from litbook.core.threads import one_thread
from litbook.site.search.index.english import read_english, read_english_words
from litbook.site.search.index.terms import COMMON, stem

MOST = 3  # neighbours of a word
LEAST = 0.58  # their similarity: a cosine
NEARER = -0.03  # how much nearer than others both must be to each other, see `_find_nearest`
_CROWD = 12  # others that this is measured by
_AT_ONCE = 64  # terms that are compared in one go: their rows stay in the processor's cache

Neighbours = Mapping[str, tuple[tuple[str, float], ...]]


def find_known(words: Iterable[str]) -> tuple[str, ...]:
    """Return the common English words among the given ones, sorted: the neighbours depend on nothing else."""
    return tuple(sorted(set(read_english_words()).intersection(words)))


def make_neighbours(known: Collection[str]) -> Neighbours:
    """Return for common English words, in their order, the terms nearest to them among those of the known words.

    A term's direction is that of its words together. Words that are reduced to a term of the collection are left out.
    """
    english, directions = read_english()
    terms = _group_words(known, {word: number for number, word in enumerate(english)})
    if not terms:
        return {}
    own = {*COMMON, *map(stem, known)}
    asked = [number for number, word in enumerate(english) if stem(word) not in own]
    with one_thread():
        near = _find_nearest(directions, _add_up(directions, terms), asked)
    names = list(terms)
    found = {english[number]: tuple((names[at], round(value, 2)) for at, value in row) for number, row in near.items()}
    return dict(sorted(found.items()))


def _group_words(known: Collection[str], numbers: Mapping[str, int]) -> dict[str, list[int]]:
    """Return by term the numbers of its words, in the order of the terms."""
    terms: defaultdict[str, list[int]] = defaultdict(list)
    for word in sorted(known):
        if word not in COMMON:
            terms[stem(word)].append(numbers[word])
    return dict(sorted(terms.items()))


def _add_up(directions: Any, terms: Mapping[str, Sequence[int]]) -> Any:
    sums = np.stack([directions[words].sum(axis=0) for words in terms.values()])
    return sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)


def _find_nearest(directions: Any, targets: Any, asked: list[int]) -> dict[int, list[tuple[int, float]]]:
    """Return for each word asked for, by number, its nearest terms and their similarity, the nearest first.

    Nearness is twice the similarity, less what word and term have on average with the ones nearest to them: the rule of
    A. Conneau et al., "Word translation without parallel data" (2018). Without it a few terms are near to everything.
    """
    terms, words, alike, crowd_of_term = _find_alike(directions, targets)
    wanted = np.isin(words, asked)
    terms, words, alike, crowd_of_term = terms[wanted], words[wanted], alike[wanted], crowd_of_term[wanted]
    found, places = np.unique(words, return_inverse=True)
    nearness = 2 * alike - crowd_of_term - _average_nearest(directions[found], targets)[places]
    kept = np.flatnonzero(nearness >= NEARER)
    kept = kept[np.lexsort((terms[kept], -nearness[kept], words[kept]))]
    rows = zip(words[kept].tolist(), terms[kept].tolist(), alike[kept].tolist(), strict=True)
    return {
        number: [(at, value) for _, at, value in islice(group, MOST)]
        for number, group in groupby(rows, key=itemgetter(0))
    }


def _find_alike(directions: Any, targets: Any) -> tuple[Any, Any, Any, Any]:
    """Return the pairs of target and word that are alike enough: their numbers, the similarity, the target's crowd."""
    found = []
    for start in range(0, len(targets), _AT_ONCE):
        similar = targets[start : start + _AT_ONCE] @ directions.T
        cells = np.flatnonzero(similar.ravel() >= LEAST)
        rows, words = np.divmod(cells, len(directions))
        found.append((start + rows, words, similar.ravel()[cells], _average_highest(similar)[rows]))
    terms, words, alike, crowds = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return terms, words, alike, crowds


def _average_nearest(ones: Any, others: Any) -> Any:
    """Return for each of the ones how similar the others nearest to it are on average."""
    parts = [_average_highest(ones[start : start + _AT_ONCE] @ others.T) for start in range(0, len(ones), _AT_ONCE)]
    return np.concatenate([*parts, np.empty(0, ones.dtype)])


def _average_highest(rows: Any) -> Any:
    most = min(_CROWD, rows.shape[1])
    return np.partition(rows, -most, axis=1)[:, -most:].mean(axis=1)
