"""Say in one line whether a review is kept up to date, and whether an update is late."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from litbook.core.identity import once_per_object
from litbook.model.faults import Fault
from litbook.model.living import Status
from litbook.model.review import Paper
from litbook.text.dates import say_date
from litbook.text.nouns import count_noun

PATIENCE = 30  # days after a missed date until `check --due` fails
_STALE = 45  # days after which a watch for notices that is asked for every month has missed a run
_FILE = "book/corpus/status.yml"
_WORDS = {
    "living": "Living review",
    "paused": "Living review, paused",
    "retired": "Retired living review",
    "one-off": "Review without planned updates",
}


def describe_status(status: Status) -> str:
    """Return the line of the status page, of `todo` and of CITATION.cff."""
    line = f"{_WORDS[status.mode]}: {describe_search(status)}"
    if status.mode == "living":
        return f"{line}; next update due on {say_date(status.due)}"
    return f"{line}. {status.reason.rstrip('.')}" if status.reason else line


def describe_briefly(status: Status, papers: Sequence[Paper]) -> str:
    """Return the status in the few words that a page has for it; of one search, to which month first versions reach."""
    if status.mode == "living":
        return describe_status(status)
    if status.mode != "one-off":
        return f"{_WORDS[status.mode]}: {describe_search(status)}"
    newest = _find_newest(papers)
    said = "One search" + (f" on {say_date(status.searched)}" if status.searched else "")
    return f"{said}, first versions to {say_date(newest[:7])}" if newest else said


@once_per_object(2)
def _find_newest(papers: Sequence[Paper]) -> str:
    """Return the last date on which one of the papers was published; every page asks for the same papers."""
    return max((paper.published for paper in papers if paper.published), default="")


def describe_search(status: Status, begins: bool = False) -> str:
    """Return when the review was last searched, or that it is not recorded; `begins` gives the words of a sentence."""
    said = (
        f"last searched on {say_date(status.searched)}" if status.searched else "the day of the search is not recorded"
    )
    return f"{said[0].upper()}{said[1:]}" if begins else said


def find_late(status: Status | None, today: str, patience: int = PATIENCE) -> Fault | None:
    """Return a fault if the update of a living review is more than `patience` days late."""
    days = count_late(status, today)
    if status is None or days <= patience:
        return None
    what = f"the update due on {status.due} is {count_noun(days, 'day')} late"
    remedy = "search again and set 'searched' and 'due', or set 'mode' to paused or retired with a reason"
    return Fault(_FILE, status.due_line, what, remedy)


def count_late(status: Status | None, today: str) -> int:
    """Return by how many days an update is late; 0 for one that is not, or a review that is not living."""
    if status is None or status.mode != "living":
        return 0
    return max(0, (date.fromisoformat(today) - date.fromisoformat(status.due)).days)


def find_stale_watch(papers: Iterable[Paper], today: str) -> Fault | None:
    """Return a task if services were asked for notices, but not lately."""
    days = [day for paper in papers for day in paper.watched.values()]
    if not days or (date.fromisoformat(today) - date.fromisoformat(max(days))).days <= _STALE:
        return None
    what = f"services were last asked for retractions and other notices on {max(days)}"
    return Fault("book/corpus/facts.jsonl", 0, what, "run: litbook fetch --notices")
