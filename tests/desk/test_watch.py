"""Which files are inputs of a build, and which changes are changes."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from invented import put
from serving import run_apart

from litbook.core.code import PACKAGE
from litbook.core.project import Project
from litbook.desk.watch import Contents, is_input, list_folders, watch


@pytest.mark.parametrize(
    "name",
    ["_config.yml", "book/index.md", "book/chapters/figures/x.svg", "book/corpus/sources/new/list.ris", "my.css"],
)
def test_what_people_write_is_an_input(tmp_path: Path, name: str) -> None:
    assert is_input(Project(tmp_path), tmp_path / name)


@pytest.mark.parametrize(
    "name",
    ["_build/html/index.html", "book/papers/x.md", "book/data/papers.csv", ".git/index", ".litbook/prose.json",
     "book/chapters/.x.md.123.draft", "book/chapters/x.md~", "book/chapters/.x.md.swp", "book/__pycache__/x.pyc"],
)  # fmt: skip
def test_what_the_build_and_tools_write_is_not(tmp_path: Path, name: str) -> None:
    assert not is_input(Project(tmp_path), tmp_path / name)


def test_only_other_content_is_a_change(tmp_path: Path) -> None:
    contents, path = Contents(), tmp_path / "x.md"
    path.write_text("one", "utf-8")
    assert contents.keep_changed([path]) == {path}
    path.touch()
    assert contents.keep_changed([path]) == set()
    path.write_text("two", "utf-8")
    assert contents.keep_changed([path]) == {path}
    path.unlink()
    assert contents.keep_changed([path]) == {path}
    assert contents.keep_changed([path, tmp_path]) == set()
    assert contents.keep_changed([tmp_path / "gone.md"]) == {tmp_path / "gone.md"}


def test_environments_and_generated_folders_are_not_watched(tmp_path: Path) -> None:
    put(tmp_path, {"book/x.md": "", "venv/pyvenv.cfg": "", "_build/x": "", ".git/x": "", "pictures/x.png": ""})
    assert list_folders(Project(tmp_path)) == [tmp_path / "book", tmp_path / "pictures", PACKAGE]


def test_a_save_is_seen_wherever_it_is(tmp_path: Path) -> None:
    root = put(tmp_path, {"book/chapters/x.md": "", "_config.yml": "", "_build/html/x.html": ""}).root.resolve()

    async def see() -> None:
        wanted = [root / "book/chapters/x.md", root / "_config.yml"]
        seen: set[Path] = set()

        async def save() -> None:
            while True:  # the watcher may not have begun at the first
                for path in wanted:
                    path.write_text(path.read_text("utf-8") + "x", "utf-8")
                await asyncio.sleep(0.05)

        saving = asyncio.create_task(save())
        async for paths in watch(Project(root)):
            seen |= paths
            if seen.issuperset(wanted):
                break
        saving.cancel()

    run_apart(see())
