"""Terms: what a word is reduced to, so that its plural, its hyphen and its British spelling find the same papers.

The browser reduces the words of a question in the same way. So all rules are tables, and the tables are part of the
index: the script in the browser has the steps, but not one rule, of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

# Words that hold a sentence together. They count in titles only, where a reader may know them by heart.
COMMON = frozenset(
    """
    a about an and any are as at be because been but by can could do does for from had has have how i if in into is it
    its may me my no not of on onto or our own should so such than that the their them then there these they this those
    to too us via was we were what when where whether which while who whom whose why will with would you your
    """.split()
)

# Whole words whose British and American forms no rule below brings together.
SPELLINGS: Mapping[str, str] = {
    "analog": "analogue",
    "artefact": "artifact",
    "artefacts": "artifacts",
    "catalog": "catalogue",
    "center": "centre",
    "centers": "centres",
    "dialog": "dialogue",
    "dialogs": "dialogues",
    "fiber": "fibre",
    "gray": "grey",
    "judgement": "judgment",
    "judgements": "judgments",
    "program": "programme",
    "programs": "programmes",
    "defense": "defence",
    "license": "licence",
    "offense": "offence",
    "pretense": "pretence",
}
# Letters exchanged anywhere but at a word's start: optimize and optimise, modeling and modelling, color and colour.
INFIXES = (
    *(("iz", "is"), ("yz", "ys"), ("all", "al"), ("ell", "el"), ("ill", "il"), ("oll", "ol"), ("ull", "ul")),
    *((letter + "our", letter + "or") for letter in "bilmnv"),
)

Step = tuple[tuple[str, str, int], ...]


def _read_step(rules: str) -> Step:
    """Return rules written as `ending>what takes its place`, or `ending`, each with the letters that must stay."""
    pairs = (rule.split() for rule in rules.split(","))
    return tuple((ending.partition(">")[0], ending.partition(">")[2], int(least)) for ending, least in pairs)


# They follow M. F. Porter, "An algorithm for suffix stripping" (1980), shortened, and with doubled letters undone.
_PLURALS = "sses>ss 2, ies>y 3, ss>ss 0, us>us 0, is>is 0, ias>ias 0, s 2"
_VERBS = "eed>ee 2, ied>y 3, ated>ate 3, ating>ate 3, ying>y 3, tring>tring 0, ing 3, ed 3"
_DERIVATIONS = (
    "isational>is 3, isation>is 3, ational 4, ation 4, ative 4, ator 4, ate 4, ability 4, ibility 4, able 4, ible 4, "
    "ement 5, ment 4, ness 4, fully 4, ful 4, ical>ic 3, ally>al 3, ly 4, ual 4, al 5, ity 4, ence 4, ance 4, ent 5, "
    "ant 5, ive 4, ion 4, er 4"
)
_VOWELS = "e 2, y>i 2"
_DOUBLES = ", ".join(f"{letter}{letter}>{letter} 2" for letter in "bdfglmnprt")
# In each step the first ending that fits is exchanged; `conversational` has two derivations to lose.
STEPS = tuple(map(_read_step, (_PLURALS, _VERBS, _DERIVATIONS, _DERIVATIONS, _VOWELS, _DOUBLES)))
# Most words have nothing to exchange: one look at all endings of a step, or at all infixes, is enough for them.
_ENDINGS = tuple((tuple(ending for ending, _, _ in step), step) for step in STEPS)
_INFIX = re.compile("|".join(old for old, _ in INFIXES))

_POSSESSIVE = re.compile(r"'s(?![^\W_])")
_RAISED = re.compile(r"(?<=[^\W_])\^(?=[^\W_])")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_CHUNK = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_HYPHENS = str.maketrans("\u2010\u2011\u2012\u2013\u2212\u2018\u2019\u02bc", "-----'''")


def normalise(text: str) -> str:
    """Return text in lower case and one form (Unicode NFKD), without accents, raised signs and possessives."""
    plain = _RAISED.sub("", text.lower() if text.isascii() else _fold(text))
    return _POSSESSIVE.sub("", plain).replace("'", "")


def _fold(text: str) -> str:
    return _NOT_ASCII.sub(_fold_sign, unicodedata.normalize("NFKD", text).lower())


def _fold_sign(found: re.Match[str]) -> str:
    sign = found[0]
    return "" if unicodedata.category(sign).startswith("M") else sign.translate(_HYPHENS)


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return the stem of a normalised word: spelling made one, then the steps of endings in their order."""
    stemmed = SPELLINGS.get(word, word)
    if _INFIX.search(stemmed, 1):
        for old, new in INFIXES:
            stemmed = stemmed[:1] + stemmed[1:].replace(old, new)
    for endings, step in _ENDINGS:
        if stemmed.endswith(endings):
            stemmed = _exchange(stemmed, step)
    return stemmed


def _exchange(word: str, step: Step) -> str:
    for ending, other, least in step:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word[: len(word) - len(ending)] + other
    return word


def read_words(text: str, *, common: bool = False) -> Iterator[str]:
    """Yield the words of a text, normalised; `in-context` also gives `incontext`. Common words only if asked for."""
    passed_over = frozenset[str]() if common else COMMON
    for chunk in _CHUNK.findall(normalise(text)):
        if "-" in chunk:
            words = chunk.split("-")
            yield from (word for word in words if word not in passed_over)
            yield "".join(words)
        elif chunk not in passed_over:
            yield chunk


def make_terms(text: str, *, common: bool = False) -> Iterator[str]:
    """Yield the stems of the words of a text."""
    return map(stem, read_words(text, common=common))


def describe_rules() -> dict[str, object]:
    """Return the rules as the browser's script takes them."""
    return {"common": sorted(COMMON), "spellings": dict(SPELLINGS), "infixes": INFIXES, "steps": STEPS}
