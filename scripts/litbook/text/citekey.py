"""Citekeys in the style `hansen2023tdmpc2`, and the sketches by which an edited record is recognised."""

from __future__ import annotations

import hashlib
import re
import struct
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from anyascii import anyascii

from litbook.core.names import is_reserved
from litbook.model.reference import PersonName
from litbook.model.review import LedgerEntry
from litbook.text.person_names import guess_name, split_name

SKETCH_SIZE = 32
_MOST_SKETCHES = 1 << 15  # cached: each abstract is compared with several ledger entries
_MOST_TITLES = 1 << 16  # cached: a title is compared under several aspects
_MOST_NAMES = 1 << 16  # cached: an author has several papers, and each paper several candidates
_SHORTEST_DAMAGED = 4
_SHORTEST_MISSPELT, _NEARLY_NAME = 5, 0.88  # Golding and Goldring, not Miller and Muller
_EMPTY_SKETCH = "-"
_NOT_ALNUM = re.compile(r"[\W_]+")
_NO_ASCII = re.compile(r"[^\x00-\x7f]+")
_NO_WORD_SIGN = re.compile(r"[^a-z0-9]")
_BETWEEN_WORDS = re.compile(r"[\s:;,/—–]+")
_AFTER_VOWEL = re.compile("(?<=[aou])e")
_ROW = f">{SKETCH_SIZE}H"
_STOP_WORDS = frozenset(
    "a an and are as at be by can do does for from how if in into is it its of on or our over than that the their this "
    "to toward towards via we what when where which who why with without".split()
)
_LATIN = re.compile(r"[\x00-\u024f\u1e00-\u1eff\u2010-\u2019]*")
_PIECES_WITHOUT_AUTHOR = 3
# In scripts without spaces a word can be a whole title, but a citekey must fit in a file name.
_LONGEST_PIECE = 30


def make_citekey(title: str, authors: Sequence[PersonName | str], year: int | None) -> str:
    """Return family name, year and first significant word of the title, in lower-case ASCII letters and digits.

    If author or year is unknown, three words of the title are used: a citekey never states what is not known. Without
    any of these it is "untitled".
    """
    first = authors[0] if authors else ""
    family = family_name(first) if isinstance(first, str) else key_of_name(first)
    wanted = 1 if family and year else _PIECES_WITHOUT_AUTHOR
    key = family + (str(year) if year else "") + "".join(significant_words(title)[:wanted])
    return key or "untitled"


def family_name(author: str) -> str:
    """Return an author's family name without particles, in lower-case ASCII letters."""
    return key_of_name(guess_name(author))


def key_of_name(name: PersonName) -> str:
    """Return a family name as citekeys have it: without particles, in lower-case ASCII letters."""
    return _ascii(name.core)


def are_other_people(some: Collection[str], others: Collection[str]) -> bool:
    """Return whether two lists of authors certainly have no one in common; False if that is uncertain.

    A family name counts as shared if it occurs anywhere in a name of the other list. Only names in Latin letters are
    compared, since others are transliterated in several ways.
    """
    if not some or not others or not all(_LATIN.fullmatch(name) for name in (*some, *others)):
        return False
    return not _shares_family(some, others) and not _shares_family(others, some)


def are_misspelt(some: Collection[str], others: Collection[str]) -> bool:
    """Return whether two lists of authors have someone of the same initials and a family name spelt nearly alike."""
    known = {_shorten(name) for name in others}
    return any(
        initial == same and min(len(one), len(other)) >= _SHORTEST_MISSPELT and _is_nearly(one, other)
        for one, initial in map(_shorten, some)
        for other, same in known
    )


def _shorten(name: str) -> tuple[str, str]:
    """Return the family name as citekeys have it, and the initials of the given name and of the family name."""
    parts = split_name(name)
    family = _ascii(parts.last)
    return family, _ascii(parts.given)[:1] + family[:1]


