"""Recommend papers to the reader of a paper, each with the phrases that both share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np

from litbook.analyse.compared import Compared
from litbook.model.review import Paper, Related
from litbook.text.tfidf import Real, Rows, Terms, Whole, choose_phrases, prefer_phrases, text_of, weigh_terms

MOST_AT_EDGE = 50
_SHARE_AT_EDGE = 5  # never more than a fifth of the papers
_CANDIDATES = 10  # for each paper, from which `linked` takes those above its floor
_MOST_PHRASES = 3
_TERMS_A_PAPER = 60
_AT_ONCE = 1 << 20  # products that are summed in one go: some megabytes
_MOST_PAPERS_A_TERM = 300
_SHARE_OF_PAPERS = 0.3


def relate(papers: Sequence[Paper]) -> dict[str, tuple[Related, ...]]:
    """Return for each paper the papers most like it by the cosine of their TF-IDF weights.

    Every paper is recommended by at least one other. A term that appears in more than 300 papers, or in more than 30 %
    of them, is not compared, and a paper counts by its 60 heaviest terms: the work per paper is then bounded, and the
    whole is linear in the number of papers.
    """
    return compare(papers).related


def compare(papers: Sequence[Paper]) -> Compared:
    """Compare all papers once: for their related papers, and for the edge of the collection."""
    papers = sorted(papers, key=lambda paper: paper.citekey)  # Where two are equally near, the order decides.
    texts = [text_of(paper) for paper in papers]
    terms = weigh_terms(texts) if len(papers) > 1 else None
    near = list(_neighbours(terms)) if terms else [[] for _ in papers]
    rows = _rows(terms) if terms else [{} for _ in papers]
    phrases = terms.phrases if terms else ()
    related = {
        paper.citekey: tuple(
            Related(
                papers[other].citekey,
                _shared_phrases(rows[number], rows[other], phrases, [texts[number], texts[other]]),
                round(cosine, 4),
            )
            for other, cosine in near[number][:_CANDIDATES]
        )
        for number, paper in enumerate(papers)
    }
    return Compared(related, _find_edge([paper.citekey for paper in papers], terms) if terms else ())


def _find_edge(citekeys: Sequence[str], terms: Terms) -> tuple[tuple[str, float], ...]:
    """Return the papers with the lowest mean cosine to all others; the sum of all rows makes that linear and exact.

    The five nearest neighbours tell less: papers from elsewhere often come in twos and threes, and are then each
    other's neighbours. Of nine papers of the first review that lie plainly beside its subject all are among the first
    30 of 248 by the mean over all, and only three by that over five neighbours.
    """
    weights, rows = terms.weights, terms.weights.numbers()
    total = np.bincount(weights.columns, weights.values, weights.width)
    others = weights.values * (total[weights.columns] - weights.values)
    likeness = (np.bincount(rows, others, len(citekeys)) / (len(citekeys) - 1)).round(4).tolist()
    ranked = sorted(zip(likeness, citekeys, strict=True))
    return tuple((citekey, value) for value, citekey in ranked[: min(MOST_AT_EDGE, -(-len(ranked) // _SHARE_AT_EDGE))])


def _neighbours(terms: Terms) -> Iterator[list[tuple[int, float]]]:
    """Yield for each row the most similar other rows with their cosine, best first."""
    weights = _prune(terms.weights)
    count = len(weights)
    by_column = np.argsort(weights.columns, kind="stable")
    holder, value = weights.numbers()[by_column], weights.values[by_column]
    sizes = np.bincount(weights.columns, minlength=weights.width)
    first = np.cumsum(sizes) - sizes  # where the holders of each column begin
    meets = sizes[weights.columns]  # row by row each value meets the values of its column
    work = np.concatenate([[0], np.cumsum(meets)])[weights.starts]
    for start, end in _cut_rows(work):
        part = slice(weights.starts[start], weights.starts[end])
        met = meets[part]
        others = np.repeat(first[weights.columns[part]] - np.cumsum(met) + met, met) + np.arange(met.sum())
        products = np.repeat(weights.values[part], met) * value[others]
        own = np.repeat(np.arange(end - start), np.diff(work[start : end + 1]))
        cosines = np.bincount(own * count + holder[others], products, (end - start) * count).reshape(-1, count)
        cosines[np.arange(end - start), np.arange(start, end)] = 0
        yield from (_take_nearest(row) for row in cosines.astype(np.float64, copy=False))


def _cut_rows(work: Whole) -> Iterator[tuple[int, int]]:
    """Yield ranges of rows with about `_AT_ONCE` products and sums in each; `work` counts the products before a row."""
    count = len(work) - 1
    start = 0
    while start < count:
        fits = min(int(np.searchsorted(work, work[start] + _AT_ONCE, "right")) - 1, start + _AT_ONCE // count)
        end = min(max(start + 1, fits), count)
        yield start, end
        start = end


def _take_nearest(cosines: Real) -> list[tuple[int, float]]:
    """Return the places of the highest cosines above 0, the highest first; of equal ones the earlier is first."""
    most = min(_CANDIDATES, len(cosines))
    least = np.partition(cosines, -most)[-most]
    places = np.flatnonzero((cosines >= least) & (cosines > 0))
    order = places[np.argsort(-cosines[places], kind="stable")][:most]
    return list(zip(order.tolist(), cosines[order].tolist(), strict=True))


def _prune(weights: Rows) -> Rows:
    """Keep the terms that tell papers apart and each paper's heaviest ones, rows again of length 1."""
    ceiling = min(_MOST_PAPERS_A_TERM, max(10, int(_SHARE_OF_PAPERS * len(weights))))
    telling = weights.keep(np.bincount(weights.columns, minlength=weights.width)[weights.columns] <= ceiling)
    heavy = np.zeros(len(telling.values), bool)
    for start, end in pairwise(telling.starts.tolist()):
        heavy[start + np.argsort(-telling.values[start:end], kind="stable")[:_TERMS_A_PAPER]] = True
    return telling.keep(heavy).normalised()


def _rows(terms: Terms) -> list[dict[int, float]]:
    """Return the weights of each text by number of term."""
    weights = terms.weights
    starts, columns, values = weights.starts.tolist(), weights.columns.tolist(), weights.values.tolist()
    return [dict(zip(columns[a:b], values[a:b], strict=True)) for a, b in pairwise(starts)]


def _shared_phrases(
    one: Mapping[int, float], other: Mapping[int, float], phrases: Sequence[str], texts: Sequence[str]
) -> tuple[str, ...]:
    weighed = sorted(
        [(-prefer_phrases(phrases[term], one[term] * other[term]), phrases[term]) for term in one.keys() & other.keys()]
    )
    return choose_phrases((phrase for _, phrase in weighed), texts, _MOST_PHRASES)
