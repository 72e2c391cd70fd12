"""Vectors: papers near each other in meaning, from the words that occur together in the corpus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from litbook.core.threads import one_thread
from litbook.site.search.index.postings import MOST, TITLE

DIMENSIONS = 48
_FEWEST = 8  # with fewer papers than this there is nothing to learn from
_MOST_DRAWN = 1024  # papers that directions are first learned from: the work grows with the square of their number
_SPARE = 10  # directions that are learned beyond those that are kept, where only some papers were drawn
_ROUNDS = 4  # in which directions from some papers are then learned from all
_AT_ONCE = 1024  # terms whose weights are written out with their zeros in one go

Whole = NDArray[np.int64]
Real = NDArray[np.float64]


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

    def write_out(self, papers: Whole) -> Iterator[NDArray[np.float32]]:
        """Yield the columns of the whole matrix for some papers, so many terms at once."""
        places = np.full(self.shape[0], -1)
        places[papers] = np.arange(len(papers))
        for start in range(0, self.shape[1], _AT_ONCE):
            part = slice(*np.searchsorted(self.terms, (start, start + _AT_ONCE)))
            rows = places[self.papers[part]]
            block = np.zeros((len(papers), min(_AT_ONCE, self.shape[1] - start)), np.float32)
            block[rows[rows >= 0], self.terms[part][rows >= 0] - start] = self.values[part][rows >= 0]
            yield block

    def place(self, directions: Real) -> Real:
        """Return the product with a matrix of shape (terms, directions), of shape (papers, directions)."""
        columns = [np.bincount(self.papers, self.values * one[self.terms], self.shape[0]) for one in directions.T]
        return np.stack(columns, axis=1)

    def direct(self, places: Real) -> Real:
        """Return the product of the transpose with a matrix of shape (papers, directions), (terms, directions)."""
        columns = [np.bincount(self.terms, self.values * one[self.papers], self.shape[1]) for one in places.T]
        return np.stack(columns, axis=1)


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


def _place(weights: _Weights, size: int) -> tuple[Real, Real]:
    """Return the papers' places along the strongest directions, shape (papers, size), and the singular values.

    The places of up to a thousand papers are the eigenvectors of their products with each other. Of more papers so many
    are drawn evenly, and their directions are then improved by subspace iteration over all (N. Halko et al., "Finding
    structure with randomness", 2011, algorithm 4.4). A direction points to the paper that is farthest along it.
    """
    papers = weights.shape[0]
    drawn = np.arange(0, papers, -(-papers // _MOST_DRAWN))
    products = sum(block @ block.T for block in weights.write_out(drawn))
    spare = 0 if len(drawn) == papers else _SPARE
    values, vectors = np.linalg.eigh(np.asarray(products, np.float64))
    turned = (vectors / np.sqrt(np.maximum(values, 1e-9)))[:, -size - spare :]
    places = weights.place(np.concatenate([block.T @ turned for block in weights.write_out(drawn)]))
    for _ in range(_ROUNDS if spare else 0):
        places = weights.place(np.linalg.qr(weights.direct(np.linalg.qr(places)[0]))[0])
    places = (places @ np.linalg.eigh(places.T @ places)[1])[:, : -size - 1 : -1]
    farthest = places[np.abs(places).argmax(axis=0), np.arange(size)]
    places = places * np.where(farthest < 0, -1.0, 1.0)
    return places, np.sqrt((places**2).sum(axis=0))


def _shorten(values: Iterable[float]) -> tuple[float, ...]:
    return tuple(float(f"{value:.4g}") for value in values)
