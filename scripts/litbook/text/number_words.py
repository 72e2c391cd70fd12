"""Numbers written as words."""

from __future__ import annotations

import re
from fractions import Fraction

ONES = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
TENS = {
    word: 20 + 10 * place for place, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())
}
SCALES = {"dozen": 12, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
PARTS = {
    "half": 2, "halve": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
MULTIPLES = {"twice": 2, "thrice": 3, "double": 2, "triple": 3, "treble": 3, "quadruple": 4, "quintuple": 5}

_small = "|".join(sorted([*ONES, *TENS], key=len, reverse=True))
_scale = "|".join(SCALES)
# "twenty-one", "two hundred and fifty", "a thousand", "half a million"
_first = rf"(?:(?:half )?an? (?:{_scale})|{_small}|{_scale})\b"
SPELLED = (
    rf"{_first}(?:(?:[ -]|(?<=hundred) and |(?<=thousand),? and )(?:{_scale}|{_small})\b(?![ -]?(?:shot|fold|times)))*"
)
# "hundreds", "tens of thousands", "tens billion"
VAGUE = r"(?:ten|dozen|hundred|thousand|million|billion|trillion)s(?:(?: of)? (?:thousand|million|billion|trillion)s?)?"


def read_spelled(text: str) -> Fraction | None:
    """Return the value of a number in words, or None if the words do not make one number."""
    words = [word for word in re.split(r"[ ,-]+", text.lower()) if word not in {"and", ""}]
    share = Fraction(1)
    if words[:1] == ["half"]:
        share, words = Fraction(1, 2), words[1:]
    if words[:1] in (["a"], ["an"]):
        words = ["one", *words[1:]]
    total, group, last = 0, 0, 10**15
    for word in words:
        if word in SCALES:
            scale = SCALES[word]
            if scale <= 100:
                group = (group or 1) * scale
            else:
                total, group = total + (group or 1) * scale, 0
            last = scale
        else:
            value = ONES.get(word, TENS.get(word, 0))
            if (last < 20) or (last < 100 and value >= 10):
                return None
            group, last = group + value, value if value < 20 else 99
    return share * (total + group)


def read_vague(text: str) -> Fraction:
    """Return the value of a word for a magnitude: "tens of thousands" is 10,000."""
    value = Fraction(1)
    for word in text.lower().replace(" of ", " ").split():
        value *= SCALES.get(word.removesuffix("s"), 10)
    return value


def read_part(text: str) -> Fraction:
    """Return a fraction in words as a percentage: "two thirds" is 200/3."""
    words = re.split(r"[ -]+", text.lower())
    count = ONES.get(words[0], 1) if len(words) > 1 else 1
    name = words[-1]
    for ending in ("", "s", "d", "ing", "ves", "ved", "ving"):
        for part, parts in PARTS.items():
            if name in (part + ending, part.removesuffix("e") + ending, part.removesuffix("f") + ending):
                return Fraction(100 * count, parts)
    raise ValueError(text)
