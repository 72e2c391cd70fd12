"""What must not be lost is compared with the commits: by real git, in repositories of invented reviews."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner
from toybook import Review, copy_toy

from litbook.__main__ import main
from litbook.core.project import Project
from litbook.pipeline import prepare

pytestmark = pytest.mark.slow

LEDGER, DECISIONS, CLAIMS = (f"book/corpus/{name}" for name in ("ledger.jsonl", "decisions.csv", "claims.jsonl"))
CHAPTER = "book/chapters/loaf-vision.md"
ASH = "@misc{{x,\n title = {{Wood {what}}},\n author = {{Berg, Ada}},\n year = {{2024}},\n abstract = {{{text}}}\n}}\n"
ENVIRONMENT = {
    **os.environ,
    **{f"GIT_{who}_{what}": "invented" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    "GIT_CONFIG_GLOBAL": os.devnull,
}


def git(review: Review, *words: str, code: int = 0) -> str:
    done = subprocess.run(
        ["git", *words], cwd=review.root, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def run(review: Review, *words: str) -> str:
    result = CliRunner().invoke(main, [words[0], "--root", str(review.root), *words[1:]])
    return result.output


def faults_of(review: Review) -> list[str]:
    return [line[2:] for line in run(review, "check").splitlines() if line.startswith("  book/")]


def commit(review: Review, message: str) -> None:
    git(review, "add", "-A")
    git(review, "commit", "-qm", message)


@pytest.fixture
def review(tmp_path: Path) -> Review:
    made = copy_toy(tmp_path / "review")
    skeleton = Path(str(files("litbook.commands") / "skeleton"))
    shutil.copyfile(skeleton / "gitattributes", made.path(".gitattributes"))
    shutil.copyfile(skeleton / "gitignore", made.path(".gitignore"))
    claim = "{cite}`madeup2022crust`{claim}`madeup2022crust:1`"
    made.edit(CHAPTER, "{cite}`madeup2022crust`", claim)
    prepare(Project(made.root))
    git(made, "init", "-q", "-b", "main")
    commit(made, "Start")
    return made


def add_work(review: Review, branch: str, what: str, text: str) -> str:
    """Add a paper on a branch of its own, cite and place it, and return its citekey."""
    git(review, "checkout", "-q", "-b", branch, "main")
    source = review.root.parent / f"{branch}.bib"
    source.write_text(ASH.format(what=what, text=text), "utf-8")
    key = run(review, "add", str(source)).split("new: ")[1].split()[0]
    page = f"book/chapters/{'baking-agents' if branch == 'ann' else 'dough-forecasting'}.md"
    path = review.path(page)
    path.write_text(path.read_text("utf-8") + f"\nWood {what} {{cite}}`{key}`{{claim}}`{key}:1`.\n", "utf-8")
    with review.path(DECISIONS).open("a", encoding="utf-8") as rows:
        rows.write(f"{key},{'baking-agents' if branch == 'ann' else 'dough-forecasting'},,,,of {branch},{branch},\n")
    prepare(Project(review.root))
    commit(review, f"Add a work of {branch}")
    return key


def merge(review: Review, onto: str, other: str) -> None:
    git(review, "checkout", "-q", onto)
    git(review, "merge", "-q", "--no-edit", other)


@pytest.mark.parametrize("name", [LEDGER, DECISIONS, CLAIMS])
def test_a_file_that_is_gone_is_a_fault_while_git_knows_it(review: Review, name: str) -> None:
    review.path(name).unlink()
    (fault, *_) = [fault for fault in faults_of(review) if fault.startswith(f"{name}:")] or [""]
    assert " of the last commit are gone: " in fault
    assert f"git checkout HEAD -- {name}" in fault


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda text: text.replace(",", ";").encode(), "missing columns "),
        (lambda text: text.encode("utf-16"), "the file is not UTF-8 but UTF-16"),
        (
            lambda text: f"{text}<<<<<<< a\nx1,,,,,,,\n=======\nx2,,,,,,,\n>>>>>>> b\n".encode(),
            "unresolved merge conflict",
        ),
    ],
)
def test_what_follows_from_a_damaged_file_is_not_said(
    review: Review, change: Callable[[str], bytes], what: str
) -> None:
    path = review.path(DECISIONS)
    path.write_bytes(change(path.read_text("utf-8")))
    (fault,) = faults_of(review)
    assert what in fault


def test_a_ledger_that_was_cut_short_names_what_is_lost(review: Review) -> None:
    lines = review.path(LEDGER).read_text("utf-8").splitlines(keepends=True)
    review.path(LEDGER).write_text("".join(lines[:-2]), "utf-8")
    lost = ", ".join(line.split('"')[3] for line in lines[-2:])
    assert f"{LEDGER}: 2 of {len(lines)} citekeys of the last commit are gone: {lost}; restore them" in "\n".join(
        faults_of(review)
    )
    commit(review, "It is meant")
    assert not [fault for fault in faults_of(review) if "are gone" in fault]


def test_without_git_a_missing_ledger_is_a_fault_where_pages_cite(tmp_path: Path) -> None:
    review = copy_toy(tmp_path)
    review.path(LEDGER).unlink()
    assert f"{LEDGER}: the ledger is gone, but pages cite papers" in "\n".join(faults_of(review))
    review.path(LEDGER).write_text("", "utf-8")
    assert "is gone" not in "\n".join(faults_of(review))


@pytest.mark.parametrize(("first", "second"), [("ann", "bob"), ("bob", "ann")])
def test_a_merge_that_gives_one_citekey_to_two_papers_stops_and_names_all_uses(
    review: Review, first: str, second: str
) -> None:
    add_work(review, "ann", "ash on soils", "Wood ash feeds soils.")
    add_work(review, "bob", "glue in spring", "Wood glue sets in spring.")
    merge(review, first, second)
    found = faults_of(review)
    assert [fault for fault in found if fault.startswith(LEDGER) and "duplicate citekey 'berg2024wood'" in fault]
    # Only one line is kept, as a person may do to correct the duplicate; git knows whose paper it was.
    lines = review.path(LEDGER).read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if "berg2024wood" not in line or "Wood ash" in line]
    review.path(LEDGER).write_text("".join(kept), "utf-8")
    found = faults_of(review)
    moved = [fault for fault in found if "'berg2024wood' meant “Wood glue in spring” when this was written" in fault]
    assert {fault.split(":")[0] for fault in moved} >= {"book/chapters/dough-forecasting.md", DECISIONS}
    assert [fault for fault in found if fault.startswith(CLAIMS)]
    assert not [fault for fault in found if fault.startswith("book/chapters/baking-agents.md")]


@pytest.mark.parametrize(("first", "second"), [("ann", "bob"), ("bob", "ann")])
def test_different_works_are_merged_in_both_orders_and_a_build_changes_nothing(
    review: Review, first: str, second: str
) -> None:
    add_work(review, "ann", "ash on soils", "Wood ash feeds soils.")
    git(review, "checkout", "-q", "main")
    text = ASH.replace("Berg, Ada", "Alm, Bo")
    source = review.root.parent / "other.bib"
    source.write_text(text.format(what="glue in spring", text="Wood glue sets in spring."), "utf-8")
    git(review, "checkout", "-q", "-b", "bob")
    run(review, "add", str(source))
    path = review.path("book/chapters/dough-forecasting.md")
    path.write_text(path.read_text("utf-8") + "\nGlue {cite}`alm2024wood`{claim}`alm2024wood:1`.\n", "utf-8")
    with review.path(DECISIONS).open("a", encoding="utf-8") as rows:
        rows.write("alm2024wood,dough-forecasting,,,,of bob,bob,\n")
    prepare(Project(review.root))
    commit(review, "Add a work of bob")
    merge(review, first, second)
    assert faults_of(review) == []
    prepare(Project(review.root))
    assert git(review, "status", "--porcelain") == ""


def test_a_damaged_page_makes_no_build_forget_its_claims(review: Review) -> None:
    before = review.path(CLAIMS).read_bytes()
    review.edit(CHAPTER, "{claim}`madeup2022crust:1`", "")
    prepare(Project(review.root))
    assert review.path(CLAIMS).read_bytes() == before
