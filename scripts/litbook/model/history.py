"""What happened to the collection, day by day."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Touched:
    """What happened to one paper; `how` is a name in `analyse.history.diff.HOWS`, `detail` a sentence or empty."""

    how: str
    citekey: str
    title: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened to the collection on one day; `date` is an ISO date."""

    date: str
    touched: tuple[Touched, ...]


@dataclass(frozen=True, slots=True)
class Release:
    """One release of the review: a version with a date, and what it was made of.

    `state` is a digest of papers, themes and pages. `since` is the version before it, or empty for the first one;
    `changes` are numbers of papers by how they changed since, and `rewritten` is the number of pages that changed.
    """

    version: str
    date: str
    state: str
    papers: int
    themes: int
    since: str = ""
    changes: tuple[tuple[str, int], ...] = ()
    rewritten: int = 0


@dataclass(frozen=True, slots=True)
class History:
    """The changes day by day and the releases, newest first, and a sentence that says where the history begins."""

    days: tuple[Changes, ...] = ()
    beginning: str = ""
    releases: tuple[Release, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewVersion:
    """The version of the review, for citing it.

    `date` is an ISO date or empty. `version` is that of a release ("version"), a commit or the collection, as `what`
    says; `changed` says that uncommitted changes are included.
    """

    date: str = ""
    version: str = ""
    what: str = "collection"
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A section of a page, and the ISO date on which words of it were last committed.

    `file` is relative to `book/`; `title` is the page's.
    """

    date: str
    file: str
    anchor: str
    heading: str
    title: str
