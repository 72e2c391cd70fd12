"""Terms: what a word is reduced to, so that its plural, its hyphen and its British spelling find the same papers.

The browser reduces the words of a question in the same way. So all rules are tables, and the tables are part of the
index: the script in the browser has the steps, but not one rule, of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from litbook.text.stop_words import OTHER_LANGUAGES

# Words that hold a sentence together. They count in titles only, where a reader may know them by heart.
COMMON = OTHER_LANGUAGES | frozenset(
    """
    a about an and any are as at be because been but by can could do does for from had has have how i if in into
    is it its may me my no not of on onto or our own should so such than that the their them then there these they
    this those to too us via was we were what versus vs when where whether which while who whom whose why will with
    would you your
    """.split()
)

# Words that ask for papers rather than name what they are about. They weigh nothing beside words that do.
ASKING = frozenset(
    """
    al anybody anyone anything approach approaches article articles authors between claim claims conclude concludes
    demonstrate demonstrates describe describes discuss discusses et exist exists find finding findings finds found
    give gives know known investigate investigates list literature look looking many mention mentions much need needed
    needs paper papers propose proposes publication publications published report reports research researchers say
    saying says show showing shown shows studied studies study studying talk tell tells want work works write written
    """.split()
)

# The ending -er stays, since an adapter is not an adaptation; only these are forms of the word without it.
_COMPARATIVES = (
    "broader>broad, cheaper>cheap, cleaner>clean, closer>close, clearer>clear, coarser>coarse, darker>dark, "
    "deeper>deep, denser>dense, easier>easy, fairer>fair, faster>fast, fewer>few, finer>fine, greater>great, "
    "harder>hard, higher>high, larger>large, longer>long, lower>low, narrower>narrow, newer>new, older>old, "
    "poorer>poor, richer>rich, safer>safe, sharper>sharp, shorter>short, simpler>simple, slower>slow, "
    "smaller>small, smarter>smart, stricter>strict, stronger>strong, thinner>thin, tighter>tight, weaker>weak, "
    "wider>wide, younger>young"
)
# Whole words that no rule below brings together with what they are forms of, and British and American spellings.
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
    **dict(pair.split(">") for pair in _COMPARATIVES.split(", ")),
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
    "isational>is 3, isation>is 3, ational 4, ation 4, ative 4, ate 4, ability 4, ibility 4, able 4, ible 4, "
    "ement 5, ment 4, ness 4, fully 4, ful 4, ical>ic 3, ally>al 3, ly 4, ual 4, al 5, ity 4, ence 4, ance 4, ent 5, "
    "ant 5, ive 4, ion 4"
)
_VOWELS = "e 2, y>i 2"
_DOUBLES = ", ".join(f"{letter}{letter}>{letter} 2" for letter in "bdfglmnprt")
# Endings of Russian nouns, adjectives and verbs, as folded (`й` is `и`), after L. Dolamic and J. Savoy, "Indexing and
# searching strategies for the Russian language" (2009); of Arabic, the light stemmer of L. Larkey, L. Ballesteros and
# M. Connell, "Light stemming for Arabic information retrieval" (2007). Other scripts have none of these letters.
_RUSSIAN = (
    "иями 3, ями 3, ами 3, иях 3, ях 3, ах 3, иям 3, ям 3, ам 3, ого 3, его 3, ому 3, ему 3, ыми 3, ими 3, ется 3, "
    "ются 3, ится 3, ятся 3, ать 3, ять 3, ить 3, еть 3, ает 3, ают 3, яет 3, яют 3, иеи 3, ую 3, юю 3, ая 3, яя 3, "
    "ое 3, ее 3, ые 3, ие 3, ых 3, их 3, ым 3, им 3, ыи 3, ии 3, ои 3, еи 3, ом 3, ем 3, ов 3, ев 3, ью 3, ия 3, "
    "ию 3, ют 3, ит 4, а 3, я 3, ы 3, и 3, у 3, ю 3, о 3, е 3, ь 3"
)
_ARABIC = "ها 2, ان 2, ات 2, ون 2, ين 2, يه 2, ه 2, ي 2"
PREFIXES = (("وال", 2), ("بال", 2), ("كال", 2), ("فال", 2), ("ال", 2), ("لل", 2), ("و", 3))
# In each step the first ending that fits is exchanged; `conversational` has two derivations to lose.
_ENGLISH = (_PLURALS, _VERBS, _DERIVATIONS, _DERIVATIONS, _VOWELS, _DOUBLES)
STEPS = tuple(map(_read_step, (*_ENGLISH, _RUSSIAN, _ARABIC)))
# Most words have nothing to exchange: one look at all endings of a step, or at all infixes, is enough for them.
_ENDINGS = tuple((tuple(ending for ending, _, _ in step), step) for step in STEPS)
_INFIX = re.compile("|".join(old for old, _ in INFIXES))

# What names nothing although its words do: "no matter how long", and the classes of arXiv, as in "[cs.CL]". In lower
# case.
UNREAD = (
    r"\bno matter (?=(?:how|what|when|where|whether|which|who)\b)|"
    r"\b(?:cs|stat|eess|math|econ|q-bio|q-fin)\.[a-z]{2}\b"
)
_UNREAD = re.compile(UNREAD)
_POSSESSIVE = re.compile(r"'s(?![^\W_])")
_RAISED = re.compile(r"(?<=[^\W_])\^(?=[^\W_])")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
# Letters that Unicode does not decompose, as people type them who lack the key; Arabic letters of one sound.
FOLDS: Mapping[str, str] = {
    **{
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "ŧ": "t",
        "ı": "i",
    },
    **{"ŋ": "n", "ς": "σ", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": ""},
}
# Marks in scripts of India and South-East Asia are vowels, and those of kana change the sound: they stay.
_KEPT_MARKS = "\u0900-\u0963\u0966-\u109f\u1780-\u17ff\u3099\u309a"
# Scripts that put no space between words: each two neighbouring signs count as a word.
SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_CHUNK = re.compile(rf"[\w{_KEPT_MARKS}]+(?:-[\w{_KEPT_MARKS}]+)*")
_KEPT = re.compile(f"[{_KEPT_MARKS}]")
_SPACELESS = re.compile(f"([{SPACELESS}]+)")
_HYPHENS = str.maketrans("\u2010\u2011\u2012\u2013\u2212\u2018\u2019\u02bc", "-----'''")


def normalise(text: str) -> str:
    """Return text in lower case and one form, without accents, raised signs and possessives.

    Letters are decomposed (Unicode NFKD), lose their accents, and what remains is composed again (NFC).
    """
    plain = _RAISED.sub("", text.lower() if text.isascii() else _fold(text))
    return _POSSESSIVE.sub("", plain).replace("'", "").replace("_", " ")


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).lower()
    return unicodedata.normalize("NFC", _NOT_ASCII.sub(_fold_sign, decomposed))


@lru_cache(maxsize=1 << 12)
def _fold_letter(sign: str) -> str:
    if unicodedata.category(sign).startswith("M") and not _KEPT.match(sign):
        return ""
    return FOLDS.get(sign, sign).translate(_HYPHENS)


def _fold_sign(found: re.Match[str]) -> str:
    return _fold_letter(found[0])


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return the stem of a normalised word: spelling made one, then the steps of endings in their order."""
    stemmed = SPELLINGS.get(word, word)
    if _INFIX.search(stemmed, 1):
        for old, new in INFIXES:
            stemmed = stemmed[:1] + stemmed[1:].replace(old, new)
    if not stemmed.isascii():
        found = next(
            (one for one, least in PREFIXES if stemmed.startswith(one) and len(stemmed) - len(one) >= least), ""
        )
        stemmed = stemmed[len(found) :]
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
    """Yield the words of a text, normalised; `in-context` also gives `incontext`. Common words only if asked for.

    Text in a script without spaces gives each pair of neighbouring signs.
    """
    ignored = frozenset[str]() if common else COMMON
    for chunk in _CHUNK.findall(_UNREAD.sub(" ", normalise(text))):
        if "-" in chunk:
            words = chunk.split("-")
            yield from (word for whole in words for word in _cut(whole) if word not in ignored)
            if not _SPACELESS.search(chunk):
                yield "".join(words)
        elif chunk not in ignored:
            yield from _cut(chunk)


