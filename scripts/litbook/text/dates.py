"""Read the dates that people write in the hand-kept files, and format them for readers."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip


def say_date(day: str) -> str:
    """Return "2 January 2031" for "2031-01-02", "January 2031" for "2031-01" and "2031" for "2031"."""
    year, month, on = (*day.split("-"), "", "")[:3]
    return " ".join(filter(None, [on and str(int(on)), month and _MONTHS[int(month) - 1], year]))


_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_OTHERS = (  # forms that leave no doubt which number is the month
    re.compile(r"(?P<day>\d{1,2})\.\s*(?P<month>\d{1,2})\.\s*(?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})[./](?P<month>\d{1,2})[./](?P<day>\d{1,2})"),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ].*)?"),
)


def is_date(text: str) -> bool:
    """Return whether a text is a date of the form 2031-12-24."""
    try:
        return bool(_DATE.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def advise_date(text: str) -> str:
    """Return what to write instead of an invalid date: the same day where that is certain, or else the form."""
    for form in _OTHERS:
        if match := form.fullmatch(text.strip()):
            known = f"{match['year']}-{int(match['month']):02}-{int(match['day']):02}"
            if is_date(known):
                return f"write {known}"
    return "write year-month-day, as in 2031-12-24"
