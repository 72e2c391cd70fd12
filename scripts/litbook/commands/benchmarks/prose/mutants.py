"""Rewrite one number in a sentence, so that it says something else or says the same differently."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from litbook.text.nouns import is_plural, make_stem
from litbook.text.number_words import ONES, TENS
from litbook.text.numbers import PERCENT, POINTS, TIMES, Number

_FIGURE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_WORDS = [word for word in [*ONES, *TENS] if word not in {"zero", "one"}]
_VALUES = {**ONES, **TENS}
_NOUNS = ("models", "tasks", "datasets", "languages", "participants", "layers", "instructions", "prompts")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as written in its sentence: `figure` includes its unit, `counted` also the noun that follows."""

    number: Number
    figure: str
    counted: str


Rewriting = Callable[[Figure, random.Random, Sequence[Figure]], str | None]

# -- rewritings that say something else; `others` are numbers of abstracts that the sentence does not cite ------------


def change_digit(one: Figure, chance: random.Random, _: Sequence[Figure]) -> str | None:
    """Replace one digit."""
    match = _FIGURE.search(one.figure)
    if not match:
        return None
    at = chance.choice([at for at, sign in enumerate(match.group()) if sign.isdigit()]) + match.start()
    digits = [digit for digit in ("123456789" if at == match.start() else "0123456789") if digit != one.figure[at]]
    changed = one.figure[:at] + chance.choice(digits) + one.figure[at + 1 :]
    same = float(_read(changed)) == float(_read(one.figure))
    return None if same else changed + one.counted[len(one.figure) :]


def miss_by_one(one: Figure, chance: random.Random, _: Sequence[Figure]) -> str | None:
    """Add or subtract one in the last place."""
    match, word = _FIGURE.search(one.figure), one.figure.lower()
    if match:
        figure = match.group().replace(",", "")
        places = len(figure.partition(".")[2])
        missed = float(figure) + chance.choice((-1, 1)) * 10**-places
        return _put(one, match, f"{missed:.{places}f}") if missed > 0 else None
    if word in ONES and 2 <= ONES[word] < 19:
        near = chance.choice([other for other in _WORDS if abs(_VALUES[other] - ONES[word]) == 1])
        return _case(near, one.figure) + one.counted[len(one.figure) :]
    return None


def shift_point(one: Figure, chance: random.Random, _: Sequence[Figure]) -> str | None:
    """Multiply or divide by ten."""
    match = _FIGURE.search(one.figure)
    if not match:
        return None
    value = float(match.group().replace(",", ""))
    return _put(one, match, f"{value * 10:.10g}" if chance.random() < 0.5 or value < 1 else f"{value / 10:.10g}")


def change_word(one: Figure, chance: random.Random, _: Sequence[Figure]) -> str | None:
    """Replace a number word by another."""
    word = one.figure.lower()
    if word not in _VALUES:
        return None
    other = chance.choice([other for other in _WORDS if other != word])
    return _case(other, one.figure) + one.counted[len(one.figure) :]


def transplant(one: Figure, chance: random.Random, others: Sequence[Figure]) -> str | None:
    """Take a number from another abstract, with the same unit, and the same noun if possible."""
    alike = [other for other in others if _is_like(one, other) and other.number.value != one.number.value]
    same = [other for other in alike if other.number.noun == one.number.noun]
    if not alike:
        return None
    other = chance.choice(same or alike)
    return other.figure + one.counted[len(one.figure) :]


def _is_like(one: Figure, other: Figure) -> bool:
    plain = not (one.number.vague or other.number.vague) and re.search(r"\w-\w|^an? ", other.figure) is None
    return plain and one.number.unit == other.number.unit and bool(one.number.noun) == bool(other.number.noun)


def change_unit(one: Figure, chance: random.Random, _: Sequence[Figure]) -> str | None:
    """Replace the unit or the noun."""
    match = _FIGURE.search(one.figure)
    units = {PERCENT: (" points", "×"), POINTS: ("%",), TIMES: ("%",)}.get(one.number.unit)
    if units and match:
        return one.figure[: match.end()] + chance.choice(units) + one.counted[len(one.figure) :]
    if match and re.search(r"\d[BM]$", one.figure):
        return one.figure[:-1] + ("M" if one.figure[-1] == "B" else "B") + one.counted[len(one.figure) :]
    noun = _find_noun(one)
    other = chance.choice([name for name in _NOUNS if make_stem(name) != one.number.noun])
    return one.counted[:noun] + other if noun else None


def swap_noun(one: Figure, chance: random.Random, others: Sequence[Figure]) -> str | None:
    """Replace the noun by another plural that the cited abstract counts."""
    noun = _find_noun(one)
    ends = {
        re.split(r"[ -]", other.counted)[-1].lower()
        for other in others
        if not (other.number.unit or other.number.vague)
    }
    nouns = sorted(end for end in ends if end.isalpha() and is_plural(end) and make_stem(end) != one.number.noun)
    return one.counted[:noun] + chance.choice(nouns) if noun and nouns else None


