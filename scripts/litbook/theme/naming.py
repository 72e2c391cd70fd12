"""Name a group of papers by phrases that most of its papers use and few others do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from litbook.theme.function_words import is_general
from litbook.theme.phrases import Phrases

# What more of all papers than this share have is the subject of the collection, such as the words of its search.
_UBIQUITOUS = 0.25
_FEW_PAPERS, _UBIQUITOUS_IN_FEW = 40, 0.5
_FEWEST_HOLDERS, _FEWEST_OF_WEAK = 0.1, 0.04  # shares of a group's papers
_WHOLE_NAME = 0.55  # a phrase that this share of the papers have is a name by itself
_SECOND, _SECOND_OF_WEAK, _SECOND_OF_METHOD = 0.4, 0.12, 0.05  # of the first phrase's score
_DESCRIBED, _TELLING = 0.25, 0.08  # the share of papers that have a name, and the score of its first phrase
_NEARLY_ALWAYS = 0.5
_BY_WORDS = (0.0, 0.35, 1.0, 1.1, 1.0)
_ACRONYM = 0.45
_EXTENDED = 0.35
_GENERAL_FIRST, _GENERAL_LAST = 0.5, 0.8
_WEAKEST_WHOLE = 0.25
# Methods of any field: what the papers do with them says more.
_METHODS = frozenset(
    ("machine learning", "deep learning", "neural network", "artificial intelligence", "data driven", "deep neural")
)
_METHOD = 0.4


_MODIFIERS = ("ed", "ent", "ive", "ical", "ous", "able", "ible", "less", "based", "driven")
_SHORTEST_MODIFIER = 6
_NO_NOUN = 0.3
_OFTEN_CUT = 0.25
_PARTS = re.compile(r"[ -]")
_STEM = 5  # letters that forms of one word share


class Namer:
    """Ranks the phrases of a collection for groups of its papers."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        papers = phrases.weights.shape[0]
        present = phrases.weights.copy()
        present.data = np.minimum(1.0, present.data / 2)  # in the title or keywords, or twice in the abstract
        self._present = present.tocsr()
        self._total = np.asarray(present.sum(axis=0)).ravel()
        share = _UBIQUITOUS if papers >= _FEW_PAPERS else _UBIQUITOUS_IN_FEW
        telling = phrases.holders() <= max(3, share * papers)
        worth = np.array(list(map(_rate, phrases.forms, phrases.shown)))
        self._worth = worth * telling * np.sqrt(phrases.wholes) * (0.5 + 0.5 * phrases.titled)
        self._worth[phrases.wholes < _WEAKEST_WHOLE] = 0
        ends = np.array([_NO_NOUN if _is_modifier(form.split()[-1]) else 1.0 for form in phrases.forms])
        self._worth_as_name = self._worth * ends * (phrases.pieces < _OFTEN_CUT)

    def rank(
        self, members: Any, most: int = 60, share: float = _FEWEST_HOLDERS, names: bool = False
    ) -> list[tuple[int, float]]:
        """Return the numbers and scores of the phrases that distinguish the papers `members`, best first.

        At least a `share` of these papers, and two, have each. Those that could be `names` of topics end with a noun,
        and are not pieces of hyphenated words.
        """
        worth = self._worth_as_name if names else self._worth
        inside = np.asarray(self._present[members].sum(axis=0)).ravel()
        holders = np.asarray((self._present[members] > 0).sum(axis=0)).ravel()
        size, others = len(members), max(1, self._present.shape[0] - len(members))
        outside = np.maximum(0, self._total - inside) / others
        lift = np.log((inside / size + 0.5 / size) / (outside + 0.5 / size))
        scores = np.round(inside / size * np.clip(lift, 0, None) * worth, 9)
        scores[holders < max(2, share * size)] = 0
        best = np.argsort(-scores, kind="stable")[:most].tolist()
        return [(at, float(scores[at])) for at in best if scores[at] > 0]

    def name(self, members: Any, taken: Iterable[str]) -> tuple[int, ...]:
        """Return the numbers of one or two phrases for a title; none of them shares a word with one in `taken`."""
        used = tuple(taken)
        ranked = [item for item in self.rank(members, names=True) if not self._repeats(item[0], used)]
        if not ranked:
            return ()
        first, score = self._complete(members, ranked, *self._extend(ranked))
        weak = self._is_weak(first)
        holds = np.asarray((self._present[members][:, first] > 0).todense()).ravel()
        if holds.mean() >= _WHOLE_NAME and not weak:
            return (first,)
        least = (_SECOND_OF_METHOD if self.form(first) in _METHODS else _SECOND_OF_WEAK if weak else _SECOND) * score
        second = self._find_second(members, first, [at for at, weight in ranked if weight >= least], _FEWEST_HOLDERS)
        if second is None and weak:
            rarer = [
                at for at, _ in self.rank(members, share=_FEWEST_OF_WEAK, names=True) if not self._repeats(at, used)
            ]
            second = self._find_second(members, first, rarer, _FEWEST_OF_WEAK)
        if second is None:
            return (first,)
        return (second,) if _is_modifier(self.form(first)) else (first, second)

    def describes(self, members: Any, named: Sequence[int]) -> bool:
        """Return whether a name says what papers are about: enough of them have it, or it is nearly theirs alone."""
        held = np.asarray((self._present[members][:, list(named)] > 0).sum(axis=1)).ravel() > 0
        best = max(score for _, score in self.rank(members, 1, names=True))
        return bool(held.mean() >= _DESCRIBED or best >= _TELLING)

    def _find_second(self, members: Any, first: int, ranked: Sequence[int], share: float) -> int | None:
        """Return the best topic of several words that a share of the papers has which lack the first phrase."""
        lacks = np.asarray((self._present[members][:, first] > 0).todense()).ravel() == 0
        stems = {word[:_STEM] for word in self.words(first)}
        for at in ranked:
            form = self.form(at)
            if self._is_weak(at) or _is_modifier(form.split()[-1]) or abbreviates(form, self.form(first)):
                continue
            if not stems.isdisjoint(word[:_STEM] for word in self.words(at)):
                continue  # "Indexing and index structures" says one thing twice
            new = np.asarray((self._present[members][:, at] > 0).todense()).ravel() & lacks
            if new.mean() >= share:
                return at
        return None

    def _extend(self, ranked: Sequence[tuple[int, float]]) -> tuple[int, float]:
        """Return the best phrase, or one of several words that contains it and is nearly as good."""
        first, score = ranked[0]
        if len(self.words(first)) > 1:
            return first, score
        longer = (item for item in ranked if self.words(first) < self.words(item[0]) and item[1] >= _EXTENDED * score)
        return next(longer, (first, score))

    def _complete(
        self, members: Any, ranked: Sequence[tuple[int, float]], first: int, score: float
    ) -> tuple[int, float]:
        """Return a phrase with the word that nearly always comes before or behind it, as in "parity-check codes"."""
        held = self._phrases.weights[members]
        for at, _ in ranked:
            longer, shorter = self._phrases.forms[at], self._phrases.forms[first]
            holds = longer.startswith(f"{shorter} ") or longer.endswith(f" {shorter}")
            if holds and held[:, at].nnz >= _NEARLY_ALWAYS * held[:, first].nnz:
                return at, score
        return first, score

    def _is_weak(self, at: int) -> bool:
        """Return whether a phrase says little by itself: one word, or a method of any field."""
        return " " not in self._phrases.forms[at] or self._phrases.forms[at] in _METHODS

    def _repeats(self, at: int, used: Sequence[str]) -> bool:
        form, words = self.form(at), self.words(at)
        return any(words <= {*other.split()} or {*other.split()} <= words or abbreviates(form, other) for other in used)

    def words(self, at: int) -> set[str]:
        """Return the words of a phrase, in the singular."""
        return set(self._phrases.forms[at].split())

    def choose(self, members: Any, most: int) -> tuple[str, ...]:
        """Return the most telling phrases, as written; later ones that add no word are left out."""
        chosen: list[str] = []
        words: set[str] = set()
        for at, _ in self.rank(members, 6 * most):
            if not self.words(at) <= words:
                chosen.append(self._phrases.shown[at])
                words |= self.words(at)
            if len(chosen) == most:
                break
        return tuple(chosen)

    def show(self, numbers: Sequence[int]) -> str:
        """Return phrases as a title."""
        text = " and ".join(self._phrases.shown[at] for at in numbers)
        first = text.split(" ")[0]
        return text[:1].upper() + text[1:] if first == first.lower() else text

    def form(self, at: int) -> str:
        """Return the form in which a phrase is counted."""
        return self._phrases.forms[at]


def _rate(form: str, shown: str) -> float:
    """Return how well a phrase could name a topic by its words alone: 0 for not at all."""
    words = form.split()
    general = list(map(is_general, words))
    if all(general) or words[0].endswith("ly"):
        return 0.0
    rate = _ACRONYM if len(words) == 1 and shown.isupper() else _BY_WORDS[len(words)]
    rate *= _METHOD if form in _METHODS else 1
    return rate * (_GENERAL_FIRST if general[0] else 1) * (_GENERAL_LAST if general[-1] else 1)


def abbreviates(one: str, other: str) -> bool:
    """Return whether one phrase is made of the other's initials, as "MLLM" and "ICL" of "in-context learning"."""
    short, long = sorted((one.lower(), other.lower()), key=len)
    words = _PARTS.split(long)
    initials = "".join(word[:1] for word in words)
    return len(words) > 1 and short in (initials, initials[:-1] + words[-1])


def _is_modifier(word: str) -> bool:
    """Return whether a word is by its ending a participle or an adjective, with which no name of a topic ends."""
    return len(word) > _SHORTEST_MODIFIER and word.endswith(_MODIFIERS)
