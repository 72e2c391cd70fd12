"""The way into generated folders: it leads nowhere else, whatever a file is called and whatever is on the disk."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented import read_tree

from litbook.core.atomic import UnsafePathError, write_text
from litbook.core.output import OutputFolder

NAMES = st.text(st.sampled_from("a./\\ \0:-"), max_size=8) | st.sampled_from(
    ["../x.md", "a/../../x.md", "/x.md", "con.md", "a b.md", ".a.md", "a.md/", "~/a.md", "a.html", "themes/../../a.csv"]
)


@pytest.fixture
def folder(tmp_path: Path) -> OutputFolder:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/mine.md").write_text("A person's.\n", "utf-8")
    (tmp_path / "review/book").mkdir(parents=True)
    return OutputFolder(tmp_path / "review", tmp_path / "review/book/papers")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(NAMES)
def test_no_name_leads_out_of_the_folder(folder: OutputFolder, name: str) -> None:
    above = folder.root.parent
    before = {key: kept for key, kept in read_tree(above).items() if not key.startswith("review/book/papers/")}
    for act in (lambda: folder.write_text(name, "x"), lambda: folder.delete(name)):
        try:
            act()
        except UnsafePathError:
            continue
    after = {key: kept for key, kept in read_tree(above).items() if not key.startswith("review/book/papers/")}
    assert after == before


@pytest.mark.parametrize("linked", ["book/papers", "book"])
def test_a_linked_folder_is_refused(folder: OutputFolder, linked: str) -> None:
    (folder.root / "book").rmdir()
    (folder.root / linked).parent.mkdir(exist_ok=True)
    (folder.root / linked).symlink_to(folder.root.parent / "elsewhere", target_is_directory=True)
    for act in (lambda: folder.write_text("mine.md", "x"), lambda: folder.delete("mine.md"), folder.check):
        with pytest.raises(UnsafePathError, match="is a link"):
            act()
    assert (folder.root.parent / "elsewhere/mine.md").read_text("utf-8") == "A person's.\n"


def test_a_link_in_the_place_of_a_file_is_refused(folder: OutputFolder) -> None:
    folder.path.mkdir()
    (folder.path / "a.md").symlink_to(folder.root.parent / "elsewhere/mine.md")
    with pytest.raises(UnsafePathError, match="is a link"):
        folder.write_text("a.md", "x")
    assert (folder.path / "a.md").is_symlink()
    assert (folder.root.parent / "elsewhere/mine.md").read_text("utf-8") == "A person's.\n"


def make_folder(path: Path) -> None:
    path.mkdir()


def make_dangling(path: Path) -> None:
    path.symlink_to(path.parent / "nowhere")


@pytest.mark.parametrize("make", [make_folder, os.mkfifo, make_dangling])
@pytest.mark.parametrize("text", ["", "text\n"])
def test_what_is_not_a_file_is_named_and_stays(tmp_path: Path, make: Callable[[Path], None], text: str) -> None:
    make(tmp_path / "a.md")
    before = (tmp_path / "a.md").lstat()
    with pytest.raises(OSError, match=r"a\.md"):
        write_text(tmp_path / "a.md", text)
    assert (tmp_path / "a.md").lstat() == before
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]
