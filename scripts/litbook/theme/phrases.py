"""The phrases that papers use: counted by paper in one form for singular and plural, and spelt as people spell them.

A phrase is up to four words without function words or punctuation between them. How often it is a whole, between
function words or punctuation on both sides, distinguishes "machine learning" from "using machine" and "high energy".
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from litbook.model.review import Paper
from litbook.text.boilerplate import trim_abstract
from litbook.text.nouns import singular
from litbook.theme.function_words import guess_language, separates_phrases
from litbook.theme.repeated_runs import drop_repeated_runs

_LONGEST = 4
_TITLE, _KEYWORD, _ABSTRACT = 2.0, 2.0, 1.0
_MARKUP = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+\.\w+|<[^<>]{1,80}>|\\[A-Za-z]+"
    r"|\$[^$]*\$|\[\d[\d,;\s–-]*\]|\bet al\b\.?|&\w+;|[{}^_~]"
)
_MAY_BE_MARKED_UP = re.compile(r"[<\\$\[&{}^_~@]|://|www|et al")
_TOKEN = re.compile(r"[^\W_]+(?:[-‐‑'’][^\W_]+)*|[^\w\s]")
_HYPHEN = re.compile(r"[-‐‑]")
_LONGEST_WORD = 30  # longer ones are lines of a script that does not separate words
_SHORTEST_PART = 4
_ENOUGH = 500  # characters of an abstract from which its language is guessed
_LONGEST_IN_ABSTRACT = 2  # words; longer phrases count in abstracts if a title or keyword has them


class Text(NamedTuple):
    """The parts of a paper from which themes are drafted."""

    title: str
    abstract: str
    keywords: tuple[str, ...]
    language: str = ""


class Word(NamedTuple):
    """A word in the form in which it is counted, as it is written, and what joins it to the word before."""

    form: str
    shown: str
    joint: str


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases of a collection, one per column of `weights` (papers by phrases, weighted counts).

    `wholes` is how often each occurs as a whole, in 0 … 1; `titled` the share of its papers that have it in title or
    keywords; `shown` its usual spelling.
    """

    forms: tuple[str, ...]
    shown: tuple[str, ...]
    weights: Any
    wholes: Any
    titled: Any

    def holders(self) -> Any:
        """Return in how many papers each phrase occurs."""
        return np.asarray((self.weights > 0).sum(axis=0)).ravel()


def read_texts(papers: Sequence[Paper]) -> list[Text]:
    """Return title, abstract and keywords of each paper, without markup and without what publishers repeat."""
    abstracts = drop_repeated_runs([_clean(trim_abstract(paper.abstract.plain)) for paper in papers])
    titles = [_clean(paper.title.plain) for paper in papers]
    words = [f"{title} {abstract[:_ENOUGH]}".lower().split() for title, abstract in zip(titles, abstracts, strict=True)]
    return [
        Text(title, abstract, tuple(_read_keywords(paper)), guess_language(known))
        for paper, title, abstract, known in zip(papers, titles, abstracts, words, strict=True)
    ]


def _clean(text: str) -> str:
    return _MARKUP.sub(" . ", text) if _MAY_BE_MARKED_UP.search(text) else text


def _read_keywords(paper: Paper) -> Iterator[str]:
    """Yield the authors' and the indexers' keywords; a subheading after a slash is left out, and MeSH's asterisk."""
    for keyword in re.split(r"[;|\n]|,(?=\s)", paper.reference.fields.get("keyword", "")):
        if plain := keyword.partition("/")[0].strip(" *"):
            yield plain


