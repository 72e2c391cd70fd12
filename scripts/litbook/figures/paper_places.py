"""Places of papers on a map: near each other where their titles and abstracts use the same words, and how surely so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.manifold import TSNE, trustworthiness
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import normalize
from threadpoolctl import threadpool_limits  # type: ignore[import-not-found,import-untyped,unused-ignore]

MOST = 800  # papers on one map: more marks hide each other, and weigh more than a page should
FEWEST = 8  # papers without which there is no neighbourhood to show
NEAR, NEAR_ON_MAP = 5, 10
_SEED = 0
_DIMENSIONS = 50
_PERPLEXITY = 30
_STEPS, _STEPS_OF_RESAMPLES = 1000, 500
_RESAMPLES = 10
_REDRAWN = 3  # of the resamples: a map takes 0.7 s of the processor, and their shares differ by about 0.02


@dataclass(frozen=True)
class Places:
    """Hold the papers with their places (columns "x" and "y", between 0 and 1) and how far these can be trusted.

    `papers` is empty where there are too few to draw. Shares are between 0 and 1: `found` of the five nearest papers
    in the vectors are among the ten nearest on the map, `found_by_chance` would be so on a random map, `stayed`
    remain among the five nearest when the words are resampled, and `stayed_on_map` of the ten nearest on the map
    remain so on a map that is drawn from resampled words. `ties` are the pairs of rows that are among each other's five
    nearest, and remain so each time that the words are resampled.
    """

    papers: pd.DataFrame
    of: int
    unplaced: pd.DataFrame
    terms: int = 0
    dimensions: int = 0
    perplexity: int = 0
    trust: float = 0.0
    found: float = 0.0
    found_by_chance: float = 0.0
    resamples: int = 0
    stayed: float = 0.0
    redrawn: int = 0
    stayed_on_map: float = 0.0
    ties: tuple[tuple[int, int], ...] = ()


def place_papers(papers: pd.DataFrame) -> Places:
    """Give each paper a place from the columns "citekey", "title" and "abstract".

    Words and pairs of words are weighed by TF-IDF and reduced by a truncated singular value decomposition (latent
    semantic analysis: S. Deerwester et al., 1990), the result laid out by t-SNE (L. van der Maaten and G. Hinton,
    2008). Of more than `MOST` papers a seeded sample is placed. One thread does it all: sums then have one order.
    """
    ordered = papers.sort_values("citekey").reset_index(drop=True)
    drawn = ordered.sample(MOST, random_state=_SEED).sort_values("citekey") if len(ordered) > MOST else ordered
    weights = _weigh_terms((drawn["title"] + ". " + drawn["abstract"]).tolist())
    has_terms = np.zeros(len(drawn), dtype=bool) if weights is None else np.diff(weights.indptr) > 0
    placed, unplaced = drawn[has_terms].reset_index(drop=True), drawn[~has_terms]
    if weights is None or len(placed) < FEWEST or weights.shape[1] <= 2:
        return Places(drawn.iloc[:0], len(papers), drawn)
    with threadpool_limits(limits=1):
        return _place(placed, weights[has_terms], len(papers), unplaced)


def _weigh_terms(texts: list[str]) -> Any:
    """Return a sparse table, papers by terms, or None where no two papers share a word that not most of them use."""
    weigh = TfidfVectorizer(sublinear_tf=True, stop_words="english", min_df=2, max_df=0.5, ngram_range=(1, 2))
    try:
        return weigh.fit_transform(texts)
    except ValueError:  # nothing is left to weigh
        return None


def _place(placed: pd.DataFrame, weights: Any, of: int, unplaced: pd.DataFrame) -> Places:
    vectors = _reduce(weights)
    perplexity = min(_PERPLEXITY, (len(placed) - 1) // 3)
    points = _lay_out(vectors, perplexity, _STEPS)
    near, near_on_map = _find_near(vectors, NEAR), _find_near(points, NEAR_ON_MAP)
    resampled = [_reduce(weights[:, chosen]) for chosen in _resample(weights.shape[1])]
    kept = [_find_near(other, NEAR) for other in resampled]
    again = [_lay_out(other, perplexity, _STEPS_OF_RESAMPLES) for other in resampled[:_REDRAWN]]
    low, span = points.min(axis=0), max(float(np.ptp(points, axis=0).max()), 1e-9)
    scaled = (points - low) / span
    return Places(
        placed.assign(x=scaled[:, 0].round(4), y=scaled[:, 1].round(4), next=near_on_map[:, 0]),
        of,
        unplaced,
        weights.shape[1],
        vectors.shape[1],
        perplexity,
        _trust(vectors, points),
        _share_kept(near, near_on_map),
        near_on_map.shape[1] / (len(placed) - 1),
        len(resampled),
        float(np.mean([_share_kept(near, other) for other in kept])),
        len(again),
        float(np.mean([_share_kept(near_on_map, _find_near(other, NEAR_ON_MAP)) for other in again])),
        _tie([near, *kept]),
    )


def _tie(trials: list[NDArray[np.int64]]) -> tuple[tuple[int, int], ...]:
    """Return the pairs of rows that are mutual neighbours in each trial, in order."""
    held = set.intersection(*({(at, int(to)) for at, row in enumerate(near) for to in row} for near in trials))
    return tuple(sorted((one, other) for one, other in held if one < other and (other, one) in held))


def _reduce(weights: Any) -> NDArray[np.float64]:
    dimensions = min(_DIMENSIONS, weights.shape[0] - 1, weights.shape[1] - 1)
    vectors = normalize(TruncatedSVD(dimensions, random_state=_SEED).fit_transform(weights))
    return np.asarray(vectors, dtype=np.float64)


def _lay_out(vectors: NDArray[np.float64], perplexity: int, steps: int) -> NDArray[np.float64]:
    layout = TSNE(perplexity=perplexity, metric="cosine", init="pca", max_iter=steps, random_state=_SEED, n_jobs=1)
    return np.asarray(layout.fit_transform(vectors), dtype=np.float64)


def _resample(terms: int) -> list[NDArray[np.int64]]:
    """Draw the terms again with replacement, as the bootstrap does (B. Efron, 1979), each time another lot."""
    chance = np.random.default_rng(_SEED)
    return [np.sort(chance.integers(0, terms, terms)) for _ in range(_RESAMPLES)]


def _find_near(points: NDArray[np.float64], number: int) -> NDArray[np.int64]:
    """Return for each point the rows of the points nearest to it, the nearest first."""
    nearest = NearestNeighbors(n_neighbors=min(number, len(points) - 1)).fit(points)
    return np.asarray(nearest.kneighbors(return_distance=False), dtype=np.int64)


def _share_kept(before: NDArray[np.int64], after: NDArray[np.int64]) -> float:
    """Return the share of the neighbours in `before` that are in the same row of `after`."""
    return float((before[:, :, None] == after[:, None, :]).any(axis=2).mean())


def _trust(vectors: NDArray[np.float64], points: NDArray[np.float64]) -> float:
    """Return the trustworthiness of the map (J. Venna and S. Kaski, 2001): 1 where no false neighbours are shown."""
    near = min(NEAR_ON_MAP, (len(points) - 1) // 2)
    return float(trustworthiness(vectors, points, n_neighbors=near, metric="cosine"))
