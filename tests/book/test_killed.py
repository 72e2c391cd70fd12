"""What a real kill leaves behind, what the next run makes of it, and decisions on pairs that follow one another.

All data are invented.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from invented import PACKAGE, SOUND, read_tree
from nothing_lost import FORMATS, Work, is_draft

from litbook.core.project import Project
from litbook.ingest.ledgers.pairs import COLUMNS as PAIR_COLUMNS
from litbook.model.faults import CorpusError
from litbook.pipeline import gather, make_corpus, prepare

SOURCES = "book/corpus/sources/"
# The process kills itself with the signal that nothing can catch, when it is about to make the n-th change.
SUICIDE = """
import os, signal, sys
from pathlib import Path
import nothing_lost
from litbook.pipeline import prepare
from litbook.core.project import Project

def die(event, arguments):
    try:
        nothing_lost.watch(event, arguments)
    except nothing_lost.DeathError:
        os.kill(os.getpid(), signal.SIGKILL)

root = sys.argv[1]
sys.addaudithook(die)
nothing_lost.doom(root, int(sys.argv[2]))
prepare(Project(Path(root)))
"""


@pytest.fixture(scope="module")
def before_and_after(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a review that is built, but whose facts and sources were changed since, and the same built again."""
    old, new = (tmp_path_factory.mktemp(name) for name in ("old", "new"))
    shutil.copytree(SOUND / "book", old / "book")
    (old / "book/notes").mkdir()
    (old / "book/notes/tidegardensneed.md").write_bytes(b"caf\xc3\xa9, a note\r\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1930000000")
        prepare(Project(old))
        facts = old / "book/corpus/facts.jsonl"
        facts.write_text(facts.read_text("utf-8").replace("2031", "2029"), "utf-8")
        (old / SOURCES / "twice.ris").write_text(FORMATS["ris"]([Work(1, "Sea Hats")]), "utf-8")
        shutil.copytree(old, new, dirs_exist_ok=True)
        prepare(Project(new))
        (new / ".litbook").rename(old / "learnt")  # what takes long is learnt already: the kill comes sooner
        shutil.rmtree(old / ".litbook")
        (old / "learnt").rename(old / ".litbook")
    return old, new


@pytest.mark.slow
@pytest.mark.parametrize("moment", [0, 3, 6, 12])
def test_a_killed_process_leaves_whole_files_and_the_next_run_ends_its_work(
    moment: int, before_and_after: tuple[Path, Path], tmp_path: Path
) -> None:
    old, new = (read_tree(root / "book") for root in before_and_after)
    shutil.copytree(before_and_after[0], tmp_path, dirs_exist_ok=True)
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(PACKAGE.parent), str(Path(__file__).parents[1] / "support")]),
        "SOURCE_DATE_EPOCH": "1930000000",
    }
    command = [sys.executable, "-c", SUICIDE, str(tmp_path)]
    assert subprocess.run([*command, str(moment)], env=environment, check=False).returncode == -signal.SIGKILL
    found = read_tree(tmp_path / "book")
    halfway = [name for name, content in found.items() if content not in (old.get(name), new.get(name))]
    # The list of generated files is written whole, before and after the files.
    assert [name for name in halfway if not name.endswith("/.litbook.json")] == [
        name for name in found if is_draft(name)
    ]
    changed = sum(old.get(name) != content for name, content in found.items() if not is_draft(name))
    assert (changed > 0) == (moment > 0)
    assert subprocess.run([*command, "10000"], env=environment, check=False).returncode == 0
    assert {name: content for name, content in read_tree(tmp_path / "book").items() if not is_draft(name)} == new


def test_the_drafts_of_the_dead_are_swept_after_an_hour_and_nothing_else_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(SOUND / "book", tmp_path / "book")
    drafts = {"papers/.kelp.md.4242.draft", "data/.papers.json.17.draft", "corpus/.ledger.jsonl.99.draft"}
    people = {"corpus/.thoughts.draft", "corpus/chapter.draft", "notes/.a.b.1.draft"}
    for name in (*drafts, *people, "papers/.young.md.7.draft"):
        path = tmp_path / "book" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("Half of an invented p", "utf-8")
        if "young" not in name:
            os.utime(path, (1_000_000_000, 1_000_000_000))
    prepare(Project(tmp_path))
    left = {name for name in read_tree(tmp_path / "book") if name.endswith(".draft")}
    assert left == people | {"papers/.young.md.7.draft"}


def test_pairs_that_follow_one_another_are_one_paper_in_any_order_of_the_rows(tmp_path: Path) -> None:
    shutil.copytree(SOUND / "book", tmp_path / "book", ignore=shutil.ignore_patterns("chapters"))
    rows = ["made2030survey,nobody2032kelp,yes,,me,", "nobody2032kelp,tidegardensneed,yes,,me,"]
    for ordered in (rows, rows[::-1]):
        (tmp_path / "book/corpus/pairs.csv").write_text("\n".join([",".join(PAIR_COLUMNS), *ordered]), "utf-8")
        papers = gather(Project(tmp_path)).papers
        assert {paper.citekey: len(paper.records) for paper in papers} == {
            "invented2031cranefold": 1,
            "made2030survey": 3,
        }


def test_a_citation_of_a_paper_that_became_another_names_that_one(tmp_path: Path) -> None:
    shutil.copytree(SOUND / "book", tmp_path / "book")
    rows = f"{','.join(PAIR_COLUMNS)}\nmade2030survey,nobody2032kelp,yes,,me,\n"
    (tmp_path / "book/corpus/pairs.csv").write_text(rows, "utf-8")
    with pytest.raises(CorpusError) as raised:
        make_corpus(Project(tmp_path))
    what = "'nobody2032kelp' is cited, but pairs.csv merges it into 'made2030survey'; cite 'made2030survey'"
    assert list(map(str, raised.value.faults)) == [f"book/chapters/tide-gardens.md:3: {what}"]
