"""Read values from untrusted answers: types are checked, sizes bounded, and only plain text is kept.

A value of the wrong type or size counts as absent. Nothing is truncated: half a value would be wrong.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from urllib.parse import urlsplit

LONGEST_TITLE = 1_000
LONGEST_NAME = 200
LONGEST_ABSTRACT = 20_000
_LONGEST_ADDRESS = 500
_MOST_NAMES = 5_000
# Direction overrides and invisible characters: they can make text read differently from what is stored.
_UNSEEN = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0x200E, 0x200F, 0xFEFF])
_TAG = re.compile(r"<[/!?]?[A-Za-z][^<>]{0,300}>")
_DATE = re.compile(r"((?:1[5-9]|20)\d\d)(?:-(0[1-9]|1[0-2]))?(?![\d])")


def dig(value: object, *path: str | int) -> object:
    """Follow keys and positions into an answer; return None if the path does not exist."""
    for step in path:
        if isinstance(value, dict) and isinstance(step, str):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def read_list(value: object) -> list[object]:
    """Return a list unchanged, and an empty one for anything else."""
    return value if isinstance(value, list) else []


def read_text(value: object, longest: int) -> str:
    """Return text on one line without control characters, or an empty string if it is not text or too long."""
    if not isinstance(value, str) or len(value) > longest:
        return ""
    shown = (" " if unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"} else letter for letter in value)
    return " ".join("".join(shown).translate(_UNSEEN).split())


def read_markup(value: object, longest: int) -> str:
    """Return the text of HTML or JATS markup, as in Crossref's titles and abstracts."""
    if not isinstance(value, str) or len(value) > longest * 2:
        return ""
    bare = _TAG.sub(lambda tag: " " if re.match(r"</?(jats:)?(p|title|sec|br|list)", tag[0]) else "", value)
    # Twice, since some depositors escape twice.
    return read_text(html.unescape(html.unescape(bare)), longest)


def read_names(values: Iterable[object]) -> list[str]:
    """Return people's names, or none at all if one is invalid: a list with gaps would be wrong."""
    names = [read_text(value, LONGEST_NAME) for value in values]
    return names if all(names) and len(names) <= _MOST_NAMES else []


def read_number(value: object, low: int, high: int) -> int | None:
    """Return a whole number within bounds (inclusive), else None."""
    return value if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high else None


def read_year(value: object) -> int | None:
    """Return a plausible year of publication (1500 to 2100), else None."""
    return read_number(value, 1500, 2100)


def read_date(value: object) -> str:
    """Return year and month of an ISO date ("2031-02"), as `facts.jsonl` stores dates, or the year alone."""
    found = _DATE.match(value) if isinstance(value, str) else None
    return "-".join(part for part in found.groups() if part) if found else ""


def read_day(value: object) -> str:
    """Return an ISO date as precise as an answer gives it, or an empty string.

    Reads Crossref's `{"date-parts": [[2031, 2, 7]], "date-time": "2031-02-07T00:00:00Z"}`, and a time as text. What is
    not a day of the calendar counts as absent.
    """
    parts = read_list(dig(value, "date-parts", 0))
    if parts and all(isinstance(part, int) for part in parts):
        text = "-".join(f"{part:0{2 if at else 4}d}" for at, part in enumerate(parts[:3]))
    else:
        given = value if isinstance(value, str) else dig(value, "date-time")
        text = given[:10] if isinstance(given, str) else ""
    try:
        date.fromisoformat(text + "-01-01"[: 10 - len(text)] if len(text) in {4, 7} else text)
    except ValueError:
        return ""
    return text if read_year(int(text[:4])) else ""


def read_date_parts(value: object) -> str:
    """Return year and month of Crossref's `{"date-parts": [[2031, 2, 7]]}`, or the year alone."""
    year, month = (dig(value, "date-parts", 0, place) for place in (0, 1))
    if read_year(year) is None:
        return ""
    return f"{year}-{month:02d}" if isinstance(month, int) and read_number(month, 1, 12) else str(year)


def read_address(value: object) -> str:
    """Return an http or https address; anything with another scheme, credentials or spaces gives an empty string."""
    if not isinstance(value, str) or len(value) > _LONGEST_ADDRESS or not re.fullmatch(r"[!#-;=?-\[\]_a-z~]+", value):
        return ""
    try:
        parts = urlsplit(value)
        sound = parts.scheme in {"http", "https"} and "." in (parts.hostname or "") and parts.username is None
    except ValueError:
        return ""
    return value if sound else ""
