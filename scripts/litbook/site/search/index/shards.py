"""Shards: the index cut into parts of about one size, so that a question loads only those that it needs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from litbook.site.search.index.neighbours import Neighbours
from litbook.site.search.index.packing import LETTERS
from litbook.site.search.index.postings import Postings
from litbook.site.search.index.terms import stem
from litbook.site.search.index.vectors import Vectors

Part = Mapping[str, Any]

PAPERS_A_PART = 4  # of one theme, so that the results of a question lie in few parts
# Numbers of postings in one part; a common term has a part of its own. Smaller parts would let a question load
# less, but make the whole larger, and the page holds the list of all parts.
_FEWEST_NUMBERS, _MOST_NUMBERS = 2_000, 3_000
_PARTS = 400
_MOST_WORDS = 300  # terms in one part
_MOST_NEAR = 1_000  # words with their neighbours in one part


def cut_terms(postings: Postings) -> tuple[dict[str, Part], list[str]]:
    """Return the postings of the terms, in their order, in parts, and the start of each part's first term.

    The start is as short as it can be and yet comes after every term of the part before it: from a term alone follows
    which part holds it. Of a form its papers are given by their places among those of its term, without values.
    """
    held = postings.all()
    terms = list(held)
    placed = [
        _place_form(held[term], postings.papers[stem(term[:-1])]) if term in postings.forms else held[term]
        for term in terms
    ]
    sizes = [2 * len(numbers) for numbers in placed]
    starts = list(find_starts(sizes, max(_FEWEST_NUMBERS, min(_MOST_NUMBERS, sum(sizes) // _PARTS))))
    parts: dict[str, Part] = {
        f"terms-{number}": {"part": "terms", "first": start, **pack_postings(placed[start:end])}
        for number, (start, end) in enumerate(pairwise([*starts, len(terms)]))
    }
    return parts, [_shorten(terms[start], terms[start - 1] if start else "") for start in starts]


def _shorten(term: str, before: str) -> str:
    """Return the shortest start of a term that comes after the term before it."""
    return next(term[:length] for length in range(1, len(term) + 1) if term[:length] > before)


def _place_form(held: Iterable[int], of_term: Iterable[int]) -> dict[int, int]:
    places = {paper: place for place, paper in enumerate(sorted(of_term))}
    return dict.fromkeys((places[paper] for paper in held), 0)


def find_starts(sizes: Sequence[int], most: int) -> Iterator[int]:
    """Yield where parts begin that hold so many numbers each; what is larger has a part of its own."""
    filled = most
    for number, size in enumerate(sizes):
        if filled + size > most:
            yield number
            filled = 0
        filled += size


def cut_words(postings: Postings) -> tuple[dict[str, Part], list[list[object]]]:
    """Return terms, how many papers hold each, and written words in parts; and where each part begins.

    A part begins at a term, given with its number, and holds the written words up to the next one's.
    """
    held, written = postings.all(), postings.written()
    terms = list(held)
    starts = range(0, len(terms), _MOST_WORDS)
    firsts = [terms[start] if start else "" for start in starts]
    parts: dict[str, Part] = {}
    for number, start in enumerate(starts):
        some = terms[start : start + _MOST_WORDS]
        last = bisect_left(written, firsts[number + 1]) if number + 1 < len(firsts) else len(written)
        parts[f"words-{number}"] = {
            "part": "words",
            "first": start,
            "terms": fold_strings(some),
            "holders": [len(held[term]) for term in some],
            "written": fold_strings(written[bisect_left(written, firsts[number]) : last]),
        }
    return parts, [[first, start] for first, start in zip(firsts, starts, strict=True)]


def pack_postings(postings: Iterable[Mapping[int, int]]) -> dict[str, str]:
    """Return the steps from paper to paper of each term, and the values, each number in as few letters as it takes.

    A number is written in base 32, and all digits but its last are taken from the second half of the letters. Terms are
    parted by spaces; where all values are 0, none is written. Steps and values compress better apart.
    """
    steps, values = [], []
    for held in postings:
        numbers = sorted(held)
        steps.append("".join([_write(number - last) for last, number in pairwise([-1, *numbers])]))
        values.append("".join([_write(held[number]) for number in numbers]) if any(held.values()) else "")
    return {"steps": " ".join(steps), "values": " ".join(values)}


@cache
def _write(number: int) -> str:
    higher, last = divmod(number, 32)
    text = LETTERS[last]
    while higher:
        higher, digit = divmod(higher, 32)
        text = LETTERS[32 + digit] + text
    return text


def cut_neighbours(neighbours: Neighbours, numbers: Mapping[str, int]) -> tuple[dict[str, Part], list[str]]:
    """Return words with their nearest terms in parts, and each part's first word.

    A neighbour is the term's number and, in one letter, how near it is: `a` for 0.5, `b` for 0.55 and so on. Words that
    have the same neighbours are common enough to pay for what is written so.
    """
    words = list(neighbours)
    parts: dict[str, Part] = {}
    for start in range(0, len(words), _MOST_NEAR):
        some = words[start : start + _MOST_NEAR]
        rows = " ".join("".join(f"{numbers[term]}{_grade(near)}" for term, near in neighbours[word]) for word in some)
        parts[f"near-{len(parts)}"] = {"part": "near", "words": fold_strings(some), "rows": rows}
    return parts, words[::_MOST_NEAR]


def _grade(near: float) -> str:
    return "abcdefghij"[min(9, round((near - 0.5) * 20))]


def fold_strings(strings: Sequence[str]) -> str:
    """Return sorted strings as one: of each only how many letters it shares with the one before it, and the rest."""
    pieces = []
    before = ""
    for string in strings:
        most = min(len(before), len(string), 35)
        shared = next((at for at in range(most) if before[at] != string[at]), most)
        pieces.append("0123456789abcdefghijklmnopqrstuvwxyz"[shared] + string[shared:])
        before = string
    return " ".join(pieces)


def make_vector_part(vectors: Vectors | None) -> dict[str, Part]:
    """Return the papers' vectors as one part, or nothing."""
    if vectors is None:
        return {}
    part = {"part": "vectors", "rows": " ".join(map(_spell, vectors.columns)), "weights": _spell(vectors.weights)}
    return {"vectors": {**part, "step": vectors.step, "squares": vectors.squares}}


def _spell(numbers: bytes) -> str:
    return "".join(LETTERS[number] for number in numbers)


def cut_rows(rows: Sequence[object]) -> dict[str, Part]:
    """Return what a result shows of each paper, so many papers to a part."""
    starts = range(0, len(rows), PAPERS_A_PART)
    return {
        f"papers-{number}": {"part": "papers", "first": start, "rows": rows[start : start + PAPERS_A_PART]}
        for number, start in enumerate(starts)
    }
