"""Compare an answer with what is known: what it adds, and what it contradicts. Known values are never changed."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from litbook.commands.fetch.proof import is_same_person
from litbook.commands.fetch.service import FIELDS, Values
from litbook.text.identifiers import ID_FIELDS, read_identifier

# Years by which a preprint may precede its publication without the two contradicting each other.
_LEAD = 3
# Values that describe one event: if one of them is contradicted, the others are not added either.
_PARTNERS = (frozenset({"year", "published"}), frozenset({"venue", "venue_year"}))
# NeurIPS takes four letters of a word; a longer beginning is hardly an abbreviation.
_LONGEST_BEGINNING = 5
_EMPTY_WORDS = frozenset("of the on in and for proceedings conference international annual meeting".split())


def compare(known: Values, found: Values) -> tuple[dict[str, object], list[tuple[str, object, object]]]:
    """Return the values that an answer adds, and the fields that it contradicts, each with known and found value."""
    offered = _date(known, found)
    against = [field for field in FIELDS if field in offered and field in known and not _agree(field, known, offered)]
    new = {field: offered[field] for field in FIELDS if field in offered and field not in known}
    for partners in _PARTNERS:
        if partners & set(against):
            new = {field: value for field, value in new.items() if field not in partners}
    year = known.get("year", new.get("year"))
    if str(new.get("published", ""))[:4] != str(year):
        new.pop("published", None)  # It dates another event than `year` does.
    return new, [(field, known[field], offered[field]) for field in against]


def _date(known: Values, found: Values) -> dict[str, object]:
    """Decide whether an ambiguous date can be used.

    `issued` may be the date of the preprint or of the publication, so it counts only for works without a preprint.
    """
    offered = dict(found)
    issued = str(offered.pop("issued", ""))
    if issued and "year" not in offered and not (known.get("arxiv_id") or offered.get("arxiv_id")):
        offered["year"], offered["published"] = int(issued[:4]), issued
    if len(str(offered.get("published", ""))) == 4:
        offered.pop("published")  # A year alone adds nothing to `year`.
    return offered


def _agree(field: str, known: Values, found: Values) -> bool:
    one, other = known[field], found[field]
    if field == "authors":
        return _agree_on_authors(one, other)
    if field == "year":
        return _agree_on_year(known, other)
    if field == "venue":
        return is_same_venue(str(one), str(other))
    if field in ID_FIELDS:
        # An invalid identifier, such as arXiv's own DOI in place of a publication's, cannot be contradicted.
        return read_identifier(field, one).casefold() in {"", str(other).casefold()}
    # Titles and abstracts vary between versions of a paper; `proof` has compared them already.
    return field in {"title", "abstract"} or one == other or _agree_loosely(field, str(one), str(other))


def _agree_loosely(field: str, one: str, other: str) -> bool:
    if field == "published":
        return one[:4] != other[:4] or one.startswith(other) or other.startswith(one)
    return field.endswith("_url") and _bare_address(one) == _bare_address(other)


def _agree_on_authors(known: object, found: object) -> bool:
    """Return whether everyone in the shorter list of authors is also in the longer one."""
    lists = [[str(name) for name in value] if isinstance(value, (list, tuple)) else [] for value in (known, found)]
    short, long = sorted(lists, key=len)
    return all(any(is_same_person(one, other) for other in long) for one in short)


def _agree_on_year(known: Values, year: object) -> bool:
    if not isinstance(year, int):
        return True
    years = [value for value in (known.get("year"), known.get("venue_year")) if isinstance(value, int)]
    return any(0 <= own - year <= _LEAD for own in years)


def is_same_venue(one: str, other: str) -> bool:
    """Return whether two names may be the same venue: most words in common, or one abbreviates the other."""
    words, other_words = _words(one), _words(other)
    telling, other_telling = set(words) - _EMPTY_WORDS, set(other_words) - _EMPTY_WORDS
    fewest = min(len(telling), len(other_telling))
    if len(telling & other_telling) * 2 > fewest or not fewest:
        return True
    pairs = [(short, other_words) for short in _short_names(one)] + [(short, words) for short in _short_names(other)]
    return any(_abbreviates(short, long) for short, long in pairs)


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", name.casefold())


def _short_names(name: str) -> list[str]:
    """Return the words with several capitals, such as ICLR and NeurIPS."""
    return [word.casefold() for word in re.findall(r"[A-Z][A-Za-z]*[A-Z]", name)]


def _abbreviates(short: str, words: list[str]) -> bool:
    """Return whether a short name consists of beginnings of some of the words, in their order."""
    ends = {0}
    for word in words:
        ends |= {
            end + length
            for end in ends
            for length in range(1, _LONGEST_BEGINNING + 1)
            if len(word) >= length and short[end : end + length] == word[:length]
        }
    return len(short) in ends


def _bare_address(address: object) -> str:
    parts = urlsplit(str(address).casefold())
    path = parts.path.rstrip("/").removesuffix(".git").removesuffix("/index.html")
    return f"{parts.netloc.removeprefix('www.')}{path}?{parts.query}"
