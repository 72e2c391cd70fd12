"""The three queues of the desk: which theme, whether to include, and whether two records are the same work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from itertools import combinations
from typing import Any

from litbook.desk.collection import Collection, describe_paper
from litbook.desk.judgements import Judgement
from litbook.desk.ranking import RERANK_EVERY, Ranking, compare_screeners, estimate
from litbook.model.review import Decision

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
    decisions, judgements = collection.decisions(), collection.judgements()
    own = {item.citekey: item.judgement for item in judgements if item.by == by}
    judged = own.keys() | (decisions.keys() if screeners == 1 else _settled_before(decisions, judgements))
    order = ranking.order([_read_label(paper.citekey, decisions, own) for paper in collection.papers])
    waiting = [collection.papers[at] for at in order if collection.papers[at].citekey not in judged]
    reasons = sorted({item.reason for item in judgements if item.judgement == "exclude" and item.reason})
    return {
        "queue": "screen",
        "items": [describe_paper(paper) for paper in waiting[:_SHOWN]],
        "done": len(collection.papers) - len(waiting),
        "total": len(collection.papers),
        "reasons": reasons,
        "estimate": _estimate(collection, judgements, by),
        "agreements": [asdict(item) for item in find_agreements(judgements)],
        "conflicts": len(find_conflicts(decisions, judgements)),
    }


def _settled_before(decisions: Mapping[str, Decision], judgements: Iterable[Judgement]) -> set[str]:
    """Return the papers that were decided without screening: no one need judge them."""
    return decisions.keys() - {item.citekey for item in judgements}


def _read_label(citekey: str, decisions: Mapping[str, Decision], own: Mapping[str, str]) -> bool | None:
    """Return what the classifier learns of a paper: the screener's own judgement, or else the decision."""
    if own.get(citekey, "maybe") != "maybe":
        return own[citekey] == "include"
    return decisions[citekey].status == "include" if citekey in decisions else None


def _estimate(collection: Collection, judgements: Sequence[Judgement], by: str) -> View:
    """Return the estimate from the screener's own judgements, in the order in which they were made."""
    own = [item for item in judgements if item.by == by and item.citekey in collection.by_key]
    found = estimate([item.judgement != "exclude" for item in own], len(collection.papers))
    return {**asdict(found), "recall": found.recall}


def find_agreements(judgements: Iterable[Judgement]) -> list[Any]:
    """Return the agreement of each two screeners on the papers that both have judged."""
    by_screener: dict[str, dict[str, str]] = {}
    for item in judgements:
        by_screener.setdefault(item.by, {})[item.citekey] = item.judgement
    found = []
    for one, other in combinations(sorted(by_screener), 2):
        first, second = by_screener[one], by_screener[other]
        pairs = [(first[key], second[key]) for key in first.keys() & second.keys()]
        if pairs:
            found.append(compare_screeners(one, other, pairs))
    return found


def find_conflicts(decisions: Mapping[str, Decision], judgements: Iterable[Judgement]) -> list[str]:
    """Return the papers about which screeners disagree, or both are unsure, and that no one has settled."""
    words: dict[str, dict[str, str]] = {}
    for item in judgements:
        words.setdefault(item.citekey, {})[item.by] = item.judgement
    return [
        citekey
        for citekey, said in words.items()
        if citekey not in decisions and len(said) > 1 and (len({*said.values()}) > 1 or "maybe" in said.values())
    ]


def view_conflicts(collection: Collection) -> View:
    """Return the papers about which screeners disagree, with what each of them said."""
    decisions, judgements = collection.decisions(), collection.judgements()
    waiting = [key for key in find_conflicts(decisions, judgements) if key in collection.by_key]
    items = [
        {
            **describe_paper(collection.by_key[key]),
            "judgements": [
                {"by": item.by, "judgement": item.judgement, "reason": item.reason}
                for item in judgements
                if item.citekey == key
            ],
        }
        for key in waiting[:_SHOWN]
    ]
    reasons = sorted({item.reason for item in judgements if item.judgement == "exclude" and item.reason})
    return {"queue": "conflicts", "items": items, "done": 0, "total": len(waiting), "reasons": reasons}
