"""What is known of the site as a whole: its title, its address, and the name that tells it from other reviews."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

UNKNOWN = "1970-01-01"


@dataclass(frozen=True, slots=True)
class Site:
    """Know what a feed says of the site: its title, who makes it, and its address or the empty string."""

    title: str
    author: str
    address: str = ""


def identify_review(first_seen: Mapping[str, str]) -> str:
    """Return what tells this review from others for ever: a day and a digest, of the oldest entry of its ledger.

    That entry never changes; newer ones are dated later.
    """
    days = ((check_date(day), key) for key, day in first_seen.items())
    day, citekey = min(days, default=(UNKNOWN, ""))
    return f"{day}:{hashlib.sha256(citekey.encode()).hexdigest()[:12]}"


def check_date(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return UNKNOWN
