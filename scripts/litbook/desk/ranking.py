"""Order what is still to be screened, and estimate what may be left.

The order is that of active learning (Cohen et al., "Reducing workload in systematic review preparation using automated
citation classification", 2006): a classifier learns from what was decided, and what it holds most likely to be included
comes next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

RERANK_EVERY = 10  # decisions
_RECALL = 0.95
_CONFIDENCE = 0.95
_SEED = 11
_MOST_WORDS = 60_000
_FEWEST_SCREENED = 10  # before that, an estimate would only look like one


@dataclass(frozen=True, slots=True)
class Estimate:
    """What screening has found, and at most how many included papers are left, with a confidence of 95%.

    `enough` is the confidence that at least 95% of all included papers were found, in 0 … 1.
    """

    included: int
    screened: int
    total: int
    at_most: int
    enough: float

    @property
    def recall(self) -> float:
        """The recall that was reached at least, with a confidence of 95%."""
        return self.included / (self.included + self.at_most) if self.included else 0.0


class Ranker:
    """Order papers by how likely they are to be included; their texts are counted once."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Take the titles and abstracts of all papers."""
        from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - slow to import

        vectors = TfidfVectorizer(
            ngram_range=(1, 2), sublinear_tf=True, min_df=min(2, len(texts)), max_features=_MOST_WORDS
        )
        self._weights: Any = vectors.fit_transform(texts or [""])
        self._lottery = np.random.default_rng(_SEED).permutation(len(texts))

    def order(self, labels: Sequence[bool | None]) -> list[int]:
        """Return the numbers of the papers without a label, those to screen next first.

        Until there is one of each kind, papers are drawn by lot, the same in each run: the classifier knows nothing.
        """
        waiting = [int(at) for at in self._lottery if labels[at] is None]
        known = [at for at, label in enumerate(labels) if label is not None]
        if len({labels[at] for at in known}) < 2 or not waiting:
            return waiting
        scores = self._score(known, [bool(labels[at]) for at in known], waiting)
        return [waiting[at] for at in np.argsort(-scores, kind="stable")]

    def _score(self, known: list[int], labels: list[bool], waiting: list[int]) -> Any:
        from sklearn.svm import LinearSVC  # noqa: PLC0415

        # Included papers are few: without weights, a classifier that excludes everything would be right most often.
        learned = LinearSVC(C=0.1, class_weight="balanced", random_state=_SEED).fit(self._weights[known], labels)
        return np.round(learned.decision_function(self._weights[waiting]), 9)


def estimate(sequence: Sequence[bool], total: int) -> Estimate:
    """Return what may be left of `total` papers, of which those of `sequence` were screened in this order.

    For each place in the sequence, the papers after it are taken as drawn by lot from those that were left there. As
    they are in fact the likeliest ones, this overstates what is left (Callaghan and Müller-Hansen, "Statistical
    stopping criteria for automated screening in systematic reviews", 2020).
    """
    from scipy.stats import hypergeom  # noqa: PLC0415 - slow to import

    found, screened = sum(sequence), len(sequence)
    left = total - screened
    if screened < _FEWEST_SCREENED or not left:
        return Estimate(found, screened, total, left, 1.0 if not left else 0.0)
    before = np.concatenate([[0], np.cumsum(sequence)])[:-1]  # found before each place
    drawn = screened - np.arange(screened)
    hits = found - before
    pool = total - np.arange(screened)

    def doubt(missing: int) -> float:
        """Return how likely so few hits are at the most telling place, if `missing` or more are left."""
        return float(hypergeom.cdf(hits, pool, np.minimum(hits + missing, pool), drawn).min())

    low, high = 0, left  # the fewest missing papers of which the sequence makes us as sure that there are fewer
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if doubt(middle + 1) < 1 - _CONFIDENCE else (middle + 1, high)
    too_many = int(np.floor(found / _RECALL)) - found + 1
    return Estimate(found, screened, total, low, 1 - doubt(too_many) if too_many <= left else 1.0)


class Ranking:
    """The order of one screener's papers, made again after every ten decisions and not in between."""

    def __init__(self, ranker: Ranker) -> None:
        self._ranker = ranker
        self._known = -1
        self._order: list[int] = []

    def order(self, labels: Sequence[bool | None]) -> list[int]:
        """Return the numbers of the papers without a label, those to screen next first."""
        known = sum(label is not None for label in labels)
        if self._known < 0 or abs(known - self._known) >= RERANK_EVERY:
            self._known = known
            ordered = self._ranker.order(labels)
            self._order = [*ordered, *sorted({*range(len(labels))} - {*ordered})]
        return [at for at in self._order if labels[at] is None]


def work_saved(labels: Sequence[bool], order: Sequence[int], recall: float = _RECALL) -> float:
    """Return the work saved over sampling at a recall: 1 - recall is the share that random order saves.

    The share of papers that need not be screened, less that share (Cohen et al., 2006); `order` is the order in which
    the papers were screened.
    """
    wanted = int(np.ceil(recall * sum(labels)))
    if not wanted:
        return 0.0
    found = np.cumsum([labels[at] for at in order])
    needed = int(np.argmax(found >= wanted)) + 1
    return 1 - needed / len(labels) - (1 - recall)


def simulate(texts: Sequence[str], labels: Sequence[bool], first: tuple[int, int]) -> list[int]:
    """Return the order in which papers are screened, from one included and one excluded paper on."""
    ranker = Ranker(texts)
    known: list[bool | None] = [None] * len(labels)
    order = list(first)
    for at in order:
        known[at] = labels[at]
    while len(order) < len(labels):
        for at in ranker.order(known)[:RERANK_EVERY]:
            known[at] = labels[at]
            order.append(at)
    return order
