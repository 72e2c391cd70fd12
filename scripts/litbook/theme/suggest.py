"""Suggest a theme for each paper from its words.

Everything is computed with numpy; only a build whose suggestions are stale imports this module.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from litbook.model.review import Decision, Paper, Part, Suggestion, Theme
from litbook.text.tfidf import Real, Rows, Terms, Whole, choose_phrases, text_of, weigh_terms

FOLDS = 10
# A theme's own description counts as five papers: without it, ten-fold agreement on the first review falls from 0.88 to
# 0.69 (`litbook themes` prints the current agreement).
_DESCRIPTION_WEIGHT = 5.0
_SMOOTHING = 0.3
_MOST_PHRASES = 4


def suggest_themes(
    papers: Sequence[Paper], parts: Iterable[Part], decisions: Iterable[Decision]
) -> dict[str, Suggestion]:
    """Suggest a theme for each paper from its words, without using that paper's own decision.

    A complement naive Bayes classifier (Rennie et al., "Tackling the poor assumptions of naive Bayes text classifiers",
    2003) learns from the themes' descriptions and the decided papers in the other folds. A paper's fold depends only on
    its citekey, so that adding or removing papers moves no other. Time and memory are linear in the number of papers.
    """
    papers = sorted(papers, key=lambda paper: paper.citekey)  # Floating-point sums depend on their order.
    themes = [theme for part in parts for theme in part.themes]
    texts = [text_of(paper) for paper in papers]
    terms = _weigh((*texts, *map(describe, themes)))
    if terms is None or len(themes) < 2:
        return {paper.citekey: Suggestion(themes[0].slug, (), None, 0.0) for paper in papers}
    labels = _label(papers, decisions, themes)
    return _suggest(papers, texts, themes, labels, terms)


@lru_cache(maxsize=1)
def _weigh(texts: tuple[str, ...]) -> Terms | None:
    """Weight the terms; a process that builds again after each decision finds the same texts."""
    return weigh_terms(texts)


def describe(theme: Theme) -> str:
    """Return a theme's description as one text to learn from."""
    return " . ".join([theme.title, theme.scope, *theme.belongs, *theme.phrases])


def fold_of(citekey: str) -> int:
    """Return the fold in which a paper is held out, in 0 … `FOLDS` - 1."""
    return hashlib.sha256(citekey.encode()).digest()[0] % FOLDS


def _label(papers: Sequence[Paper], decisions: Iterable[Decision], themes: Sequence[Theme]) -> list[int]:
    """Return the index of each paper's decided theme, or -1."""
    numbers = {theme.slug: number for number, theme in enumerate(themes)}
    decided = {decision.citekey: numbers[decision.theme] for decision in decisions if decision.theme in numbers}
    return [decided.get(paper.citekey, -1) for paper in papers]


def _suggest(
    papers: Sequence[Paper], texts: Sequence[str], themes: Sequence[Theme], labels: list[int], terms: Terms
) -> dict[str, Suggestion]:
    folds = np.array([fold_of(paper.citekey) for paper in papers])
    label = np.array(labels)
    described = np.arange(len(papers), len(papers) + len(themes))  # the descriptions are the last rows
    found: dict[str, Suggestion] = {}
    for fold in sorted(set(folds.tolist())):
        learned = np.flatnonzero((folds != fold) & (label >= 0))
        importance = np.zeros(len(terms.weights))
        importance[learned] = 1.0
        importance[described] = _DESCRIPTION_WEIGHT
        model = _fit(terms.weights, importance, np.concatenate([label, np.arange(len(themes))]), len(themes))
        advantages = model - model.mean(axis=0)
        for number in np.flatnonzero(folds == fold).tolist():
            columns, values = terms.weights.row(number)
            ranking = _rank(themes, (model[:, columns] @ values).tolist())
            telling = _find_telling(terms, columns, values * advantages[themes.index(ranking.first), columns])
            found[papers[number].citekey] = Suggestion(
                theme=ranking.first.slug,
                phrases=choose_phrases(telling, [texts[number]], _MOST_PHRASES),
                runner_up=ranking.second.slug,
                margin=ranking.margin,
            )
    return found


def _fit(weights: Rows, importance: Real, label: Whole, themes: int) -> Real:
    """Return how strongly each term favours each theme, shape (themes, phrases), from the rows with importance > 0.

    The value is the logarithm of the term's smoothed share in all other themes, divided by the sum of these logarithms
    (Rennie et al., table 4, weight-normalised complement naive Bayes).
    """
    rows = weights.numbers()
    counted = importance[rows] > 0
    cells = label[rows[counted]] * weights.width + weights.columns[counted]
    amounts = weights.values[counted] * importance[rows[counted]]
    counts = np.bincount(cells, amounts, themes * weights.width).reshape(themes, weights.width)
    others = counts.sum(axis=0) + _SMOOTHING - counts
    logarithms = np.log(others / others.sum(axis=1, keepdims=True))
    model: Real = logarithms / logarithms.sum(axis=1, keepdims=True)
    return model


@dataclass(frozen=True, slots=True)
class _Ranking:
    """The two best themes; `margin` is the lead of the first over the second as a share of its lead over the last."""

    first: Theme
    second: Theme
    margin: float


def _rank(themes: Sequence[Theme], scores: Sequence[float]) -> _Ranking:
    order = sorted(range(len(themes)), key=lambda number: (-scores[number], number))
    best, second, worst = scores[order[0]], scores[order[1]], scores[order[-1]]
    margin = (best - second) / (best - worst) if best > worst else 0.0
    return _Ranking(themes[order[0]], themes[order[1]], round(margin, 4))


def _find_telling(terms: Terms, columns: Whole, advantages: Real) -> list[str]:
    """Return the phrases that favour a theme over the average theme, strongest first."""
    ranked = sorted(zip((-advantages).tolist(), columns.tolist(), strict=True))
    return [terms.phrases[column] for lost, column in ranked if lost < 0]
