"""Find similar abstracts among many by their sketches, without comparing each with each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import TypeVar

from litbook.text.citekey import SKETCH_SIZE, compare_sketches, make_sketch

_DIGITS = 4  # hexadecimal, of each value in a sketch
# Where more abstracts than these have two equal values in the same places, they are a placeholder or a formula.
_MOST_ALIKE = 50

_One = TypeVar("_One")
_Other = TypeVar("_Other")


def find_alike(
    sketches: Mapping[_One, str], others: Mapping[_Other, str], least: float
) -> Iterator[tuple[_One, _Other, float]]:
    """Yield all pairs of sketches with at least the similarity `least`, and their similarity.

    Two sketches that agree in n of 32 values agree in two values of at least one group if there are n - 1 groups: only
    those that do are compared. Sketches that agree with very many others in this way are left out.
    """
    groups = _make_groups(max(1, round(least * SKETCH_SIZE + 0.499) - 1))
    known: dict[tuple[int, int, str], list[_Other]] = defaultdict(list)
    for other, sketch in others.items():
        for key in _keys_of(sketch, groups):
            known[key].append(other)
    for one, sketch in sketches.items():
        found = (known.get(key, ()) for key in _keys_of(sketch, groups))
        near = dict.fromkeys(other for block in found if len(block) <= _MOST_ALIKE for other in block)
        for other in near:
            likeness = compare_sketches(sketch, others[other])
            if likeness >= least:
                yield one, other, likeness


def _make_groups(number: int) -> tuple[tuple[int, int], ...]:
    """Return the pairs of places that are in one group when the places of a sketch are divided into `number` groups."""
    places = range(SKETCH_SIZE)
    return tuple(pair for at in range(number) for pair in combinations(places[at::number], 2))


def _keys_of(sketch: str, groups: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, int, str]]:
    if sketch == make_sketch(""):
        return
    values = [sketch[at : at + _DIGITS] for at in range(0, SKETCH_SIZE * _DIGITS, _DIGITS)]
    yield from ((one, other, values[one] + values[other]) for one, other in groups)
