"""The open tasks and remarks of an earlier commit: what a request adds is what was not there before it."""

from __future__ import annotations

import contextlib
import io
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from litbook.analyse.history.version import ask_git
from litbook.analyse.prose.remarks import find_remarks
from litbook.commands.todo import Known, find_todos
from litbook.core.project import Project
from litbook.model.faults import CorpusError, Fault
from litbook.pipeline import make_corpus


def find_earlier(project: Project, revision: str) -> Known | None:
    """Return the tasks and remarks of the commit from which the work tree and a revision have both come.

    Return None if nothing has changed since that commit: then no task is new. The tasks of a commit with faults are not
    known. Raise `CorpusError` for an unknown revision.
    """
    base = _find_base(project, revision)
    if base == ask_git(project, "rev-parse", "HEAD") and not ask_git(project, "status", "--porcelain", "--", "."):
        return None
    # A process that learns in the background may still write to the caches of both reviews.
    with tempfile.TemporaryDirectory(prefix="litbook-", ignore_cleanup_errors=True) as folder:
        earlier = Project(Path(folder).resolve() / "review")
        _unpack(project, base, earlier.root)
        _copy_cache(project.cache, earlier.cache)
        return _list_tasks(earlier)


def _find_base(project: Project, revision: str) -> str:
    commit = ask_git(project, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if not commit:
        remedy = "see: git log --oneline; a shallow clone lacks earlier commits, which git fetch --unshallow gets"
        raise CorpusError([Fault(f"--since {revision}", 0, "unknown revision", remedy)])
    base = ask_git(project, "merge-base", commit, "HEAD")
    if not base:
        what = "no commit in common with HEAD"
        raise CorpusError([Fault(f"--since {revision}", 0, what, "get the whole history: git fetch --unshallow")])
    return base.split()[0]


def _unpack(project: Project, commit: str, folder: Path) -> None:
    """Write the review as it was in a commit, with the folder of the review as the root."""
    command = ["git", "archive", "--format=tar", commit]
    packed = subprocess.run(command, cwd=project.root, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")


def _copy_cache(source: Path, target: Path) -> None:
    """Copy what a cache holds; a file that is replaced meanwhile is left out, for it only saves time."""
    for path in sorted(source.rglob("*")):
        if path.is_file():
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.suppress(FileNotFoundError):
                shutil.copy2(path, copy)


def _list_tasks(project: Project) -> Known:
    if not project.corpus.is_dir():
        return frozenset()
    try:
        corpus, _, inputs = make_corpus(project)
    except CorpusError:  # nothing is known of it, so all tasks count as new
        return frozenset()
    tasks = (*find_todos(project, corpus, inputs, every=True), *find_remarks(corpus, inputs.pages))
    return frozenset((task.file, task.what) for task in tasks)
