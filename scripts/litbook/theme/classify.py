"""Place each paper under a theme: by a person's decision, or else by suggestion."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from litbook.model.faults import Fault, nearest
from litbook.model.review import Decision, LedgerEntry, Paper, Part, Placement, Suggestion, Theme
from litbook.text.tfidf import Terms, choose_phrases, text_of, weigh_terms

FOLDS = 10
# A theme's own description counts as five papers: without it, ten-fold agreement on the first review falls from 0.88 to
# 0.69 (`litbook themes` prints the current agreement).
_DESCRIPTION_WEIGHT = 5.0
_SMOOTHING = 0.3
_MOST_PHRASES = 4
_WITHOUT_PAPER = "delete the row, or use a citekey from ledger.jsonl"


def assign_themes(
    papers: Iterable[Paper], decisions: Iterable[Decision], suggestions: Mapping[str, Suggestion]
) -> dict[str, Placement]:
    """Return the placement of each paper; a decision without a theme sets the kind but leaves the theme suggested."""
    decided = {decision.citekey: decision for decision in decisions}
    return {paper.citekey: _place(decided.get(paper.citekey), suggestions[paper.citekey]) for paper in papers}


def _place(decision: Decision | None, suggestion: Suggestion) -> Placement:
    if decision is None:
        return Placement(suggestion.theme, (), None, False, "", suggestion)
    return Placement(
        theme=decision.theme or suggestion.theme,
        also=decision.also,
        kind=decision.kind,
        decided=decision.theme is not None,
        reason=decision.reason,
        suggestion=suggestion,
    )


def check_decisions(
    file: str, decisions: Iterable[Decision], papers: Iterable[Paper], ledger: Iterable[LedgerEntry]
) -> list[Fault]:
    """Report decisions about unknown papers.

    Decisions about papers since removed from the sources are ignored: their citekeys are in the ledger.
    """
    known = {paper.citekey for paper in papers} | {entry.citekey for entry in ledger}
    return [
        Fault(
            file,
            decision.line,
            f"unknown citekey '{decision.citekey}'",
            nearest(decision.citekey, known) or _WITHOUT_PAPER,
        )
        for decision in decisions
        if decision.citekey and decision.citekey not in known
    ]


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
    terms = weigh_terms([*texts, *(describe(theme) for theme in themes)])
    if terms is None or len(themes) < 2:
        return {paper.citekey: Suggestion(themes[0].slug, (), None, 0.0) for paper in papers}
    labels = _label(papers, decisions, themes)
    return _suggest(papers, texts, themes, labels, terms)


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
    import numpy as np  # noqa: PLC0415 - see terms.py

    folds = np.array([fold_of(paper.citekey) for paper in papers])
    label = np.array(labels)
    found: dict[str, Suggestion] = {}
    for fold in sorted(set(folds.tolist())):
        held_out = np.flatnonzero(folds == fold)
        learned = np.flatnonzero((folds != fold) & (label >= 0))
        model = _fit(terms.weights, learned, label, len(papers), len(themes))
        scores = model.predict_joint_log_proba(terms.weights[held_out])
        advantages = model.feature_log_prob_ - model.feature_log_prob_.mean(axis=0)
        for row, number in enumerate(held_out.tolist()):
            ranking = _rank(themes, scores[row].tolist())
            telling = _find_telling(terms, number, advantages[themes.index(ranking.first)])
            found[papers[number].citekey] = Suggestion(
                theme=ranking.first.slug,
                phrases=choose_phrases(telling, [texts[number]], _MOST_PHRASES),
                runner_up=ranking.second.slug,
                margin=ranking.margin,
            )
    return found


def _fit(weights: Any, learned: Any, label: Any, papers: int, themes: int) -> Any:
    """Fit the classifier on the chosen papers and on the descriptions, which are the last rows of `weights`."""
    import numpy as np  # noqa: PLC0415
    from sklearn.naive_bayes import ComplementNB  # noqa: PLC0415

    rows = np.concatenate([learned, np.arange(papers, papers + themes)])
    targets = np.concatenate([label[learned], np.arange(themes)])
    importance = np.concatenate([np.ones(len(learned)), np.full(themes, _DESCRIPTION_WEIGHT)])
    return ComplementNB(alpha=_SMOOTHING, norm=True).fit(weights[rows], targets, sample_weight=importance)


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


def _find_telling(terms: Terms, number: int, advantages: Any) -> list[str]:
    """Return a paper's phrases that favour a theme over the average theme, strongest first."""
    features = terms.weights[number]
    advantage = features.data * advantages[features.indices]
    ranked = sorted(zip((-advantage).tolist(), features.indices.tolist(), strict=True))
    return [terms.phrases[index] for lost, index in ranked if lost < 0]