def read_phrases(texts: Sequence[Text], fewest: int) -> Phrases:
    """Count the phrases that occur in at least `fewest` papers."""
    named = _find_named(texts)
    calm = [not _is_title_case(text.title) for text in texts]
    weights: dict[str, dict[int, float]] = defaultdict(dict)
    wholes: Counter[str] = Counter()
    total: Counter[str] = Counter()
    titled: dict[str, set[int]] = defaultdict(set)
    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    for number, text in enumerate(texts):
        parts = [(text.title, _TITLE, calm[number]), (text.abstract, _ABSTRACT, True)]
        parts += [(keyword, _KEYWORD, False) for keyword in text.keywords]
        for at, (part, weight, trusted) in enumerate(parts):
            for segment in split_segments(part, text.language):
                for form, shown, whole in _find_phrases(segment):
                    if at == 1 and form.count(" ") >= _LONGEST_IN_ABSTRACT and form not in named:
                        continue
                    weights[form][number] = weights[form].get(number, 0.0) + weight
                    total[form] += 1
                    wholes[form] += whole
                    spelt[form][shown if trusted else shown.lower()] += 3 if trusted else 1
                    if at != 1:
                        titled[form].add(number)
    forms = sorted(form for form, held in weights.items() if len(held) >= fewest)
    return Phrases(
        tuple(forms),
        tuple(_choose_spelling(spelt[form]) for form in forms),
        _to_matrix([weights[form] for form in forms], len(texts)),
        np.array([wholes[form] / total[form] for form in forms]),
        np.array([len(titled[form]) / len(weights[form]) for form in forms]),
    )


def _find_named(texts: Sequence[Text]) -> set[str]:
    """Return the phrases of titles and keywords."""
    return {
        form
        for text in texts
        for part in (text.title, *text.keywords)
        for segment in split_segments(part, text.language)
        for form, _, _ in _find_phrases(segment)
    }


def _to_matrix(columns: Sequence[dict[int, float]], papers: int) -> Any:
    from scipy.sparse import csc_matrix  # noqa: PLC0415 - slow to import, and the build does not need it

    ends = np.cumsum([0, *map(len, columns)])
    rows = [row for column in columns for row in column]
    values = [value for column in columns for value in column.values()]
    return csc_matrix((values, rows, ends), (papers, len(columns))).tocsr()


def split_segments(text: str, language: str = "") -> Iterator[list[Word]]:
    """Yield the runs of words between function words, numbers and punctuation."""
    segment: list[Word] = []
    for match in _TOKEN.finditer(text):
        words = _split_word(match.group(), language)
        if words:
            segment += words
        elif segment:
            yield segment
            segment = []
    if segment:
        yield segment


@lru_cache(maxsize=1 << 17)
def _split_word(token: str, language: str) -> list[Word]:
    """Return a token as words, or nothing if it separates phrases; hyphens join words that could stand alone."""
    lowered = token.lower()
    if separates_phrases(lowered, language) or not any(letter.isalpha() for letter in token) or len(token) < 2:
        return []
    parts = _HYPHEN.split(token)
    if len(parts) == 1 or any(len(part) < _SHORTEST_PART or part.isdigit() for part in parts):
        return [Word(singular(lowered), token, " ")] if len(token) <= _LONGEST_WORD else []
    return [Word(singular(part.lower()), part, "-" if at else " ") for at, part in enumerate(parts)]


def _find_phrases(segment: Sequence[Word]) -> Iterator[tuple[str, str, bool]]:
    """Yield the phrases of a segment, as counted and as written, and whether each has nothing beside it."""
    last = len(segment)
    for start in range(last):
        form, shown = "", ""
        for end in range(start, min(last, start + _LONGEST)):
            word = segment[end]
            form = f"{form} {word.form}" if form else word.form
            shown = f"{shown}{word.joint}{word.shown}" if shown else word.shown
            yield form, shown, start == 0 and end == last - 1


def _is_title_case(title: str) -> bool:
    words = re.findall(r"[^\W\d_]{4,}", title)[1:]
    return bool(words) and 2 * sum(word[0].isupper() for word in words) > len(words)


def _choose_spelling(found: Counter[str]) -> str:
    """Return the most frequent spelling; a capital at the start of a sentence or title does not count."""
    merged: Counter[str] = Counter()
    for shown, number in found.items():
        merged[shown] += number
    lowered = {shown.lower(): shown for shown in sorted(merged)}
    best = max(lowered, key=lambda low: (sum(n for s, n in merged.items() if s.lower() == low), low))
    ways = {shown: number for shown, number in merged.items() if shown.lower() == best}
    top = max(ways, key=lambda shown: (ways[shown], shown))
    first, _, rest = top.partition(" ")
    calm = f"{first.lower()} {rest}".strip()
    if 6 * ways.get(best, 0) >= ways[top]:
        return best
    return calm if first[1:] == first[1:].lower() and ways.get(calm, 0) * 3 >= ways[top] else top
