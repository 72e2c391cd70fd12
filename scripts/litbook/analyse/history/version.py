"""The version of the review that a build shows, and that citations of the review name.

It comes from files and commits, never from the clock, so that a commit has the same version wherever it is built.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime

from litbook.core.cache import digest, keep, recall
from litbook.core.project import Project
from litbook.model.history import ReviewVersion
from litbook.model.pages import Page
from litbook.model.review import Corpus
from litbook.text.dates import is_date

# What people write; `papers` and `data` are generated from it.
_WRITTEN = ("book", "_config.yml", "_toc.yml", ":(exclude)book/papers", ":(exclude)book/data")
COMMIT_LENGTH = 10  # of the part of a hash that is shown; git's own short names differ between full and shallow clones


def read_state(project: Project, corpus: Corpus, days: Iterable[str], pages: Iterable[Page] = ()) -> ReviewVersion:
    """Return the date and the version of the review.

    If nothing has changed since a release, they are those of the release. Otherwise the date is that of
    SOURCE_DATE_EPOCH, or of the last commit that changed the review, or else the newest of `days`, on which papers were
    added and decisions made; the version is that commit, or without git a digest of the papers and their themes.
    `changed` marks a review with uncommitted changes.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    set_by = datetime.fromtimestamp(int(epoch), UTC).date().isoformat() if epoch else ""
    commit, _, day = ask_git(project, "log", "--max-count=1", "--format=%H %cs", "--", *_WRITTEN).partition(" ")
    released = next(iter(corpus.history.releases), None)
    if released:
        known = commit and _is_whole(project)
        if _is_release(project, commit) if known else released.state == digest_state(corpus, pages):
            return ReviewVersion(set_by or released.date, released.version, "version", False)
    if commit:
        changed = bool(ask_git(project, "status", "--porcelain", "--", *_WRITTEN))
        return ReviewVersion(set_by or day, commit[:COMMIT_LENGTH], "commit", changed)
    newest = max(filter(is_date, days), default="")
    return ReviewVersion(set_by or newest, _digest(corpus), "collection", False)


def _is_whole(project: Project) -> bool:
    """Return whether the history is complete: the oldest commit of a shallow clone seems to have changed every file."""
    return ask_git(project, "rev-parse", "--is-shallow-repository") == "false"


def _is_release(project: Project, commit: str) -> bool:
    """Return whether the last commit that changed the review is that of a release, and nothing has changed since."""
    last = ask_git(project, "log", "--max-count=1", "--format=%H", "--", project.name(project.releases))
    return last == commit and not ask_git(project, "status", "--porcelain", "--", *_WRITTEN)


def digest_state(corpus: Corpus, pages: Iterable[Page]) -> str:
    """Return a digest of all that a release freezes: papers, their themes, and the pages that people wrote."""
    written = sorted((page.file, page.source) for page in pages)
    return digest(_digest(corpus), written)[:COMMIT_LENGTH]


def in_repository(project: Project) -> bool:
    """Return whether git may find a repository here, as it looks for one, without starting it."""
    folder = project.root.resolve()
    return "GIT_DIR" in os.environ or any((place / ".git").exists() for place in (folder, *folder.parents))


def ask_git(project: Project, *words: str) -> str:
    """Return the output of git in a review, or nothing where git or the repository is missing."""
    if not in_repository(project):
        return ""
    command = ["git", "--no-optional-locks", "-c", "log.showSignature=false", *words]
    try:
        done = subprocess.run(command, cwd=project.root, capture_output=True, check=False)
    except OSError:
        return ""
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else ""


def ask_commits(project: Project, *words: str) -> str:
    """Return the output of a git command that reads nothing but commits, cached until there is another last commit.

    A shallow clone can be deepened without another last commit, so nothing is cached there.
    """
    head, _, shallow = ask_git(project, "rev-parse", "HEAD", "--is-shallow-repository").partition("\n")
    path = project.cache / f"git-{digest(words)[:COMMIT_LENGTH]}.txt" if head and shallow == "false" else None
    known = recall(path, head, str)
    if known is None:
        known = ask_git(project, *words)
        keep(path, head, known)
    return known


def _digest(corpus: Corpus) -> str:
    places = [(key, place.theme, place.kind, place.decided) for key, place in corpus.placements.items()]
    papers = [
        (paper.citekey, paper.title.plain, paper.abstract.plain, paper.authors, paper.published, paper.venue,
         paper.venue_year, sorted(paper.links.items()))
        for paper in corpus.papers
    ]  # fmt: skip
    return digest(papers, sorted(places))[:COMMIT_LENGTH]
