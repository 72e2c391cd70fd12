"""What is learned from all texts together: it takes seconds, so it is kept until a text changes."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from litbook.model import Paper
from litbook.search.neighbours import Neighbours, make_neighbours
from litbook.search.postings import make_postings
from litbook.search.vectors import Vectors, make_vectors


@dataclass(frozen=True, slots=True)
class Learned:
    """Hold the papers' places in the space of meaning, and the terms near to common English words."""

    vectors: Vectors | None
    neighbours: Neighbours


def learn(papers: Sequence[Paper]) -> Learned:
    """Learn from titles and abstracts, and from nothing else: an edited chapter changes nothing here."""
    postings = make_postings(papers)
    return Learned(make_vectors(postings), make_neighbours(postings.words))


def render_learned(learned: Learned) -> str:
    """Return it as JSON."""
    vectors = learned.vectors and {
        **asdict(learned.vectors),
        "rows": [base64.b64encode(row).decode("ascii") for row in learned.vectors.rows],
    }
    return json.dumps({"vectors": vectors, "neighbours": learned.neighbours})


def read_learned(text: str) -> Learned:
    """Return what `render_learned` made JSON of; raise `ValueError`, `KeyError` or `TypeError` for anything else."""
    values = json.loads(text)
    vectors = values["vectors"] and Vectors(
        rows=tuple(base64.b64decode(row) for row in values["vectors"]["rows"]),
        scales=tuple(values["vectors"]["scales"]),
        norms=tuple(values["vectors"]["norms"]),
        squares=tuple(values["vectors"]["squares"]),
    )
    near = {word: tuple((term, value) for term, value in rows) for word, rows in values["neighbours"].items()}
    return Learned(vectors, near)
