"""The queues of the desk: which theme, whether to include at each stage, conflicts, and records of the same work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from litbook.analyse.screeners import find_agreements, gather_said, is_conflict, is_settled
from litbook.desk.collection import Collection, describe_paper
from litbook.desk.ranking import RERANK_EVERY, Ranking, estimate
from litbook.model.review import Decision
from litbook.model.screening import ABSTRACT, EXCLUDE, FULL_TEXT, INCLUDE, MAYBE, STAGES, Judgement

_SHOWN = RERANK_EVERY  # papers sent to the page at a time
View = Mapping[str, Any]


def view_place(collection: Collection) -> View:
    """Return the papers without a theme that a person decided, least sure first, with suggestion and runner-up."""
    decisions = collection.decisions()
    included = [
        paper
        for paper in collection.papers
        if paper.citekey in collection.placements and not _is_excluded(decisions.get(paper.citekey))
    ]
    waiting = [paper for paper in included if not _has_theme(decisions.get(paper.citekey))]
    waiting.sort(key=lambda paper: (collection.placements[paper.citekey].suggestion.margin, paper.citekey))
    items = []
    for paper in waiting[:_SHOWN]:
        suggestion = collection.placements[paper.citekey].suggestion
        items.append({**describe_paper(paper), "suggestion": asdict(suggestion)})
    return {"queue": "place", "items": items, "done": len(included) - len(waiting), "total": len(included)}


def _is_excluded(decision: Decision | None) -> bool:
    return decision is not None and decision.status == "exclude"


def _has_theme(decision: Decision | None) -> bool:
    return decision is not None and decision.theme is not None


def view_same(collection: Collection) -> View:
    """Return the pairs that may be the same work and that no one has decided, side by side."""
    decided = {frozenset((pair.one, pair.other)) for pair in collection.pairs()}
    known = [doubt for doubt in collection.doubts if {doubt.one, doubt.other} <= collection.by_key.keys()]
    waiting = [doubt for doubt in known if frozenset((doubt.one, doubt.other)) not in decided]
    items = [
        {
            "why": doubt.why,
            "one": describe_paper(collection.by_key[doubt.one]),
            "other": describe_paper(collection.by_key[doubt.other]),
        }
        for doubt in waiting[:_SHOWN]
    ]
    return {"queue": "same", "items": items, "done": len(known) - len(waiting), "total": len(known)}


def view_screen(collection: Collection, ranking: Ranking, by: str, screeners: int) -> View:
    """Return the papers that a screener has still to judge, likeliest to be included first, and what may be left."""
    decisions, judgements = collection.decisions(), _at(collection.judgements(), ABSTRACT)
    own = {item.citekey: item.judgement for item in judgements if item.by == by}
    judged = own.keys() | (decisions.keys() if screeners == 1 else _settled_before(decisions, judgements))
    order = ranking.order([_read_label(paper.citekey, decisions, own) for paper in collection.papers])
    waiting = [collection.papers[at] for at in order if collection.papers[at].citekey not in judged]
    return {
        "queue": "screen",
        "items": [describe_paper(paper) for paper in waiting[:_SHOWN]],
        "done": len(collection.papers) - len(waiting),
        "total": len(collection.papers),
        "estimate": _estimate(collection, judgements, by),
        **_describe_screeners(decisions, judgements, ABSTRACT),
    }


def view_read(collection: Collection, by: str) -> View:
    """Return the papers that passed title and abstract and whose full text a screener has still to judge."""
    decisions, judgements = collection.decisions(), _at(collection.judgements(), FULL_TEXT)
    own = {item.citekey for item in judgements if item.by == by}
    passed = [paper for paper in collection.papers if _has_passed(decisions.get(paper.citekey))]
    waiting = [
        paper for paper in passed if paper.citekey not in own and not is_settled(decisions[paper.citekey], FULL_TEXT)
    ]
    return {
        "queue": "read",
        "items": [describe_paper(paper) for paper in waiting[:_SHOWN]],
        "done": len(passed) - len(waiting),
        "total": len(passed),
        **_describe_screeners(decisions, judgements, FULL_TEXT),
    }


def _has_passed(decision: Decision | None) -> bool:
    """Return whether a paper passed the first stage: it is included, or left at a later one."""
    return decision is not None and (decision.status == INCLUDE or decision.stage not in ("", ABSTRACT))


def _at(judgements: Iterable[Judgement], stage: str) -> list[Judgement]:
    return [item for item in judgements if item.stage == stage]


def _describe_screeners(decisions: Mapping[str, Decision], judgements: Sequence[Judgement], stage: str) -> View:
    """Return the reasons that were given at a stage, how far screeners agree, and the number of conflicts."""
    return {
        "reasons": sorted({item.reason for item in judgements if item.judgement == EXCLUDE and item.reason}),
        "agreements": [asdict(item) for item in find_agreements(judgements, stage)],
        "conflicts": len(find_conflicts(decisions, judgements, stage)),
    }


def _settled_before(decisions: Mapping[str, Decision], judgements: Iterable[Judgement]) -> set[str]:
    """Return the papers that were decided without screening: no one need judge them."""
    return decisions.keys() - {item.citekey for item in judgements}


def _read_label(citekey: str, decisions: Mapping[str, Decision], own: Mapping[str, str]) -> bool | None:
    """Return what the classifier learns of a paper: the screener's own judgement, or else the decision."""
    if own.get(citekey, MAYBE) != MAYBE:
        return own[citekey] == INCLUDE
    return decisions[citekey].status == INCLUDE if citekey in decisions else None


def _estimate(collection: Collection, judgements: Sequence[Judgement], by: str) -> View:
    """Return the estimate from the screener's own judgements, in the order in which they were made."""
    own = [item for item in judgements if item.by == by and item.citekey in collection.by_key]
    found = estimate([item.judgement != EXCLUDE for item in own], len(collection.papers))
    return {**asdict(found), "recall": found.recall}


def find_conflicts(decisions: Mapping[str, Decision], judgements: Iterable[Judgement], stage: str) -> list[str]:
    """Return the papers about which screeners disagree at a stage, or both are unsure, and that no one has settled."""
    return [
        citekey
        for citekey, said in gather_said(judgements, stage).items()
        if is_conflict(said.values()) and not is_settled(decisions.get(citekey), stage)
    ]


def view_conflicts(collection: Collection) -> View:
    """Return the papers about which screeners disagree, with the stage and what each of them said."""
    decisions, judgements = collection.decisions(), collection.judgements()
    waiting = [
        (key, stage)
        for stage in STAGES
        for key in find_conflicts(decisions, judgements, stage)
        if key in collection.by_key
    ]
    items = [
        {
            **describe_paper(collection.by_key[key]),
            "stage": stage,
            "judgements": [
                {"by": item.by, "judgement": item.judgement, "reason": item.reason}
                for item in judgements
                if (item.citekey, item.stage) == (key, stage)
            ],
        }
        for key, stage in waiting[:_SHOWN]
    ]
    reasons = sorted({item.reason for item in judgements if item.judgement == EXCLUDE and item.reason})
    return {"queue": "conflicts", "items": items, "done": 0, "total": len(waiting), "reasons": reasons}
