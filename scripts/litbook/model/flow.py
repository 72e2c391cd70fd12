"""Counts for the flow diagram."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Flow:
    """Counts for the PRISMA 2020 flow diagram: how records became papers of the review.

    `sources` and `reasons` are pairs of a name and a count. `works` is the number of distinct works among the records;
    `waiting` lists the citekeys of those that no person has decided about, which are included in the meantime.
    `united` gives, for each citekey of a work that is kept under another, that other.
    """

    sources: tuple[tuple[str, int], ...] = ()
    duplicates: int = 0
    works: int = 0
    waiting: tuple[str, ...] = ()
    reasons: tuple[tuple[str, int], ...] = ()
    included: int = 0
    united: Mapping[str, str] = field(default_factory=dict)

    @property
    def identified(self) -> int:
        """Return the number of records identified in all sources."""
        return sum(number for _, number in self.sources)

    @property
    def screened(self) -> int:
        """Return the number of works that a person has decided about."""
        return self.works - len(self.waiting)

    @property
    def excluded(self) -> int:
        """Return the number of works excluded, over all reasons."""
        return sum(number for _, number in self.reasons)
