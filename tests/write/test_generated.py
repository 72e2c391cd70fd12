"""What a run writes: only what changed, whole or not at all, and never into people's files."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path

import pytest
from invented import PACKAGE, SOUND, make_corpus_of, make_entry, make_paper, put, read_tree

from litbook.core.atomic import write_text
from litbook.core.project import Project
from litbook.model.faults import CorpusError
from litbook.pipeline import prepare
from litbook.write.generated import write
from litbook.write.paper import gather_page

CRANES = make_paper("cranes", "Cranes", "We fold an invented crane.")
KELP = make_paper("kelp", "Kelp", "We grow invented kelp.")
LEDGER = (make_entry("cranes", "Cranes"), make_entry("kelp", "Kelp", arxiv="3102.00001"))
EXPORTS = {"papers.json", "papers.csv", "papers.ris", "papers.csl.json", "references.bib"}
OF_CLAIMS = {"claims.json", "claims.schema.json"}  # these change with pages, not with papers
OF_THEME = {f"paper-folding.{kind}" for kind in ("bib", "ris", "csv")}


def times(folder: Path) -> dict[str, tuple[int, int]]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path): (path.stat().st_mtime_ns, path.stat().st_ino) for path in found}


@pytest.fixture
def review(tmp_path: Path) -> Project:
    """Copy the sound review, whose second paper has a note."""
    shutil.copytree(SOUND / "book", tmp_path / "book")
    return put(tmp_path, {"book/notes/made2030survey.md": "An invented note.\n", "README.md": "Invented.\n"})


def test_pages_exports_and_ledger_are_written(tmp_path: Path) -> None:
    written = write(Project(tmp_path), make_corpus_of([CRANES, KELP]), LEDGER)
    names = {path.relative_to(tmp_path).as_posix() for path in written.changed}
    exports = {f"book/data/{name}" for name in EXPORTS | OF_CLAIMS} | {f"book/data/themes/{name}" for name in OF_THEME}
    assert names == {"book/papers/cranes.md", "book/papers/kelp.md", "book/corpus/ledger.jsonl"} | exports
    assert names == read_tree(tmp_path).keys() - {"book/papers/.litbook.json", "book/data/.litbook.json"}
    assert (written.deleted, written.total) == ((), 13)
    lines = (tmp_path / "book/corpus/ledger.jsonl").read_text("utf-8").splitlines()
    assert [list(json.loads(line)) for line in lines] == [
        ["citekey", "title", "sketch", "first_seen"],
        ["citekey", "title", "arxiv", "sketch", "first_seen"],
    ]


def test_a_second_run_touches_no_file(tmp_path: Path) -> None:
    corpus = make_corpus_of([CRANES, KELP])
    write(Project(tmp_path), corpus, LEDGER)
    before = times(tmp_path)
    written = write(Project(tmp_path), corpus, LEDGER)
    assert (written.changed, written.deleted) == ((), ())
    assert times(tmp_path) == before


def test_a_changed_paper_writes_its_page_and_the_exports_only(tmp_path: Path) -> None:
    write(Project(tmp_path), make_corpus_of([CRANES, KELP]), LEDGER)
    changed = make_corpus_of([replace(CRANES, year=2031), KELP])
    names = {path.name for path in write(Project(tmp_path), changed, LEDGER).changed}
    assert names == {"cranes.md"} | EXPORTS | OF_THEME


def test_the_page_of_a_dropped_paper_is_deleted_and_its_citekey_is_kept(tmp_path: Path) -> None:
    write(Project(tmp_path), make_corpus_of([CRANES, KELP]), LEDGER)
    written = write(Project(tmp_path), make_corpus_of([KELP]), LEDGER)
    assert [path.name for path in written.deleted] == ["cranes.md"]
    assert not (tmp_path / "book/papers/cranes.md").exists()
    assert '"citekey": "cranes"' in (tmp_path / "book/corpus/ledger.jsonl").read_text("utf-8")


def test_people_s_files_are_never_touched(review: Project) -> None:
    before = read_tree(review.root)
    stamps = times(review.root)
    prepare(review)
    prepare(review)
    after = read_tree(review.root)
    assert {name: after[name] for name in before} == before
    assert {name: times(review.root)[name] for name in stamps} == stamps
    made = {name.rpartition("/")[0] for name in after.keys() - before.keys()}
    assert made == {"book/papers", "book/data", "book/data/themes", ".litbook"}


def test_what_was_generated_may_be_deleted(review: Project) -> None:
    prepare(review)
    before = read_tree(review.root)
    for folder in (review.papers, review.data, review.cache):
        shutil.rmtree(folder)
    prepare(review)
    after = read_tree(review.root)
    # What the records become is kept under the ledger that was there: the second run found the first one's citekeys.
    cached = ".litbook/merge.enrich.pickle"
    assert {**after, cached: b""} == {**before, cached: b""}


def test_a_damaged_cache_is_made_again(review: Project) -> None:
    prepare(review)
    prepare(review)
    before = read_tree(review.root)
    cached = [name for name in before if name.startswith(".litbook/")]
    assert len(cached) > 4
    for damaged in (lambda content: b"{", lambda content: content[:40], lambda content: content + b"\xff"):
        for name in cached:
            (review.root / name).write_bytes(damaged(before[name]))
        prepare(review)
        assert read_tree(review.root) == before


def test_a_changed_page_or_export_is_written_again(review: Project) -> None:
    prepare(review)
    before = read_tree(review.root)
    for path in (next(review.papers.glob("*.md")), review.data / "papers.csv"):
        path.write_text("Edited by hand.\n", "utf-8")
        assert prepare(review).written.changed == (path,)
    prepare(review)
    assert {**read_tree(review.root), ".litbook/merge.enrich.pickle": b""} == {
        **before,
        ".litbook/merge.enrich.pickle": b"",
    }


def test_each_field_of_a_page_counts() -> None:
    """Change one field after the other of what a page shows: the digest of the page is another each time."""
    corpus = make_corpus_of([CRANES, KELP])
    page = gather_page(corpus, CRANES, {paper.citekey: paper for paper in (CRANES, KELP)})
    others = {repr(replace(page, **{field.name: "other"})) for field in fields(page)}
    assert len(others | {repr(page)}) == len(fields(page)) + 1


def test_the_cache_does_not_outlive_a_change_of_its_input(review: Project) -> None:
    fresh = prepare(review).corpus
    source = review.sources / "invented.txt"
    source.write_text(source.read_text("utf-8").replace("Kelp Beds", "Paper Crane Beds"), "utf-8")
    changed = prepare(review).corpus
    assert changed.related != fresh.related
    shutil.rmtree(review.cache)
    assert prepare(review).corpus == changed


def test_a_faulty_review_writes_nothing(review: Project) -> None:
    before = read_tree(review.root)
    review.decisions.write_text("no,columns\n", "utf-8")
    before["book/corpus/decisions.csv"] = b"no,columns\n"
    with pytest.raises(CorpusError):
        prepare(review)
    assert read_tree(review.root) == before


# -- one file -------------------------------------------------------------------------------------------------------


def test_a_file_is_written_once_and_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "a.md"
    assert write_text(path, "é “ü” 鶴\n") is True
    assert path.read_bytes() == "é “ü” 鶴\n".encode()
    assert write_text(path, "é “ü” 鶴\n") is False
    assert write_text(path, "other\n") is True
    assert [path.name for path in path.parent.iterdir()] == ["a.md"]


def test_bytes_that_were_no_utf8_go_back_as_they_were(tmp_path: Path) -> None:
    write_text(tmp_path / "a.txt", b"caf\xe9".decode("utf-8", "surrogateescape"))
    assert (tmp_path / "a.txt").read_bytes() == b"caf\xe9"


# The system refuses to write more than 4 kB: the write fails in the middle, as on a full disk.
FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from litbook.core.atomic import write_text

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
try:
    write_text(Path(sys.argv[1]), "new\\n" * 5000)
except OSError as error:
    print(error.strerror)
"""


