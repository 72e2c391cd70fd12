"""Dates as references have them: of any precision, ranges, seasons, and words that are not dates."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from litbook.ingest.formats.fields import entries, mapping, one_line
from litbook.ingest.formats.values import read_date
from litbook.model.reference import DateParts, PartialDate

# The forms of ISO 8601-2 (EDTF) that biblatex knows: "2001-03/2001-04", "1999~", "2004-21" for a season.
_EDTF = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?([~?%]?)(?:\s*/\s*(?:(\d{4})(?:-(\d\d)(?:-(\d\d))?)?[~?%]?)?)?")
_SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
_SEASON = re.compile(r"(?<![a-z])(spring|summer|autumn|fall|winter)(?![a-z])", re.IGNORECASE)
_CIRCA = re.compile(r"^\W*(?:c\.|ca\.?|circa|around|about)\s", re.IGNORECASE)
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_MONTHS = re.compile(rf"(?<![a-z]){_MONTH}\s*(?:/|-+|–|—)\s*{_MONTH}(?![a-z])", re.IGNORECASE)
_NUMBERS = {
    name: at
    for at, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}  # fmt: skip


def split_iso(iso: str) -> DateParts:
    """Return (2001, 3, 5) for "2001-03-05", and as many parts of a shorter date."""
    return tuple(map(int, iso.split("-")))


def make_partial(iso: str | None) -> PartialDate | None:
    """Return a date of the form that records have, or nothing."""
    return PartialDate(split_iso(iso)) if iso else None


def read_partial(text: str) -> PartialDate | None:
    """Return what a text says of a date; what is not a date becomes the literal one, and no text gives none."""
    text = " ".join(text.split())
    if edtf := _EDTF.fullmatch(text):
        return _read_edtf(edtf)
    iso = read_date(text)
    if not iso:
        return PartialDate(literal=text) if text else None
    season = _SEASON.search(text)
    start = split_iso(iso)
    months = _MONTHS.search(text)
    if months:
        first, last = _NUMBERS[months[1].lower()], _NUMBERS[months[2].lower()]
        return PartialDate((start[0], first), (start[0], last)) if first < last else PartialDate(start)
    number = _SEASONS[season[1].lower()] if season and len(start) == 1 else 0
    return PartialDate(start, season=number, circa=bool(_CIRCA.match(text)))


def _read_edtf(match: re.Match[str]) -> PartialDate:
    first, last = (tuple(int(part) for part in parts if part) for parts in (match.groups()[:3], match.groups()[4:]))
    season = first[1] - 20 if len(first) > 1 and 21 <= first[1] <= 24 else 0
    return PartialDate(
        _within_calendar(first), _within_calendar(last), season, circa=match[4] in ("~", "%", "?")
    )  # fmt: skip


def _within_calendar(parts: DateParts) -> DateParts:
    """Return a date without the parts that no calendar has."""
    if len(parts) > 1 and not 1 <= parts[1] <= 12:
        return parts[:1]
    return parts[:2] if len(parts) > 2 and not 1 <= parts[2] <= 31 else parts


def read_csl_date(value: object) -> PartialDate | None:
    """Return a date of CSL-JSON, also in its older forms: an object, or a list of objects, of year, month and day."""
    if isinstance(value, list):
        found = [date for date in map(read_csl_date, value[:2]) if date]
        return PartialDate(found[0].start, found[1].start) if len(found) > 1 else next(iter(found), None)
    date = mapping(value)
    if not date:
        return read_partial(one_line(value))
    given = entries(date.get("date-parts"))
    parts = [_read_numbers(item) for item in given if isinstance(item, list)] or [_read_numbers(given)]
    if not parts[0] and "year" in date:
        parts = [_read_numbers([date.get(name) for name in ("year", "month", "day")])]
    if parts[0]:
        return PartialDate(parts[0], parts[1] if len(parts) > 1 else (), _read_season(date), _is_circa(date))
    return next(filter(None, map(_read_value, date.values())), None)


def _read_value(value: object) -> PartialDate | None:
    """Return the date in a value of an object without parts: a text, whole parts in one text, or an object again."""
    if isinstance(value, dict):
        return read_csl_date(value)
    if isinstance(value, list):
        return next(filter(None, map(_read_value, value)), None)
    return read_partial(value) if isinstance(value, str) else _read_milliseconds(value)


def _read_milliseconds(value: object) -> PartialDate | None:
    """Return the day of a number of milliseconds since 1970."""
    if not isinstance(value, int) or not 10**11 < value < 10**13:
        return None
    return make_partial(datetime.fromtimestamp(value / 1000, UTC).date().isoformat())


def _read_season(date: Mapping[str, object]) -> int:
    """Return the number of a season, which is given as a number, a number in quotes, or a word."""
    text = one_line(date.get("season")).lower()
    return _SEASONS.get(text, int(text) if text in ("1", "2", "3", "4") else 0)


def _is_circa(date: Mapping[str, object]) -> bool:
    return date.get("circa") not in (None, False, "", 0, "false", "0")


def _read_numbers(values: Sequence[object]) -> DateParts:
    numbers: list[int] = []
    for value in values[:3]:
        text = one_line(value).strip()
        if not re.fullmatch(r"-?\d{1,4}", text, re.ASCII) or int(text) == 0:
            break
        numbers.append(int(text))
    return _within_calendar(tuple(numbers))
