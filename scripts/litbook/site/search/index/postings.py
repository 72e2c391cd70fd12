"""Postings: for each term the papers that hold it, and in which of their fields."""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from litbook.core.cache import NO_CACHE, Cache
from litbook.model.review import Paper, Theme
from litbook.site.search.index.names import find_names, split_name
from litbook.site.search.index.terms import count_terms, make_terms, read_words, stem

MOST = 7  # a term's count in an abstract above this changes no rank
# They follow a word, so that its forms are sorted next to its term, and a question loads them together.
FORM = "="  # a word whose term most papers write in another form
LACKING = "!"  # the commonest form of a term: the papers that have only others
TITLE, NAME, AUTHOR, VENUE, CITED = 8, 16, 32, 64, 128  # bits above the count


@dataclass(frozen=True, slots=True)
class Held:
    """Hold what one paper gives to the postings: its terms with a number for each, and the words as it writes them.

    `length` counts the terms of its abstract.
    """

    terms: tuple[str, ...]
    values: bytes
    length: int
    words: tuple[str, ...]
    counts: bytes  # of the words, in the abstract and, with the bit of the title, there


@dataclass(frozen=True, slots=True)
class Postings:
    """Hold for each term the papers, by number, with count and fields as one number, and each abstract's length."""

    papers: Mapping[str, Mapping[int, int]]
    lengths: tuple[int, ...]
    words: frozenset[str]  # as they are written
    forms: Mapping[str, Mapping[int, int]] = field(default_factory=dict)  # with `FORM` or `LACKING` behind each

    def written(self) -> tuple[str, ...]:
        """Return the words that are neither a term nor a rarer form of one: a misspelling is near to the word."""
        return tuple(sorted(word for word in self.words if stem(word) != word and word + FORM not in self.forms))

    def all(self) -> dict[str, Mapping[int, int]]:
        """Return the postings of terms and of forms, sorted together."""
        return _sort({**self.papers, **self.forms})


def make_postings(papers: Sequence[Paper], cache: Cache = NO_CACHE) -> Postings:
    """Return the postings of all papers, terms in the order of their characters."""
    postings: defaultdict[str, dict[int, int]] = defaultdict(dict)
    read = cache.each(read_paper, (_fields_of(paper) for paper in papers))
    for number, held in enumerate(read):
        for term, value in zip(held.terms, held.values, strict=True):
            postings[term][number] = value
    words = frozenset(chain.from_iterable(held.words for held in read))
    return Postings(_sort(postings), tuple(held.length for held in read), words, _find_forms(read))


def _find_forms(read: Sequence[Held]) -> dict[str, Mapping[int, int]]:
    """Return the papers of each word that is not the commonest form of its term, and those that lack the commonest.

    Who asks for "learners" wants them before "learning", and the other way round. The commonest form is in most papers
    of its term: to name those that have none of it takes less than to name the others.
    """
    written: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for number, held in enumerate(read):
        for word, count in zip(held.words, held.counts, strict=True):
            written[word][number] = count
    of_term: defaultdict[str, list[str]] = defaultdict(list)
    for word in written:
        of_term[stem(word)].append(word)
    forms: dict[str, Mapping[int, int]] = {}
    for words in of_term.values():
        commonest, *rare = sorted(words, key=lambda word: (-len(written[word]), word))
        forms |= {word + FORM: written[word] for word in rare}
        lacking = {number for word in rare for number in written[word]} - written[commonest].keys()
        if lacking:
            forms[commonest + LACKING] = dict.fromkeys(sorted(lacking), 1)
    return forms


def _fields_of(paper: Paper) -> tuple[str, str, tuple[str, ...], str]:
    """Return title, abstract and authors of a paper, and its venue with the years."""
    venue = " ".join((paper.venue or "", str(paper.year or ""), str(paper.venue_year or "")))
    return paper.title.plain, paper.abstract.plain, paper.authors, venue


def read_paper(title: str, abstract: str, authors: tuple[str, ...], venue: str) -> Held:
    """Return what a paper gives to the postings: of each term how often the abstract has it, and its other fields."""
    counts = Counter(make_terms(abstract))
    values = {term: min(count, MOST) for term, count in counts.items()}
    names = find_names(title, abstract)
    fields: tuple[tuple[int, Iterable[str]], ...] = (
        (TITLE, make_terms(title, common=True)),
        (NAME, (term for name in names for word in (name, *split_name(name)) for term in make_terms(word))),
        (AUTHOR, (term for author in authors for term in make_terms(author, common=True))),
        (VENUE, make_terms(venue)),
    )
    for bit, terms in fields:
        for term in terms:
            values[term] = values.get(term, 0) | bit
    words = Counter(map(sys.intern, read_words(abstract)))
    entitled = dict.fromkeys(map(sys.intern, read_words(title)), TITLE)
    written = {word: min(words[word], MOST) | entitled.get(word, 0) for word in entitled | words}
    return Held(
        terms=tuple(map(sys.intern, values)),
        values=bytes(values.values()),
        length=counts.total(),
        words=tuple(written),
        counts=bytes(written.values()),
    )


def add_citing(postings: Postings, said: Mapping[int, str]) -> Postings:
    """Return the postings with what chapters say of papers, by the papers' numbers."""
    added: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for number, text in said.items():
        for term, _ in count_terms(text):
            added[term][number] = CITED
    held = dict(postings.papers)
    for term, numbers in added.items():
        before = held.get(term, {})
        joined = {**before, **{number: before.get(number, 0) | bit for number, bit in numbers.items()}}
        held[term] = dict(sorted(joined.items()))
    words = postings.words.union(*map(read_words, said.values()))
    return replace(postings, papers=_sort(held), words=words)


def drop_inner_letters(postings: Postings, papers: Sequence[Paper], acronyms: Iterable[str]) -> Postings:
    """Return the postings without the papers that have an acronym of two letters only as a part of a longer name.

    A paper on NS-CL does not speak of continual learning (CL); the name as a whole finds it.
    """
    dropped: dict[str, set[int]] = {}
    for acronym in (one for one in acronyms if len(one) == 2 and one in postings.papers):
        alone = re.compile(rf"(?<![\w-])(?i:{re.escape(acronym)})s?(?![A-Za-z0-9])(?!-[A-Z])")
        held = postings.papers[acronym]
        dropped[acronym] = {number for number in held if not alone.search(_join_texts(papers[number]))}
    return replace(
        postings,
        papers={term: _leave_out(held, dropped.get(term)) for term, held in postings.papers.items()},
        forms={form: _leave_out(held, dropped.get(stem(form[:-1]))) for form, held in postings.forms.items()},
    )


def _join_texts(paper: Paper) -> str:
    return f"{paper.title.plain} {paper.abstract.plain}"


def _leave_out(held: Mapping[int, int], dropped: Collection[int] | None) -> Mapping[int, int]:
    """Return postings without some papers, or all where none would stay."""
    return {number: value for number, value in held.items() if number not in dropped} or held if dropped else held


def _sort(postings: Mapping[str, Mapping[int, int]]) -> dict[str, Mapping[int, int]]:
    return {term: postings[term] for term in sorted(postings)}


def make_theme_terms(themes: Sequence[Theme]) -> dict[str, list[int]]:
    """Return for each term of a theme's title and phrases the themes, by number, that have it."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, theme in enumerate(themes):
        for term in sorted(set(make_terms(" . ".join((theme.title, *theme.phrases))))):
            found[term].append(number)
    return dict(sorted(found.items()))
