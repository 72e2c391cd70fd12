"""Numbers of a chapter's own words, which state no result and so need no abstract.

Good teaching counts on its fingers: "can do two things", "three film reviews", "two papers agree", "in two trials"
beside two works, "in the first two rows", "in 2022". Such numbers are small and written as words, or years. Digits,
units, parts, "twice", numbers above twelve, and numbers of what the cited abstracts count are results, wherever they
are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from litbook.analyse.prose.sentences import Sentence
from litbook.text.numbers import YEAR, Number

_MOST = 12  # larger numbers are rarely said in passing
# Nouns, as `litbook.text.nouns` gives them, for works and the people behind them.
WORKS = frozenset("paper title abstract author team researcher survey".split())
_PARTS_OF_PAGE = frozenset("row column table figure panel box section paragraph cell bullet sentence".split())
# What counts nothing that an experiment could have counted.
_RHETORIC = frozenset("thing side hand respect sense".split())
# "All three report gains", "the last two go opposite ways": before a verb of what works do, a number counts them.
_SPEAKS = re.compile(
    r"\s(?:report|find|show|say|agree|argue|propose|answer|claim|suggest|study|test|compare"
    r"|go|pull|part|differ|disagree|meet|belong)\b"
)
_OPENING = re.compile(
    r"(?:(?:all|both|of|the|these|those|here|but|and|yet|at least|only|so far|another),? )*", re.IGNORECASE
)
# What a work contributes to an argument, so that a number of it may be the number of the works.
_ARGUMENTS = frozenset(
    "account answer approach argument case explanation field finding idea line measurement method objection proposal "
    "reading remedy repair result study view way".split()
)
# What a work is or reports as a whole, so that as many of them as are cited are these works: "in two trials".
_INQUIRIES = frozenset(
    "analysis article audit cohort evaluation experiment investigation publication preprint replication report review "
    "trial".split()
)
# What a work brings: "Two models …", with the two works that introduce them.
_BROUGHT = frozenset("agent algorithm architecture benchmark dataset framework group model programme system".split())
_DEFINITE = re.compile(r"\b(?:the|these|those)(?: first| last| other| same)? $", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Setting:
    """Hold what surrounds a sentence: works cited by it and its block, and small numbers introduced in its section."""

    sentence: Sentence
    cited_nearby: frozenset[str]
    introduced: frozenset[tuple[Fraction, str]]


def place_sentences(sentences: Sequence[Sentence], numbers: Sequence[Sequence[Number]]) -> Iterator[Setting]:
    """Yield the setting of each sentence of a page; `numbers` are those of each."""
    nearby: dict[int, set[str]] = {}
    for sentence in sentences:
        nearby.setdefault(sentence.block, set()).update(sentence.cited)
    introduced: set[tuple[Fraction, str]] = set()
    for sentence, found in zip(sentences, numbers, strict=True):
        if sentence.kind == "heading":
            introduced = set()
        yield Setting(sentence, frozenset(nearby[sentence.block]), frozenset(introduced))
        introduced |= {(number.value, number.noun) for number in found if number.noun and is_small(sentence, number)}


def is_small(sentence: Sentence, number: Number) -> bool:
    """Return whether a number is a plain count up to twelve in words."""
    word = sentence.text[number.start : number.figure]
    return word.isalpha() and not number.unit and not number.vague and not number.named and number.value <= _MOST


def counts_works(setting: Setting, number: Number) -> bool:
    """Return whether a number counts works or people, and no more than the sentence or its paragraph cites.

    Where the paragraph cites nothing, nothing can be said against it.
    """
    cited = setting.cited_nearby
    return is_small(setting.sentence, number) and (not cited or number.value <= len(cited))


def is_own(setting: Setting, number: Number, counted: Collection[str]) -> bool:
    """Return whether a number is the chapter's own and states no result.

    `counted` are the nouns that the abstracts count which the sentence cites, or its paragraph where it cites none.
    """
    sentence = setting.sentence
    if number.unit == YEAR:
        return not sentence.cited  # next to a citation, it has to be the year of the work
    if not is_small(sentence, number):
        return False
    definite = bool(_DEFINITE.search(sentence.text[: number.start]))
    if number.noun in counted:
        return definite and not sentence.cited
    if sentence.cited:
        return _is_own_beside_citation(setting, number, definite)
    return definite or number.noun not in WORKS or counts_works(setting, number)


def _is_own_beside_citation(setting: Setting, number: Number, definite: bool) -> bool:
    """Return whether a small number of a citing sentence counts works, points back, or counts nothing that is there."""
    if number.noun in WORKS or _SPEAKS.match(setting.sentence.text, number.figure):
        return counts_works(setting, number)
    if number.value == len(set(setting.sentence.cited)):  # "two remedies …", with the two works that propose them
        opens = _OPENING.fullmatch(setting.sentence.text[: number.start])
        if number.noun in _INQUIRIES or (opens and number.noun in _ARGUMENTS | _BROUGHT):
            return True
    points_back = number.noun in _PARTS_OF_PAGE or (number.value, number.noun) in setting.introduced
    return number.noun in _RHETORIC or (definite and points_back)