def _is_nearly(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _NEARLY_NAME


def _shares_family(some: Iterable[str], others: Iterable[str]) -> bool:
    words = frozenset().union(*map(_parts_of_name, others))
    return any(not words.isdisjoint(_parts_of_family(name)) for name in some)


@lru_cache(maxsize=_MOST_NAMES)
def _parts_of_name(name: str) -> frozenset[str]:
    """Return the words of a name, split at hyphens; Müller, Mueller, Muller and the damaged "Mller" share one."""
    plain = name.replace("-", " ")
    words = {_AFTER_VOWEL.sub("", word) for word in significant_words(plain)}
    if plain.isascii():
        return frozenset(words)
    damaged = significant_words(_NO_ASCII.sub("", plain))
    return frozenset(words.union(word for word in damaged if len(word) >= _SHORTEST_DAMAGED))


@lru_cache(maxsize=_MOST_NAMES)
def _parts_of_family(name: str) -> frozenset[str]:
    return _parts_of_name(split_name(name).last)


def significant_words(title: str) -> list[str]:
    """Return the distinctive words of a title, in lower-case ASCII letters and digits; hyphens join words.

    A title of stop words alone gives all its words.
    """
    words = [_ascii(word) for word in _BETWEEN_WORDS.split(title)]
    kept = [word for word in words if word and word not in _STOP_WORDS]
    return kept or [word for word in words if word]


def _ascii(text: str) -> str:
    return _NO_WORD_SIGN.sub("", anyascii(text).lower())[:_LONGEST_PIECE]


class TakenKeys:
    """The citekeys of a review, to which new ones are added.

    Where each search would begin at the first letter again, a thousand works of one name would cost a million trials.
    """

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = set(keys)
        self._tried: dict[str, int] = {}

    def take(self, key: str) -> str:
        """Return and keep `key`, or the first of `keya`, … `keyz`, `keyaa`, … that is free and no name of a device."""
        number = self._tried.get(key, 0)
        candidate = key + _letters(number)
        while candidate in self._keys or is_reserved(candidate):
            number += 1
            candidate = key + _letters(number)
        self._tried[key] = number
        self._keys.add(candidate)
        return candidate


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


@lru_cache(maxsize=_MOST_TITLES)
def normalise_title(title: str) -> str:
    """Return a title in the form used for comparison: only letters and digits, case-folded, NFKC.

    Damage and markup (TeX commands, dollar signs, accent commands) do not count.
    """
    bare = re.sub(r"\\[a-zA-Z]+(?=\{)|\\[a-zA-Z]+\s*|\\.", "", title) if "\\" in title else title
    folded = unicodedata.normalize("NFKC", bare).casefold()
    return _NOT_ALNUM.sub("", folded) or folded.strip()


@lru_cache(maxsize=_MOST_SKETCHES)
def make_sketch(abstract: str) -> str:
    """Return a MinHash of the abstract's three-word shingles: 32 values of 16 bits, as 128 hexadecimal digits.

    The share of equal values in two sketches estimates the Jaccard similarity of the two sets of shingles (A. Z.
    Broder, "On the resemblance and containment of documents", 1997). An abstract without words gives "-".
    """
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", abstract).casefold())
    shingles = set(map(" ".join, zip(words, words[1:], words[2:], strict=False))) or {" ".join(words)} - {""}
    if not shingles:
        return _EMPTY_SKETCH
    digests = [hashlib.blake2b(shingle.encode("utf-8", "replace")).digest() for shingle in shingles]  # 64 bytes each
    values = struct.unpack(f">{SKETCH_SIZE * len(digests)}H", b"".join(digests))
    return struct.pack(_ROW, *(min(values[at::SKETCH_SIZE]) for at in range(SKETCH_SIZE))).hex()


def compare_sketches(one: str, other: str) -> float:
    """Estimate how similar two abstracts are, from 0 (nothing shared, or one is missing) to 1 (the same words)."""
    if _EMPTY_SKETCH in (one, other):
        return 0.0
    equal = sum(one[at : at + 4] == other[at : at + 4] for at in range(0, SKETCH_SIZE * 4, 4))
    return equal / SKETCH_SIZE


def is_same_work(one: LedgerEntry, other: LedgerEntry) -> bool:
    """Return whether two entries describe one paper: they share an identifier, or else the title."""
    pairs = ((one.arxiv, other.arxiv), (one.doi, other.doi), (one.openreview, other.openreview), (one.acl, other.acl))
    known = [(mine, its) for mine, its in pairs if mine and its]
    if known:
        return any(mine.casefold() == its.casefold() for mine, its in known)
    return normalise_title(one.title) == normalise_title(other.title)
