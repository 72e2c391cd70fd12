"""What is learned from all texts together: it takes seconds, so it is kept until what it was learned from changes."""

from __future__ import annotations

import base64
import json
from collections.abc import Collection
from dataclasses import asdict, dataclass

from litbook.site.search.index.neighbours import Neighbours, find_known, make_neighbours
from litbook.site.search.index.postings import Postings
from litbook.site.search.index.vectors import Vectors, make_vectors


@dataclass(frozen=True, slots=True)
class Learned:
    """Hold the papers' places in the space of meaning, and the terms near to common English words."""

    vectors: Vectors | None
    neighbours: Neighbours


def learn(postings: Postings) -> Learned:
    """Learn from the postings of the papers alone: an edited chapter changes nothing here."""
    return Learned(make_vectors(postings), make_neighbours(find_known(postings.words)))


def learn_vectors(postings: Postings) -> str:
    """Return the vectors as JSON."""
    vectors = make_vectors(postings)
    rows = [base64.b64encode(row).decode("ascii") for row in vectors.rows] if vectors else []
    return json.dumps(vectors and {**asdict(vectors), "rows": rows})


def learn_neighbours(known: Collection[str]) -> str:
    """Return the neighbours as JSON."""
    return json.dumps(make_neighbours(known))


def read_vectors(text: str) -> Vectors | None:
    """Return what `learn_vectors` made JSON of; raise `ValueError`, `KeyError` or `TypeError` for anything else."""
    values = json.loads(text)
    if values is None:
        return None
    return Vectors(
        rows=tuple(base64.b64decode(row) for row in values["rows"]),
        scales=tuple(values["scales"]),
        norms=tuple(values["norms"]),
        squares=tuple(values["squares"]),
    )


def read_neighbours(text: str) -> Neighbours:
    """Return what `learn_neighbours` made JSON of; raise `ValueError` or `AttributeError` for anything else."""
    return {word: tuple((term, value) for term, value in rows) for word, rows in json.loads(text).items()}
