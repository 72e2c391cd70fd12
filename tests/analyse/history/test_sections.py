"""Sections have the day of the commit whose words are still in them. The review and its history are invented."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from invented import SOUND, put

from litbook.analyse.history.sections import read_rewritten
from litbook.core.project import Project
from litbook.ingest.pages import read_pages

PAGE = """# Folding paper

An invented chapter, with a first line that is long enough.

## Cranes

Robots fold cranes for years and never grow tired of it.

## Boats

Boats are folded from wet paper, which no one understands.
"""


def commit(root: Path, day: str) -> None:
    who = {"GIT_AUTHOR_NAME": "An Editor", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "An Editor",
           "GIT_COMMITTER_EMAIL": "a@example.org", "GIT_AUTHOR_DATE": f"{day}T12:00:00Z",
           "GIT_COMMITTER_DATE": f"{day}T12:00:00Z"}  # fmt: skip
    for words in (["add", "-A"], ["commit", "-qm", "Write"]):
        subprocess.run(["git", *words], cwd=root, env={**os.environ, **who}, check=True)


def test_a_section_has_the_day_on_which_its_words_were_committed(tmp_path: Path) -> None:
    shutil.copytree(SOUND / "book", tmp_path / "book")
    put(tmp_path, {"book/chapters/paper-folding.md": PAGE, "book/analysis/machinery.md": PAGE})
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    commit(tmp_path, "2033-01-02")
    put(tmp_path, {"book/chapters/paper-folding.md": PAGE.replace("never grow tired", "grow tired in the end")})
    commit(tmp_path, "2033-05-06")
    project = Project(tmp_path)
    rewritten = read_rewritten(project, read_pages(project))
    assert not [item.file for item in rewritten if item.file.startswith("analysis/")]  # no one wrote these for reading
    found = [item for item in rewritten if item.file == "chapters/paper-folding.md"]
    assert [(item.date, item.anchor, item.title) for item in found] == [
        ("2033-05-06", "cranes", "Folding paper"),
        ("2033-01-02", "folding-paper", "Folding paper"),
        ("2033-01-02", "boats", "Folding paper"),
    ]


def test_without_a_history_no_section_has_a_day(tmp_path: Path) -> None:
    put(tmp_path, {"book/chapters/paper-folding.md": PAGE})
    project = Project(tmp_path)
    assert read_rewritten(project, read_pages(project)) == ()
