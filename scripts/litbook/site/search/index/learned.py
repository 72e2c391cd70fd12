"""What is learned from all texts together: it takes long, so it is kept until what it was learned from changes."""

from __future__ import annotations

from dataclasses import dataclass

from litbook.core.cache import NO_CACHE, Cache
from litbook.site.search.index.neighbours import Neighbours, find_known, make_neighbours
from litbook.site.search.index.postings import Postings
from litbook.site.search.index.vectors import Vectors, make_vectors


@dataclass(frozen=True, slots=True)
class Learned:
    """Hold the papers' places in the space of meaning, and the terms near to common English words."""

    vectors: Vectors | None
    neighbours: Neighbours


def learn(postings: Postings, cache: Cache = NO_CACHE) -> Learned:
    """Learn from the postings of the papers alone: an edited chapter changes nothing here."""
    vectors = cache.once(make_vectors, postings.papers, len(postings.lengths))
    return Learned(vectors, cache.once(make_neighbours, find_known(postings.words)))
