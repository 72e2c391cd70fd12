"""The order in which papers stand: those of a theme everywhere, and all in the corpus; and tensions between them."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from litbook.model.editorial import Tension
from litbook.model.review import Corpus, Paper


class ById:
    """Make a corpus usable as a key: it is frozen, but its mappings cannot be hashed."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus

    def __hash__(self) -> int:
        return id(self.corpus)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ById) and other.corpus is self.corpus


def papers_of(corpus: Corpus, slug: str) -> tuple[Paper, ...]:
    """Return the papers of a theme, the newest first; papers of an unknown year come last."""
    return _by_theme(ById(corpus)).get(slug, ())


def visitors_of(corpus: Corpus, slug: str) -> tuple[Paper, ...]:
    """Return the papers of other themes that are also listed under this one, in the same order."""
    return tuple(paper for paper in _visitors(ById(corpus)).get(slug, ()))


def choose_tensions(corpus: Corpus, by: str, value: str) -> tuple[Tension, ...]:
    """Return the tensions that touch a theme (`by` is "theme") or quote a paper (`by` is "paper"), in their order."""
    return tuple(
        tension
        for tension in corpus.editorial.tensions
        if value in (tension.themes if by == "theme" else tension.citekeys())
    )


@lru_cache(maxsize=2)
def _by_theme(key: ById) -> dict[str, tuple[Paper, ...]]:
    grouped: dict[str, list[Paper]] = {}
    for paper in sorted(key.corpus.papers, key=newest_first):
        grouped.setdefault(key.corpus.placements[paper.citekey].theme, []).append(paper)
    return {slug: tuple(papers) for slug, papers in grouped.items()}


@lru_cache(maxsize=2)
def _visitors(key: ById) -> dict[str, tuple[Paper, ...]]:
    grouped: dict[str, list[Paper]] = {}
    for paper in sorted(key.corpus.papers, key=newest_first):
        for slug in key.corpus.placements[paper.citekey].also:
            grouped.setdefault(slug, []).append(paper)
    return {slug: tuple(papers) for slug, papers in grouped.items()}


def newest_first(paper: Paper) -> tuple[int, str]:
    """Return what papers are sorted by: the newest first, those of an unknown year last."""
    return -(paper.year or 0), paper.citekey


def find_paper(corpus: Corpus, citekey: str) -> Paper | None:
    """Return the paper with this citekey, if the review holds it; the papers are in the order of their citekeys."""
    at = bisect_left(corpus.papers, citekey, key=lambda paper: paper.citekey)
    found = corpus.papers[at : at + 1]
    return found[0] if found and found[0].citekey == citekey else None
