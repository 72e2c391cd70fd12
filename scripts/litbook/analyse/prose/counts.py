"""Numbers about the corpus that prose may state: computed, never typed."""

from __future__ import annotations

import re
from collections.abc import Callable

from litbook.model.review import KINDS, Corpus, Paper
from litbook.text.dates import say_date

Predicate = Callable[[Corpus, Paper, str], bool]

# Each form of the role's text, what it counts, and how a paper is recognised.
_PAPERS: tuple[tuple[str, Predicate], ...] = (
    (r"papers in (?P<value>[\w-]+)", lambda corpus, paper, slug: corpus.placements[paper.citekey].theme == slug),
    (r"papers of kind (?P<value>[\w-]+)", lambda corpus, paper, kind: corpus.placements[paper.citekey].kind == kind),
    (r"papers of (?P<value>\d{4})", lambda _, paper, year: paper.cited_year == int(year)),
    (r"papers since (?P<value>\d{4})", lambda _, paper, year: (paper.cited_year or 0) >= int(year)),
    (r"papers with (?P<value>arxiv|doi|openreview|acl|code|project)", lambda _, paper, link: link in paper.links),
    (r"papers with a (?P<value>venue)", lambda _, paper, __: paper.venue is not None),
    (r"papers (?P<value>cited)", lambda corpus, paper, _: paper.citekey in corpus.citations),
    (r"papers (?P<value>decided)", lambda corpus, paper, _: corpus.placements[paper.citekey].decided),
    (r"(?P<value>papers)", lambda _, __, ___: True),
)
FORMS = ("papers", "papers in <theme>", "papers of kind <kind>", "papers of <year>", "papers since <year>",
         "papers with <arxiv|doi|openreview|acl|code|project>", "papers with a venue", "papers cited", "papers decided",
         "themes", "parts", "authors", "first year", "last year", "date")  # fmt: skip


class UnknownCountError(ValueError):
    """Raised for a count that is not one of `FORMS`."""


def count(corpus: Corpus, what: str) -> str:
    """Return the number that `what` asks for, in digits; raise `UnknownCountError` for anything not in `FORMS`."""
    if what in _OTHERS:
        return str(_OTHERS[what](corpus))
    for pattern, holds in _PAPERS:
        match = re.fullmatch(pattern, what)
        if match:
            _check_value(corpus, pattern, match["value"])
            return str(sum(holds(corpus, paper, match["value"]) for paper in corpus.papers))
    raise UnknownCountError(f"cannot count '{what}'; it is one of: {', '.join(FORMS)}")


def _check_value(corpus: Corpus, pattern: str, value: str) -> None:
    known = {"papers in": [theme.slug for theme in corpus.themes()], "papers of kind": list(KINDS)}
    for start, values in known.items():
        if pattern.startswith(f"{start} (") and value not in values:
            raise UnknownCountError(f"cannot count '{start} {value}'; write one of: {', '.join(values)}")


def _years(corpus: Corpus) -> list[int]:
    return [paper.cited_year for paper in corpus.papers if paper.cited_year]


_OTHERS: dict[str, Callable[[Corpus], int | str]] = {
    "themes": lambda corpus: len(corpus.themes()),
    "parts": lambda corpus: len(corpus.parts),
    "authors": lambda corpus: len({author for paper in corpus.papers for author in paper.authors}),
    "first year": lambda corpus: min(_years(corpus), default="unknown"),
    "date": lambda corpus: say_date(corpus.state.date) if corpus.state.date else "unknown",
    "last year": lambda corpus: max(_years(corpus), default="unknown"),
}
