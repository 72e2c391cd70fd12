"""TF-IDF weights of words and phrases in papers, for the stages that compare texts.

Everything is computed with numpy: importing scikit-learn would take longer than these stages do for a few hundred
papers.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from litbook.model.review import Paper
from litbook.text.stop_words import STOP_WORDS

Whole = NDArray[np.int64]
Real = NDArray[np.float64]

# Hyphenated words are one term ("in-context"), so that a phrase reads as its authors wrote it.
TOKEN = r"(?u)\b\w[\w\-]*\w\b"
_find_words = re.compile(TOKEN).findall
_FEW_TEXTS = 30
_PHRASE_BONUS = 1.8
# Words found in any abstract: sharing only these is not a reason that would convince a reader.
_BOILERPLATE = frozenset(
    "abilities ability able achieve achieved achieves achieving add address advance advances allow allows analysis "
    "aims analyze approach approaches available aware background based benefit best better capabilities capability "
    "capture challenge challenges challenging code compare compared comprehensive conclusion conclusions crucial "
    "current demonstrate demonstrated demonstrates despite develop developed different difficult directly diverse "
    "effective effectively effectiveness effects efficient enable enables ensure especially evaluate evaluated "
    "evaluation example existing experimental experiments explore exploring extensive finally find finding findings "
    "finds focus formally framework fully furthermore generally github given high higher highlight highlights http "
    "https important importantly improve improved improvement improves improving including increase increasing "
    "insights introduce introduced introduces investigate issue key large leading leads level limitations limited low "
    "lower main make makes making method methods model models moreover motivated multiple need new novel number "
    "objective objectives observe obtain operate outperform outperforms paper papers parts perform performance "
    "performs plan popular possible potential practical present presented presents previous prior problem problems "
    "process project promising propose proposed proposes provide provides public range recent recently reduce rely "
    "remains remarkable require requires research result results robust serve setting settings shared show showing "
    "shown shows significant significantly simple simpler simply specific standard state-of-the-art strong studied "
    "studies study superior system systems task tasks times typically understand understanding use used useful using "
    "various way ways weak work works "
    "change changes concept day days don't example good help hence human humans ii iii kinds learn learned learns know "
    "known lead left like long look make many matter mean means often one outputs part people point points prediction "
    "predictions question questions rather recent related right second setups short since six step steps take takes "
    "tell ten third three together train trained two type types variety vs well yet".split()
)


@dataclass(frozen=True, slots=True)
class Rows:
    """A sparse matrix stored by rows (CSR): row `i` is `starts[i]:starts[i + 1]` of `columns` and `values`.

    `starts` has one element more than there are rows; `width` is the number of columns. Columns within a row may be in
    any order.
    """

    starts: Whole
    columns: Whole
    values: Real
    width: int

    def __len__(self) -> int:
        return len(self.starts) - 1

    def numbers(self) -> Whole:
        """Return the row index of each value."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    def row(self, number: int) -> tuple[Whole, Real]:
        """Return the columns and values of one row."""
        part = slice(self.starts[number], self.starts[number + 1])
        return self.columns[part], self.values[part]

    def keep(self, kept: NDArray[np.bool_]) -> Rows:
        """Return the matrix with only the values where `kept` is true."""
        ends = np.concatenate([[0], np.cumsum(kept)])
        return Rows(ends[self.starts], self.columns[kept], self.values[kept], self.width)

    def normalised(self) -> Rows:
        """Return the matrix with rows of Euclidean length 1; empty rows stay empty."""
        rows = self.numbers()
        lengths = np.sqrt(np.bincount(rows, self.values**2, len(self)))
        return Rows(self.starts, self.columns, self.values / lengths[rows], self.width)

    def to_scipy(self) -> Any:
        """Return the matrix as a `scipy.sparse.csr_matrix`."""
        from scipy.sparse import csr_matrix  # noqa: PLC0415 - slow to import, and the build does not need it

        # A copy: scikit-learn sorts the indices of what it is given, in place.
        return csr_matrix((self.values, self.columns, self.starts), (len(self), self.width), copy=True)


@dataclass(frozen=True, slots=True)
class Terms:
    """TF-IDF weights, one row per text (each of length 1), and the sorted phrases, one per column."""

    weights: Rows
    phrases: Sequence[str]


