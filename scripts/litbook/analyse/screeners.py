"""How stages were screened: by whom, how far two people agree, and what is still in conflict."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from litbook.analyse.extraction.agreement import kappa
from litbook.model.faults import Fault, nearest
from litbook.model.review import Decision, LedgerEntry, Paper
from litbook.model.screening import (
    ABSTRACT,
    EXCLUDE,
    FULL_TEXT,
    MAYBE,
    NOT_RETRIEVED,
    RETRIEVAL,
    STAGES,
    Agreement,
    Judgement,
    Screened,
)


def sum_up_stages(judgements: Sequence[Judgement], decided: Mapping[str, Decision]) -> tuple[Screened, ...]:
    """Return each stage of which there are judgements, in order."""
    return tuple(filter(None, (_sum_up(stage, judgements, decided) for stage in STAGES)))


def _sum_up(stage: str, judgements: Sequence[Judgement], decided: Mapping[str, Decision]) -> Screened | None:
    said = gather_said(judgements, stage)
    if not said:
        return None
    numbers = [len(words) for words in said.values()]
    conflicts = [key for key, words in said.items() if is_conflict(words.values())]
    return Screened(
        stage=stage,
        screeners=tuple(sorted({by for words in said.values() for by in words})),
        by=tuple((number, numbers.count(number)) for number in sorted(set(numbers))),
        agreements=find_agreements(judgements, stage),
        conflicts=len(conflicts),
        open_conflicts=sum(not is_settled(decided.get(key), stage) for key in conflicts),
    )


def gather_said(judgements: Iterable[Judgement], stage: str) -> dict[str, dict[str, str]]:
    """Return the judgements of a stage by citekey and screener."""
    said: dict[str, dict[str, str]] = {}
    for item in judgements:
        if item.stage == stage:
            said.setdefault(item.citekey, {})[item.by] = item.judgement
    return said


def place_decisions(decisions: Iterable[Decision], judgements: Iterable[Judgement]) -> tuple[Decision, ...]:
    """Return the decisions, each without a stage with the stage that its paper's judgements in full text show.

    Those who decide in the ledger of decisions alone often leave the stage out. If the screeners who read the full
    text agree with the decision, that is where it was made.
    """
    read = gather_said(judgements, FULL_TEXT)
    return tuple(
        replace(decision, stage=_find_stage({*read.get(decision.citekey, {}).values()}, decision.status))
        if not decision.stage
        else decision
        for decision in decisions
    )


def _find_stage(words: Collection[str], status: str) -> str:
    if words == {status}:
        return FULL_TEXT
    return RETRIEVAL if words == {NOT_RETRIEVED} and status == EXCLUDE else ""


def is_conflict(words: Collection[str]) -> bool:
    """Return whether two or more screeners disagree, or are all unsure."""
    return len(words) > 1 and (len({*words}) > 1 or MAYBE in words)


def is_settled(decision: Decision | None, stage: str) -> bool:
    """Return whether a decision settles a paper at a stage: one by title and abstract leaves the full text open."""
    if decision is None:
        return False
    return stage == ABSTRACT or decision.status == "exclude" or decision.stage == stage


def find_agreements(judgements: Iterable[Judgement], stage: str = ABSTRACT) -> tuple[Agreement, ...]:
    """Return the agreement of each two screeners on the papers that both have judged at a stage.

    Kappa is the share of agreement beyond chance (J. Cohen, "A coefficient of agreement for nominal scales", 1960).
    """
    by_screener: dict[str, dict[str, str]] = {}
    for key, words in gather_said(judgements, stage).items():
        for by, word in words.items():
            by_screener.setdefault(by, {})[key] = word
    return tuple(_list_agreements(stage, by_screener))


def _list_agreements(stage: str, by_screener: Mapping[str, Mapping[str, str]]) -> Iterator[Agreement]:
    for one, other in combinations(sorted(by_screener), 2):
        first, second = by_screener[one], by_screener[other]
        pairs = [(first[key], second[key]) for key in sorted(first.keys() & second.keys())]
        if pairs:
            agreed = sum(left == right for left, right in pairs)
            yield Agreement(stage, one, other, len(pairs), agreed, kappa(pairs))


def check_judgements(
    file: str, judgements: Iterable[Judgement], papers: Iterable[Paper], ledger: Iterable[LedgerEntry]
) -> list[Fault]:
    """Report judgements on unknown papers; those on papers since removed from the sources are left alone."""
    known = {paper.citekey for paper in papers} | {entry.citekey for entry in ledger}
    return [
        Fault(file, item.line, f"unknown citekey '{item.citekey}'", nearest(item.citekey, known) or "correct the row")
        for item in judgements
        if item.citekey not in known
    ]
