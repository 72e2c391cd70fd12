"""Coverage: how much of a chapter rests on citations, and which papers of its theme it does not speak of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from litbook.analyse.prose.sentences import read_sentences
from litbook.model.pages import Page
from litbook.model.queries import papers_of
from litbook.model.review import Corpus

DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Coverage:
    """Count the sentences of a chapter without its headings, and those of them that cite a paper."""

    sentences: int
    citing: int


def measure_coverage(page: Page) -> Coverage:
    """Count the sentences of a page and those with a citation."""
    said = [sentence for sentence in read_sentences(page) if sentence.kind not in ("heading", "title")]
    return Coverage(len(said), sum(bool(item.cited) for item in said))


def find_undiscussed(corpus: Corpus, slug: str) -> tuple[str, ...]:
    """Return the papers of a theme, by citekey, that its chapter does not cite."""
    file = f"chapters/{slug}.md"
    return tuple(
        paper.citekey
        for paper in papers_of(corpus, slug)
        if all(place.file != file for place in corpus.citations.get(paper.citekey, ()))
    )


def is_date(text: str) -> bool:
    """Tell whether a text is a day as in 2031-12-24."""
    try:
        return bool(DATE.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False
