"""What the desk knows of a review: its papers with their suggestions, and people's rows, which are read each time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from litbook.core.project import Project
from litbook.desk.ranking import Ranker
from litbook.enrich.near_duplicates import Doubt, find_doubts
from litbook.ingest.ledgers.decisions import read_decisions
from litbook.ingest.ledgers.pairs import read_pairs
from litbook.ingest.ledgers.screening import read_screening
from litbook.model.faults import CorpusError
from litbook.model.review import Decision, Paper, Part, Placement
from litbook.model.screening import Judgement, Pair
from litbook.pipeline import make_corpus


@dataclass(frozen=True)
class Collection:
    """The papers of a review at one moment, excluded ones included; what people decide is read again each time."""

    project: Project
    papers: tuple[Paper, ...]
    parts: tuple[Part, ...]
    placements: Mapping[str, Placement]

    @cached_property
    def by_key(self) -> Mapping[str, Paper]:
        return {paper.citekey: paper for paper in self.papers}

    @cached_property
    def ranker(self) -> Ranker:
        return Ranker([f"{paper.title.plain}\n{paper.abstract.plain}" for paper in self.papers])

    @cached_property
    def doubts(self) -> tuple[Doubt, ...]:
        """All pairs that may be the same work, decided or not."""
        return find_doubts(self.papers, ())

    def decisions(self) -> dict[str, Decision]:
        """Return the rows of `decisions.csv` by citekey; raise `CorpusError` if it has faults."""
        slugs = [theme.slug for part in self.parts for theme in part.themes]
        found, faults = read_decisions(self.project, slugs)
        _stop_at(faults)
        return {decision.citekey: decision for decision in found}

    def judgements(self) -> tuple[Judgement, ...]:
        """Return the rows of `screening.csv`; raise `CorpusError` if it has faults."""
        found, faults = read_screening(self.project)
        _stop_at(faults)
        return found

    def pairs(self) -> tuple[Pair, ...]:
        """Return the rows of `pairs.csv`; raise `CorpusError` if it has faults."""
        found, faults = read_pairs(self.project)
        _stop_at(faults)
        return found


def _stop_at(faults: list[Any]) -> None:
    if faults:
        raise CorpusError(faults)


def load_collection(project: Project) -> Collection:
    """Read a review as a build does; raise `CorpusError` with all faults if it has any."""
    corpus, enriched, inputs = make_corpus(project)
    return Collection(project, enriched.papers, inputs.parts, corpus.placements)


def describe_paper(paper: Paper) -> Mapping[str, Any]:
    """Return what the desk shows of a paper, as JSON can represent it."""
    return {
        "citekey": paper.citekey,
        "title": paper.title.plain,
        "abstract": paper.abstract.plain,
        "authors": list(paper.authors),
        "year": paper.cited_year,
        "venue": paper.venue or "",
        "links": dict(paper.links),
    }
