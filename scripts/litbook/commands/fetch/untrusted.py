"""Read values out of answers that nobody vouches for: the type is checked, the size bounded, only plain text is kept.

What is not of the wanted kind is absent. Nothing is cut short: half a value would be a false one.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import urlsplit

LONGEST_TITLE = 1_000
LONGEST_NAME = 200
LONGEST_ABSTRACT = 20_000
_LONGEST_ADDRESS = 500
_MOST_NAMES = 5_000
# Overrides of the writing direction make a text read otherwise than it is stored.
_UNSEEN = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0x200E, 0x200F, 0xFEFF])
_TAG = re.compile(r"<[/!?]?[A-Za-z][^<>]{0,300}>")
_DATE = re.compile(r"((?:1[5-9]|20)\d\d)(?:-(0[1-9]|1[0-2]))?(?![\d])")


def dig(value: object, *path: str | int) -> object:
    """Follow keys and positions into an answer, and return None where the way ends."""
    for step in path:
        if isinstance(value, dict) and isinstance(step, str):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def read_list(value: object) -> list[object]:
    """Return a list as it is, and anything else as an empty one."""
    return value if isinstance(value, list) else []


def read_text(value: object, longest: int) -> str:
    """Return a text in one line without control characters; the empty string if it is no text, or too long a one."""
    if not isinstance(value, str) or len(value) > longest:
        return ""
    shown = (" " if unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"} else letter for letter in value)
    return " ".join("".join(shown).translate(_UNSEEN).split())


def read_markup(value: object, longest: int) -> str:
    """Return the text of a value in HTML or JATS, such as Crossref's titles and abstracts."""
    if not isinstance(value, str) or len(value) > longest * 2:
        return ""
    bare = _TAG.sub(lambda tag: " " if re.match(r"</?(jats:)?(p|title|sec|br|list)", tag[0]) else "", value)
    # Some depositors escape twice.
    return read_text(html.unescape(html.unescape(bare)), longest)


def read_names(values: Iterable[object]) -> list[str]:
    """Return people's names; all or none, for a list with holes names the wrong people."""
    names = [read_text(value, LONGEST_NAME) for value in values]
    return names if all(names) and len(names) <= _MOST_NAMES else []


def read_number(value: object, low: int, high: int) -> int | None:
    """Return a whole number between two bounds."""
    return value if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high else None


def read_year(value: object) -> int | None:
    """Return a year in which a paper can have appeared."""
    return read_number(value, 1500, 2100)


def read_date(value: object) -> str:
    """Return the year and month of an ISO date, as `facts.jsonl` keeps them, or the year alone."""
    found = _DATE.match(value) if isinstance(value, str) else None
    return "-".join(part for part in found.groups() if part) if found else ""


def read_date_parts(value: object) -> str:
    """Return the year and month of Crossref's `{"date-parts": [[2031, 2, 7]]}`."""
    year, month = (dig(value, "date-parts", 0, place) for place in (0, 1))
    if read_year(year) is None:
        return ""
    return f"{year}-{month:02d}" if isinstance(month, int) and read_number(month, 1, 12) else str(year)


def read_address(value: object) -> str:
    """Return a web address with http or https; no other scheme, no password and no space gets through."""
    if not isinstance(value, str) or len(value) > _LONGEST_ADDRESS or not re.fullmatch(r"[!#-;=?-\[\]_a-z~]+", value):
        return ""
    try:
        parts = urlsplit(value)
        sound = parts.scheme in {"http", "https"} and "." in (parts.hostname or "") and parts.username is None
    except ValueError:
        return ""
    return value if sound else ""
