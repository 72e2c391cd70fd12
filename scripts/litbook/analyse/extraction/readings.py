"""Read the values of each kind of column, and hold them to their quotations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from litbook.analyse.extraction.measures import find_measures, has_unit_apart, name_unit, read_number
from litbook.model.extraction import CHOICE, INTERVAL, NOT_REPORTED, NUMBER, TEXT, YES_NO, Column, Effect, Extracted
from litbook.model.faults import nearest

Problem = tuple[str, str]
Reading = tuple[Extracted, list[Problem]]

_FORM = "write estimate and limits as 0.72 (0.58 to 0.89)"
_SIGNED = r"[-−–+]?\s?(?:\d+(?:[.·]\d+)?|[.·]\d+)"
_EFFECT = re.compile(
    rf"(?P<estimate>{_SIGNED})\s?%?\s?[([]\s?(?:\d\d\s?%\s?(?:CI|CrI)[:,]?\s?)?"
    rf"(?P<low>{_SIGNED})\s?%?\s?(?:to|,|;|[-–—])\s?(?P<high>{_SIGNED})\s?%?\s?[)\]]",
    re.IGNORECASE,
)
_MOST_NEAREST = 3


def read_value(column: Column, row: Extracted) -> Reading:
    """Return a row with its value read, and what is wrong with it."""
    if row.value == NOT_REPORTED:
        return row, []
    return _READERS[column.kind](column, row)


def _read_text(column: Column, row: Extracted) -> Reading:
    """Hold the numbers of a text to the quotation; its words may differ."""
    there = {value for value, _ in find_measures(row.quote)}
    missing = [value for value, _ in find_measures(row.value) if value not in there and -value not in there]
    return row, [_report_missing(column, value, row) for value in missing[:1]]


def _read_choice(column: Column, row: Extracted) -> Reading:
    known = {name.casefold(): name for name in column.names}
    name = known.get(row.value.casefold())
    if name is None:
        remedy = nearest(row.value, column.names) or f"use one of {', '.join(column.names)}"
        return row, [(f"unknown choice '{row.value}' of '{column.id}'", remedy)]
    row = replace(row, value=name)
    words = next((choice.words for choice in column.choices if choice.name == name), ())
    if words and not any(_holds_word(row.quote, word) for word in words):
        what = f"the quotation for '{name}' of '{column.id}' holds none of {', '.join(words)}"
        return row, [(what, "quote the words that say so, or add their word to the choice in extraction.yml")]
    return row, []


def _holds_word(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}", text, re.IGNORECASE) is not None


def _read_number(column: Column, row: Extracted) -> Reading:
    read = read_number(row.value)
    if read is None:
        remedy = f"write a number, or '{NOT_REPORTED}' where the paper does not say"
        return row, [(f"invalid number '{row.value}' of '{column.id}'", remedy)]
    value, unit = read
    if unit and not _is_same_unit(unit, column.unit):
        has = f"the column's unit is {column.unit}" if column.unit else "the column has no unit"
        return row, [(f"unit '{unit}' of '{column.id}', but {has}", "convert the number, or correct the unit")]
    row = replace(row, number=value, value=row.value.removesuffix(unit).strip())
    return row, list(_check_numbers(column, row, [value])) or list(_check_unit(column, row, value))


def _is_same_unit(one: str, other: str) -> bool:
    return one == other or bool(name_unit(one) and name_unit(one) == name_unit(other))


def _check_numbers(column: Column, row: Extracted, values: Sequence[Fraction]) -> Iterator[Problem]:
    """Yield the first number that the quotation does not hold."""
    there = {value for value, _ in find_measures(row.quote)}
    missing = [value for value in values if value not in there]
    if missing:
        yield _report_missing(column, missing[0], row)


def _report_missing(column: Column, value: Fraction, row: Extracted) -> Problem:
    there = sorted({number for number, _ in find_measures(row.quote)}, key=lambda number: abs(number - value))
    has = ", ".join(say_number(number) for number in there[:_MOST_NEAREST])
    remedy = f"it has {has}; correct the value or the quotation" if has else "it has no number: quote the words with it"
    return f"the quotation does not hold the number {say_number(value)} of '{column.id}'", remedy


def say_number(value: Fraction) -> str:
    """Return a number as people write it."""
    return f"{float(value):.10g}"


def _check_unit(column: Column, row: Extracted, value: Fraction) -> Iterator[Problem]:
    """Yield a problem if the quotation gives the number another unit than the column has."""
    wanted = name_unit(column.unit)
    found = {unit for number, unit in find_measures(row.quote) if number == value}
    if wanted in found or (wanted and "" in found and has_unit_apart(row.quote, wanted)):
        return
    others = sorted(found - {""})
    if others:
        has = f"the unit of '{column.id}' is {column.unit}" if column.unit else f"'{column.id}' has no unit"
        what = f"the quotation says {say_number(value)} {others[0]}, but {has}"
        yield what, "convert the number in a note, or correct the value"
    elif wanted:
        yield f"the quotation does not hold the unit {column.unit} of '{column.id}'", "quote the words with the unit"


def _read_interval(column: Column, row: Extracted) -> Reading:
    match = _EFFECT.fullmatch(row.value)
    if match is None:
        return row, [(f"invalid effect '{row.value}' of '{column.id}'", _FORM)]
    low, estimate, high = (_read_signed(match[name]) for name in ("low", "estimate", "high"))
    if not low <= estimate <= high:
        return row, [(f"the estimate of '{row.value}' is not between its limits", "copy the three numbers again")]
    if column.null == 1 and low <= 0:
        return row, [(f"'{row.value}' is not a {column.unit}: a ratio is above 0", "correct the value or the unit")]
    row = replace(row, effect=Effect(estimate, low, high))
    there = {value for value, _ in find_measures(row.quote)}
    missing = [value for value in (estimate, low, high) if value not in there]
    return row, [_report_missing(column, missing[0], row)] if missing else []


def _read_signed(text: str) -> Fraction:
    plain = re.sub(r"[\s+]", "", re.sub("[−–]", "-", text)).replace("·", ".")
    return Fraction(plain.replace("-.", "-0.") if not plain.startswith(".") else f"0{plain}")


_READERS: Mapping[str, Callable[[Column, Extracted], Reading]] = {
    TEXT: _read_text,
    NUMBER: _read_number,
    CHOICE: _read_choice,
    YES_NO: _read_choice,
    INTERVAL: _read_interval,
}
