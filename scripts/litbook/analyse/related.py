"""Recommend papers to the reader of a paper, each with the phrases that both share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from litbook.model.review import Paper, Related
from litbook.text.tfidf import Terms, choose_phrases, prefer_phrases, text_of, weigh_terms

MOST = 5
MOST_AT_EDGE = 50
_SHARE_AT_EDGE = 5  # never more than a fifth of the papers
# So many recommendations may stand on a page that also takes in papers which no other page recommends.
_MOST_WITH_GUESTS = 8
_MOST_PHRASES = 3
_TERMS_A_PAPER = 60
_CHUNK = 512
_MOST_PAPERS_A_TERM = 300
_SHARE_OF_PAPERS = 0.3


@dataclass(frozen=True, slots=True)
class Compared:
    """Hold the related papers of each paper, and the papers least like the rest with their likeness, these first."""

    related: dict[str, tuple[Related, ...]]
    edge: tuple[tuple[str, float], ...]


def relate(papers: Sequence[Paper]) -> dict[str, tuple[Related, ...]]:
    """Return for each paper the papers most like it by the cosine of their TF-IDF weights.

    Every paper is recommended by at least one other. A term that stands in more than 300 papers, or in more than 30 %
    of them, is not compared, and a paper counts by its 60 heaviest terms: the work per paper is then bounded, and the
    whole is linear in the number of papers.
    """
    return compare(papers).related


def compare(papers: Sequence[Paper]) -> Compared:
    """Compare all papers once: for their related papers, and for the edge of the collection."""
    papers = sorted(papers, key=lambda paper: paper.citekey)  # Where two are equally near, the order decides.
    texts = [text_of(paper) for paper in papers]
    terms = weigh_terms(texts) if len(papers) > 1 else None
    near = list(_neighbours(terms, len(papers))) if terms else [[] for _ in papers]
    chosen = [[other for other, _ in row[:MOST]] for row in near]
    _invite_guests(chosen, near)
    rows = _rows(terms) if terms else [{} for _ in papers]
    phrases = terms.phrases if terms else ()
    related = {
        paper.citekey: tuple(
            Related(
                papers[other].citekey,
                _shared_phrases(rows[number], rows[other], phrases, [texts[number], texts[other]]),
            )
            for other in chosen[number]
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
    weights = terms.weights
    total = weights.sum(axis=0).A1
    own = weights.multiply(weights).sum(axis=1).A1
    likeness = ((weights @ total - own) / (len(citekeys) - 1)).round(4).tolist()
    ranked = sorted(zip(likeness, citekeys, strict=True))
    return tuple((citekey, value) for value, citekey in ranked[: min(MOST_AT_EDGE, -(-len(ranked) // _SHARE_AT_EDGE))])


def _neighbours(terms: Terms, count: int) -> Iterator[list[tuple[int, float]]]:
    """Yield for each row the most similar other rows with their cosine, best first."""
    weights = _prune(terms.weights, count)
    columns = weights.T.tocsr()
    for start in range(0, count, _CHUNK):
        products = weights[start : start + _CHUNK] @ columns
        for offset in range(products.shape[0]):
            row = products[offset]
            pairs = zip(row.indices.tolist(), row.data.tolist(), strict=True)
            ranked = sorted((-value, other) for other, value in pairs if other != start + offset)
            yield [(other, -value) for value, other in ranked[: 4 * MOST]]


def _prune(weights: Any, count: int) -> Any:
    """Keep the terms that tell papers apart and each paper's heaviest ones, rows again of length 1."""
    import numpy as np  # noqa: PLC0415 - see terms.py
    from sklearn.preprocessing import normalize  # noqa: PLC0415

    ceiling = min(_MOST_PAPERS_A_TERM, max(10, int(_SHARE_OF_PAPERS * count)))
    common = weights.getnnz(axis=0) > ceiling
    pruned = weights.copy()
    pruned.data[common[pruned.indices]] = 0
    for start, end in zip(pruned.indptr[:-1], pruned.indptr[1:], strict=True):
        if end - start > _TERMS_A_PAPER:
            row = pruned.data[start:end]
            row[np.argsort(-row, kind="stable")[_TERMS_A_PAPER:]] = 0
    pruned.eliminate_zeros()
    return normalize(pruned)


def _invite_guests(chosen: list[list[int]], near: list[list[tuple[int, float]]]) -> None:
    """Add each paper that nothing recommends to the page of a near one that still has room."""
    recommended = {other for row in chosen for other in row}
    for number in range(len(chosen)):
        if number not in recommended and len(chosen) > 1:
            hosts = [host for host, _ in near[number]] or [(number + 1) % len(chosen)]
            host = next((host for host in hosts if len(chosen[host]) < _MOST_WITH_GUESTS), hosts[0])
            chosen[host].append(number)


def _rows(terms: Terms) -> list[dict[int, float]]:
    """Return the weights of each text by number of term: slices of a sparse matrix cost a hundred times more."""
    starts, columns, values = (
        part.tolist() for part in (terms.weights.indptr, terms.weights.indices, terms.weights.data)
    )
    return [dict(zip(columns[a:b], values[a:b], strict=True)) for a, b in pairwise(starts)]


def _shared_phrases(
    one: Mapping[int, float], other: Mapping[int, float], phrases: Sequence[str], texts: Sequence[str]
) -> tuple[str, ...]:
    weighed = sorted(
        (-prefer_phrases(phrases[term], one[term] * other[term]), phrases[term]) for term in one.keys() & other.keys()
    )
    return choose_phrases([phrase for _, phrase in weighed], texts, _MOST_PHRASES)
