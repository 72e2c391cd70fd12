"""What comparing all papers gives, apart from the comparing, so that reading it from the cache loads no numpy."""

from __future__ import annotations

from dataclasses import dataclass

from litbook.model.review import Related


@dataclass(frozen=True, slots=True)
class Compared:
    """Hold the related papers of each paper, and the papers least like the rest with their likeness, these first."""

    related: dict[str, tuple[Related, ...]]
    edge: tuple[tuple[str, float], ...]
