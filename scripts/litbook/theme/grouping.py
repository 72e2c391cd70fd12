"""Group papers that use the same phrases, for drafts of themes and parts.

Papers are linked to those whose TF-IDF weights are most similar, and this graph is divided by spectral clustering (Ng,
Jordan and Weiss, "On spectral clustering: analysis and an algorithm", 2001), with labels from a pivoted QR
decomposition (Damle, Minden and Ying, "Simple, direct and efficient multi-way spectral clustering", 2019), which needs
no random start.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from litbook.theme.function_words import is_general
from litbook.theme.phrases import Phrases

_NEIGHBOURS = 15
_ROWS = 512  # compared with all others at a time
_MOST_HOLDERS = 0.6  # share of papers; what more of them use cannot divide them
_WEIGHT_OF_GENERAL = 0.1
_WEIGHT_OF_VECTORS = 0.3


def weigh_papers(phrases: Phrases, by_rarity: bool = True) -> Any:
    """Return the weights of words and two-word phrases, shape (papers, phrases), in rows of length 1 or 0.

    They are TF-IDF, or only TF without `by_rarity`: rare words divide papers, frequent ones show what themes share.
    """
    from scipy.sparse import diags  # noqa: PLC0415 - slow to import, and the build does not need it

    papers = phrases.weights.shape[0]
    holders = phrases.holders()
    counts = phrases.weights.copy()
    counts.data = 1 + np.log(counts.data)
    general = np.array([all(map(is_general, form.split())) for form in phrases.forms])
    used = np.array([form.count(" ") <= 1 for form in phrases.forms]) & (holders <= max(2, _MOST_HOLDERS * papers))
    rarity = np.log((1 + papers) / (1 + holders)) if by_rarity else 1.0
    weights = rarity * np.where(general, _WEIGHT_OF_GENERAL, 1.0) * used
    rows = (counts @ diags(weights)).tocsr()
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return (diags(1 / np.where(lengths > 0, lengths, 1)) @ rows).tocsr()


def group_papers(weights: Any, number: int, vectors: Any = None) -> Any:
    """Return the group of each paper, -1 for those without words; there may be fewer groups than `number`.

    `vectors` may hold one row of length 1 for each paper, from elsewhere; their similarity counts as well.
    """
    worded = np.flatnonzero(np.diff(weights.indptr))
    labels = np.full(weights.shape[0], -1)
    if len(worded) <= 2 * number:
        labels[worded] = 0
        return labels
    labels[worded] = _divide(_link(weights[worded], None if vectors is None else vectors[worded]), number)
    return labels


def _divide(graph: Any, number: int) -> Any:
    """Return a label in 0 … `number` - 1 for each row of a symmetric graph of similarities."""
    from scipy.linalg import qr, svd  # noqa: PLC0415
    from scipy.sparse import diags  # noqa: PLC0415
    from scipy.sparse.linalg import eigsh  # noqa: PLC0415

    scale = 1 / np.sqrt(np.asarray(graph.sum(axis=1)).ravel())
    _, found = eigsh(diags(scale) @ graph @ diags(scale), k=number, which="LA", v0=np.ones(len(scale)))
    places = found * scale[:, None]
    _, _, pivots = qr(places.T, pivoting=True)
    left, _, right = svd(places[pivots[:number]].T)
    return np.abs(places @ (left @ right)).argmax(axis=1)


def _link(weights: Any, vectors: Any) -> Any:
    """Return the symmetric graph of each paper's most similar ones, as a sparse matrix of similarities."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415

    papers = weights.shape[0]
    most = min(_NEIGHBOURS, papers - 1)
    rows, columns, values = [], [], []
    for start in range(0, papers, _ROWS):
        block = (weights[start : start + _ROWS] @ weights.T).toarray()
        if vectors is not None:
            block += _WEIGHT_OF_VECTORS * np.clip(vectors[start : start + _ROWS] @ vectors.T, 0, None)
        block = np.round(block, 9)  # sums in another order differ in the last digits
        block[np.arange(len(block)), np.arange(start, start + len(block))] = -1
        nearest = np.argsort(-block, axis=1, kind="stable")[:, :most]
        rows.append(np.repeat(np.arange(start, start + len(block)), most))
        columns.append(nearest.ravel())
        values.append(np.maximum(block[np.arange(len(block))[:, None], nearest], 1e-6).ravel())
    graph = csr_matrix((np.concatenate(values), (np.concatenate(rows), np.concatenate(columns))), (papers, papers))
    return graph.maximum(graph.T)


def group_centres(centres: Any, number: int) -> list[list[int]]:
    """Return `number` groups of rows, such as the mean weights of themes.

    Ward, "Hierarchical grouping to optimize an objective function", 1963.
    """
    from scipy.cluster.hierarchy import cut_tree, ward  # noqa: PLC0415

    # Words that all papers use would group themes that have little else.
    own = np.clip(centres - centres.mean(axis=0), 0, None)
    lengths = np.linalg.norm(own, axis=1, keepdims=True)
    labels = cut_tree(ward(np.round(own / np.where(lengths > 0, lengths, 1), 9)), number).ravel().tolist()
    return [[at for at, label in enumerate(labels) if label == wanted] for wanted in dict.fromkeys(labels)]


def centre(weights: Any, members: Any) -> Any:
    """Return the mean weights of some papers, shape (phrases,)."""
    return np.asarray(weights[members].mean(axis=0)).ravel()
