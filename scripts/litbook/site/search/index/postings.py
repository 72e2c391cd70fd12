"""Postings: for each term the papers that hold it, and in which of their fields."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from litbook.model.review import Paper, Theme
from litbook.site.search.index.names import find_names
from litbook.site.search.index.terms import make_terms, read_words, stem

MOST = 7  # a term's count in an abstract above this changes no rank
TITLE, NAME, AUTHOR, VENUE, CITED = 8, 16, 32, 64, 128  # bits above the count


@dataclass(frozen=True, slots=True)
class Postings:
    """Hold for each term the papers, by number, with count and fields as one number, and each abstract's length."""

    papers: Mapping[str, Mapping[int, int]]
    lengths: tuple[int, ...]
    words: Mapping[str, int]  # as they are written, with their counts

    def written(self) -> tuple[str, ...]:
        """Return the words that are not written as their term: a misspelling is near to the word."""
        return tuple(sorted(word for word in self.words if stem(word) != word))


def make_postings(papers: Sequence[Paper]) -> Postings:
    """Return the postings of all papers, terms in the order of their characters."""
    postings: defaultdict[str, dict[int, int]] = defaultdict(dict)
    lengths = []
    words: Counter[str] = Counter()
    for number, paper in enumerate(papers):
        counts = Counter(make_terms(paper.abstract.plain))
        lengths.append(counts.total())
        for term, value in _weigh_fields(paper, counts).items():
            postings[term][number] = value
        words.update(read_words(f"{paper.title.plain} . {paper.abstract.plain}"))
    return Postings(_sort(postings), tuple(lengths), words)


def _weigh_fields(paper: Paper, counts: Mapping[str, int]) -> dict[str, int]:
    values = {term: min(count, MOST) for term, count in counts.items()}
    names = find_names(paper.title.plain, paper.abstract.plain)
    venue = " ".join((paper.venue or "", str(paper.year or ""), str(paper.venue_year or "")))
    fields: tuple[tuple[int, Iterable[str]], ...] = (
        (TITLE, make_terms(paper.title.plain, common=True)),
        (NAME, (term for name in names for term in make_terms(name))),
        (AUTHOR, (term for author in paper.authors for term in make_terms(author, common=True))),
        (VENUE, make_terms(venue)),
    )
    for bit, terms in fields:
        for term in terms:
            values[term] = values.get(term, 0) | bit
    return values


def add_citing(postings: Postings, said: Mapping[int, str]) -> Postings:
    """Return the postings with what chapters say of papers, by the papers' numbers."""
    held = defaultdict(dict, {term: dict(papers) for term, papers in postings.papers.items()})
    words = Counter(postings.words)
    for number, text in said.items():
        for term in make_terms(text):
            held[term][number] = held[term].get(number, 0) | CITED
        words.update(read_words(text))
    return Postings(_sort(held), postings.lengths, words)


def _sort(postings: Mapping[str, dict[int, int]]) -> dict[str, dict[int, int]]:
    """Sort the terms, and the papers of each."""
    return {term: dict(sorted(postings[term].items())) for term in sorted(postings)}


def make_theme_terms(themes: Sequence[Theme]) -> dict[str, list[int]]:
    """Return for each term of a theme's title and phrases the themes, by number, that have it."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, theme in enumerate(themes):
        for term in sorted(set(make_terms(" . ".join((theme.title, *theme.phrases))))):
            found[term].append(number)
    return dict(sorted(found.items()))