def weigh_terms(texts: Sequence[str]) -> Terms | None:
    """Weight words and two-word phrases by sublinear TF-IDF; return None if the texts contain no usable word.

    The weight of a term in a text is (1 + ln count) · (1 + ln((1 + N) / (1 + n))) for a term that occurs in n of N
    texts; rows are then scaled to length 1. Terms that occur in a single text cannot connect two texts and are dropped,
    except in collections of fewer than 30 texts.
    """
    counts, phrases = _count(texts, fewest=1 if len(texts) < _FEW_TEXTS else 2)
    if not phrases:
        return None
    holders = np.bincount(counts.columns, minlength=counts.width)
    rarity = np.log((1 + len(texts)) / (1 + holders)) + 1
    values = (np.log(counts.values) + 1) * rarity[counts.columns]
    return Terms(Rows(counts.starts, counts.columns, values, counts.width).normalised(), phrases)


def _count(texts: Iterable[str], fewest: int) -> tuple[Rows, list[str]]:
    """Count, in each text, the terms that occur in at least `fewest` texts; return the counts and the sorted terms.

    Within a row, terms are in order of first occurrence in the collection, as scikit-learn leaves them.
    """
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    found = [np.fromiter(map(numbers.__getitem__, read_terms(text)), np.int64) for text in texts]
    rows = np.repeat(np.arange(len(found)), [len(row) for row in found])
    width = max(1, len(numbers))
    cells, counts = np.unique(rows * width + np.concatenate([*found, np.empty(0, np.int64)]), return_counts=True)
    rows, columns = np.divmod(cells, width)
    frequent = np.bincount(columns, minlength=width) >= fewest
    phrases = sorted(phrase for phrase, number in numbers.items() if frequent[number])
    places = np.zeros(width, np.int64)
    places[[numbers[phrase] for phrase in phrases]] = np.arange(len(phrases))
    kept = frequent[columns]
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows[kept], minlength=len(found)))])
    return Rows(starts, places[columns[kept]], counts[kept].astype(np.float64), len(phrases)), phrases


def read_terms(text: str) -> Iterator[str]:
    """Yield the words of a text in lower case without stop words, then each pair of consecutive ones."""
    words = [word for word in _find_words(text.lower()) if word not in STOP_WORDS]
    yield from words
    yield from map(" ".join, pairwise(words))


def text_of(paper: Paper) -> str:
    """Return a paper's text for comparison; the title counts twice, since it is chosen with more care."""
    return f"{paper.title.plain} . {paper.title.plain} . {paper.abstract.plain}"


def choose_phrases(ranked: Iterable[str], texts: Sequence[str], most: int) -> tuple[str, ...]:
    """Return the first phrases that occur literally in all texts, no two of which share a word.

    Two-word terms can span a removed stop word; such a phrase occurs nowhere and is skipped. Phrases are spelt as in
    the first text, in lower case if that occurs.
    """
    lowered = [_lower(text) for text in texts]
    taken: list[str] = []
    words: set[str] = set()
    for phrase in ranked:
        if (
            words.isdisjoint(_singulars(phrase))
            and says_something(phrase)
            and all(_find(phrase, text) >= 0 for text in lowered)
        ):
            taken.append(_spell(phrase, texts[0]))
            words.update(_singulars(phrase))
            if len(taken) == most:
                break
    return tuple(taken)


_lower = lru_cache(maxsize=4096)(str.lower)  # each text is compared with several others in a short time


def says_something(phrase: str) -> bool:
    """Return whether a lower-case phrase has a word that not every abstract has, and no number or "et al"."""
    words = phrase.split()
    return not _BOILERPLATE.issuperset(words) and not any(word.isdecimal() or word in ("et", "al") for word in words)


def _singulars(phrase: str) -> set[str]:
    """Return the words of a phrase, plurals and singulars alike."""
    return {word.removesuffix("s") for word in phrase.split()}


def prefer_phrases(phrase: str, weight: float) -> float:
    """Return the weight for ranking shared terms: two words tell a reader more than one."""
    return weight * _PHRASE_BONUS if " " in phrase else weight


def _find(phrase: str, text: str) -> int:
    """Return where a phrase first occurs as whole words (no letter, digit, _ or - on either side), or -1."""
    at = text.find(phrase)
    while at >= 0:
        end = at + len(phrase)
        if not (_joins(text[at - 1 : at]) or _joins(text[end : end + 1])):
            break
        at = text.find(phrase, at + 1)
    return at


def _joins(sign: str) -> bool:
    """Return whether a character next to a word makes it part of a longer one; an empty string does not."""
    return sign.isalnum() or sign in {"_", "-"}


def _spell(phrase: str, text: str) -> str:
    lowered = _lower(text)
    if _find(phrase, text) >= 0 or len(lowered) != len(text):  # a few letters, like İ, have longer lower-case forms
        return phrase
    at = _find(phrase, lowered)
    return text[at : at + len(phrase)] if at >= 0 else phrase
