"""The phrases that papers use: counted by paper in one form for singular and plural, and spelt as people spell them.

A phrase is up to four words without function words or punctuation between them. How often it is a whole, between
function words or punctuation on both sides, distinguishes "machine learning" from "using machine" and "high energy".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
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
_ACRONYM = re.compile(r"\s?\(([A-Z][A-Za-z]{1,7})\)")
_BEFORE_ACRONYM = 90  # characters in which the words that it stands for begin
_TOKEN = re.compile(r"[^\W_]+(?:[-‐‑'’][^\W_]+)*|[^\w\s]")
_WORD = re.compile(r"[^\W_]+")
_NAMED = re.compile(r"[A-Za-z]*[a-z][A-Z][A-Za-z]*")
_HYPHEN = re.compile(r"[-‐‑]")
_LONGEST_WORD = 30  # longer ones are lines of a script that does not separate words
_SHORTEST_PART = 4
_ENOUGH = 500  # characters of an abstract from which its language is guessed
_JOINED_NAMES = re.compile(r"[a-z][-‐‑][A-Z][a-z]")
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
    keywords; `shown` its usual spelling; `pieces` how often it begins or ends inside of a hyphenated word.
    """

    forms: tuple[str, ...]
    shown: tuple[str, ...]
    weights: Any
    wholes: Any
    titled: Any
    pieces: Any

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
    text = _ACRONYM.sub(_drop_own_acronym, text) if "(" in text else text
    return _MARKUP.sub(" . ", text) if _MAY_BE_MARKED_UP.search(text) else text


def _drop_own_acronym(found: re.Match[str]) -> str:
    """Return nothing for an acronym of the words before it, which would part "parity-check (LDPC) codes"."""
    before = found.string[max(0, found.start() - _BEFORE_ACRONYM) : found.start()]
    initials = "".join(word[0] for word in _WORD.findall(before)).lower()
    return "" if initials.endswith(found[1].lower().removesuffix("s")) else found[0]


def _read_keywords(paper: Paper) -> Iterator[str]:
    """Yield the authors' and the indexers' keywords; a subheading after a slash is left out, and MeSH's asterisk."""
    for keyword in re.split(r"[;|\n]|,(?=\s)", paper.reference.fields.get("keyword", "")):
        if plain := keyword.partition("/")[0].strip(" *"):
            yield plain


def read_phrases(texts: Sequence[Text], fewest: int) -> Phrases:
    """Count the phrases that occur in at least `fewest` papers."""
    read = [_read_parts(text) for text in texts]
    counts: dict[str, _Count] = {form: _Count() for form in _find_frequent(read, fewest)}
    starts = {" ".join(words[:_LONGEST_IN_ABSTRACT]) for form in counts if (words := form.split(" "))[2:]}
    for number, parts in enumerate(read):
        for part in parts:
            for segment in part.segments:
                _count_segment(counts, starts, number, part, segment)
    # A long phrase of titles is counted in abstracts too, and may be in few papers even so.
    forms = sorted(form for form, count in counts.items() if len(count.weights) >= fewest)
    kept = [counts[form] for form in forms]
    return Phrases(
        tuple(forms),
        tuple(_choose_spelling(count.spelt) for count in kept),
        _to_matrix([count.weights for count in kept], len(texts)),
        np.array([count.wholes / count.total for count in kept]),
        np.array([len(count.titled) / len(count.weights) for count in kept]),
        np.array([count.cuts / count.total for count in kept]),
    )


def _count_segment(
    counts: Mapping[str, _Count], starts: Collection[str], number: int, part: _Part, segment: Sequence[Word]
) -> None:
    """Count the known phrases of a segment; `starts` are the first two words of those that have more."""
    last = len(segment)
    cut = [0 < at < last and segment[at].joint != " " for at in range(last + 1)]
    for start, (form, shown, _) in enumerate(segment):
        if count := counts.get(form):
            count.add(number, part, shown, last == 1)
        if start + 1 == last:
            return
        pair = f"{form} {segment[start + 1].form}"
        if count := counts.get(pair):
            count.add(number, part, _show(segment[start : start + 2]), last == 2, cut[start] or cut[start + 2])
        if pair not in starts:
            continue
        for end in range(start + 3, min(last, start + _LONGEST) + 1):
            pair = f"{pair} {segment[end - 1].form}"
            if count := counts.get(pair):
                whole = start == 0 and end == last
                count.add(number, part, _show(segment[start:end]), whole, cut[start] or cut[end])


def _show(words: Sequence[Word]) -> str:
    """Return words as they are written, with what joins them."""
    if len(words) == 1:
        return words[0].shown
    return words[0].shown + "".join([f"{word.joint}{word.shown}" for word in words[1:]])


class _Part(NamedTuple):
    """A title, an abstract or a keyword in segments, its weight, and whether its capitals mean something."""

    segments: list[list[Word]]
    weight: float
    trusted: bool
    in_abstract: bool