def _find_noun(one: Figure) -> int:
    """Return where the counted plural begins, or 0 without one; "data sets" is one noun in two words."""
    noun = re.search(r"(?:\bdata )?[A-Za-z]+$", one.counted[len(one.figure) :])
    return len(one.figure) + noun.start() if noun and is_plural(noun.group().split()[-1]) else 0


# -- rewritings that say the same ------------------------------------------------------------------------------------


def spell_out(one: Figure, _: random.Random, __: Sequence[Figure]) -> str | None:
    """Write digits as a word."""
    if not re.fullmatch(r"\d\d?", one.figure) or one.number.unit or _spell(int(one.figure)) in {"zero", "one"}:
        return None
    return _spell(int(one.figure)) + one.counted[len(one.figure) :]


def write_digits(one: Figure, _: random.Random, __: Sequence[Figure]) -> str | None:
    """Write a word as digits."""
    word = re.match(r"[A-Za-z]+", one.figure)
    if not word or word.group().lower() not in _VALUES or one.number.value > 99:
        return None
    return str(_VALUES[word.group().lower()]) + one.counted[word.end() :]


def group_digits(one: Figure, _: random.Random, __: Sequence[Figure]) -> str | None:
    """Add or remove thousands separators."""
    match = re.search(r"\d[\d,]{3,}", one.figure)
    if not match:
        return None
    digits = match.group().replace(",", "")
    return _put(one, match, digits if "," in match.group() else f"{int(digits):,}")


def respell_unit(one: Figure, chance: random.Random, _: Sequence[Figure]) -> str | None:
    """Write the unit differently: 5 per cent, eightfold, 7 billion, 50 %."""
    match = _FIGURE.match(one.figure) if "/" not in one.figure else None
    rest = one.counted[len(one.figure) :]
    if one.figure.lower() == "half":
        return "50%"
    if not match:
        return None
    ways = {
        PERCENT: ("{} percent", "{} per cent", "{} %"),
        POINTS: ("{} percentage points", "{} points"),
        TIMES: ("{}×", "{}-fold", "{} times", "{}x"),
    }.get(one.number.unit, ())
    if one.number.unit == TIMES and one.number.value in _VALUES.values():
        ways = (*ways, f"{_spell(int(one.number.value))} times")
    if re.search(r"\d[BM]$", one.figure):
        ways = ("{} billion",) if one.figure.endswith("B") else ("{} million",)
        rest = rest or " parameters"
    elif re.search(r" (?:b|m)illion$", one.figure):
        ways = ("{}B",) if "b" in one.figure else ("{}M",)
    written = [way.format(match.group()) for way in ways]
    written = [way for way in written if way != one.figure]
    return chance.choice(written) + rest if written else None


def qualify(one: Figure, chance: random.Random, _: Sequence[Figure]) -> str | None:
    """Insert an adjective before the counted noun."""
    rest = one.counted[len(one.figure) :]
    if one.number.unit or not rest.startswith(" ") or one.number.vague:
        return None
    return f"{one.figure} {chance.choice(('different', 'diverse', 'such', 'further'))}{rest}"


def shorten(one: Figure, _: random.Random, __: Sequence[Figure]) -> str | None:
    """Remove the adjectives before the counted noun."""
    noun = _find_noun(one)
    return f"{one.figure} {one.counted[noun:]}" if noun and one.counted[noun - 1] == " " else None


FALSE: dict[str, Rewriting] = {
    "a digit changed": change_digit,
    "off by one": miss_by_one,
    "ten times too large or small": shift_point,
    "another number word": change_word,
    "another unit or noun": change_unit,
}
HARMLESS: dict[str, Rewriting] = {
    "12 as twelve": spell_out,
    "twelve as 12": write_digits,
    "1,000 as 1000": group_digits,
    "5% as 5 per cent, 8x as eightfold, 7B as 7 billion": respell_unit,
    "12 models as 12 diverse models": qualify,
    "12 large models as 12 models": shorten,
}


def _read(figure: str) -> str:
    match = _FIGURE.search(figure)
    return match.group().replace(",", "") if match else "0"


def _put(one: Figure, match: re.Match[str], figure: str) -> str:
    return one.figure[: match.start()] + figure + one.figure[match.end() :] + one.counted[len(one.figure) :]


def _case(word: str, like: str) -> str:
    return word.capitalize() if like[:1].isupper() else word


def _spell(value: int) -> str:
    words = {number: word for word, number in _VALUES.items()}
    return words[value] if value in words else f"{words[value - value % 10]}-{words[value % 10]}"


def rewrite_range(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield each percentage range in a text, with "to" replaced by a dash or a dash by "to"."""
    for match in re.finditer(r"(\d+(?:\.\d+)?)(?: to |–|-)(\d+(?:\.\d+)?)(%| percent)", text):
        dash = " to " in match.group()
        yield match.start(), match.end(), f"{match[1]}{'–' if dash else ' to '}{match[2]}{match[3]}"
