"""Vectors: papers near each other in meaning, from the words that occur together in the corpus."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from litbook.site.search.index.postings import MOST, TITLE, Postings

DIMENSIONS = 48
_FEWEST = 8  # with fewer papers than this there is nothing to learn from


@dataclass(frozen=True, slots=True)
class Vectors:
    """Hold one vector a paper, in whole numbers from -7 to 7, two to a byte, and what is needed to fold a question in.

    `scales` is a vector's largest number before it was made 7, `norms` the length of a paper's row of weights, and
    `squares` the squares of the singular values. In a byte stand two numbers plus 8, the first in the higher half.
    """

    rows: tuple[bytes, ...]
    scales: tuple[float, ...]
    norms: tuple[float, ...]
    squares: tuple[float, ...]


def weigh(value: int, holders: int, papers: int) -> float:
    """Return a term's weight in a paper: (1 + ln count) · ln(N / n), a term in the title counted twice more."""
    count = (value & MOST) + (2 if value & TITLE else 0)
    return (1 + math.log(count)) * math.log(papers / holders) if count else 0.0


def make_vectors(postings: Postings) -> Vectors | None:
    """Return latent semantic vectors (S. Deerwester et al., "Indexing by latent semantic analysis", 1990).

    Only papers get a vector. That of a term is the weighted sum of the vectors of its papers, divided by the squares
    of the singular values (the same paper's formula for folding in), so the browser makes it from the postings.
    """
    papers = len(postings.lengths)
    texts = (_hold_in_text(held) for held in postings.papers.values())
    shared = [held for held in texts if 1 < len(held) < papers]
    size = min(DIMENSIONS, papers - 1, len(shared) - 1) // 2 * 2
    if papers < _FEWEST or size < 2:
        return None
    return _decompose(shared, papers, size)


def _hold_in_text(held: Mapping[int, int]) -> dict[int, int]:
    """Leave out papers that hold a term only among their authors, in their venue, or in what is said of them."""
    return {number: value for number, value in held.items() if value & (MOST | TITLE)}


def _decompose(shared: Sequence[Mapping[int, int]], papers: int, size: int) -> Vectors:
    import numpy as np  # noqa: PLC0415 - these three cost seconds; only an index that is made anew needs them
    from scipy.sparse import csr_matrix  # noqa: PLC0415
    from sklearn.utils.extmath import randomized_svd  # noqa: PLC0415 - what TruncatedSVD calls, without its imports

    numbers = [number for held in shared for number in held]
    columns = [column for column, held in enumerate(shared) for _ in held]
    weights = [weigh(value, len(held), papers) for held in shared for value in held.values()]
    matrix = csr_matrix((weights, (numbers, columns)), shape=(papers, len(shared)))
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    norms[norms == 0] = 1.0
    left, values, _ = randomized_svd(matrix.multiply(1 / norms[:, None]).tocsr(), size, n_iter=7, random_state=0)
    places = left * values
    scales = np.abs(places).max(axis=1)
    scales[scales == 0] = 1.0
    halves = np.rint(places / scales[:, None] * 7 + 8).astype(np.uint8)
    rows = halves[:, ::2] << 4 | halves[:, 1::2]
    return Vectors(
        rows=tuple(row.tobytes() for row in rows),
        scales=_shorten(scales),
        norms=_shorten(norms),
        squares=_shorten(values**2),
    )


def _shorten(values: Iterable[float]) -> tuple[float, ...]:
    return tuple(float(f"{value:.4g}") for value in values)
