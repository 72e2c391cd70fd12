"""Draft themes for a collection that no one has sorted yet, for a person to revise.

Non-negative matrix factorisation of the papers' TF-IDF weights (Lee and Seung, "Learning the parts of objects by
non-negative matrix factorization", 1999; initialised as in Boutsidis and Gallopoulos, "SVD based initialization: a head
start for nonnegative matrix factorization", 2008) gives each paper a share in a few components, weighted groups of
words; a component that leads for enough papers becomes a theme. Papers are sorted by citekey and the random seed is
fixed, so that the same papers give the same draft. What this cannot do: know which distinctions matter to the reader,
name a theme well, or tell a method from the data that it was tried on.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from litbook.model.review import Paper, Part, Theme
from litbook.text.citekey import significant_words
from litbook.text.tfidf import Terms, choose_phrases, prefer_phrases, text_of, weigh_terms

_FEWEST_PAPERS = 3
_TITLE_PHRASES = 3
_PHRASES = 12
_CANDIDATES = 80
_THEMES_A_PART = 5
_PART_PHRASES = 2
_UNNAMED = "Suggested themes"
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def draft_themes(papers: Sequence[Paper]) -> tuple[Part, ...]:
    """Return parts and themes drafted from the words of the papers; a small or wordless collection gets one theme."""
    ordered = sorted(papers, key=lambda paper: paper.citekey)
    texts = [text_of(paper) for paper in ordered]
    terms = weigh_terms(texts) if len(ordered) >= 2 * _FEWEST_PAPERS else None
    if terms is None:
        return (Part(_UNNAMED, (_single_theme(),)),)
    themes, centres = _name_themes(terms, texts, choose_number(len(ordered)))
    return _group_into_parts(terms, texts, themes, centres) if themes else (Part(_UNNAMED, (_single_theme(),)),)


def choose_number(papers: int) -> int:
    """Return how many themes to aim for: about the square root of the number of papers, between 2 and 24."""
    return max(2, min(24, round(math.sqrt(papers) * 0.85)))


def _single_theme() -> Theme:
    return Theme("all-papers", "All papers", "Everything in this collection; too little text to tell themes apart.")


def _name_themes(terms: Terms, texts: Sequence[str], number: int) -> tuple[list[Theme], list[Any]]:
    """Return the themes, and for each the mean weights of its papers, shape (phrases,)."""
    shares, bundles = _factorise(terms.weights.to_scipy(), min(number, terms.weights.width))
    leading = shares.argmax(axis=1)
    themes: list[Theme] = []
    centres: list[Any] = []
    for bundle in range(bundles.shape[0]):
        members = [at for at in (leading == bundle).nonzero()[0].tolist() if shares[at].max() > 0]
        if len(members) >= _FEWEST_PAPERS:
            theme = _make_theme(_rank(terms, bundles[bundle]), [texts[at] for at in members], themes)
            if theme:
                themes.append(theme)
                centres.append(terms.weights.to_scipy()[members].mean(axis=0).A1)
    return themes, centres


def _factorise(weights: Any, number: int) -> tuple[Any, Any]:
    """Return the papers' shares, shape (papers, components), and the components, shape (components, phrases)."""
    from sklearn.decomposition import NMF  # noqa: PLC0415 - see terms.py

    # The error falls slowly at the end; a loose tolerance saves hundreds of iterations that move no paper.
    model = NMF(n_components=number, init="nndsvda", random_state=0, max_iter=400, tol=1e-3)
    return model.fit_transform(weights), model.components_


def _rank(terms: Terms, bundle: Any) -> list[str]:
    heaviest = bundle.argsort(kind="stable")[::-1][:_CANDIDATES].tolist()
    # Sums in another order differ in the last digits, and nothing may depend on those.
    weights = {at: round(float(bundle[at]), 9) for at in heaviest}
    weighed = [(-prefer_phrases(terms.phrases[at], weight), terms.phrases[at]) for at, weight in weights.items()]
    return [phrase for weight, phrase in sorted(weighed) if weight < 0]


def _make_theme(ranked: Sequence[str], members: Sequence[str], others: Sequence[Theme]) -> Theme | None:
    phrases = choose_phrases(ranked, [" ".join(members)], _PHRASES)
    if not phrases:
        return None
    named = phrases[:_TITLE_PHRASES]
    title = ", ".join(named)
    return Theme(
        slug=_make_slug(named, {theme.slug for theme in others}),
        title=title[:1].upper() + title[1:],
        scope=f"Suggested from words that its papers share: {', '.join(phrases)}.",
        phrases=phrases,
    )


def _make_slug(phrases: Sequence[str], taken: set[str]) -> str:
    words = list(filter(None, (_keep_hyphens(word) for word in " ".join(phrases).split())))
    size = next((size for size in range(2, len(words) + 1) if "-".join(words[:size]) not in taken), None)
    slug = "-".join(words[:size]) if size else "-".join(words)
    number = 2
    unique = slug or "theme"
    while unique in taken:
        unique = f"{slug or 'theme'}-{number}"
        number += 1
    return unique


def _keep_hyphens(word: str) -> str:
    """Return a word in lower-case ASCII letters and digits, with its hyphens."""
    return "-".join(part for piece in word.split("-") for part in significant_words(piece))


def _group_into_parts(
    terms: Terms, texts: Sequence[str], themes: Sequence[Theme], centres: Sequence[Any]
) -> tuple[Part, ...]:
    """Group themes whose papers use the same words into parts of about five, in order of first theme."""
    if len(themes) <= _THEMES_A_PART + 1:
        return (Part(_UNNAMED, tuple(themes)),)
    number = min(len(_ROMAN), -(-len(themes) // _THEMES_A_PART))
    groups, own = _cluster(terms, centres, number)
    return tuple(
        Part(
            f"Part {_ROMAN[at]}. {_name_part(terms, texts, own[group])}",
            tuple(themes[member] for member in group),
        )
        for at, group in enumerate(groups)
    )


def _cluster(terms: Terms, centres: Sequence[Any], number: int) -> tuple[list[list[int]], Any]:
    """Return `number` groups of themes, and the weights by which each exceeds the whole, shape (themes, phrases).

    Ward, "Hierarchical grouping to optimize an objective function", 1963.
    """
    import numpy as np  # noqa: PLC0415 - see terms.py
    from sklearn.cluster import AgglomerativeClustering  # noqa: PLC0415
    from sklearn.preprocessing import normalize  # noqa: PLC0415

    # Words that all papers use would group themes that have little else.
    own = normalize(np.clip(np.array(centres) - terms.weights.to_scipy().mean(axis=0).A1, 0, None))
    labels = AgglomerativeClustering(number, linkage="ward").fit_predict(own).tolist()
    return [[at for at, label in enumerate(labels) if label == wanted] for wanted in dict.fromkeys(labels)], own


def _name_part(terms: Terms, texts: Sequence[str], centres: Any) -> str:
    """Name a part by phrases that matter to more than one of its themes; each phrase's strongest theme is ignored."""
    shared = centres.sum(axis=0) - centres.max(axis=0) if len(centres) > 1 else centres[0]
    phrases = choose_phrases(_rank(terms, shared), [" ".join(texts)], _PART_PHRASES)
    return f"Suggested: {', '.join(phrases)}" if phrases else _UNNAMED
