"""The decisions of screening that exports carry: ASReview, Rayyan, Covidence, EPPI-Reviewer, Abstrackr, own columns.

A record keeps them among its other fields. Only what is unanimous is a decision; "maybe" and a conflict are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from litbook.ingest.formats.values import one_line
from litbook.model.review import Record

_IN = frozenset("1 1.0 include included includes in yes relevant accept accepted true i".split())
_OUT = frozenset("0 0.0 -1 -1.0 exclude excluded excludes out no irrelevant reject rejected false e".split())
# The names of columns without signs. In a column of Abstrackr's, 0 means "maybe".
_LABELS = (
    "included", "labelincluded", "asreviewlabel", "finalincluded", "finaldecision", "screeningdecision", "decision",
    "inclusion", "inclusionstatus", "fulltextdecision", "titleabstractdecision", "iedsflag", "screeninglabel",
    "screeningstatus", "include",
)  # fmt: skip
_ABSTRACKR = "consensus"
_REASONS = ("exclusionreason", "exclusionreasons", "reasonforexclusion", "excludereason", "reasonexcluded")
_PEOPLE = ("reviewer", "reviewers", "screener", "screeners", "reviewedby", "screenedby")
_NOTES = ("notes", "note", "n1", "asreviewnotes", "usernotes", "rn")
_ASREVIEW = re.compile(r"ASReview_(relevant|irrelevant)\b")
_RAYYAN = re.compile(r"RAYYAN-INCLUSION:\s*\{([^{}]*)\}")
_RAYYAN_VOTE = re.compile(r"[\"']([^\"']+)[\"']\s*=>\s*[\"'](Included|Excluded|Maybe|Undecided)[\"']", re.IGNORECASE)
_RAYYAN_REASONS = re.compile(r"RAYYAN-EXCLUSION-REASONS:\s*([^|]+)")
_COVIDENCE = re.compile(r"Exclusion reason:\s*([^;|]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Label:
    """Say that a record was included or excluded in screening, for what reason, and by whom."""

    included: bool
    reason: str = ""
    by: str = ""


def read_label(record: Record) -> Label | None:
    """Return the decision that a record carries, or None for none."""
    said = {re.sub(r"[^a-z0-9]", "", name.lower()): one_line(value) for name, value in record.extra.items()}
    reason = next((said[name] for name in _REASONS if said.get(name)), "")
    by = next((said[name] for name in _PEOPLE if said.get(name)), "")
    notes = " | ".join(said[name] for name in _NOTES if said.get(name))
    return _read_notes(notes) or _read_columns(said, reason, by)


def _read_notes(notes: str) -> Label | None:
    if "RAYYAN-INCLUSION" in notes and (found := _RAYYAN.search(notes)):
        votes = _RAYYAN_VOTE.findall(found[1])
        words = {vote.lower() for _, vote in votes}
        if words not in ({"included"}, {"excluded"}):
            return None
        reasons = _RAYYAN_REASONS.search(notes)
        by = ", ".join(dict.fromkeys(name for name, _ in votes))
        reason = one_line(reasons[1]) if reasons and words == {"excluded"} else ""
        return Label(words == {"included"}, reason, by)
    if found := _ASREVIEW.search(notes):
        return Label(found[1] == "relevant", by="ASReview")
    if found := _COVIDENCE.search(notes):
        return Label(False, one_line(found[1]), "Covidence")
    return None


def _read_columns(said: Mapping[str, str], reason: str, by: str) -> Label | None:
    for name in (*_LABELS, _ABSTRACKR):
        word = said.get(name, "").lower()
        if word in _IN or (word in _OUT and not (name == _ABSTRACKR and word in ("0", "0.0"))):
            maker = by or ("ASReview" if "asreview" in name or name == "labelincluded" else "")
            return Label(word in _IN, "" if word in _IN else reason, maker or "the export's label")
    return None


def join_labels(records: Iterable[Record]) -> Label | None:
    """Return the decision that all labelled records of a paper agree on, or None."""
    found = [label for record in records if (label := read_label(record))]
    if not found or len({label.included for label in found}) > 1:
        return None
    reasons = dict.fromkeys(label.reason for label in found if label.reason)
    people = dict.fromkeys(label.by for label in found if label.by)
    return Label(found[0].included, "; ".join(reasons), ", ".join(people))
