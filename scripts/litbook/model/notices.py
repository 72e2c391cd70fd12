"""Notices: what was published about a paper after it, such as a retraction or a correction.

The kinds follow the updates that Crossref registers (its documentation, "Registering updates") and the "natures" of the
Retraction Watch database, which add the reinstatement.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# Each kind with the label that readers see. `other` keeps a service's own word for what is not in this list.
KIND_WORDS = {
    "retraction": "retracted",
    "partial-retraction": "partly retracted",
    "removal": "removed by the publisher",
    "withdrawal": "withdrawn",
    "concern": "expression of concern",
    "correction": "corrected",
    "erratum": "erratum",
    "addendum": "addendum",
    "clarification": "clarification",
    "new-version": "new version",
    "reinstatement": "reinstated",
    "other": "other notice",
}
KINDS = tuple(KIND_WORDS)
# What takes away the ground of a sentence.
VOIDING = ("retraction", "removal", "withdrawal", "partial-retraction")
# From the most to the least serious: the first that holds is the one that a paper is labelled with.
_ORDER = (*VOIDING, "concern", "correction", "erratum", "clarification", "addendum", "new-version", "other")
# Labelled wherever the paper is named; the others only on its page and in the list of all notices.
LOUD = (*VOIDING, "concern", "correction", "erratum")


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice about a paper, as one origin gives it.

    `origin` is a service, or the person who entered the notice; `registrant` is who registered it with the service, as
    "publisher" or "retraction-watch". `date` is that of the notice and `first_said`, `last_said` and `gone` are days on
    which the origin said so, said so last, and no longer said so; ISO dates as precise as they are known, or empty.
    `doi` is that of the notice, `address` where it can be read. `says` is the origin's own word for the kind.
    """

    kind: str
    origin: str
    date: str = ""
    doi: str = ""
    address: str = ""
    registrant: str = ""
    says: str = ""
    first_said: str = ""
    last_said: str = ""
    gone: str = ""

    @property
    def label(self) -> str:
        """Return what readers see of the kind; the service's own word where the kind is not a known one."""
        return self.says.lower() if self.kind == "other" and self.says else KIND_WORDS[self.kind]

    @property
    def day(self) -> str:
        """Return the date of the notice, or else the day on which its origin first said so."""
        return self.date or self.first_said


def find_standing(notices: Iterable[Notice]) -> Notice | None:
    """Return the most serious notice that still holds, the earliest of its kind; None if there is none.

    A notice that its origin has withdrawn does not hold, nor does a retraction with a later reinstatement. A
    reinstatement without a date lifts nothing, since it may be the older of the two.
    """
    held = [notice for notice in notices if not notice.gone]
    lifted = max((notice.date for notice in held if notice.kind == "reinstatement"), default="")
    standing = [
        notice
        for notice in held
        if notice.kind in _ORDER and not (notice.kind in VOIDING and notice.date and notice.date < lifted)
    ]
    return min(standing, key=lambda notice: (_ORDER.index(notice.kind), not notice.date, notice.date), default=None)


def is_void(notices: Iterable[Notice]) -> bool:
    """Return whether a paper is retracted, withdrawn or removed, at least in part, so that nothing rests on it."""
    standing = find_standing(notices)
    return standing is not None and standing.kind in VOIDING


def flag_of(notices: Iterable[Notice]) -> str:
    """Return the label that a paper has wherever it is named, or nothing."""
    standing = find_standing(notices)
    return standing.label if standing and standing.kind in LOUD else ""


def newest_first(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """Return notices by their dates, the newest first, those without a date last."""
    return tuple(sorted(notices, key=lambda notice: notice.day, reverse=True))


@dataclass(frozen=True, slots=True)
class KeptSentence:
    """A sentence that rests on a retracted paper and that an editor keeps, with the reason that readers see.

    `file` is the page or the hand-kept file as messages print it, and `sentence` a part of the sentence that no other
    sentence on this paper has. `line` is the row's line in `kept.csv`.
    """

    line: int
    file: str
    citekey: str
    sentence: str
    reason: str
    by: str
    date: str
