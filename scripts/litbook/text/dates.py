"""Format dates for readers."""

from __future__ import annotations

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip


def say_date(day: str) -> str:
    """Return "2 January 2031" for "2031-01-02", "January 2031" for "2031-01" and "2031" for "2031"."""
    year, month, date = (*day.split("-"), "", "")[:3]
    return " ".join(filter(None, [date and str(int(date)), month and _MONTHS[int(month) - 1], year]))
