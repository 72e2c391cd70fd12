"""What CONTRIBUTING shows is true: the map of the rooms, the paths, and the code to copy."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from invented import PACKAGE, ROOT
from packaging.requirements import Requirement
from packaging.version import Version

GUIDE = (ROOT / ".github/CONTRIBUTING.md").read_text("utf-8")
BLOCKS = re.findall(r"^```\w*\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
MOST_LINES = 30


# The names at the top that the project was asked to have; besides them only dot-files and what a build makes.
TOP = {"pyproject.toml", "README.md", "book", "_config.yml", "_toc.yml", "scripts", "tests", "LICENSE", "CITATION.cff"}
MADE = {"_build"}


def block_with(text: str) -> str:
    (found,) = (block for block in BLOCKS if text in block)
    return found


def folders_of(room: Path) -> set[str]:
    return {path.parent.name for path in room.glob("*/*.py")}


def test_the_drawing_shows_every_room_and_every_feature_of_the_site_and_no_other() -> None:
    drawing = block_with("scripts/litbook/\n")
    assert drawing.count("\n") <= MOST_LINES
    assert set(re.findall(r"^  (\w+)/", drawing, re.MULTILINE)) == folders_of(PACKAGE)
    features = re.findall(r"^ {13}([a-z ]+)$", drawing, re.MULTILINE)
    assert set(" ".join(features).split()) == folders_of(PACKAGE / "site")


def test_the_top_level_holds_what_was_asked_for_and_nothing_else() -> None:
    names = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert names - MADE == TOP


def test_every_path_of_the_table_exists() -> None:
    table = [line for line in GUIDE.splitlines() if line.startswith("| ") and " | `" in line]
    paths = [path for line in table for path in re.findall(r"`((?:\w+/)+(?:\w+\.py)?)`", line.split(" | ")[1])]
    assert len(paths) >= 8
    assert [path for path in paths if not (PACKAGE / path).exists()] == []


@pytest.mark.parametrize("start", ["def make_sketch", "def test_only_new_results"])
def test_the_good_examples_are_in_the_code(start: str) -> None:
    example = block_with(start)
    files = [*PACKAGE.rglob("*.py"), *(ROOT / "tests/core").glob("*.py")]
    assert any(example in path.read_text("utf-8") for path in files)


@pytest.mark.slow
def test_the_way_to_debug_a_page_prints_the_page(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    exec(block_with("render_paper("), {})
    assert capsys.readouterr().out.startswith("# TD-MPC2")


def read_hooks() -> list[dict[str, Any]]:
    """Return the repositories of the hooks of pre-commit."""
    return yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]  # type: ignore[no-any-return]


def test_hooks_have_the_versions_that_the_tests_have() -> None:
    with (ROOT / "pyproject.toml").open("rb") as lines:
        needed = map(Requirement, tomllib.load(lines)["project"]["optional-dependencies"]["test"])
    declared = {item.name: item.specifier for item in needed}
    pinned = {hook["id"]: Version(item["rev"]) for item in read_hooks() if "rev" in item for hook in item["hooks"]}
    same = {"ruff": "ruff-check", "codespell": "codespell", "mypy": "mypy", "rumdl": "rumdl", "zizmor": "zizmor"}
    assert [name for name, hook in same.items() if pinned[hook] not in declared[name]] == []


def test_the_checks_are_the_same_wherever_they_are_named() -> None:
    wanted = {"ruff check", "ruff format", "codespell", "deptry scripts", "mypy"}
    hooks = {hook["id"] for repository in read_hooks() for hook in repository["hooks"]}
    assert {"ruff-check", "ruff-format", "codespell", "deptry", "mypy"} <= hooks
    for name in (".ci/run", ".github/CONTRIBUTING.md", ".github/pull_request_template.md"):
        assert [command for command in wanted if command not in (ROOT / name).read_text("utf-8")] == [], name
