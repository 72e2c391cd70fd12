"""Read past states of the collection from the commits that changed `book/corpus`, never from the work tree.

Each build runs one `git log` to find these commits. Differences between two commits are cached; a second git process,
which serves their files, is started only for commits that were never compared.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import IO, Any

from litbook.analyse.history.diff import PaperText, Snapshot, compare
from litbook.analyse.history.version import in_repository
from litbook.core.atomic import write_text
from litbook.core.code import digest_code
from litbook.core.project import Project
from litbook.model.faults import CorpusError, Fault
from litbook.model.history import Changes, History, Touched
from litbook.text.dates import say_date

MOST_COMMITS = 60
MOST_DAYS = 12
NO_GIT = "This copy of the review has no git history, so what changed is unknown."
NO_COMMIT = "No commit holds this collection yet, so there is nothing to compare it with."
_LOG = ("-c", "log.showSignature=false", "log", "--first-parent", "--decorate=full", "--format=%H%x09%cs%x09%D")
_CORPUS = "book/corpus"
_NOT_OF_PAPERS = ("decisions.csv", "themes.yml")  # all other files decide which papers there are
_LINKS = (0o120000, 0o160000)  # symbolic links and submodules

TakeSnapshot = Callable[[Project], Snapshot]


@dataclass(frozen=True, slots=True)
class _Commit:
    """Hold a commit and its date; `cut` marks the oldest commit of a shallow clone."""

    name: str
    date: str
    cut: bool


class _NoGitError(Exception):
    """Raised where git is missing or cannot read this folder as a repository."""


def read_history(project: Project, take_snapshot: TakeSnapshot) -> History:
    """Return what the commits changed in the collection, by day, newest first."""
    try:
        commits = _find_commits(project)
    except _NoGitError:
        return History(beginning=NO_GIT)
    if not commits:
        return History(beginning=NO_COMMIT)
    ends = _last_of_each_day(commits)
    states, more = ends[: MOST_DAYS + 1], len(ends) > MOST_DAYS or len(commits) == MOST_COMMITS
    differences = _recall_or_compare(project, states, take_snapshot)
    days = (Changes(day.date, touched) for day, touched in zip(states, differences, strict=False))
    changed = tuple(changes for changes in days if changes.touched)
    return History(changed, _describe_beginning(states[-1], more, bool(changed)))


def changes_since(project: Project, revision: str, take_snapshot: TakeSnapshot) -> tuple[Touched, ...]:
    """Return how the work tree differs from a revision; raise `CorpusError` for an unknown revision."""
    try:
        with _open_files(project) as files:
            if files.find(f"{revision}:./{_CORPUS}") is None:
                what = f"no revision '{revision}' that holds {_CORPUS}"
                raise CorpusError([Fault("litbook diff", 0, what, "see: git log --oneline -- book/corpus")])
            before = _Past(files, take_snapshot).state(revision)
    except _NoGitError:
        raise CorpusError([Fault("litbook diff", 0, NO_GIT, "git init, and commit")]) from None
    return compare(before, take_snapshot(project))


def _find_commits(project: Project) -> list[_Commit]:
    """Return the last commits on the first-parent line that changed the collection, newest first."""
    if not in_repository(project):
        raise _NoGitError
    command = ["git", *_LOG, f"--max-count={MOST_COMMITS}", "--", _CORPUS]
    try:
        done = subprocess.run(command, cwd=project.root, capture_output=True, check=False)
    except OSError as error:
        raise _NoGitError from error
    if done.returncode != 0:
        raise _NoGitError(done.stderr)
    lines = (line.split("\t") for line in done.stdout.decode("utf-8", "replace").splitlines())
    return [_Commit(name, date, "grafted" in names.split(", ")) for name, date, names in lines]


def _last_of_each_day(commits: Sequence[_Commit]) -> list[_Commit]:
    """Return the last commit of each day, and the very first commit, from which all changes are counted."""
    ends = [commit for after, commit in zip([None, *commits], commits, strict=False) if _ends_day(after, commit)]
    return ends if ends[-1] == commits[-1] else [*ends, commits[-1]]


def _ends_day(after: _Commit | None, commit: _Commit) -> bool:
    return after is None or after.date != commit.date


def _describe_beginning(first: _Commit, more: bool, changed: bool) -> str:
    if more:
        return f"For changes up to {say_date(first.date)}, see the git history of {_CORPUS}."
    since = "" if changed else " No paper has been changed or moved since."
    if first.cut:
        return f"The git history of this copy begins on {say_date(first.date)}; earlier changes are not in it.{since}"
    return f"The collection was first recorded on {say_date(first.date)}.{since}"


# --- The difference between two commits never changes, so it is cached ---


def _recall_or_compare(
    project: Project, states: Sequence[_Commit], take_snapshot: TakeSnapshot
) -> list[tuple[Touched, ...]]:
    """Return how each state differs from the next older one."""
    pairs = {f"{new.name} {old.name}": (new, old) for new, old in pairwise(states)}
    path = project.cache / "history.json"
    known = _recall(path)
    missing = [pair for name, pair in pairs.items() if name not in known]
    if missing:
        with _open_files(project) as files:
            past = _Past(files, take_snapshot)
            for new, old in missing:
                known[f"{new.name} {old.name}"] = compare(past.state(old.name), past.state(new.name))
        pruned = {name: [asdict(item) for item in known[name]] for name in pairs}
        write_text(path, json.dumps({"code": digest_code("litbook.pipeline"), "pairs": pruned}))
    return [known[name] for name in pairs]


def _recall(path: Path) -> dict[str, tuple[Touched, ...]]:
    try:
        kept: Any = json.loads(path.read_text("utf-8"))
        if kept["code"] == digest_code("litbook.pipeline"):
            return {name: tuple(Touched(**item) for item in items) for name, items in kept["pairs"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):  # missing or incomplete: computed again
        pass
    return {}


# --- The files of a commit ---


class _Past:
    """Take snapshots of commits; papers are read once for the same sources, facts and ledger."""

    def __init__(self, files: _Files, take_snapshot: TakeSnapshot) -> None:
        self._files = files
        self._take = take_snapshot
        self._states: dict[str, Snapshot] = {}
        self._papers: dict[tuple[tuple[str, str], ...], Mapping[str, PaperText]] = {}

    def state(self, revision: str) -> Snapshot:
        if revision not in self._states:
            self._states[revision] = self._read(revision)
        return self._states[revision]

    def _read(self, revision: str) -> Snapshot:
        found = self._files.find(f"{revision}:./{_CORPUS}")
        entries = {entry.name: entry for entry in self._files.list(found)} if found else {}
        key = tuple(sorted((name, entry.object) for name, entry in entries.items() if name not in _NOT_OF_PAPERS))
        wanted = [entry for name, entry in entries.items() if name in _NOT_OF_PAPERS or key not in self._papers]
        with tempfile.TemporaryDirectory(prefix="litbook-") as folder:
            project = Project(Path(folder))
            project.corpus.mkdir(parents=True)
            self._files.write(wanted, project.corpus)
            snapshot = self._take(project)
        self._papers.setdefault(key, snapshot.papers)
        return replace(snapshot, papers=self._papers[key])


@dataclass(frozen=True, slots=True)
class _Entry:
    """Hold one entry of a git tree."""

    mode: int
    name: str
    object: str


class _Files:
    """Read objects through a running `git cat-file --batch`."""

    def __init__(self, questions: IO[bytes], answers: IO[bytes]) -> None:
        self._questions = questions
        self._answers = answers

    def find(self, name: str) -> str | None:
        """Return the hash of the folder at a name such as "HEAD:./book", or None."""
        answer = None if "\n" in name else self._ask(name)
        return answer[0] if answer and answer[1] == "tree" else None

    def list(self, folder: str) -> Iterator[_Entry]:
        """Yield the entries of a folder given by its hash: each is mode, space, name, zero byte, hash."""
        answer = self._ask(folder)
        content = answer[2] if answer else b""
        size, at = len(folder) // 2, 0
        while at < len(content):
            end = content.index(b"\0", at)
            mode, _, name = content[at:end].partition(b" ")
            yield _Entry(int(mode, 8), os.fsdecode(name), content[end + 1 : end + 1 + size].hex())
            at = end + 1 + size

    def write(self, entries: Sequence[_Entry], folder: Path) -> None:
        """Write files and folders as they were; symbolic links and submodules are skipped."""
        for entry in entries:
            if entry.mode in _LINKS or entry.name in (".", "..") or "/" in entry.name:
                continue
            if entry.mode == 0o40000:
                (folder / entry.name).mkdir()
                self.write(tuple(self.list(entry.object)), folder / entry.name)
            else:
                answer = self._ask(entry.object)
                (folder / entry.name).write_bytes(answer[2] if answer else b"")

    def _ask(self, name: str) -> tuple[str, str, bytes] | None:
        """Return hash, type and content of an object, or None."""
        self._questions.write(name.encode("utf-8", "surrogateescape") + b"\n")
        self._questions.flush()
        words = self._answers.readline().decode("utf-8", "replace").split()
        if not words:
            raise _NoGitError
        if len(words) != 3 or not words[2].isdigit():
            return None
        content = self._answers.read(int(words[2]))
        self._answers.read(1)
        return words[0], words[1], content


@contextmanager
def _open_files(project: Project) -> Iterator[_Files]:
    command = ["git", "cat-file", "--batch"]
    pipe = subprocess.PIPE
    try:
        process = subprocess.Popen(command, cwd=project.root, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)
    except OSError as error:
        raise _NoGitError from error
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield _Files(process.stdin, process.stdout)
        except BrokenPipeError as error:
            raise _NoGitError from error
        finally:
            with suppress(BrokenPipeError):
                process.stdin.close()
            process.kill()
