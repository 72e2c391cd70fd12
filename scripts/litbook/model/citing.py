"""Which papers of the review cite which, and what they cite that the review lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class CitedHere:
    """A citation between two papers of the review: the other paper, and the headings of the citing sections.

    `sections` is empty if the text of the citing paper is not known.
    """

    citekey: str
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LackedWork:
    """A work that several papers of the review cite and that is not in it; what no list states is empty."""

    title: str
    author: str
    year: int | None
    links: Mapping[str, str]
    cited_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Citing:
    """The citations between the papers of the review, by citekey.

    `listed` counts the references that are known of each paper. `shared` gives, for each paper, those that share
    references with it and how many, the most first. `lacking` is sorted by the number of citing papers.
    """

    listed: Mapping[str, int] = field(default_factory=dict)
    cites: Mapping[str, tuple[CitedHere, ...]] = field(default_factory=dict)
    cited_by: Mapping[str, tuple[CitedHere, ...]] = field(default_factory=dict)
    shared: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    lacking: tuple[LackedWork, ...] = ()


NO_CITING = Citing()
