"""A newer export of a library brings its corrections, and its keys lead to the papers; no such work exists."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from litbook.__main__ import main
from litbook.core.project import Project
from litbook.model.review import Paper
from litbook.pipeline import gather

FIRST = """@article{made31, author={Made, Bo}, title={Kepl beds of the spring tide}, year=2031, journal={Tide},
  abstract={We grow kelp below the tide. This sentence is of the publisher's page.}, doi={10.5555/kelp.1}}
@article{nada30, author={Nada, Cy}, title={Paper boats}, year=2030, journal={Folds}, note={Keep}}
"""
SECOND = """@article{made31, author={Made, Bo and Invent, Ana}, title={Kelp beds of the spring tide}, year=2031,
  journal={Tide}, volume={7}, abstract={We grow kelp below the tide.}, doi={10.5555/kelp.1}}
@article{nada30, author={Nada, Cy}, title={Paper hats}, year=2030, journal={Folds}}
"""


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Result]:
    """Return a function that runs `litbook` in a folder with a review made of the first export."""
    (tmp_path / "first.bib").write_text(FIRST, "utf-8")
    (tmp_path / "second.bib").write_text(SECOND, "utf-8")

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(main, [*arguments])

    made = call("new", str(tmp_path / "review"), "--from", str(tmp_path / "first.bib"))
    assert made.exit_code == 0, made.output
    return call


def papers_of(folder: Path) -> dict[str, Paper]:
    return {paper.citekey: paper for paper in gather(Project(folder / "review")).papers}


def test_a_newer_export_corrects_what_it_says(run: Callable[..., Result], tmp_path: Path) -> None:
    before = papers_of(tmp_path)
    done = run("add", "--root", str(tmp_path / "review"), str(tmp_path / "second.bib"))
    assert done.exit_code == 0, done.output
    assert "author: “Bo Made” -> “Bo Made; Ana Invent”" in done.output
    after = papers_of(tmp_path)
    assert after.keys() == before.keys()  # citekeys stay
    kelp, folded = (
        next(paper for paper in after.values() if key in paper.reference.keys) for key in ("made31", "nada30")
    )
    assert kelp.title.plain == "Kelp beds of the spring tide"
    assert kelp.authors == ("Bo Made", "Ana Invent")
    assert kelp.abstract.plain == "We grow kelp below the tide."
    assert kelp.reference.fields["volume"] == "7"
    assert folded.title.plain == "Paper hats"  # without an identifier: known by its key, and by author and year
    assert folded.reference.fields["note"] == "Keep"  # what a newer export does not say stays


def test_a_dry_run_writes_nothing(run: Callable[..., Result], tmp_path: Path) -> None:
    root = tmp_path / "review"
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    done = run("add", "--dry-run", "--root", str(root), str(tmp_path / "second.bib"))
    assert "title: “Paper boats” -> “Paper hats”" in done.output
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_the_older_export_can_come_back(run: Callable[..., Result], tmp_path: Path) -> None:
    root = str(tmp_path / "review")
    run("add", "--root", root, str(tmp_path / "second.bib"))
    run("add", "--root", root, str(tmp_path / "first.bib"))
    assert {paper.title.plain for paper in papers_of(tmp_path).values()} >= {"Paper boats"}


def test_another_library_s_equal_key_changes_nothing(run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "other.bib").write_text("@article{nada30, author={Pretend, Di}, title={Salt}, year=1999}", "utf-8")
    done = run("add", "--root", str(tmp_path / "review"), str(tmp_path / "other.bib"))
    assert "1 new paper" in done.output
    assert "Paper boats" in {paper.title.plain for paper in papers_of(tmp_path).values()}


def test_a_claim_whose_sentence_changed_is_named(run: Callable[..., Result], tmp_path: Path) -> None:
    citekey = next(paper.citekey for paper in papers_of(tmp_path).values() if "made31" in paper.reference.keys)
    kept = {"citekey": citekey, "sentence": 2, "quote": "This sentence is of the publisher's page."}
    (tmp_path / "review/book/corpus/claims.jsonl").write_text(json.dumps(kept) + "\n", "utf-8")
    done = run("add", "--root", str(tmp_path / "review"), str(tmp_path / "second.bib"))
    assert "claims.jsonl:1: sentence 2, which a claim cites, has changed" in done.output


def test_a_claim_that_no_build_has_seen_yet_is_named_by_its_page(run: Callable[..., Result], tmp_path: Path) -> None:
    citekey = next(paper.citekey for paper in papers_of(tmp_path).values() if "made31" in paper.reference.keys)
    page = tmp_path / "review/book/index.md"
    text = f"{page.read_text('utf-8')}\nIt says so {{cite}}`{citekey}`{{claim}}`{citekey}:2`.\n"
    page.write_text(text, "utf-8")
    done = run("add", "--root", str(tmp_path / "review"), str(tmp_path / "second.bib"))
    line = text.count("\n")
    assert f"book/index.md:{line}: sentence 2, which a claim cites, has changed; look at the claim" in done.output


def test_the_keys_of_a_source_lead_to_its_papers(run: Callable[..., Result], tmp_path: Path) -> None:
    root = tmp_path / "review"
    shown = run("show", "--root", str(root), "made31")
    assert shown.exit_code == 0, shown.output
    citekey = shown.output.partition(":")[0]
    assert "container-title: Tide  [first.bib:1]" in shown.output
    page = root / "book/index.md"
    page.write_text(page.read_text("utf-8") + "\n{cite}`made31`\n", "utf-8")
    checked = run("check", "--root", str(root))
    assert f"'made31' is the key of '{citekey}' in its source; cite '{citekey}'" in checked.output


def test_keys_that_are_safe_can_be_the_citekeys(run: Callable[..., Result], tmp_path: Path) -> None:
    text = FIRST.replace("nada30", "../nada").replace("made31", "Made:31") + "@misc{Safe_1-x, title={A safe one}}"
    (tmp_path / "keys.bib").write_text(text, "utf-8")
    done = run("new", str(tmp_path / "kept"), "--keep-keys", "--from", str(tmp_path / "keys.bib"))
    assert done.exit_code == 0, done.output
    citekeys = {paper.citekey for paper in gather(Project(tmp_path / "kept")).papers}
    assert "Safe_1-x" in citekeys
    assert not {key for key in citekeys if "/" in key or ":" in key}


ITEM = "TY  - JOUR\nTI  - {}\nAU  - {}\nPY  - 20{}\nAB  - {}\nER  - \n\n"
STAY = [(f"Kelp bed number {word} of the coast", "Made, Bo", 30, "") for word in "one two three four five six".split()]
OLD = [("Kepl of the spring tide", "Nada, Cy", 31, "We grow kelp. It is wet."), ("Paper boats", "Nada, Cy", 29, "")]
NEW = [("Kelp of the spring tide", "Nada, Cyra", 31, "We grow. It is dry now."), ("Paper boats", "Invent, Ana", 29, "")]


def test_a_newer_export_without_keys_corrects_as_well(tmp_path: Path) -> None:
    for name, items in (("first", STAY + OLD), ("second", STAY + NEW)):
        (tmp_path / f"{name}.ris").write_text("".join(ITEM.format(*item) for item in items), "utf-8")
    root = str(tmp_path / "review")
    CliRunner().invoke(main, ["new", root, "--from", str(tmp_path / "first.ris")])
    before = set(papers_of(tmp_path))
    done = CliRunner().invoke(main, ["add", "--root", root, str(tmp_path / "second.ris")])
    assert "0 new papers" in done.output, done.output
    assert "title: “Kepl of the spring tide” -> “Kelp of the spring tide”" in done.output
    assert "author: “Cy Nada” -> “Ana Invent”" in done.output
    after = papers_of(tmp_path)
    assert set(after) == before
    assert {paper.authors for paper in after.values()} == {("Bo Made",), ("Cyra Nada",), ("Ana Invent",)}
