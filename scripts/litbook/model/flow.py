"""Counts for the flow diagram."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from litbook.model.screening import Screened, Search

# Names and counts, such as reasons with the number of papers excluded for each.
Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """Counts for the PRISMA 2020 flow diagram: how records became papers of the review.

    `sources` are databases and registers, `others` are found by other methods; both have the numbers of their records.
    `duplicates` and `removed` never became works; `works` is the number of distinct ones. `waiting` lists the citekeys
    of works that no person has decided about, `unread` those that passed title and abstract and wait for their full
    text; both are included in the meantime. `reasons` are those of papers excluded by title and abstract,
    `text_reasons` those in full text. `streams` divides a box by its name between databases and other methods.
    `united` gives, for each citekey of a work that is kept under another, that other.
    """

    sources: Counts = ()
    duplicates: int = 0
    works: int = 0
    waiting: tuple[str, ...] = ()
    reasons: Counts = ()
    included: int = 0
    others: Counts = ()
    removed: Counts = ()
    has_full_text: bool = False
    not_retrieved: int = 0
    text_reasons: Counts = ()
    unread: tuple[str, ...] = ()
    streams: Mapping[str, Counts] = field(default_factory=dict)
    screened_by: tuple[Screened, ...] = ()
    searches: tuple[Search, ...] = ()
    united: Mapping[str, str] = field(default_factory=dict)

    @property
    def identified(self) -> int:
        """Return the number of records identified in all sources."""
        return sum(number for _, number in (*self.sources, *self.others))

    @property
    def left_out(self) -> int:
        """Return the number of records removed before screening, besides duplicates."""
        return sum(number for _, number in self.removed)

    @property
    def screened(self) -> int:
        """Return the number of works that a person has decided about."""
        return self.works - len(self.waiting)

    @property
    def excluded(self) -> int:
        """Return the number of works excluded by title and abstract, over all reasons."""
        return sum(number for _, number in self.reasons)

    @property
    def sought(self) -> int:
        """Return the number of works whose full text was sought."""
        return self.screened - self.excluded if self.has_full_text else 0

    @property
    def text_excluded(self) -> int:
        """Return the number of works excluded in full text, over all reasons."""
        return sum(number for _, number in self.text_reasons)

    @property
    def assessed(self) -> int:
        """Return the number of works whose full text was assessed."""
        return self.sought - self.not_retrieved - len(self.unread)

    @property
    def left(self) -> int:
        """Return the number of works that left the review at any stage."""
        return self.excluded + self.not_retrieved + self.text_excluded

    @property
    def is_short(self) -> bool:
        """Return whether one search and one stage leave so little to draw that one line says it."""
        return len((*self.sources, *self.others)) <= 1 and not self.has_full_text
