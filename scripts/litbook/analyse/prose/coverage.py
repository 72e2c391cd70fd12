"""Coverage: the share of a chapter's sentences with citations, and papers of its theme that it does not discuss."""

from __future__ import annotations

from dataclasses import dataclass

from litbook.analyse.prose.sentences import read_sentences
from litbook.model.pages import Page
from litbook.model.queries import papers_of
from litbook.model.review import Corpus


@dataclass(frozen=True, slots=True)
class Coverage:
    """Count the sentences of a chapter without headings and titles, and those with a citation."""

    sentences: int
    citing: int


def measure_coverage(page: Page) -> Coverage:
    """Return how many sentences a page has, and how many of them cite a paper."""
    counted = [sentence for sentence in read_sentences(page) if sentence.kind not in ("heading", "title")]
    return Coverage(len(counted), sum(bool(sentence.cited) for sentence in counted))


def find_undiscussed(corpus: Corpus, slug: str) -> tuple[str, ...]:
    """Return the papers of a theme, by citekey, that its chapter does not cite."""
    file = f"chapters/{slug}.md"
    return tuple(
        paper.citekey
        for paper in papers_of(corpus, slug)
        if all(place.file != file for place in corpus.citations.get(paper.citekey, ()))
    )
