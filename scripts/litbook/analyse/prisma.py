"""From search to papers: how many records and papers pass each stage of PRISMA 2020, and why papers were excluded.

The stages are those of Page et al., "The PRISMA 2020 statement" (2021), up to screening by title and abstract. Stages
that a review does not use are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from litbook.model.faults import Fault
from litbook.model.flow import Flow
from litbook.model.review import Corpus, Decision, Exclusion, Outlier, Paper, Reading

NO_REASON = "no reason given"


@dataclass(frozen=True, slots=True)
class Box:
    """Hold one stage of the flow: its name, heading, number and parts.

    A box `aside` counts what leaves the flow. `lines` are pairs of a name and a number.
    """

    name: str
    heading: str
    number: int
    lines: tuple[tuple[str, int], ...] = ()
    aside: bool = False


def find_excluded(papers: Iterable[Paper], decisions: Iterable[Decision]) -> tuple[Exclusion, ...]:
    """Return the papers that a person excluded, in their order; decisions about unknown papers are ignored."""
    made = {decision.citekey: decision for decision in decisions if decision.status == "exclude"}
    return tuple(Exclusion(paper, made[paper.citekey]) for paper in papers if paper.citekey in made)


def find_outliers(edge: Iterable[tuple[str, float]], decisions: Iterable[Decision]) -> tuple[Outlier, ...]:
    """Return the papers least similar to the rest, each with the decision that keeps it if it gives a reason."""
    made = {decision.citekey: decision for decision in decisions if decision.reason}
    return tuple(Outlier(citekey, likeness, made.get(citekey)) for citekey, likeness in edge)


def count_flow(
    readings: Iterable[Reading], papers: Sequence[Paper], included: Sequence[Paper], decisions: Iterable[Decision]
) -> Flow:
    """Count each stage from its own data rather than from the stage before, so that `check_flow` can compare them."""
    decided = {decision.citekey: decision for decision in decisions}
    reasons = Counter(exclusion.decision.reason or NO_REASON for exclusion in find_excluded(papers, decided.values()))
    return Flow(
        sources=tuple(sorted((reading.source, len(reading.records)) for reading in readings)),
        duplicates=sum(len(paper.records) - 1 for paper in papers),
        works=len(papers),
        waiting=tuple(paper.citekey for paper in papers if paper.citekey not in decided),
        reasons=tuple(sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))),
        included=len(included),
    )


def check_flow(file: str, flow: Flow) -> list[Fault]:
    """Return a fault for each stage whose numbers do not add up."""
    sums = (
        ("records", flow.identified, flow.duplicates, "duplicates", flow.works, "papers"),
        ("papers", flow.works, flow.excluded, "excluded", flow.included, "included"),
    )
    return [
        Fault(file, 0, f"{whole} {name}, but {one} {first} and {other} {second}", "please report this bug in litbook")
        for name, whole, one, first, other, second in sums
        if whole != one + other
    ]


def list_boxes(flow: Flow) -> tuple[Box, ...]:
    """Return the stages that the review uses, from the records identified to the papers included."""
    waiting = (("waiting for a person’s decision", len(flow.waiting)),) if flow.waiting else ()
    found = [Box("sources", "Records identified", flow.identified, flow.sources)]
    if flow.duplicates:
        found.append(Box("duplicates", "Duplicate records removed", flow.duplicates, aside=True))
    if flow.screened:
        found.append(Box("screened", "Papers screened by title and abstract", flow.screened))
    if flow.excluded:
        found.append(Box("excluded", "Papers excluded", flow.excluded, flow.reasons, aside=True))
    return (*found, Box("included", "Papers in the review", flow.included, waiting))


def find_merged(corpus: Corpus) -> tuple[Paper, ...]:
    """Return the papers with more than one record, sorted by citekey."""
    papers = [*corpus.papers, *(exclusion.paper for exclusion in corpus.excluded)]
    return tuple(sorted((paper for paper in papers if len(paper.records) > 1), key=lambda paper: paper.citekey))


def find_waiting(corpus: Corpus) -> tuple[Paper, ...]:
    """Return the papers without a decision, those with the least certain suggestion first."""
    waiting = set(corpus.flow.waiting)
    papers = [paper for paper in corpus.papers if paper.citekey in waiting]
    return tuple(sorted(papers, key=lambda paper: (corpus.placements[paper.citekey].suggestion.margin, paper.citekey)))
