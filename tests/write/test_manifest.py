"""Generated folders: litbook writes and deletes only what it wrote; all else is a fault and stays."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from invented import make_corpus_of, make_entry, make_paper, read_tree

from litbook.core.project import Project
from litbook.model.faults import CorpusError, naming_files
from litbook.write.generated import write

CRANES = make_paper("cranes", "Cranes", "We fold an invented crane.")
KELP = make_paper("kelp", "Kelp", "We grow invented kelp.")
LEDGER = (make_entry("cranes", "Cranes"), make_entry("kelp", "Kelp"))
MANIFESTS = {"book/papers/.litbook.json", "book/data/.litbook.json"}


@pytest.fixture
def review(tmp_path: Path) -> Project:
    """Return a review with two papers that has been written once."""
    project = Project(tmp_path / "review")
    write(project, make_corpus_of([CRANES, KELP]), LEDGER)
    return project


def refuse(project: Project, *papers: object) -> list[str]:
    """Return the faults of a run, which must change nothing."""
    before = read_tree(project.root)
    with pytest.raises(CorpusError) as caught, naming_files(str(project.root)):
        write(project, make_corpus_of(list(papers)), LEDGER)  # type: ignore[arg-type]
    assert read_tree(project.root) == before
    return list(map(str, caught.value.faults))


@pytest.mark.parametrize("name", ["papers/my-notes.md", "papers/mine/a.md", "data/x.xlsx", "data/themes/x.bib"])
def test_a_person_s_file_is_a_fault_and_stays(review: Project, name: str) -> None:
    (review.book / name).parent.mkdir(exist_ok=True)
    (review.book / name).write_text("A person's.\n", "utf-8")
    first, *_ = refuse(review, KELP)
    assert first.startswith(f"book/{'papers/mine' if 'mine' in name else name}: not written by litbook; move it out")


def test_what_systems_leave_in_folders_is_accepted(review: Project) -> None:
    for name in (".DS_Store", ".gitkeep"):
        (review.papers / name).write_bytes(b"\0")
    write(review, make_corpus_of([KELP]), LEDGER)
    assert (review.papers / ".DS_Store").is_file()


def test_a_page_that_would_take_the_place_of_a_person_s_is_a_fault(review: Project) -> None:
    new = make_paper("moss", "Moss", "We grow invented moss.")
    (review.papers / "moss.md").write_text("A person's.\n", "utf-8")
    assert refuse(review, KELP, new) == [
        "book/papers/moss.md: not written by litbook; move it out of this generated folder"
    ]


def test_an_edited_page_of_a_paper_that_is_gone_is_kept(review: Project) -> None:
    (review.papers / "cranes.md").write_text("Edited by hand.\n", "utf-8")
    assert refuse(review, KELP) == [
        "book/papers/cranes.md: changed since litbook wrote it, and no longer part of the review; keep what you need "
        "elsewhere, and delete the file"
    ]


def test_a_folder_whose_last_file_is_gone_is_deleted_with_it(review: Project) -> None:
    assert (review.data / "themes").is_dir()
    write(review, make_corpus_of([]), LEDGER)
    assert not (review.data / "themes").exists()


def test_an_empty_folder_is_accepted(review: Project) -> None:
    (review.data / "left-by-a-killed-run").mkdir()
    write(review, make_corpus_of([KELP]), LEDGER)


@pytest.mark.parametrize("name", ["papers", "data", "data/themes"])
def test_nothing_behind_a_linked_folder_is_touched(review: Project, tmp_path: Path, name: str) -> None:
    shutil.move(review.book / name, tmp_path / "elsewhere")
    (tmp_path / "elsewhere/mine.md").write_text("A person's.\n", "utf-8")
    (review.book / name).symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    before = read_tree(tmp_path / "elsewhere")
    first, *_ = refuse(review, KELP)
    assert first.startswith(f"book/{name}: ")
    assert read_tree(tmp_path / "elsewhere") == before


def test_a_folder_of_an_older_version_is_taken_over(review: Project) -> None:
    """Without a manifest, pages of papers in the ledger count as written by litbook, and all else does not."""
    for name in MANIFESTS:
        (review.root / name).unlink()
    written = write(review, make_corpus_of([KELP]), LEDGER)
    assert [path.name for path in written.deleted] == ["cranes.md"]
    assert read_tree(review.root).keys() >= MANIFESTS


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b'{"files": {"../../x.md": ["", ""]}}', b'{"files": {"a.md": 1}}']
)
def test_a_damaged_manifest_deletes_nothing_but_pages(review: Project, damage: bytes) -> None:
    (review.papers / ".litbook.json").write_bytes(damage)
    (review.root / "x.md").write_text("A person's.\n", "utf-8")
    written = write(review, make_corpus_of([KELP]), LEDGER)
    assert [path.name for path in written.deleted] == ["cranes.md"]
    assert (review.root / "x.md").is_file()


def make_folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("make", [make_folder, os.mkfifo])
@pytest.mark.parametrize("name", ["book/papers/kelp.md", "book/data/papers.csv", "book/corpus/ledger.jsonl"])
def test_a_path_that_is_not_a_file_is_one_fault_with_its_path(
    review: Project, name: str, make: Callable[[Path], None]
) -> None:
    (review.root / name).unlink()
    make(review.root / name)
    (fault,) = refuse(review, KELP, CRANES)
    assert fault.startswith(f"{name}: ")
