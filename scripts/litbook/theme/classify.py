"""Place each paper under a theme: by a person's decision, or else by suggestion."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from litbook.model.faults import Fault, nearest
from litbook.model.review import Decision, LedgerEntry, Paper, Placement, Suggestion

_WITHOUT_PAPER = "delete the row, or use a citekey from ledger.jsonl"


def assign_themes(
    papers: Iterable[Paper], decisions: Iterable[Decision], suggestions: Mapping[str, Suggestion]
) -> dict[str, Placement]:
    """Return the placement of each paper; a decision without a theme sets the kind but leaves the theme suggested."""
    decided = {decision.citekey: decision for decision in decisions}
    return {paper.citekey: _place(decided.get(paper.citekey), suggestions[paper.citekey]) for paper in papers}


def _place(decision: Decision | None, suggestion: Suggestion) -> Placement:
    if decision is None:
        return Placement(suggestion.theme, (), None, False, "", suggestion)
    return Placement(
        theme=decision.theme or suggestion.theme,
        also=decision.also,
        kind=decision.kind,
        decided=decision.theme is not None,
        reason=decision.reason,
        suggestion=suggestion,
        by=decision.by,
        date=decision.date,
    )


def check_decisions(
    file: str, decisions: Iterable[Decision], papers: Iterable[Paper], ledger: Iterable[LedgerEntry]
) -> list[Fault]:
    """Report decisions about unknown papers.

    Decisions about papers since removed from the sources are ignored: their citekeys are in the ledger.
    """
    known = {paper.citekey for paper in papers} | {entry.citekey for entry in ledger}
    return [
        Fault(
            file,
            decision.line,
            f"unknown citekey '{decision.citekey}'",
            nearest(decision.citekey, known) or _WITHOUT_PAPER,
        )
        for decision in decisions
        if decision.citekey and decision.citekey not in known
    ]
