"""What git says of commits is asked once until there is another last commit."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from litbook.analyse.history import version
from litbook.analyse.history.version import ask_commits
from litbook.core.project import Project

SUBJECTS = ("log", "--format=%s")


def git(folder: Path, *words: str) -> None:
    who = ("-c", "user.name=An Editor", "-c", "user.email=a@example.org")
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


def commit(folder: Path, subject: str) -> None:
    git(folder, "commit", "--quiet", "--allow-empty", "--message", subject)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the commands of git, as they are run."""
    made: list[str] = []
    ask = version.ask_git

    def ask_git(project: Project, *words: str) -> str:
        made.append(words[0])
        return ask(project, *words)

    monkeypatch.setattr(version, "ask_git", ask_git)
    return made


@pytest.fixture
def review(tmp_path: Path) -> Path:
    folder = tmp_path / "review"
    folder.mkdir()
    git(folder, "init", "--quiet")
    commit(folder, "Begin")
    return folder


def test_an_answer_is_kept_until_the_next_commit(review: Path, asked: list[str]) -> None:
    project = Project(review)
    assert ask_commits(project, *SUBJECTS) == ask_commits(project, *SUBJECTS) == "Begin"
    assert asked.count("log") == 1
    commit(review, "Go on")
    assert ask_commits(project, *SUBJECTS).splitlines() == ["Go on", "Begin"]


def test_two_questions_have_two_answers(review: Path) -> None:
    project = Project(review)
    assert (ask_commits(project, *SUBJECTS), ask_commits(project, "log", "--format=%an")) == ("Begin", "An Editor")


def test_a_shallow_clone_is_asked_each_time(review: Path, tmp_path: Path, asked: list[str]) -> None:
    commit(review, "Go on")
    git(tmp_path, "clone", "--quiet", "--depth=1", review.as_uri(), "shallow")
    project = Project(tmp_path / "shallow")
    assert ask_commits(project, *SUBJECTS) == "Go on"
    git(project.root, "fetch", "--quiet", "--unshallow")
    assert ask_commits(project, *SUBJECTS).splitlines() == ["Go on", "Begin"]


def test_without_a_repository_git_is_not_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*_words: object, **_settings: object) -> None:
        pytest.fail("started")

    monkeypatch.setattr(subprocess, "run", run)
    assert ask_commits(Project(tmp_path), *SUBJECTS) == ""


def test_a_folder_within_a_repository_and_one_that_is_elsewhere_are_asked(
    review: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (review / "book").mkdir()
    assert ask_commits(Project(review / "book"), *SUBJECTS) == "Begin"
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.setenv("GIT_DIR", str(review / ".git"))
    assert ask_commits(Project(tmp_path / "elsewhere"), *SUBJECTS) == "Begin"
