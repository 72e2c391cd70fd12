"""Vectors: papers near each other in meaning, from the words that occur together in the corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from litbook.core.threads import one_thread
from litbook.site.search.index.postings import MOST, TITLE

DIMENSIONS = 48
_FEWEST = 8  # with fewer papers than this there is nothing to learn from
_SPARE = 10  # directions that are learned beyond those that are kept
_ROUNDS = 7
_DENSE = 1024  # up to so many papers their products are a small matrix, and scipy is not loaded
_FINEST, _COARSEST = 0.06, 0.3  # step of a value; a vector has length 1
_FEW = 1_000  # papers up to which the step is the finest
_GROWTH = 0.68  # power of the number of papers with which the step grows
_MIDDLE, _MOST_LETTER = 31, 63  # of the letters that a value is written in
_AT_ONCE = 1024  # terms whose weights are written out with their zeros in one go

Whole = NDArray[np.int64]
Real = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Vectors:
    """Hold one vector a paper, of length 1, in whole numbers, and what is needed to fold a question in.

    `columns` has one row for each dimension: the papers' values there in units of `step`, plus 31, from 0 to 63. Of a
    paper, `weights` has how much it counts where a term is placed: eight times the binary logarithm of its vector's
    length over that of its row of weights, 63 for the largest. `squares` are the squares of the singular values.
    """

    columns: tuple[bytes, ...]
    step: float
    weights: bytes
    squares: tuple[float, ...]


def make_vectors(postings: Mapping[str, Mapping[int, int]], papers: int) -> Vectors | None:
    """Return latent semantic vectors (S. Deerwester et al., "Indexing by latent semantic analysis", 1990).

    A term's weight in a paper is (1 + ln count) · ln(N / n), a term in the title counted twice more.
    Only papers get a vector. That of a term is the weighted sum of the vectors of its papers, divided by the squares
    of the singular values (the same paper's formula for folding in), so the browser makes it from the postings.
    """
    texts = (_hold_in_text(held) for held in postings.values())
    shared = [held for held in texts if 1 < len(held) < papers]
    size = min(DIMENSIONS, papers - 1, len(shared) - 1) // 2 * 2
    if papers < _FEWEST or size < 2:
        return None
    with one_thread():
        return _decompose(_weigh(shared, papers), size)


def _hold_in_text(held: Mapping[int, int]) -> dict[int, int]:
    """Leave out papers that hold a term only among their authors, in their venue, or in what is said of them."""
    return {number: value for number, value in held.items() if value & (MOST | TITLE)}


class _Weights(NamedTuple):
    """Hold the weights of terms in papers, term by term: the paper's and the term's number of each."""

    papers: Whole
    terms: Whole
    values: Real
    shape: tuple[int, int]

    def write_out(self) -> Iterator[NDArray[np.float32]]:
        """Yield the columns of the whole matrix, so many terms at once."""
        for start in range(0, self.shape[1], _AT_ONCE):
            part = slice(*np.searchsorted(self.terms, (start, start + _AT_ONCE)))
            block = np.zeros((self.shape[0], min(_AT_ONCE, self.shape[1] - start)), np.float32)
            block[self.papers[part], self.terms[part] - start] = self.values[part]
            yield block


def _weigh(shared: Sequence[Mapping[int, int]], papers: int) -> _Weights:
    """Return the weights of terms, given by the papers that hold each with counts and fields."""
    sizes = [len(held) for held in shared]
    known = np.fromiter(chain.from_iterable(held.values() for held in shared), np.int64)
    counts = (known & MOST) + np.where(known & TITLE, 2, 0)
    return _Weights(
        papers=np.fromiter(chain.from_iterable(shared), np.int64),
        terms=np.repeat(np.arange(len(shared)), sizes),
        values=(1 + np.log(counts)) * np.repeat(np.log(papers / np.array(sizes)), sizes),
        shape=(papers, len(shared)),
    )


def _decompose(weights: _Weights, size: int) -> Vectors:
    norms = np.sqrt(np.bincount(weights.papers, weights.values**2, weights.shape[0]))
    norms[norms == 0] = 1.0
    places, values = _place(weights._replace(values=weights.values / norms[weights.papers]), size)
    lengths = np.linalg.norm(places, axis=1)
    step = _choose_step(len(places))
    numbers = np.rint(places / np.where(lengths, lengths, 1.0)[:, None] / step) + _MIDDLE
    shares = 8 * np.log2(np.maximum(lengths, 1e-9) / norms)
    return Vectors(
        columns=tuple(column.tobytes() for column in np.clip(numbers, 0, _MOST_LETTER).astype(np.uint8).T),
        step=step,
        weights=np.clip(np.rint(shares - shares.max()) + _MOST_LETTER, 0, _MOST_LETTER).astype(np.uint8).tobytes(),
        squares=_shorten(values**2),
    )


def _choose_step(papers: int) -> float:
    """Return the step of the values: coarse enough that every question can load the vectors of all papers."""
    return float(round(min(_COARSEST, max(_FINEST, _FINEST * (papers / _FEW) ** _GROWTH)), 3))


def _place(weights: _Weights, size: int) -> tuple[Real, Real]:
    """Return the papers' places along the strongest directions, shape (papers, size), and the singular values.

    Subspace iteration from random places (N. Halko et al., "Finding structure with randomness", 2011, algorithm 4.4),
    with the numbers of scikit-learn's `randomized_svd`. A direction points to the paper that is farthest along it.
    """
    multiply = _multiply_by_products(weights)
    chance = np.random.RandomState(0)
    some = chance.normal(size=(weights.shape[0], size + _SPARE))
    for _ in range(_ROUNDS):
        some = np.linalg.qr(multiply(some))[0]
    image = multiply(some)
    squares, turns = np.linalg.eigh(some.T @ image)
    within = image @ (turns / np.sqrt(np.where(squares > 1e-12, squares, np.inf)))
    places = (within @ np.linalg.eigh(within.T @ within)[1])[:, : -size - 1 : -1]
    farthest = places[np.abs(places).argmax(axis=0), np.arange(size)]
    places = places * np.where(farthest < 0, -1.0, 1.0)
    return places, np.sqrt((places**2).sum(axis=0))


def _multiply_by_products(weights: _Weights) -> Callable[[Real], Real]:
    """Return what multiplies a matrix by the products of all papers with each other, shape (papers, papers)."""
    if weights.shape[0] <= _DENSE:
        products = np.asarray(sum(block @ block.T for block in weights.write_out()), np.float64)
        return lambda matrix: products @ matrix
    from scipy.sparse import csr_array  # noqa: PLC0415

    rows = csr_array((weights.values, (weights.papers, weights.terms)), weights.shape)
    columns = rows.T.tocsr()
    return lambda matrix: rows @ (columns @ matrix)


def _shorten(values: Iterable[float]) -> tuple[float, ...]:
    return tuple(float(f"{value:.4g}") for value in values)
