"""What CONTRIBUTING shows is true: the map of the rooms, the paths, and the code to copy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from invented import PACKAGE, ROOT

GUIDE = (ROOT / ".github/CONTRIBUTING.md").read_text("utf-8")
BLOCKS = re.findall(r"^```\w*\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
MOST_LINES = 30


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


def test_the_checks_are_the_same_wherever_they_are_named() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"][0]["hooks"]
    commands = {" ".join(hook["entry"].split()[:2]).removesuffix(" --fix") for hook in hooks}
    wanted = {"ruff check", "ruff format", "codespell", "deptry scripts", "mypy"}
    assert wanted <= commands
    for name in (".ci/run", ".github/CONTRIBUTING.md", ".github/pull_request_template.md"):
        assert [command for command in wanted if command not in (ROOT / name).read_text("utf-8")] == [], name
