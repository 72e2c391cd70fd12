"""From search to papers: how many records and papers pass each stage of PRISMA 2020, and why papers were excluded.

The stages are those of Page et al., "The PRISMA 2020 statement" (2021). Stages that a review does not use are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from litbook.analyse.screeners import sum_up_stages
from litbook.model.faults import Fault
from litbook.model.flow import Counts, Flow
from litbook.model.review import Corpus, Decision, Exclusion, Outlier, Paper, Reading
from litbook.model.screening import ABSTRACT, DATABASES, FULL_TEXT, RETRIEVAL, Screening, Search

NO_REASON = "no reason given"
_BY_DATABASES, _BY_OTHERS = "from databases and registers", "by other methods"


@dataclass(frozen=True, slots=True)
class Box:
    """Hold one stage of the flow: its name, heading, number and parts.

    A box `aside` counts what leaves the flow. `lines` are pairs of a name and a number.
    """

    name: str
    heading: str
    number: int
    lines: Counts = ()
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
    readings: Iterable[Reading],
    papers: Sequence[Paper],
    included: Sequence[Paper],
    decisions: Iterable[Decision],
    screening: Screening | None = None,
) -> Flow:
    """Count each stage from its own data rather than from the stage before, so that `check_flow` can compare them."""
    screening = screening or Screening()
    decided = {decision.citekey: decision for decision in decisions}
    left = {item.paper.citekey: item.decision for item in find_excluded(papers, decided.values())}
    retrieved = [key for key, decision in left.items() if decision.stage == RETRIEVAL]
    kept = {paper.citekey: decided[paper.citekey] for paper in included if paper.citekey in decided}
    staged = (*(decision.stage for decision in decided.values()), *(item.stage for item in screening.judgements))
    has_full_text = any(stage in (RETRIEVAL, FULL_TEXT) for stage in staged)
    unread = [key for key, decision in kept.items() if has_full_text and decision.stage != FULL_TEXT]
    read = [*(key for key in kept if key not in unread)] if has_full_text else []
    read += [key for key, decision in left.items() if decision.stage == FULL_TEXT]
    sources, others = _count_sources(list(readings), screening.searches)
    boxes = {"sought": [*read, *unread, *retrieved], "assessed": read} if has_full_text and others else {}
    return Flow(
        sources=sources,
        others=others,
        removed=_count_removed(screening.searches),
        duplicates=sum(len(paper.records) - 1 for paper in papers)
        + sum(search.removed.duplicates for search in screening.searches),
        works=len(papers),
        waiting=tuple(paper.citekey for paper in papers if paper.citekey not in decided),
        reasons=_count_reasons(left, (ABSTRACT, "")),
        included=len(included),
        has_full_text=has_full_text,
        not_retrieved=len(retrieved),
        text_reasons=_count_reasons(left, (FULL_TEXT,)),
        unread=tuple(unread),
        streams={name: _divide(keys, papers, screening.searches) for name, keys in boxes.items()},
        screened_by=sum_up_stages(screening.judgements, decided),
        searches=screening.searches,
    )


def _count_reasons(left: Mapping[str, Decision], stages: Collection[str]) -> Counts:
    """Return the reasons of papers that left at some stage, the commonest first."""
    reasons = Counter(decision.reason or NO_REASON for decision in left.values() if decision.stage in stages)
    return tuple(sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0])))


def _count_sources(readings: Sequence[Reading], searches: Sequence[Search]) -> tuple[Counts, Counts]:
    """Return databases and registers with their records, and other methods; a file of no search stands for itself."""
    searched = {name for search in searches for name in search.files}
    files = sorted((item.source, len(item.records)) for item in readings if item.source not in searched)
    sources, others = Counter(dict(files)), Counter[str]()
    for search in searches:
        (sources if search.kind in DATABASES else others)[search.source] += search.found
    return tuple(sources.items()), tuple(others.items())


def _count_removed(searches: Iterable[Search]) -> Counts:
    removed = Counter[str]()
    for search in searches:
        removed["ineligible by automation tools"] += search.removed.automation
        removed[search.removed.why] += search.removed.other
    return tuple((why, number) for why, number in removed.items() if number)


def _divide(keys: Iterable[str], papers: Iterable[Paper], searches: Iterable[Search]) -> Counts:
    """Return how many papers databases and registers gave, and how many only other methods did."""
    elsewhere = {name for search in searches if search.kind not in DATABASES for name in search.files}
    elsewhere -= {name for search in searches if search.kind in DATABASES for name in search.files}
    only = {paper.citekey for paper in papers if all(record.source in elsewhere for record in paper.records)}
    counted = Counter(_BY_OTHERS if key in only else _BY_DATABASES for key in keys)
    return tuple((name, counted[name]) for name in (_BY_DATABASES, _BY_OTHERS))


def check_flow(file: str, flow: Flow) -> list[Fault]:
    """Return a fault for each stage whose numbers do not add up."""
    sums = (
        ("records", flow.identified - flow.left_out, flow.duplicates, "duplicates", flow.works, "papers"),
        ("papers", flow.works, flow.left, "excluded", flow.included, "included"),
    )
    return [
        Fault(file, 0, f"{whole} {name}, but {one} {first} and {other} {second}", "please report this bug in litbook")
        for name, whole, one, first, other, second in sums
        if whole != one + other
    ]


def list_boxes(flow: Flow) -> tuple[Box, ...]:
    """Return the stages that the review uses, from the records identified to the papers included."""
    return (*_list_identified(flow), *_list_screened(flow), *_list_read(flow), _make_last(flow))


def _list_identified(flow: Flow) -> Iterator[Box]:
    of = " from databases and registers" if flow.others else ""
    if flow.sources or not flow.others:
        yield Box("sources", f"Records identified{of}", sum(number for _, number in flow.sources), flow.sources)
    if flow.others:
        yield Box("others", "Records identified by other methods", sum(n for _, n in flow.others), flow.others)
    if flow.removed:
        lines = (("duplicates", flow.duplicates), *flow.removed)
        number = flow.duplicates + flow.left_out
        yield Box("duplicates", "Records removed before screening", number, lines, aside=True)
    elif flow.duplicates:
        yield Box("duplicates", "Duplicate records removed", flow.duplicates, aside=True)


def _list_screened(flow: Flow) -> Iterator[Box]:
    if flow.screened:
        yield Box("screened", "Papers screened by title and abstract", flow.screened)
    if flow.excluded:
        yield Box("excluded", "Papers excluded", flow.excluded, flow.reasons, aside=True)


def _list_read(flow: Flow) -> Iterator[Box]:
    if not flow.has_full_text:
        return
    yield Box("sought", "Papers sought for retrieval", flow.sought, flow.streams.get("sought", ()))
    if flow.not_retrieved:
        yield Box("not-retrieved", "Papers not retrieved", flow.not_retrieved, aside=True)
    yield Box("assessed", "Papers assessed in full text", flow.assessed, flow.streams.get("assessed", ()))
    if flow.text_excluded:
        yield Box("text-excluded", "Papers excluded in full text", flow.text_excluded, flow.text_reasons, aside=True)


def _make_last(flow: Flow) -> Box:
    waiting = (
        ("waiting for a person’s decision", len(flow.waiting)),
        ("waiting to be assessed in full text", len(flow.unread)),
    )
    return Box("included", "Papers in the review", flow.included, tuple(line for line in waiting if line[1]))


def find_merged(corpus: Corpus) -> tuple[Paper, ...]:
    """Return the papers with more than one record, sorted by citekey."""
    papers = [*corpus.papers, *(exclusion.paper for exclusion in corpus.excluded)]
    return tuple(sorted((paper for paper in papers if len(paper.records) > 1), key=lambda paper: paper.citekey))


def find_waiting(corpus: Corpus) -> tuple[Paper, ...]:
    """Return the papers without a decision, those with the least certain suggestion first."""
    waiting = set(corpus.flow.waiting)
    papers = [paper for paper in corpus.papers if paper.citekey in waiting]
    return tuple(sorted(papers, key=lambda paper: (corpus.placements[paper.citekey].suggestion.margin, paper.citekey)))
