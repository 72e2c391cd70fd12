"""Which sets of columns fit a collection: what its abstracts state decides, not the field that a review is of."""

from __future__ import annotations

from collections.abc import Iterable

from litbook.model.stated import MACHINE_LEARNING, STUDIES, Stated

_FEWEST = 0.1  # share of the abstracts that state something of a set, from which on its columns are shown


def choose_sets(stated: Iterable[Stated]) -> tuple[str, ...]:
    """Return the sets of which at least one abstract in ten states something."""
    all_ = tuple(stated)
    counts = {
        MACHINE_LEARNING: sum(bool(item.models or item.benchmarks) for item in all_),
        STUDIES: sum(_is_study(item) for item in all_),
    }
    return tuple(name for name, number in counts.items() if number and number >= _FEWEST * len(all_))


def are_enough(stating: Iterable[bool], total: int) -> bool:
    """Return whether so many of `total` abstracts state something that its columns are shown; stop once it is known."""
    number = 0
    for states in stating:
        number += states
        if number and number >= _FEWEST * total:
            return True
    return False


def _is_study(item: Stated) -> bool:
    """Return whether an abstract gives a design with a sample, an effect or a P value: one alone may be anything."""
    fields = {draft.field for draft in item.study}
    return {"design", "sample"} <= fields or bool(fields & {"effect", "p-value"})