def _cut(word: str) -> Iterable[str]:
    return (word,) if word.isascii() else _cut_run(word)


def _cut_run(word: str) -> Iterator[str]:
    for piece in filter(None, _SPACELESS.split(word)):
        if len(piece) > 1 and _SPACELESS.match(piece):
            yield from (piece[at : at + 2] for at in range(len(piece) - 1))
        else:
            yield piece


def make_terms(text: str, *, common: bool = False) -> Iterator[str]:
    """Yield the stems of the words of a text."""
    return map(stem, read_words(text, common=common))


@lru_cache(maxsize=1 << 12)
def count_terms(text: str) -> tuple[tuple[str, int], ...]:
    """Return the terms of a text with their numbers, kept for the next build of a process that builds many times."""
    return tuple(Counter(make_terms(text)).items())


def describe_rules() -> dict[str, object]:
    """Return the rules as the browser's script takes them."""
    return {
        "common": sorted(COMMON),
        "asking": sorted(ASKING),
        "folds": dict(FOLDS),
        "keptMarks": _KEPT_MARKS,
        "spaceless": SPACELESS,
        "spellings": dict(SPELLINGS),
        "unread": UNREAD,
        "infixes": INFIXES,
        "prefixes": PREFIXES,
        "steps": STEPS,
    }
