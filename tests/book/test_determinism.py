"""The same review gives the same bytes: under any hash seed, and in any order where order must not matter."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from invented import CHROME, PACKAGE, ROOT, put, read_tree

from litbook.core.project import Project

RUN = """
import sys
from pathlib import Path
from litbook.pipeline import prepare
from litbook.core.project import Project
prepare(Project(Path(sys.argv[1])))
"""
MADE = ("book/papers/", "book/data/", "book/corpus/ledger.jsonl")
# The sentence that says in which lines of their files a paper's record and its facts are.
PLACE = re.compile(rb"(?<=\nTitle and abstract were read from ).*")


def prepare_in_subprocess(root: Path, seed: int) -> dict[str, bytes]:
    """Run the line on a review under a hash seed, and return what it made for readers.

    The list of generated files has digests of what each was made from, lines of sources included.
    """
    environment = {**os.environ, "PYTHONHASHSEED": str(seed), "SOURCE_DATE_EPOCH": "1930000000"}
    command = [sys.executable, "-c", RUN, str(root)]
    subprocess.run(command, cwd=PACKAGE.parent, env=environment, check=True)
    made = {name: content for name, content in read_tree(root).items() if name.startswith(MADE)}
    return {name: content for name, content in made.items() if not name.endswith("/.litbook.json")}


def copy_review(root: Path) -> Project:
    shutil.copytree(ROOT / "book", root / "book", ignore=shutil.ignore_patterns("papers", "data"))
    return Project(root)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return what the real review gives under one hash seed."""
    project = copy_review(tmp_path_factory.mktemp("one"))
    project.ledger.write_text(_without_last_lines(project.ledger, 9), "utf-8")
    return prepare_in_subprocess(project.root, 0)


def _without_last_lines(path: Path, number: int) -> str:
    return "".join(path.read_text("utf-8").splitlines(keepends=True)[:-number])


@pytest.mark.slow
def test_another_hash_seed_gives_the_same_bytes(made: dict[str, bytes], tmp_path: Path) -> None:
    project = copy_review(tmp_path)
    project.ledger.write_text(_without_last_lines(project.ledger, 9), "utf-8")
    again = prepare_in_subprocess(tmp_path, 4242)
    assert len(again) > 250
    assert again.keys() == made.keys()
    assert [name for name, content in again.items() if made[name] != content] == []


@pytest.mark.slow
def test_shuffled_inputs_give_the_same_papers(made: dict[str, bytes], tmp_path: Path) -> None:
    project = copy_review(tmp_path)
    chance = random.Random(20310501)
    _shuffle_source(project, chance)
    _shuffle_lines(project.facts, chance)
    _shuffle_lines(project.ledger, chance, _without_last_lines(project.ledger, 9))
    _shuffle_lines(project.decisions, chance, header=1)
    again = prepare_in_subprocess(tmp_path, 7)
    assert again.keys() == made.keys()
    differing = [name for name in made if PLACE.sub(b"", made[name]) != PLACE.sub(b"", again[name])]
    assert differing == []
    assert [name for name in made if made[name] != again[name]], "the sources were not shuffled"


def _shuffle_source(project: Project, chance: random.Random) -> None:
    (path,) = project.sources.iterdir()
    lines = path.read_text("utf-8").removeprefix(CHROME).removesuffix("\n").split("\n")
    works = list(zip(lines[::2], lines[1::2], strict=True))
    chance.shuffle(works)
    path.write_text(CHROME + "".join(f"{title}\n{abstract}\n" for title, abstract in works), "utf-8")


def _shuffle_lines(path: Path, chance: random.Random, text: str | None = None, header: int = 0) -> None:
    lines = (text if text is not None else path.read_text("utf-8")).splitlines(keepends=True)
    head, rest = lines[:header], lines[header:]
    chance.shuffle(rest)
    path.write_text("".join(head + rest), "utf-8")


@pytest.mark.slow
def test_the_day_of_a_new_entry_is_the_one_that_was_set(made: dict[str, bytes]) -> None:
    days = [json.loads(line)["first_seen"] for line in made["book/corpus/ledger.jsonl"].splitlines()]
    assert days.count("2031-02-27") == 9


@pytest.mark.slow
def test_the_order_of_two_sources_changes_no_paper(tmp_path: Path) -> None:
    first = CHROME + "Folding Cranes\nWe fold invented cranes from paper and count them at night.\n"
    second = CHROME + "Growing Kelp\nWe grow invented kelp below the tide and count it at noon.\n"
    themes = (ROOT / "book" / "corpus" / "themes.yml").read_bytes()
    found = []
    for number, names in enumerate((("a.txt", "b.txt"), ("b.txt", "a.txt"))):
        sources = {f"book/corpus/sources/{name}": text for name, text in zip(names, (first, second), strict=True)}
        root = tmp_path / str(number)
        put(root, {**sources, "book/corpus/themes.yml": themes})
        found.append({name: PLACE.sub(b"", content) for name, content in prepare_in_subprocess(root, number).items()})
    assert found[0] == found[1]