@pytest.mark.parametrize("old", [None, b"old\n" * 3000])
def test_a_write_that_fails_in_the_middle_leaves_the_old_file_whole(tmp_path: Path, old: bytes | None) -> None:
    path = tmp_path / "a.md"
    if old is not None:
        path.write_bytes(old)
    command = [sys.executable, "-c", FULL_DISK, str(path)]
    done = subprocess.run(command, cwd=PACKAGE.parent, capture_output=True, text=True, check=True)
    assert done.stdout == "File too large\n"
    assert read_tree(tmp_path) == ({} if old is None else {"a.md": old})


def test_an_excluded_paper_has_no_page_and_is_recommended_nowhere(review: Project) -> None:
    text = review.decisions.read_text("utf-8")
    review.decisions.write_text(f"{text}tidegardensneed,,,,exclude,Off topic.,an editor,2031-05-01\n", "utf-8")
    corpus = prepare(review).corpus
    assert [paper.citekey for paper in corpus.papers] == ["invented2031cranefold", "made2030survey", "nobody2032kelp"]
    made = {name: content for name, content in read_tree(review.root).items() if name.startswith(("book/p", "book/d"))}
    assert [name for name, content in made.items() if "tidegardensneed" in name or b"tidegardensneed" in content] == []
    assert "tidegardensneed" in review.ledger.read_text("utf-8")
