"""Doing a thing twice is doing it once: no file differs, whatever the sources, the place and the settings of a system.

All papers are invented.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from invented import PACKAGE, read_tree
from nothing_lost import FORMATS, Work

from litbook.__main__ import main
from litbook.core.project import Project
from litbook.pipeline import prepare

WORKS = [
    Work(number, f"Sea Hats of Kelp in the Year {2000 + number}", doi=f"10.5555/hat.{number}") for number in range(4)
]
MORE = [Work(number, f"Paper Boat {number} Folded", doi=f"10.5555/boat.{number}") for number in range(4, 6)]
# What editors, exports and systems do to a file.
DAMAGES = {
    "as it is": lambda content: content,
    "with a mark of byte order": lambda content: b"\xef\xbb\xbf" + content,
    "with other line ends": lambda content: content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"),
    "in UTF-16": lambda content: content.decode().encode("utf-16"),
    "with NUL": lambda content: content.replace(b"hat.2", b"hat.2\x00").replace(b"boat.4", b"boat.4\x00"),
    "without a line end": lambda content: content.rstrip(),
    "with controls": lambda content: content.replace(b"Kelp", b"Ke\x1b[31mlp\x0b").replace(b"Boat", b"Bo\x85at"),
}


def run(*arguments: str | Path) -> str:
    result = CliRunner().invoke(main, list(map(str, arguments)))
    assert result.exit_code == 0, result.output
    return result.output


def build(root: Path) -> dict[str, bytes]:
    """Return all files of a review after the part of a build that writes below `book/`; what is cached is left out."""
    prepare(Project(root))
    return {name: content for name, content in read_tree(root).items() if not name.startswith(".litbook/")}


@pytest.fixture(autouse=True)
def on_one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1930000000")


# Every form, and every damage to one of them; all pairs with LITBOOK_TRIALS=400 or more.
PAIRS = [
    (form, damage)
    for form in FORMATS
    for damage in DAMAGES
    if form == "bib" or damage == "as it is" or int(os.environ.get("LITBOOK_TRIALS", "40")) >= 400
]


@pytest.mark.slow
@pytest.mark.parametrize(("form", "damage"), PAIRS)
def test_nothing_differs_the_second_time(form: str, damage: str, tmp_path: Path) -> None:
    first, second = tmp_path / f"first.{form}", tmp_path / f"second.{form}"
    for path, works in ((first, WORKS), (second, MORE)):
        content = DAMAGES[damage](FORMATS[form](works).encode())
        if damage == "with NUL" and b"\x00" not in content:
            pytest.skip("this form has no DOI")
        path.write_bytes(content)
    root = tmp_path / "review"
    for folder in (root, tmp_path / "other"):
        run("new", folder, "--title", "Invented", "--from", first)
    assert read_tree(root) == read_tree(tmp_path / "other")
    built = build(root)
    assert build(root) == built
    for source in (second, first):  # a source that is added again is the newest, as a corrected export is
        run("add", "--root", root, source)
        added = build(root)
        assert len(added) > len(built)
        run("add", "--root", root, source)
        assert build(root) == added
    assert not [name for name, content in added.items() if "sources" not in name and b"\\u0000" in content]


def git(folder: Path, *arguments: str) -> str:
    names = {
        f"GIT_{who}_{what}": "invented@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    command = ["git", "-c", "init.defaultBranch=main", *arguments]
    return subprocess.run(
        command, cwd=folder, env={**os.environ, **names}, check=True, capture_output=True, text=True
    ).stdout


@pytest.mark.parametrize(("form", "setting"), [("bib", "true"), ("bib", "input"), ("csv", "true"), ("txt", "true")])
def test_a_clone_with_other_line_ends_is_the_same_review(form: str, setting: str, tmp_path: Path) -> None:
    (tmp_path / f"first.{form}").write_bytes(FORMATS[form](WORKS).encode())
    run("new", tmp_path / "review", "--title", "Invented", "--from", tmp_path / f"first.{form}")
    built = build(tmp_path / "review")
    git(tmp_path / "review", "init", "-q")
    git(tmp_path / "review", "add", "-A")
    git(tmp_path / "review", "commit", "-qm", "Invented")
    git(tmp_path, "clone", "-q", "-c", f"core.autocrlf={setting}", "review", "clone")
    again = build(tmp_path / "clone")
    made = {name for name in built if name.startswith(("book/papers/", "book/data/"))}
    assert {name: again.get(name) for name in made} == {name: built[name] for name in made}
    assert git(tmp_path / "clone", "status", "--porcelain") == ""


ELSEWHERE = {
    "a folder of another script, on another day": ("文献 обзор é", {"TZ": "Pacific/Kiritimati"}),
    "no language, on an earlier day": (
        "my review, 2031",
        {
            "LC_ALL": "C",
            "PYTHONUTF8": "0",
            "PYTHONCOERCECLOCALE": "0",
            "TZ": "Pacific/Pago_Pago",
            "PYTHONHASHSEED": "7",
        },
    ),
}
# Makes a review, builds it and adds to it, as a person would in a shell.
ALL = """
import sys
from pathlib import Path
from litbook.__main__ import main
from litbook.core.project import Project
from litbook.pipeline import prepare
root, first, second = sys.argv[1:]
for arguments in (["new", root, "--title", "\\u00c9a", "--from", first], ["add", "--root", root, second]):
    main(arguments, standalone_mode=False)
prepare(Project(Path(root)))
"""


def make_elsewhere(folder: Path, name: str, settings: dict[str, str], sources: Path) -> dict[str, bytes]:
    root = folder / name
    command = [sys.executable, "-c", ALL, str(root), *(str(sources / file) for file in ("first.bib", "second.ris"))]
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent), **settings}
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return {name: content for name, content in read_tree(root).items() if not name.startswith(".litbook/")}


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    folder = tmp_path_factory.mktemp("usual")
    (folder / "first.bib").write_bytes(FORMATS["bib"](WORKS).encode())
    (folder / "second.ris").write_bytes(FORMATS["ris"](MORE).encode())
    return folder, make_elsewhere(folder, "review", {"SOURCE_DATE_EPOCH": "1930000000"}, folder)


@pytest.mark.slow
@pytest.mark.parametrize("where", ELSEWHERE)
def test_a_review_is_the_same_wherever_it_is_made(
    where: str, usual: tuple[Path, dict[str, bytes]], tmp_path: Path
) -> None:
    name, settings = ELSEWHERE[where]
    sources, expected = usual
    assert make_elsewhere(tmp_path, name, settings, sources) == expected
    shutil.rmtree(tmp_path / name)
