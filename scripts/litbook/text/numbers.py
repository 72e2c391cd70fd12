"""Find the numbers in a text, each with its value, its unit and the noun that it counts.

A number is any quantity, in digits or in words. Names with a digit (GPT-4, 3D, Llama 2), ordinals, labels of list items
and the pronoun "one" do not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from litbook.text.nouns import find_noun, make_stem
from litbook.text.number_words import MULTIPLES, SCALES, SPELLED, VAGUE, read_part, read_spelled, read_vague

PERCENT, POINTS, TIMES, ORDERS, YEAR = "%", "points", "×", "orders of magnitude", "year"


@dataclass(frozen=True, slots=True)
class Number:
    """One number in a text.

    `text[start:end]` is the number with its unit and the noun that it counts; `figure` is where the unit ends. `unit`
    is "" for a plain count. `noun` is a stem (see `nouns`) or "". `vague` is true for magnitudes like "hundreds".
    `named` is true where the number is part of a name and says how large the named thing is, as in LLaMA-7B. Fractions
    are percentages: "half" is 50 %.
    """

    start: int
    figure: int
    end: int
    value: Fraction
    unit: str = ""
    noun: str = ""
    vague: bool = False
    named: bool = False


# How far before a number words are looked at; without a limit, a text full of numbers would take quadratic time.
_REACH = 40
_MOST_DIGITS = 60

# -- names and labels ----------------------------------------------------------------------------------------------

# A word with a digit in it, up to the next sign that separates numbers.
_TOKEN = re.compile(r"(?<![^\s—–=~≈<>≥≤×÷])[^\s\d—–=~≈<>≥≤×÷]*\d[^\s—–=~≈<>≥≤×÷]*")
_NAME = re.compile(r"[\W_]*[A-Za-z\u0370-\u03ff]")
_QUANTITY_WORD = re.compile(rf"\W*(?:{SPELLED})", re.IGNORECASE)
_SIZE_IN_NAME = re.compile(r"(?<=[-_])(\d+(?:\.\d+)?)([BM])(?![A-Za-z0-9])")
_SCALES = {"K": 10**3, "k": 10**3, "M": 10**6, "B": 10**9, "bn": 10**9, "T": 10**12, "million": 10**6,
           "billion": 10**9, "trillion": 10**12, "thousand": 10**3, "hundred": 100}  # fmt: skip
_UNSEEN = re.compile(
    r"https?://\S+|(?<![\w.])\(\d{1,2}\)|(?:(?<=\s)|^)\d{1,2}\)(?=\s)|(?<!\d)\d+(?:\.\d+){2,}|\bO\([^()]*\)"
    r"|(?<!\d)\d+(?:st|nd|rd|th|s)\b|\b\d+-?D\b[\w-]*|arXiv:\S+|\b\d+ ?[x×] ?\d+\b(?:[x×]\d+)?"
)


def _hide_names(text: str) -> str:
    """Return the text with an N for each character of a name with a digit, and of the label of a list item."""
    hidden = _UNSEEN.sub(lambda match: "N" * len(match.group()), text)
    return _TOKEN.sub(_hide_name, hidden)


def _hide_name(token: re.Match[str]) -> str:
    word = token.group()
    if not _NAME.match(word) or not re.search(r"\d", word) or _QUANTITY_WORD.match(word):
        return word
    name = word.rstrip(".,;:!?)")
    return "N" * len(name) + word[len(name) :]


# -- the number itself ------------------------------------------------------------------------------------------------

_DIGITS = r"(?:\d{1,3}(?:[,\u2009\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\w.])\.\d+)"
_LETTER = r"(?-i:bn|[KkMBT])(?![A-Za-z0-9])|[ -](?:hundred|thousand|million|billion|trillion)\b"
_FEW = "one|two|three|four|five|six|seven|eight|nine"
_PARTS = r"(?:thirds?|quarters?|(?:fif|six|seven|eigh|nin|ten|hundred|thousand)ths?)\b"
_VULGAR = "[¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]"
_HALF = r"(?:(?:one|a)[ -])?hal(?:f|ves?|ved|ving)\b(?! a (?:dozen|hundred|thousand|million|billion))"
# Each half says first what it can begin with, so that most places in a text are ruled out at once.
_CORE = re.compile(
    r"(?=[\d.])(?:(?P<fraction>(?<![\w./])[1-9]\d*/[1-9]\d*(?![\w./%×]))"
    rf"|(?P<digits>(?<![A-Za-z_.\d])(?<![.\d],){_DIGITS})(?P<letter>{_LETTER})?)"
    rf"|(?P<vulgar>(?<![\w]){_VULGAR})"
    rf"|\b(?=[a-z])(?:(?P<part>(?:an?|{_FEW})[ -]{_PARTS}|{_HALF})"
    r"|(?P<orders>an orders? of magnitude)\b"
    r"|(?P<multiple>twice|thrice|(?:doubl|tripl|trebl|quadrupl|quintupl)(?:es?|ed|ing)(?!-)\b)"
    rf"|(?P<vague>{VAGUE})\b"
    r"|(?P<some>(?:few|several|many|couple of) (?:hundred|thousand|million|billion|dozen))\b"
    rf"|(?P<fold>(?:{_FEW}|ten|hundred|thousand)fold)\b"
    rf"|(?P<words>{SPELLED}))",
    re.IGNORECASE,
)
# Words between a figure and "points" as a unit; "data points" are counted things. F1 is hidden as NN here.
_SCORED = r"(?:(?:absolute|relative|full|average|accuracy|score|nn|bleu|rouge|auc|map)[ -]){0,2}"
_UNITS = (
    (r"[ \u202f\u2009]?%[ -]?points?\b|[ -](?:percentage|percent|per cent)[ -]points?\b|[ ]?pp\b|[ ]?%p\b", POINTS),
    (r"[ \u202f\u2009]?%|[ -](?:percent|per cent|pct)\b", PERCENT),
    (rf"[ -](?i:{_SCORED})points?\b", POINTS),
    (r" ?[x×](?![\w×])|[ -]?fold\b(?!-)|[ -]times\b", TIMES),
    (r"(?: or more)?[ -]orders?[ -]of[ -]magnitude\b", ORDERS),
    (r"[ ]?(?P<metric>mm|cm|km|ms|GB|MB|TB|dB|fps|FPS|Hz|kHz|MHz|GHz)\b", ""),
)
_COMPOUND = re.compile(r"-(?!to\b|and\b|or\b)([A-Za-z][\w]*)")
_MONEY = re.compile(r"[$€£]$")
_FACTOR = re.compile(r"(?:\bfactors? of (?:about |around |over |up to |nearly )?|[×])$")
_PART_OF = re.compile(r"\s(?:of|as|fewer|less|more|smaller|larger|lower|higher|faster)\b|\W*$|[,.;:)]")


@lru_cache(maxsize=1 << 13)
def find_numbers(text: str) -> tuple[Number, ...]:
    """Return the numbers of a text in one line, in their order; those in names have `named`."""
    if not _CORE.search(text):
        return ()
    hidden = _hide_names(text)
    found = [number for match in _CORE.finditer(hidden) for number in _read(hidden, match)]
    found = _share(text, [number for number in found if not _points_back(text, number)])
    named = [
        Number(match.start(), match.end(), match.end(), _scale(match[1], match[2]), "", "parameter", named=True)
        for match in _SIZE_IN_NAME.finditer(text)
        if hidden[match.start()] == "N"
    ]
    return tuple(sorted([*found, *named], key=lambda number: number.start))


def _scale(digits: str, letter: str | None) -> Fraction:
    value = Fraction(re.sub(r"[,\u2009\u202f]", "", digits))
    return value * _SCALES[letter.strip(" -").lower() if len(letter) > 1 else letter] if letter else value


def _read(text: str, match: re.Match[str]) -> Iterator[Number]:
    start, end, word = match.start(), match.end(), match.group()
    if len(match["digits"] or match["fraction"] or "") > _MOST_DIGITS:  # no quantity, and Python refuses to read it
        return
    if match["digits"]:
        letter = (match["letter"] or "").strip()
        yield from _complete(text, start, end, _scale(match["digits"], match["letter"]), letter)
    elif match["vague"] or match["some"]:
        value = read_vague(word.rpartition(" ")[2] if match["some"] else word)
        yield from (replace(number, vague=True) for number in _complete(text, start, end, value, ""))
    elif match["words"]:
        yield from _read_words(text, match)
    elif match["fraction"]:
        above, below = (int(figure) for figure in word.split("/"))
        if above < below:
            yield Number(start, end, end, Fraction(100 * above, below), PERCENT)
    elif match["vulgar"]:
        yield Number(start, end, end, 100 * Fraction(unicodedata.numeric(word)).limit_denominator(8), PERCENT)
    elif match["part"]:
        if _is_part(text, match):
            yield Number(start, end, end, read_part(word), PERCENT)
    else:
        yield _read_factor(match)


def _read_factor(match: re.Match[str]) -> Number:
    start, end, word = match.start(), match.end(), match.group().lower()
    if match["orders"]:
        return Number(start, end, end, Fraction(1), ORDERS)
    if match["fold"]:
        return Number(start, end, end, read_spelled(word.removesuffix("fold")) or Fraction(1), TIMES)
    stem = re.sub(r"(?:es?|ed|ing)$", "", word)
    times = next(value for name, value in MULTIPLES.items() if name.removesuffix("e") == stem)
    return Number(start, end, end, Fraction(times), TIMES)


# "one" is a number only before these.
_AFTER_ONE = re.compile(r"[ -](?:orders? of mag|shot\b|percent|per cent|(?:to|or) (?:two|three|\w+ \w+s\b))")


def _read_words(text: str, match: re.Match[str]) -> Iterator[Number]:
    word, start, end = match.group(), match.start(), match.end()
    value = read_spelled(word)
    if value is None:  # "two ten" is two numbers
        for piece in re.finditer(r"[A-Za-z]+", word):
            value = read_spelled(piece.group())
            if value is not None:
                yield from _complete(text, start + piece.start(), start + piece.end(), value, "")
    elif word.lower() != "one" or _AFTER_ONE.match(text, end):
        bare = word.lower() in SCALES  # "billion-scale" and "several hundred" give a magnitude only
        yield from (replace(number, vague=bare) for number in _complete(text, start, end, value, ""))


def _is_part(text: str, match: re.Match[str]) -> bool:
    """Distinguish a fraction from an ordinal ("a third way") and from a name ("half-precision")."""
    near = text[max(0, match.start() - _REACH) : match.start()]
    word, before = match.group().lower(), near.rstrip().rpartition(" ")[2].lower()
    if text[match.end() : match.end() + 1] == "-":
        return False
    if "hal" in word:
        return before not in {"first", "second", "other", "latter", "former", "better"}
    return not word.startswith(("a ", "an ")) or bool(_PART_OF.match(text, match.end()))


# In "by 2024 prompts had room" and "two papers of 2022 show", the year counts nothing.
_BY_YEAR = re.compile(
    r"\b(?:by|since|until|(?:papers?|surveys?|study|studies|works?|methods|all) (?:of|from)) $", re.IGNORECASE
)


def _dates(before: str, after: str) -> bool:
    """Return whether the words around a number make it a year, as in "in 2021 Ada and others" too."""
    return bool(_BY_YEAR.search(before) or (re.search(r"\bin $", before, re.IGNORECASE) and re.match(r" [A-Z]", after)))


def _complete(text: str, start: int, end: int, value: Fraction, letter: str) -> Iterator[Number]:
    """Yield a number with the unit and noun that follow it."""
    before = text[max(0, start - _REACH) : start]
    for pattern, name in _UNITS:
        unit = re.compile(pattern).match(text, end)
        if unit:
            yield Number(start, unit.end(), unit.end(), value, name or unit["metric"].lower())
            return
    factor = _FACTOR.search(before)
    if factor or _MONEY.search(before):
        yield Number(start - (0 if factor else 1), end, end, value, TIMES if factor else before[-1])
        return
    compound = _COMPOUND.match(text, end)
    if compound:
        noun = make_stem(compound[1])
        sized = letter in {"B", "M", "T"} and noun in {"model"} | ({noun} if compound[1][0].isupper() else set())
        yield Number(start, end, compound.end(), value, "", "parameter" if sized else noun)
        return
    noun, reach = find_noun(text, end)
    if letter in {"B", "M", "T"}:
        counted = _find_sized(text[end:reach], noun)
        noun, reach = counted, reach if noun == counted else end
    elif re.fullmatch(r"(?:19|20)\d\d", text[start:end]) and (not noun or _dates(before, text[end : end + 3])):
        yield Number(start, end, end, value, YEAR)
        return
    elif _is_version(text, start, end, noun):
        return
    yield Number(start, end, reach, value, "", noun)


# What a model does, as in "LLaMA-2 7B gains 107%": these are not counted.
_VERBS = frozenset(
    map(make_stem, ("gains", "reaches", "beats", "scores", "shows", "improves", "matches", "exceeds", "achieves"))
)


def _find_sized(between: str, noun: str) -> str:
    """Return what a number like 7B counts: parameters, if a model or nothing countable follows."""
    words = {make_stem(word) for word in re.findall(r"[\w-]+", between)}
    is_of_model = not noun or noun in _VERBS or words & {"model", "parameter"} or noun.endswith("form")
    return "parameter" if is_of_model else noun


_VERSIONED = re.compile(r"(?P<name>[\w-]*[A-Z][\w-]*) $")
# Words that begin a sentence or bracket, so that their capital does not make a name.
_OPENERS = frozenset(
    "a about across after all among an and at before below between beyond both by during each even every exactly for "
    "from given in into its just more most nearly no of on only or over roughly some than that the their these this "
    "those though to under until up using we what when where with within without almost".split()
)


def _is_version(text: str, start: int, end: int, noun: str) -> bool:
    """Return whether a number belongs to the name before it, as in "Llama 2" and "GPT 3.5"."""
    match = _VERSIONED.search(text[max(0, start - _REACH) : start])
    if not match or not re.fullmatch(r"\d(?:\.\d)?", text[start:end]) or match["name"].lower() in _OPENERS:
        return False
    opens = match["name"] == text[: start - 1].lstrip("\"“'‘(")
    return not (opens and noun and re.search(r"[a-z](?:ing|ly|ed)$", match["name"]))


# -- ranges and lists of numbers --------------------------------------------------------------------------------------

_CHAIN = re.compile(
    r"(?:\s?[-–—/]\s?|-to-|\s(?:to|and|or|versus|vs\.?|through)\s|,\s(?:and\s|or\s)?|\s(?:out\s)?of\s(?:the\s|these\s|those\s)?)"
    r"(?:(?:about|around|nearly|over|up to|almost)\s)?"
)


def _share(text: str, numbers: list[Number]) -> list[Number]:
    """Copy unit, noun and scale to the numbers of a range or list from the last one, which alone has them."""
    shared = list(numbers)
    for place in range(len(shared) - 2, -1, -1):
        one, other = shared[place], shared[place + 1]
        if one.unit or (one.noun and one.end < other.start) or not _CHAIN.fullmatch(text[one.figure : other.start]):
            continue
        scale = _find_scale(text[other.start : other.figure])
        if scale and not _find_scale(text[one.start : one.figure]) and one.value * scale < other.value:
            one = replace(one, value=one.value * scale)
        unit = "" if other.unit == YEAR else other.unit
        shared[place] = replace(one, unit=unit, noun=other.noun, end=one.figure)
    return shared


def _find_scale(figure: str) -> int:
    match = re.search(r"(?<=\d)(?:bn|[KkMBT])\b|(?:thousand|million|billion|trillion)\b", figure)
    return _SCALES[match.group()] if match else 0


_POINTERS = re.compile(
    r"\b(?:the|these|those|first|last|other|in|into|between|all|next)(?: first| last| other)? $", re.IGNORECASE
)


def _points_back(text: str, number: Number) -> bool:
    """Return whether a small number in words refers to things named before: "the two differ", "in two"."""
    word = text[number.start : number.figure]
    bare = not number.noun and not number.unit and not number.vague
    return (
        bare
        and word.isalpha()
        and number.value <= 10
        and bool(_POINTERS.search(text[max(0, number.start - _REACH) : number.start]))
    )
