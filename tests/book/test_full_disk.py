"""A disk that is full, read-only or closed to us: one fault with the path, nothing half-written, nothing lost.

All papers are invented.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sysconfig
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from failing import failing_after
from invented import put
from invented import read_tree as read_whole
from nothing_lost import FORMATS, Work, is_draft
from parsedpapers import write_folder
from toybook import copy_toy
from workflows import git

from litbook.__main__ import main
from litbook.core.project import Project
from litbook.desk.acts import Desk
from litbook.model.faults import CorpusError, naming_files
from litbook.pipeline import prepare

ENDLESS = 10**6
# How many moments of a command are tried, evenly spread; all of them with LITBOOK_TRIALS=400 or more.
MOMENTS = 9 if int(os.environ.get("LITBOOK_TRIALS", "40")) < 400 else ENDLESS
CODES = (errno.ENOSPC, errno.EACCES, errno.EROFS)
# Made again by every run that needs them.
MADE = ("book/papers/", "book/data/", ".litbook/")


def write_sources(folder: Path) -> tuple[Path, Path]:
    first, second = folder / "first.bib", folder / "second.ris"
    first.write_text(FORMATS["bib"]([Work(number, f"Sea Hat {number} of kelp") for number in range(5)]), "utf-8")
    second.write_text(FORMATS["ris"]([Work(number, f"Paper Boat {number}") for number in range(5, 8)]), "utf-8")
    return first, second


def read_tree(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder but those of git, whose index also holds times."""
    return read_whole(folder, lambda path: path.is_file() and ".git" not in path.parts)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)))


def build(root: Path) -> Result:
    """Run the part of a build that writes below `book/`, with the exit code of a command."""
    return guard(lambda: prepare(Project(root)))


def decide(root: Path) -> Result:
    """Place a paper at the desk, take that back, and place it again."""
    desk = Desk(Project(root), "Ada Example")

    def act() -> None:
        desk.load(0)
        asked = {"citekey": desk.collection.papers[0].citekey, "theme": "all-papers", "reason": "invented"}
        desk.act("place", asked)
        desk.undo()
        desk.act("place", asked)

    return guard(act)


