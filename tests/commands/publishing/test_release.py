"""`litbook release` freezes a version with all that cites it, or changes nothing. Everything here is invented."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from invented import put, read_tree
from workflows import git

from litbook.__main__ import main
from litbook.commands.new_review import start_review
from litbook.commands.publishing.citation import set_values
from litbook.core.project import Project
from litbook.ingest.ledgers.releases import read_releases
from litbook.model.history import ReviewVersion
from litbook.pipeline import prepare

pytestmark = pytest.mark.slow

CITATION = """\
# Who made it
cff-version: 1.2.0
message: Please cite it.   # and how
title: "Kelp: a review"
type: dataset
authors:
  - family-names: Doe
    name-particle: van
    given-names: Ada
    orcid: https://orcid.org/0000-0002-1825-0097
  - name: The Kelp Society
license: CC-BY-4.0
keywords: [kelp, tides]
"""
WRITTEN = ["CITATION.cff", ".zenodo.json", "book/corpus/releases.jsonl"]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a committed review that can be released; its day is 2032-01-01."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1956528000")
    put(tmp_path, {"my.bib": "".join(make_entry(number) for number in range(4))})
    root = tmp_path / "review"
    start_review(root, [tmp_path / "my.bib"], "Kelp: a review")
    settings = root / "_config.yml"
    settings.write_text(settings.read_text("utf-8").replace('author: ""', "author: Ada van Doe"), "utf-8")
    put(root, {"CITATION.cff": CITATION})
    git(root, "init", "--quiet")
    commit(root, "Start")
    return root


def make_entry(number: int) -> str:
    title = ("Kelp beds", "Tidal reefs", "Salt water", "Divers", "Seaweed")[number]
    return f"@article{{Doe{number}, title = {{{title} in spring}}, author = {{Doe, Ada}}, year = {2020 + number}}}\n"


def commit(root: Path, message: str) -> None:
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", message)


def release(root: Path, version: str, *words: str) -> Result:
    return CliRunner().invoke(main, ["release", version, "--root", str(root), *words])


def complete(root: Path, result: Result) -> None:
    """Run the commands that a release says complete it, as they are written, but for those that go online."""
    assert result.exit_code == 0, result.output
    who = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER")
           for what, value in (("NAME", "A. Editor"), ("EMAIL", "editor@example.org"))}  # fmt: skip
    commands = [line.strip() for line in result.stdout.splitlines() if line.startswith("  git ")]
    assert [shlex.split(command)[1] for command in commands] == ["add", "commit", "tag", "push"]
    for command in commands[:3]:
        subprocess.run(command, cwd=root, shell=True, check=True, env=os.environ | who, capture_output=True)


def state_of(root: Path) -> ReviewVersion:
    return prepare(Project(root)).corpus.state


# -- what it freezes --------------------------------------------------------------------------------------------------


def test_a_release_says_what_it_is_in_each_file_and_its_commands_complete_it(root: Path) -> None:
    complete(root, release(root, "1.0"))
    assert git(root, "status", "--porcelain") == ""
    assert git(root, "tag", "--list") == "v1.0\n"
    cited = yaml.safe_load((root / "CITATION.cff").read_text("utf-8"))
    assert (cited["version"], str(cited["date-released"])) == ("1.0", "2032-01-01")
    assert (root / "CITATION.cff").read_text("utf-8").startswith(CITATION)
    archived = json.loads((root / ".zenodo.json").read_text("utf-8"))
    assert archived["creators"] == [{"name": "van Doe, Ada", "orcid": "0000-0002-1825-0097"},
                                    {"name": "The Kelp Society"}]  # fmt: skip
    assert {name: archived[name] for name in ("title", "version", "publication_date", "license", "keywords")} == {
        "title": "Kelp: a review", "version": "1.0", "publication_date": "2032-01-01", "license": "CC-BY-4.0",
        "keywords": ["kelp", "tides"],
    }  # fmt: skip
    assert archived["description"] == "<p>Kelp: a review. Version 1.0 of 1 January 2032: 4 papers in 1 theme.</p>"
    assert state_of(root) == ReviewVersion("2032-01-01", "1.0", "version", False)


def test_the_next_release_says_what_changed_since(root: Path) -> None:
    complete(root, release(root, "1.9"))
    put(root, {"book/corpus/sources/more.bib": make_entry(4)})
    index = root / "book/index.md"
    index.write_text(f"{index.read_text('utf-8')}\nMore.\n", "utf-8")
    commit(root, "Add seaweed")
    assert state_of(root).what == "commit"
    commit(root, "Keep its citekey")
    result = release(root, "1.10")
    summary = "Version 1.10 of 1 January 2032: 5 papers in 1 theme. Since version 1.9: 1 new, 1 page rewritten."
    assert result.stdout.splitlines()[0] == summary
    complete(root, result)
    assert yaml.safe_load((root / "CITATION.cff").read_text("utf-8"))["version"] == "1.10"  # and not the number 1.1
    newest, first = read_releases(Project(root))[0]
    assert (newest.version, newest.since, dict(newest.changes), first.version) == ("1.10", "1.9", {"new": 1}, "1.9")


def test_a_copy_without_history_knows_its_release_until_something_changes(root: Path) -> None:
    complete(root, release(root, "1.0"))
    (root / ".git").rename(root.parent / "away")
    assert state_of(root) == ReviewVersion("2032-01-01", "1.0", "version", False)
    index = root / "book/index.md"
    index.write_text(f"{index.read_text('utf-8')}\nMore.\n", "utf-8")
    assert state_of(root).what == "collection"


def test_a_shallow_clone_of_a_later_commit_is_not_taken_for_the_release(root: Path, tmp_path: Path) -> None:
    complete(root, release(root, "1.0"))
    index = root / "book/index.md"
    index.write_text(f"{index.read_text('utf-8')}\nMore.\n", "utf-8")
    commit(root, "Write more")
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{root}", "shallow")
    assert state_of(tmp_path / "shallow").what == "commit"


def test_what_people_added_for_zenodo_stays(root: Path) -> None:
    put(
        root,
        {".zenodo.json": '{"communities": [{"identifier": "kelp"}], "description": "<p>Mine</p>", "version": "0"}'},
    )
    commit(root, "Describe it for Zenodo")
    complete(root, release(root, "1.0"))
    archived = json.loads((root / ".zenodo.json").read_text("utf-8"))
    assert (archived["communities"], archived["description"]) == ([{"identifier": "kelp"}], "<p>Mine</p>")
    assert archived["version"] == "1.0"


def test_values_replace_those_that_are_there_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "CITATION.cff"
    path.write_text("title: A   # mine\nversion: 1.0\nreferences:\n  - version: 3\n", "utf-8")
    text = set_values(path, {"version": "1.1", "date-released": "2032-01-01"}).decode()
    assert text == 'title: A   # mine\nversion: "1.1"\nreferences:\n  - version: 3\ndate-released: 2032-01-01\n'


# -- what it refuses --------------------------------------------------------------------------------------------------


def refuse(root: Path, version: str) -> list[str]:
    """Return the faults of a release that is refused, and see that nothing was written."""
    before = read_tree(root, lambda path: ".git" not in path.parts and ".litbook" not in path.parts)
    result = release(root, version)
    assert result.exit_code == 1, result.output
    assert read_tree(root, lambda path: ".git" not in path.parts and ".litbook" not in path.parts) == before
    return [line.strip() for line in result.stderr.splitlines()[1:]]


@pytest.mark.parametrize("version", ["v1.0", "first", "", "1.0 beta/2"])
def test_a_version_is_made_of_numbers(root: Path, version: str) -> None:
    remedy = "write numbers joined by dots, as in 1.1"
    assert refuse(root, version) == [f"litbook release {version}: invalid version; {remedy}"]


def test_a_version_is_used_once_and_the_next_is_higher(root: Path) -> None:
    complete(root, release(root, "1.1"))
    git(root, "tag", "v2.0")
    higher = "choose a higher one"
    assert refuse(root, "1.1.0") == [f"litbook release 1.1.0: version 1.1 is released already; {higher}"]
    assert refuse(root, "1.0") == [f"litbook release 1.0: lower than version 1.1, which is released; {higher}"]
    assert refuse(root, "2.0") == [
        "litbook release 2.0: the tag v2.0 exists already; choose a higher version, or remove the tag: git tag -d v2.0"
    ]


def test_everything_that_prevents_a_release_is_in_one_list(root: Path) -> None:
    chapter = next((root / "book/chapters").glob("*.md"))
    chapter.write_text(f"{chapter.read_text('utf-8')}\nIt helps {{cite}}`doe2099none`.\n", "utf-8")
    put(root, {"CITATION.cff": "cff-version: 1.2.0\nmessage: Cite it.\ntitle: A\nauthors:\n  - name: the editors\n"})
    put(root, {"notes.txt": "mine"})
    faults = refuse(root, "x")
    assert [fault.split(";")[0].split(": ", 1)[1] for fault in faults] == [
        f"3 files not committed: CITATION.cff, book/chapters/{chapter.name}, notes.txt",
        "no licence is named",
        "no author is named",
        "unknown citekey 'doe2099none'",
        "invalid version",
    ]


def test_claims_and_citekeys_that_a_build_would_add_are_committed_first(root: Path) -> None:
    put(root, {"book/corpus/sources/more.bib": make_entry(4).replace("year =", "abstract = {Kelp grows.}, year =")})
    chapter = next((root / "book/chapters").glob("*.md"))
    said = "Kelp grows {cite}`doe2024seaweed`{claim}`doe2024seaweed:1`."
    chapter.write_text(f"{chapter.read_text('utf-8')}\n{said}\n", "utf-8")
    commit(root, "Claim something")
    remedy = "build the review, and commit the file that the build writes"
    assert refuse(root, "1.0") == [
        f"book/corpus/claims.jsonl: 1 claim not recorded yet; {remedy}",
        f"book/corpus/ledger.jsonl: 1 citekey not recorded yet; {remedy}",
    ]
    prepare(Project(root))
    commit(root, "Record it")
    complete(root, release(root, "1.0"))
    assert state_of(root).what == "version"
    assert git(root, "status", "--porcelain") == ""


def test_an_orcid_with_a_wrong_digit_is_refused(root: Path) -> None:
    put(root, {"CITATION.cff": CITATION.replace("0097", "0098")})
    commit(root, "Mistype it")
    assert refuse(root, "1.0") == [
        "CITATION.cff:10: invalid ORCID 'https://orcid.org/0000-0002-1825-0098'; write https://orcid.org/ and its 16 "
        "digits; the last one is a check digit"
    ]


def test_a_file_that_cannot_be_written_leaves_the_others_as_they_were(root: Path) -> None:
    put(root, {".zenodo.json/note.txt": "a folder of mine"})
    commit(root, "Put a folder there")
    what = "is a folder, where litbook writes a file; move the folder away"
    assert refuse(root, "1.0") == [f"{root}/.zenodo.json: {what}"]


def test_a_folder_that_is_not_under_version_control_is_refused(root: Path) -> None:
    (root / ".git").rename(root.parent / "away")
    remedy = 'git init, git add ., git commit -m "Start"'
    assert refuse(root, "1.0") == [f"{root}: no commit: a release freezes what is committed; {remedy}"]


def test_a_dry_run_writes_nothing(root: Path) -> None:
    result = release(root, "1.0", "--dry-run")
    assert result.stdout == "Version 1.0 of 1 January 2032: 4 papers in 1 theme.\nNothing was written.\n"
    assert git(root, "status", "--porcelain") == ""
