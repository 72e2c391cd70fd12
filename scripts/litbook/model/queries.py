"""Queries on a corpus: papers of a theme (newest first), papers by citekey, tensions, citekeys without a paper."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache

from litbook.core.identity import ByIdentity
from litbook.model.editorial import Tension
from litbook.model.review import Corpus, Paper, Theme


def papers_of(corpus: Corpus, slug: str) -> tuple[Paper, ...]:
    """Return the papers of the theme `slug`, newest first; papers of unknown year come last."""
    return _by_theme(ByIdentity(corpus)).get(slug, ())


def also_listed_under(corpus: Corpus, slug: str) -> tuple[Paper, ...]:
    """Return the papers of other themes that are also listed under the theme `slug`, newest first."""
    return tuple(paper for paper in _also_listed(ByIdentity(corpus)).get(slug, ()))


def former_slugs(corpus: Corpus) -> dict[str, Theme]:
    """Return the themes by each slug that they had."""
    return {old: theme for theme in corpus.themes() for old in theme.was}


def choose_tensions(corpus: Corpus, by: str, value: str) -> tuple[Tension, ...]:
    """Return the tensions of a theme or of a paper, in order.

    With `by` "theme", `value` is a slug; with `by` "paper", it is the citekey of a quoted paper.
    """
    return tuple(
        tension
        for tension in corpus.editorial.tensions
        if value in (tension.themes if by == "theme" else tension.citekeys())
    )


@lru_cache(maxsize=2)
def _by_theme(key: ByIdentity[Corpus]) -> dict[str, tuple[Paper, ...]]:
    grouped: dict[str, list[Paper]] = {}
    for paper in sorted(key.value.papers, key=newest_first):
        grouped.setdefault(key.value.placements[paper.citekey].theme, []).append(paper)
    return {slug: tuple(papers) for slug, papers in grouped.items()}


@lru_cache(maxsize=2)
def _also_listed(key: ByIdentity[Corpus]) -> dict[str, tuple[Paper, ...]]:
    grouped: dict[str, list[Paper]] = {}
    for paper in sorted(key.value.papers, key=newest_first):
        for slug in key.value.placements[paper.citekey].also:
            grouped.setdefault(slug, []).append(paper)
    return {slug: tuple(papers) for slug, papers in grouped.items()}


def newest_first(paper: Paper) -> tuple[int, str]:
    """Return the sort key that orders papers newest first, those of unknown year last, ties by citekey."""
    return -(paper.cited_year or 0), paper.citekey


def find_paper(corpus: Corpus, citekey: str) -> Paper | None:
    """Return the paper with this citekey, or None if the review has no such paper (binary search)."""
    at = bisect_left(corpus.papers, citekey, key=lambda paper: paper.citekey)
    found = corpus.papers[at : at + 1]
    return found[0] if found and found[0].citekey == citekey else None


def find_own_keys(papers: Iterable[Paper]) -> dict[str, str]:
    """Return the citekey of each key under which a source has a paper; one that two papers have is left out."""
    found: dict[str, set[str]] = {}
    citekeys: set[str] = set()
    for paper in papers:
        citekeys.add(paper.citekey)
        for key in paper.reference.keys:
            found.setdefault(key, set()).add(paper.citekey)
    return {key: next(iter(keys)) for key, keys in found.items() if len(keys) == 1 and key not in citekeys}


def list_gone(corpus: Corpus) -> tuple[str, ...]:
    """Return the citekeys of papers that left the review: excluded, or kept under another citekey."""
    return (*(exclusion.paper.citekey for exclusion in corpus.excluded), *corpus.flow.united)
