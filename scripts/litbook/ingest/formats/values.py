"""The values of exported fields: text in one line, names as they are shown, dates as far as they are known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from litbook.ingest.formats.mojibake import repair_controls
from litbook.text.repair import normalise

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)"
_NUMERIC = re.compile(rf"\s*({_YEAR})(?:[-/.](\d{{1,2}})(?:[-/.](\d{{1,2}}))?)?(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?!\d)")  # "Start date: 20170812"
_MONTH = re.compile(
    r"(?<![a-z])(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?(?![a-z])",
    re.IGNORECASE,
)
_DAY_AFTER = re.compile(r"[\s~,/-]{0,3}(\d{1,2})(?:st|nd|rd|th)?(?![\d-])")
_DAY_BEFORE = re.compile(r"(?<![\d-])(\d{1,2})(?:st|nd|rd|th)?\.?[\s~-]{1,3}$")
_GENERATION = re.compile(r"(?:jr|sr|[ivx]{2,4})\.?", re.IGNORECASE)
# "Doe JA" and "Doe J.A.".
INITIALS_BEHIND = re.compile(
    r"(?P<family>\S.*?\S|\S) (?P<given>[^\W\d_a-z]{1,3}|(?:[A-ZÀ-ÖØ-ÞĀ-Ž][a-z]?\.[ -]?){1,5})(?: (?P<tail>Jr|Sr)\.?)?"
)


def one_line(text: str) -> str:
    """Return a text in one line with single spaces; bytes that were no text are shown as replacement characters."""
    return normalise(text if text.isascii() else re.sub("[\ud800-\udfff]+", "\ufffd", repair_controls(text)))


def show_name(name: str) -> str:
    """Return "Given Family" for "Family, Given" and "Family, Given, Jr."; a name without commas stays as it is."""
    parts = [part.strip() for part in one_line(name).split(",")]
    parts = [part for part in parts if part]
    if len(parts) > 2 and _GENERATION.fullmatch(parts[1]):
        parts = [parts[0], *parts[2:], parts[1]]
    return " ".join([*parts[1:2], *parts[:1], *parts[2:]])


def read_date(text: str) -> str | None:
    """Return a date as "2023", "2023-10" or "2023-10-25", as far as a text states it, or nothing without a year."""
    text = text[:200]
    year = re.search(_YEAR, text)
    if not year:
        compact = _COMPACT.search(text)
        return _make_date(compact[1], int(compact[2]), int(compact[3])) if compact else None
    numeric = _NUMERIC.match(text)
    if numeric and numeric[2]:
        return _make_date(numeric[1], int(numeric[2]), int(numeric[3] or 0))
    month = _MONTH.search(text)
    if not month:
        return year[0]
    number = _MONTHS.index(month[1][:3].lower()) + 1
    day = _DAY_BEFORE.search(text[: month.start()]) or _DAY_AFTER.match(text, month.end())
    return _make_date(year[0], number, int(day[1]) if day else 0)


def _make_date(year: str, month: int, day: int) -> str:
    """Return a date without the parts that no calendar has."""
    if not 1 <= month <= 12:
        return year
    try:
        return date(int(year), month, day).isoformat()
    except ValueError:
        return f"{year}-{month:02d}"


def latest_known(dates: Iterable[str | None]) -> str | None:
    """Return the first date, or the first of the same year that says more."""
    known = [found for found in dates if found]
    same = [found for found in known if found[:4] == known[0][:4]]
    return max(same, key=len) if same else None


def keep_others(fields: Iterable[tuple[str, str]], used: Iterable[str]) -> Mapping[str, str]:
    """Return the fields with a value whose names are not among those used up; values of one name are joined."""
    gone = frozenset(used)
    kept: dict[str, str] = {}
    for name, value in fields:
        if value and name not in gone:
            kept[name] = f"{kept[name]}; {value}" if name in kept else value
    return kept
