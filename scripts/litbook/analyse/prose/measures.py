"""Measure how far a chapter joins its papers: figures for its writer, which no build insists on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from litbook.analyse.prose.sentences import Sentence, read_sentences
from litbook.model.pages import Block, Page
from litbook.model.queries import papers_of
from litbook.model.review import Corpus
from litbook.text.nouns import is_plural
from litbook.text.stop_words import STOP_WORDS

_LONGEST_TERM = 4  # words; longer emphasis stresses a statement


@dataclass(frozen=True, slots=True)
class Measured:
    """Count the sentences of a chapter's running text that cite, and those that cite several papers.

    `once` are the papers of the theme that a single sentence cites. `early` are the terms that the chapter explains,
    each with the line on which it is used before that.
    """

    slug: str
    citing: int
    joining: int
    papers: int
    once: tuple[str, ...]
    early: tuple[tuple[str, int], ...]

    @property
    def share(self) -> int:
        """Return the percentage of citing sentences that join papers."""
        return round(100 * self.joining / self.citing) if self.citing else 0


def measure_chapter(corpus: Corpus, page: Page, slug: str) -> Measured:
    """Return the figures of the chapter on a theme; table rows do not count as sentences that join papers."""
    sentences = read_sentences(page)
    cited = [frozenset(sentence.cited) for sentence in sentences if sentence.kind == "paragraph" and sentence.cited]
    times = Counter(key for sentence in sentences for key in set(sentence.cited))
    own = [paper.citekey for paper in papers_of(corpus, slug)]
    return Measured(
        slug,
        len(cited),
        sum(len(keys) > 1 for keys in cited),
        len(own),
        tuple(sorted(key for key in own if times[key] == 1)),
        tuple(_find_early(page, sentences)),
    )


def _find_early(page: Page, sentences: Sequence[Sentence]) -> Iterator[tuple[str, int]]:
    """Yield the terms that are used before the place where italics or bold mark their explanation.

    A term is used again after that; what is stressed once is only stressed.
    """
    explained: dict[str, int] = {}
    for number, block in enumerate(page.blocks):
        for term in _find_terms(block):
            explained.setdefault(term, number)
    running = [sentence for sentence in sentences if sentence.kind in ("paragraph", "row", "caption")]
    for term, number in explained.items():
        needle = re.compile(rf"\b{re.escape(term)}(?:s|es)?\b", re.IGNORECASE)
        used = [(sentence, match.start()) for sentence in running if (match := needle.search(sentence.text))]
        if used and used[0][0].block < number < used[-1][0].block:
            yield term, used[0][0].lines[used[0][1]]


def _find_terms(block: Block) -> Iterator[str]:
    """Yield the terms that a block explains: one to four words in italics or bold, in lower case and in the singular.

    Stress that begins a block, as in "**The question.**", is a label, and titles and names begin with a capital.
    """
    for start, end in block.stressed if block.kind == "paragraph" else ():
        text = block.text[start:end].strip()
        closed = text.endswith((".", ":", "?"))
        if start and text[:1].islower() and not closed and len(text.split()) <= _LONGEST_TERM:
            term = text.removesuffix("s") if is_plural(text.rpartition(" ")[2]) else text
            if term not in STOP_WORDS:
                yield term
