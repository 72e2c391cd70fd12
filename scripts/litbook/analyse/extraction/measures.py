"""Units of measure in running text, and the numbers before them, as abstracts write both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from litbook.text.numbers import PERCENT, find_numbers

# How texts write a unit; the first spelling names it. What is not here, such as "participants", counts things.
_SPELLINGS = (
    "%|percent|per cent|pct",
    "mg|milligram|milligrams",
    "g|gram|grams",
    "kg|kilogram|kilograms",
    "µg|μg|mcg|microgram|micrograms",
    "ml|mL|millilitre|millilitres|milliliter|milliliters",
    "l|L|litre|litres|liter|liters",
    "mm|millimetre|millimetres|millimeter|millimeters",
    "cm|centimetre|centimetres|centimeter|centimeters",
    "m|metre|metres|meter|meters",
    "km|kilometre|kilometres|kilometer|kilometers",
    "ms|millisecond|milliseconds",
    "s|sec|second|seconds",
    "min|mins|minute|minutes",
    "h|hr|hrs|hour|hours",
    "day|days|d",
    "week|weeks|wk|wks",
    "month|months|mo",
    "year|years|yr|yrs|y",
    "mmHg|mm Hg",
    "mmol/L|mmol/l",
    "°C|C|degrees Celsius",
    "kcal",
    "Hz",
    "dB",
    "MB",
    "GB",
    "LOC|lines of code",
)
_UNITS = {spelling: group.split("|")[0] for group in _SPELLINGS for spelling in group.split("|")}
# Abstracts of some journals print a raised point ("0·72"); a minus may be a hyphen, a dash or the sign itself.
_NUMBER = re.compile(
    r"(?<![\w.,·])(?P<sign>(?<![\w)%])[-−–‐](?=\d|[.·]\d))?"
    r"(?P<digits>\d{1,3}(?:[,\u2009\u202f\u00a0 ]\d{3})+(?![\d])(?:[.·]\d+)?|\d+(?:[.·]\d+)?|[.·]\d+)"
)
_LETTERS = sorted(_UNITS, key=len, reverse=True)
# Not the unit of "64 second-year students".
_UNIT = re.compile(
    rf"[\s\u00a0\u2009\u202f-]?(?P<unit>{'|'.join(map(re.escape, _LETTERS))})(?![A-Za-z])(?<!second(?=-))"
)
_SCALE = re.compile(r"\d[ -]?(?:[KkMBT]|bn|thousand|million|billion|trillion)\b")  # "1.2 million" is not 1.2
_RANGE = re.compile(r"\s?(?:[-–—]|to|and|or|,(?: and| or)?)\s?")


def name_unit(unit: str) -> str:
    """Return the unit of measure that a spelling means; a noun that counts things gives an empty string."""
    return _UNITS.get(unit) or _UNITS.get(unit.lower(), "")


def read_number(text: str) -> tuple[Fraction, str] | None:
    """Return the number that a text consists of, and what follows it, such as a unit; None if it is not a number."""
    match = _NUMBER.match(text.strip())
    return (_value(match), text.strip()[match.end() :].strip()) if match else None


@lru_cache(maxsize=1 << 12)
def find_measures(text: str) -> tuple[tuple[Fraction, str], ...]:
    """Return the numbers of a text, each with its unit of measure or an empty string.

    The numbers of a range or list have the unit of its last one: "10, 20 or 40 mg" holds 10 mg too. Numbers in words
    count as well, and 1.2 million is 1,200,000.
    """
    return tuple(dict.fromkeys(_find(text)))


def _find(text: str) -> Iterator[tuple[Fraction, str]]:
    matches = list(_NUMBER.finditer(text))
    units = [_unit_behind(text, match.end()) for match in matches]
    for at in range(len(matches) - 2, -1, -1):
        if not units[at] and _RANGE.fullmatch(text, matches[at].end(), matches[at + 1].start()):
            units[at] = units[at + 1]
    numbers = find_numbers(text)
    scaled = {number.start: number for number in numbers if _SCALE.search(text, number.start, number.figure)}
    for match, unit in zip(matches, units, strict=True):
        if match.start("digits") in scaled:
            continue
        yield _value(match), unit
        if match["sign"] and text[match.start()] != "−":  # a hyphen may join, as in "follow-up: -12" or "n-12"
            yield -_value(match), unit
    for number in numbers:
        if number.start in scaled or not text[number.start].isdigit():
            yield number.value, PERCENT if number.unit == PERCENT else _unit_behind(text, number.figure)


def has_unit_apart(text: str, unit: str) -> bool:
    """Return whether a text names a unit of measure elsewhere than behind a number, as in "age in years: 40"."""
    plain = text
    for match in reversed(list(_NUMBER.finditer(text))):
        if behind := _UNIT.match(text, match.end()):
            plain = plain[: behind.start()] + plain[behind.end() :]
    return any(name_unit(word) == unit for word in re.findall(r"[^\s\d()\[\],;:]+", plain))


def _value(match: re.Match[str]) -> Fraction:
    digits = re.sub(r"[,\u2009\u202f\u00a0 ]", "", match["digits"]).replace("·", ".")
    value = Fraction(f"0{digits}" if digits.startswith(".") else digits)
    return -value if match["sign"] else value


def _unit_behind(text: str, end: int) -> str:
    match = _UNIT.match(text, end)
    return _UNITS[match["unit"]] if match else ""
