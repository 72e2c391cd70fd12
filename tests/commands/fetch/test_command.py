"""`litbook fetch` as typed. All works are invented."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from fetching import KELP, cut_off, playing
from invented import SOUND, json_lines, put, read_tree, write_page

from litbook.__main__ import main
from litbook.commands.fetch import SERVICE_NAMES
from litbook.commands.fetch.facts import SERVICES
from litbook.core.project import Project
from litbook.enrich.merge import enrich
from litbook.ingest import ingest

ABSTRACT = "A kelp bed learns the spring tide from two years of buoys. We measure the kelp twice a day."


@pytest.fixture
def review(tmp_path: Path) -> Path:
    """Return a review with one paper, of which only title and abstract are known."""
    shutil.copytree(SOUND / "book/corpus", tmp_path / "book/corpus")
    page = write_page([(KELP, ABSTRACT)])
    empty = {"decisions.csv": "citekey,theme,also,kind,status,reason,by,date\n", "ledger.jsonl": "", "facts.jsonl": ""}
    put(tmp_path, {f"book/corpus/{name}": text for name, text in empty.items()})
    put(tmp_path, {"book/corpus/sources/invented.txt": page})
    return tmp_path


def call(review: Path, *arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["fetch", "--root", str(review), *arguments], catch_exceptions=False)
    return done.exit_code, done.stdout, done.stderr


def test_proven_facts_are_added_and_used_by_the_build(review: Path) -> None:
    before = read_tree(review / "book")
    with playing("semanticscholar-match") as mock:
        code, output, _ = call(review, "--only", "semanticscholar", "--contact", "you@example.org")
        assert "you@example.org" in mock.calls[0].request.headers["User-Agent"]
    assert code == 0
    assert "Done: asking about 1 paper; 2 values added to 1 of them." in output
    after = read_tree(review / "book")
    assert {name for name in after if after[name] != before.get(name)} == {"corpus/facts.jsonl"}
    inputs = ingest(Project(review))
    (paper,) = enrich(inputs.readings[0].records, inputs.facts, (), "2031-12-01").papers
    assert (paper.authors, paper.links) == (("Cy Nobody",), {"arxiv": "3204.00002"})


def test_without_a_network_one_line_says_so_and_nothing_changes(review: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = read_tree(review / "book")
    cut_off(monkeypatch)
    code, output, errors = call(review)
    assert code == 1
    assert not output
    (line,) = [line for line in errors.splitlines() if line.startswith("offline")]
    assert line.endswith("nothing was changed")
    assert read_tree(review / "book") == before


@pytest.mark.parametrize(
    ("arguments", "exit_code", "message"),
    [
        (["kelpbedslern"], 1, "unknown citekey 'kelpbedslern'; did you mean 'kelpbedslearn'?"),
        (["--contact", "nobody"], 2, "'nobody' is not an e-mail address"),
    ],
)
def test_an_unknown_citekey_and_an_invalid_address_are_reported(
    review: Path, arguments: list[str], exit_code: int, message: str
) -> None:
    with playing():
        code, _, errors = call(review, *arguments)
    assert (code, message in errors) == (exit_code, True)


def test_a_named_paper_is_always_asked_about(review: Path) -> None:
    asked_before = {"title": KELP, "fetched": {"semanticscholar": "2031-12-01"}}
    put(review, {"book/corpus/facts.jsonl": json_lines(asked_before)})
    with playing():
        assert "Nothing to ask about 1 paper:" in call(review, "--only", "semanticscholar")[1]
    with playing("semanticscholar-match"):
        code, output, _ = call(review, "kelpbedslearn", "--only", "semanticscholar")
    assert (code, "authors, arxiv_id (semanticscholar)" in output) == (0, True)


def test_the_options_name_every_service_in_order() -> None:
    assert list(SERVICE_NAMES) == [service.name for service in SERVICES]


def test_the_help_has_an_example() -> None:
    output = CliRunner().invoke(main, ["fetch", "--help"]).stdout
    assert "Example: litbook fetch --contact you@example.org --only arxiv" in output