def guard(act: Callable[[], object]) -> Result:
    """Do something, with the exit code and the message that a command has for its errors."""
    try:
        with naming_files():
            act()
    except CorpusError as error:
        return Result(CliRunner(), b"", str(error).encode(), b"", None, 1, SystemExit(1))
    return Result(CliRunner(), b"", b"", b"", None, 0, None)


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with two sources, a new review of the first, one to release, and one of parsed papers."""
    folder = tmp_path_factory.mktemp("start")
    first, _ = write_sources(folder)
    for name in ("review", "released"):
        assert run("new", folder / name, "--title", "Invented", "--from", first).exit_code == 0
    assert run("new", folder / "parsed", "--title", "Owls", "--from", write_folder(folder / "tei")).exit_code == 0
    (folder / "parsed/book/corpus/parsed.jsonl").unlink()
    citation = "cff-version: 1.2.0\nmessage: Cite it.\ntitle: Invented\nauthors:\n  - name: The Kelp Society\n"
    put(folder / "released", {"CITATION.cff": f"{citation}license: CC-BY-4.0\n"})
    settings = folder / "released/_config.yml"
    settings.write_text(settings.read_text("utf-8").replace('author: ""', "author: The Kelp Society"), "utf-8")
    git(folder / "released", "init", "--quiet")
    git(folder / "released", "add", ".")
    git(folder / "released", "commit", "--quiet", "--message", "Start")
    return folder


COMMANDS: Mapping[str, Callable[[Path], Result]] = {
    "new": lambda folder: run("new", folder / "other", "--title", "Invented", "--from", folder / "first.bib"),
    "add": lambda folder: run("add", "--root", folder / "review", folder / "second.ris"),
    "build": lambda folder: build(folder / "review"),
    "columns": lambda folder: run("columns", "add", "--root", folder / "review", "pico"),
    "theme": lambda folder: run("theme", "rename", "--root", folder / "review", "all-papers", "hats", "--yes"),
    "desk": lambda folder: decide(folder / "review"),
    "parse": lambda folder: run("parse", "--root", folder / "parsed", folder / "tei"),
    "release": lambda folder: run("release", "1.0", "--root", folder / "released"),
    "volumes": lambda folder: run(
        "volumes", "split", folder / "library", "--from", folder / "first.bib", "--size", "2"
    ),
    "export": lambda folder: run("export", "--root", folder / "review", folder / "out.bib"),
}


def leave_out_made(tree: Mapping[str, bytes]) -> dict[str, bytes]:
    made = tuple(f"review/{name}" for name in MADE)
    return {name: content for name, content in tree.items() if not name.startswith(made)}


def spread(count: int) -> Sequence[int]:
    return sorted({round(step * (count - 1) / max(1, min(MOMENTS, count) - 1)) for step in range(min(MOMENTS, count))})


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_a_disk_that_fails_at_any_moment_loses_nothing(
    name: str, start: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1930000000")
    command = COMMANDS[name]
    shutil.copytree(start, tmp_path / "whole")
    before = read_tree(tmp_path / "whole")
    with failing_after(tmp_path, ENDLESS) as disk:
        assert command(tmp_path / "whole").exit_code == 0
    after = read_tree(tmp_path / "whole")
    assert disk.asked
    for number, moment in enumerate(spread(len(disk.asked))):
        code = CODES[number % len(CODES)]
        folder = tmp_path / f"{moment}"
        shutil.copytree(start, folder)
        with failing_after(folder, moment, code):
            result = command(folder)
        found = read_tree(folder)
        where = f"{disk.asked[moment]}: {result.output}"
        assert [path for path in found if is_draft(path)] == [], where
        if result.exit_code == 0:  # only what is cached could not be written
            assert leave_out_made(found) == leave_out_made(after), where
            continue
        assert isinstance(result.exception, SystemExit), where
        assert result.stderr.startswith("1 fault found"), where
        assert re.search(rf"\S+: {os.strerror(code)}; ", result.stderr), where
        torn = [path for path in found if found[path] not in (before.get(path), after.get(path))]
        assert [path for path in torn if not path.endswith("/.litbook.json")] == [], where
        assert before.keys() <= found.keys() | (before.keys() - after.keys()), where
        assert command(folder).exit_code == 0, where
        assert leave_out_made(read_tree(folder)) == leave_out_made(after), where
        shutil.rmtree(folder)


def test_a_review_that_may_not_be_changed_can_be_checked(start: Path) -> None:
    with failing_after(start, 0, errno.EROFS):
        assert run("check", "--root", start / "review").exit_code == 0


ON_SMALL_DISK = """
mount -t tmpfs -o size={size}k tmpfs {place} && cp -r {review} {place}/review && cd {place}/review || exit 77
{build} build . ; echo "exit code $?" ; find . -name '.*.draft'
cp -r book {review}/after
"""


def test_a_build_on_a_full_disk_ends_with_one_fault(tmp_path: Path) -> None:
    """The disk is a real one, of little more than the review needs before its pages are written."""
    (tmp_path / "disk").mkdir()
    review = copy_toy(tmp_path / "review")
    before = read_tree(review.root / "book")
    size = sum(path.stat().st_size // 1024 + 4 for path in review.root.rglob("*")) + 1200
    values = {"size": size, "place": tmp_path / "disk", "review": review.root}
    script = ON_SMALL_DISK.format(**values, build=Path(sysconfig.get_path("scripts")) / "jupyter-book")
    if shutil.which("unshare") is None or subprocess.run(["unshare", "-rm", "true"], check=False).returncode:
        pytest.skip("this system allows no small disk to be mounted")
    done = review.run("unshare", "-rm", "sh", "-c", script)
    assert done.output.splitlines()[-1] == "exit code 1", done.output
    assert "Traceback" not in done.output
    assert "1 fault found; the site in _build/html is incomplete:\n  " in done.output
    assert "No space left on device; free some space" in done.output
    written = read_tree(tmp_path / "review/after")
    assert {name: written[name] for name in before} == before
