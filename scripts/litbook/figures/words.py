"""Which paper uses which term, and where a term stands more often than elsewhere: for notebooks that count words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse, stats
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from litbook.figures.links import link_papers
from litbook.text.tfidf import says_something

_LONGEST = 3
_CLAUSE = re.compile(r"[^\w\s-]+|\s-+\s|\s(?:and|or)\s")
_WORD = re.compile(r"\w+(?:-+\w+)*")
_CONTAINED = 0.9
_PRIOR = 10.0  # papers
_Z = float(stats.norm.ppf(0.975))
_JOINING = frozenset("of for in to with".split())  # stop words within a name: "chain of thought"
# Words of any text that are not stop words, and say as little about what a paper is about.
_GENERAL = frozenset(
    "al applied certain contrast critical current days et enhance enhanced enhances enhancing extend gap generally "
    "good great greatly initial little natural offer offering offers order original particular primarily real second "
    "series single state struggle struggles substantial thereby underlying unique wide".split()
)


@dataclass(frozen=True, slots=True)
class TermCounts:
    """Hold which paper uses which term: `used` is a sparse matrix of 0 and 1, one row a paper, one column a term."""

    used: Any  # scipy.sparse.csc_array, shape (papers, terms)
    names: Sequence[str]  # as terms are compared: in lower case, a plural in -s as its singular
    texts: Sequence[str]
    citekeys: Any  # numpy array of str

    def rows(self, term: int) -> Any:
        """Return the rows of the papers that use a term, as an array of numbers."""
        return self.used.indices[self.used.indptr[term] : self.used.indptr[term + 1]]

    def link(self, term: int, among: Any = None) -> str | None:
        """Return the address of the papers that use a term, of those alone for which the array `among` is true."""
        rows = self.rows(term)
        return link_papers(self.citekeys[rows if among is None else rows[among[rows]]])

    def spell(self, term: int) -> str:
        """Return a term as most papers that use it write it."""
        words = [re.escape(word) for word in self.names[term].split()]
        pattern = re.compile(r"(?<![\w-])" + r"s?\s+".join(words) + r"s?(?![\w-])", re.IGNORECASE)
        spelled = Counter(form for row in self.rows(term) for form in _spellings(pattern, self.texts[row]))
        # Capitals count less: they are often those of a title.
        ranked = sorted(spelled, key=lambda form: (-spelled[form] * (3 if form.islower() else 1), form))
        return ranked[0] if ranked else self.names[term]


def _spellings(pattern: re.Pattern[str], text: str) -> set[str]:
    return {" ".join(found.group().split()) for found in pattern.finditer(text)}


def count_terms(papers: pd.DataFrame) -> TermCounts:
    """Count terms of one to three words in titles and abstracts: how often a paper uses one does not matter.

    A term lies between two signs or conjunctions, and neither begins nor ends with a stop word of English (the list of
    scikit-learn), nor has one within it but for those that join names; words of any abstract, whatever their endings,
    make no term by themselves. A term is left out if at
    least nine in ten of its papers use it within one longer term. A plural in -s counts as its singular where the
    collection has both.
    """
    texts = (papers["title"] + ". " + papers["abstract"]).tolist()
    clauses = [[_WORD.findall(clause) for clause in _CLAUSE.split(text.lower())] for text in texts]
    words = {word for text in clauses for clause in text for word in clause}
    singular = {word: _fold(word, words) for word in words}
    ends = {word for word in words if _may_end(word)}
    telling = {word for word in words if _tells(word) and _tells(singular[word])}
    found = [{term for clause in text for term in _terms(clause, singular, ends, telling)} for text in clauses]
    counts = Counter(term for terms in found for term in terms)
    names = sorted(counts.keys() - _find_contained(counts))
    column = {name: at for at, name in enumerate(names)}
    pairs = [(row, column[term]) for row, terms in enumerate(found) for term in terms if term in column]
    rows, columns = np.array(pairs, dtype=int).reshape(-1, 2).T
    used = sparse.csc_array((np.ones(len(rows), dtype=int), (rows, columns)), shape=(len(texts), len(names)))
    used.sort_indices()
    return TermCounts(used, names, texts, papers["citekey"].to_numpy())


def _fold(word: str, words: set[str]) -> str:
    plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if plural and word[:-1] in words else word


def _may_end(word: str) -> bool:
    return len(word) > 1 and not word.isdigit() and word not in ENGLISH_STOP_WORDS


def _tells(word: str) -> bool:
    if not _may_end(word) or word.endswith("ly") or word in _GENERAL:
        return False
    stems = [word.removesuffix(ending) for ending in ("", "s", "d", "ed", "ing")]
    return all(says_something(form) for form in (*stems, f"{stems[-1]}e"))


def _terms(clause: list[str], singular: dict[str, str], ends: set[str], telling: set[str]) -> Iterator[str]:
    for start, word in enumerate(clause):
        for words in (clause[start : start + length] for length in range(1, _LONGEST + 1)) if word in ends else ():
            if words[-1] in ends and not telling.isdisjoint(words) and all(map(_may_join, words)):
                yield " ".join(singular[one] for one in words)


def _may_join(word: str) -> bool:
    return word in _JOINING or word not in ENGLISH_STOP_WORDS


def _find_contained(counts: Counter[str]) -> set[str]:
    """Return the terms that hardly stand anywhere but within one longer term."""
    contained = set()
    for term, number in counts.items():
        words = term.split()
        for length in range(1, len(words)):
            for start in range(len(words) - length + 1):
                part = " ".join(words[start : start + length])
                if number > 1 and number >= _CONTAINED * counts.get(part, np.inf):
                    contained.add(part)
    return contained


def compare_shares(part: Any, size: Any, other: Any, other_size: Any) -> Any:
    """Return z-scores of the log-odds ratio of terms between two groups of papers, with an informative prior.

    `part` of `size` papers and `other` of `other_size` use a term. The prior is worth ten papers of each group, of
    which the share of all papers uses it, so that rare terms do not win by chance (B. Monroe, M. Colaresi and K. Quinn,
    "Fightin' words", Political Analysis 16, 2008; theirs counts words, this counts papers).
    """
    least = 0.5 / (size + other_size)  # of a share that is nothing or all there would be no odds
    prior = _PRIOR * np.clip((part + other) / (size + other_size), least, 1 - least)
    with_it, with_other = part + prior, other + prior
    without, without_other = size + _PRIOR - with_it, other_size + _PRIOR - with_other
    variance = 1 / with_it + 1 / with_other + 1 / without + 1 / without_other
    return (np.log(with_it / without) - np.log(with_other / without_other)) / np.sqrt(variance)


def weigh_against_chance(part: Any, size: int, other: Any, other_size: int) -> Any:
    """Return two-sided p-values of Fisher's exact test, the smaller tail doubled, for many terms at once."""
    known = (size + other_size, part + other, size)
    tails = np.minimum(stats.hypergeom.cdf(part, *known), stats.hypergeom.sf(part - 1, *known))
    return np.minimum(1.0, 2 * tails)


def estimate_share(part: Any, size: Any) -> tuple[Any, Any]:
    """Return the ends of the 95% interval of a share (E. Wilson, 1927)."""
    middle = (part + _Z**2 / 2) / (size + _Z**2)
    half = _Z / (size + _Z**2) * np.sqrt(part * (size - part) / size + _Z**2 / 4)
    return middle - half, middle + half


def choose_apart(ranked: Sequence[int], names: Sequence[str], most: int) -> list[int]:
    """Take the first terms of which no two have a word in common."""
    taken: list[int] = []
    words: set[str] = set()
    for term in ranked:
        if len(taken) < most and words.isdisjoint(names[term].split()):
            taken.append(term)
            words.update(names[term].split())
    return taken
