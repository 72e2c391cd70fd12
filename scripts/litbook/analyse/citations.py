"""Check that every paper that a page cites is in the review."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from litbook.model.faults import Fault, nearest
from litbook.model.pages import Citation
from litbook.model.queries import find_own_keys
from litbook.model.review import Decision, LedgerEntry, Paper
from litbook.model.screening import Pair

_BETWEEN = re.compile(r"[;\s&]+|\band\b")


def check_citations(
    citations: Mapping[str, Iterable[Citation]],
    papers: Sequence[Paper],
    ledger: Iterable[LedgerEntry],
    pairs: Iterable[Pair],
    decisions: Iterable[Decision],
) -> list[Fault]:
    """Report citations of papers that are unknown, united with another, excluded, or no longer in a source."""
    excluded = find_excluded_keys(decisions)
    known = {paper.citekey for paper in papers} - excluded
    dropped = {entry.citekey for entry in ledger} - known - excluded
    united = {pair.other: pair.one for pair in pairs if pair.same}
    own_keys = find_own_keys(papers)
    return [
        Fault(f"book/{place.file}", place.line, *explained)
        for key, places in citations.items()
        if key not in known
        for explained in [
            _explain_united(key, united)
            or _explain_own_key(key, own_keys)
            or _explain_missing(key, known, dropped, excluded)
        ]
        for place in places
    ]


def find_excluded_keys(decisions: Iterable[Decision]) -> set[str]:
    """Return the citekeys of the papers that a person excluded."""
    return {decision.citekey for decision in decisions if decision.status == "exclude"}


def _explain_united(key: str, united: Mapping[str, str]) -> tuple[str, str] | None:
    if key not in united:
        return None
    return f"'{key}' is cited, but pairs.csv merges it into '{united[key]}'", f"cite '{united[key]}'"


def _explain_own_key(key: str, own_keys: Mapping[str, str]) -> tuple[str, str] | None:
    if key not in own_keys:
        return None
    return f"'{key}' is the key of '{own_keys[key]}' in its source", f"cite '{own_keys[key]}'"


def _explain_missing(
    key: str, known: Collection[str], dropped: Collection[str], excluded: Collection[str]
) -> tuple[str, str]:
    if key in excluded:
        return f"'{key}' is cited, but decisions.csv excludes it", "include it or cite another paper"
    if key in dropped:
        return (
            f"'{key}' is cited, but no source contains this paper any more",
            "restore its record or cite another paper",
        )
    parts = [part for part in _BETWEEN.split(key) if part]
    if len(parts) > 1 and parts[0] in known:
        return f"'{key}' is not one citekey", f"separate citekeys by commas: {','.join(parts)}"
    shown = "".join(letter for letter in key if letter.isprintable())
    if shown != key:
        return f"'{shown}' holds an invisible character", "delete it, and type the citekey"
    return f"unknown citekey '{key}'", nearest(key, known) or "book/corpus/ledger.jsonl lists all citekeys"
