"""What is not a file where a review keeps files is a fault, never taken as absent."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from invented import SOUND

from litbook.__main__ import main
from litbook.core.project import Project
from litbook.ingest.irregular import find_irregular


def make_folder(path: Path) -> None:
    path.mkdir()


def make_dangling(path: Path) -> None:
    path.symlink_to("nowhere")


def make_endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def make_linked_folder(path: Path) -> None:
    path.symlink_to(path.parents[2], target_is_directory=True)


KINDS = {
    make_folder: "a folder, not a file",
    make_dangling: "a link to a file that does not exist",
    os.mkfifo: "not a regular file",
    make_endless: "not a regular file",
    make_linked_folder: "a link to a folder, which is not followed",
}
PLACES = [
    *(path.relative_to("/r").as_posix() for path in Project(Path("/r")).ledgers),
    *("book/corpus/sources/new.bib", "book/notes/made2030survey.md", "book/chapters/new.md", "book/new.md"),
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(SOUND / "book", tmp_path / "book")
    return tmp_path


@pytest.mark.parametrize("make", KINDS, ids=lambda make: make.__name__)
@pytest.mark.parametrize("place", PLACES)
def test_each_kind_is_one_fault_in_each_place(root: Path, place: str, make: Callable[[Path], None]) -> None:
    (root / place).parent.mkdir(exist_ok=True)
    (root / place).unlink(missing_ok=True)
    make(root / place)
    expected = [] if make is make_folder and place.endswith("new.bib") else [(place, KINDS[make])]
    assert [(fault.file, fault.what) for fault in find_irregular(Project(root))] == expected


@pytest.mark.parametrize("folder", ["book/notes", "book/chapters"])
def test_a_file_in_the_place_of_a_folder_is_a_fault(root: Path, folder: str) -> None:
    shutil.rmtree(root / folder, ignore_errors=True)
    (root / folder).write_text("", "utf-8")
    assert [(fault.file, fault.what) for fault in find_irregular(Project(root))] == [(folder, "not a folder")]


def test_a_link_to_a_file_is_read(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    target = tmp_path_factory.mktemp("elsewhere") / "more.bib"
    target.write_text("@misc{a, title = {An Invented Thing}}\n", "utf-8")
    (root / "book/corpus/sources/more.bib").symlink_to(target)
    assert list(find_irregular(Project(root))) == []


def test_check_names_it_and_ends(root: Path) -> None:
    os.mkfifo(root / "book/corpus/sources/pipe.bib")
    result = CliRunner().invoke(main, ["check", "--root", str(root)])
    assert result.exit_code == 1
    assert "book/corpus/sources/pipe.bib: not a regular file; put a file in its place, or remove it" in result.stderr
