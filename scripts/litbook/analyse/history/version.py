"""The state of the review that a build shows: what a citation of it has to name.

It is told by what is kept, never by the clock, so that one commit gives one state wherever and whenever it is built.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime

from litbook.analyse.prose.coverage import is_date
from litbook.core.cache import digest
from litbook.core.project import Project
from litbook.model.review import Corpus, State

# What people write; `papers` and `data` are made of it.
_WRITTEN = ("book", "_config.yml", "_toc.yml", ":(exclude)book/papers", ":(exclude)book/data")
_LENGTH = 10  # of what is shown of a hash; git's own short names differ between a whole clone and a shallow one


def read_state(project: Project, corpus: Corpus, days: Iterable[str]) -> State:
    """Return the date and the version of the review.

    The date is that of SOURCE_DATE_EPOCH, or of the last commit that touched the review, or else the newest of `days`,
    on which papers came in and people decided. The version is that commit; without one, it is a digest of the papers
    and of where they stand. What is not committed makes a state with `changed`.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    set_by = datetime.fromtimestamp(int(epoch), UTC).date().isoformat() if epoch else ""
    commit, _, day = _ask_git(project, "log", "--max-count=1", "--format=%H %cs", "--", *_WRITTEN).partition(" ")
    if commit:
        changed = bool(_ask_git(project, "status", "--porcelain", "--", *_WRITTEN))
        return State(set_by or day, commit[:_LENGTH], "commit", changed)
    newest = max(filter(is_date, days), default="")
    return State(set_by or newest, _digest(corpus), "collection", False)


def _ask_git(project: Project, *words: str) -> str:
    """Return what git says, or nothing: it may not be there, or this may be no repository."""
    command = ["git", "--no-optional-locks", "-c", "log.showSignature=false", *words]
    try:
        done = subprocess.run(command, cwd=project.root, capture_output=True, check=False)
    except OSError:
        return ""
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else ""


def _digest(corpus: Corpus) -> str:
    places = [(key, place.theme, place.kind, place.decided) for key, place in corpus.placements.items()]
    told = [
        (paper.citekey, paper.title.plain, paper.abstract.plain, paper.authors, paper.published, paper.venue,
         paper.venue_year, sorted(paper.links.items()))
        for paper in corpus.papers
    ]  # fmt: skip
    return digest(told, sorted(places))[:_LENGTH]