def _read_parts(text: Text) -> list[_Part]:
    parts = [
        _Part(list(split_segments(text.title, text.language)), _TITLE, not _is_title_case(text.title), False),
        _Part(list(split_segments(text.abstract, text.language)), _ABSTRACT, True, True),
    ]
    return parts + [
        _Part(list(split_segments(keyword, text.language)), _KEYWORD, False, False) for keyword in text.keywords
    ]


def _find_frequent(read: Sequence[Sequence[_Part]], fewest: int) -> set[str]:
    """Return the phrases that can be in enough papers: words and pairs by count, longer ones of titles and keywords.

    Most pairs of words are in one abstract only; to count them thoroughly would take most of the time.
    """
    holders: Counter[str] = Counter()
    longer: set[str] = set()
    for parts in read:
        held: set[str] = set()
        for part in parts:
            for segment in part.segments:
                forms = [word.form for word in segment]
                held.update(forms)
                held.update(map(" ".join, pairwise(forms)))
                if not part.in_abstract and len(forms) > _LONGEST_IN_ABSTRACT:
                    longer.update(_find_phrases(forms))
        holders.update(held)
    return longer.union(form for form, number in holders.items() if number >= fewest)


class _Count:
    """Counts of one phrase: its weight by paper, its occurrences, those as a whole, its spellings, papers titled so."""

    __slots__ = ("cuts", "spelt", "titled", "total", "weights", "wholes")

    def __init__(self) -> None:
        self.weights: dict[int, float] = {}
        self.total = self.wholes = self.cuts = 0
        self.spelt: dict[str, int] = {}
        self.titled: set[int] = set()

    def add(self, number: int, part: _Part, shown: str, whole: bool, cut: bool = False) -> None:
        """Count one occurrence in a paper; one is `cut` that begins or ends inside of a hyphenated word."""
        self.weights[number] = self.weights.get(number, 0.0) + part.weight
        self.total += 1
        self.wholes += whole
        self.cuts += cut
        spelling = shown if part.trusted else _lower(shown)
        self.spelt[spelling] = self.spelt.get(spelling, 0) + (3 if part.trusted else 1)
        if not part.in_abstract:
            self.titled.add(number)


@lru_cache(maxsize=1 << 15)
def _lower(shown: str) -> str:
    """Return words of a title in lower case, but for names such as "OceanNet"."""
    return _WORD.sub(lambda match: match[0] if _NAMED.fullmatch(match[0]) else match[0].lower(), shown)


def _to_matrix(columns: Sequence[dict[int, float]], papers: int) -> Any:
    from scipy.sparse import csc_matrix  # noqa: PLC0415 - slow to import, and the build does not need it

    ends = np.cumsum([0, *map(len, columns)])
    rows = [row for column in columns for row in column]
    values = [value for column in columns for value in column.values()]
    return csc_matrix((values, rows, ends), (papers, len(columns))).tocsr()


def split_segments(text: str, language: str = "") -> Iterator[list[Word]]:
    """Yield the runs of words between function words, numbers and punctuation."""
    segment: list[Word] = []
    for token in _TOKEN.findall(text):
        words = _split_word(token, language)
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


def _find_phrases(forms: Sequence[str]) -> Iterator[str]:
    """Yield the phrases of a segment, given by the forms of its words."""
    for start in range(len(forms)):
        for end in range(start + 1, min(len(forms), start + _LONGEST) + 1):
            yield " ".join(forms[start:end])


def _is_title_case(title: str) -> bool:
    words = re.findall(r"[^\W\d_]{4,}", title)[1:]
    return bool(words) and 2 * sum(word[0].isupper() for word in words) > len(words)


def _read_well(phrase: str) -> int:
    """Rank singular and plural where both are as frequent: "climate", but "data warehouses"."""
    return len(phrase) if " " in phrase or "-" in phrase else -len(phrase)


def _choose_spelling(found: Mapping[str, int]) -> str:
    """Return the most frequent spelling; a capital at the start of a sentence or title does not count."""
    merged: Counter[str] = Counter()
    for shown, number in found.items():
        merged[shown] += number
    lowered = {shown.lower(): shown for shown in sorted(merged)}
    best = max(lowered, key=lambda low: (sum(n for s, n in merged.items() if s.lower() == low), _read_well(low), low))
    ways = {shown: number for shown, number in merged.items() if shown.lower() == best}
    top = max(ways, key=lambda shown: (ways[shown], shown))
    first, _, rest = top.partition(" ")
    calm = f"{first.lower()} {rest}".strip()
    # Names of people joined by hyphens, which keywords have in lower case: "Landau-Lifshitz-Gilbert equation".
    if (1 if _JOINED_NAMES.search(top) else 6) * ways.get(best, 0) >= ways[top]:
        return best
    return calm if first[1:] == first[1:].lower() and ways.get(calm, 0) * 3 >= ways[top] else top
