"""Facts about the site as a whole: title, author, address, and an id that distinguishes it from other reviews."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

UNKNOWN = "1970-01-01"


@dataclass(frozen=True, slots=True)
class Site:
    """What feeds and metadata say about the site; `address` is its base URL, or empty if unknown."""

    title: str
    author: str
    address: str = ""


def identify_review(first_seen: Mapping[str, str]) -> str:
    """Return an id that distinguishes this review from others permanently: a date and a digest.

    Both come from the oldest entry of the ledger, which never changes; later entries have later dates. `first_seen`
    maps citekeys to ISO dates.
    """
    days = ((check_date(day), key) for key, day in first_seen.items())
    day, citekey = min(days, default=(UNKNOWN, ""))
    return f"{day}:{hashlib.sha256(citekey.encode()).hexdigest()[:12]}"


def check_date(text: str) -> str:
    """Return `text` if it is an ISO date, else the date `UNKNOWN`."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return UNKNOWN
