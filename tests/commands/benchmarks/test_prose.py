"""The benchmark of the number check, on an invented review: what it makes, and that it exposes a bad check."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from invented import ROOT, SOUND, make_corpus_of, make_paper, put, read_tree

from litbook.__main__ import main
from litbook.analyse.history.measured import read_measured
from litbook.commands.benchmarks.prose import bench
from litbook.commands.benchmarks.prose.bench import make_mutants, measure_numbers, render_score
from litbook.commands.benchmarks.prose.falsehoods import measure_falsehoods, read_falsehoods
from litbook.commands.benchmarks.prose.mutants import Figure, respell_unit, shorten
from litbook.commands.benchmarks.prose.published import find_drops, list_values, tabulate
from litbook.core.project import Project
from litbook.ingest.pages import make_page
from litbook.model.pages import Page
from litbook.pipeline import make_corpus
from litbook.text.numbers import find_numbers

CORPUS = make_corpus_of(
    [
        make_paper("torn", "Torn", "On 40 sheets it tears 3.6% of twelve large cranes and runs 8x faster."),
        make_paper("grown", "Grown", "In 25 gardens kelp grows by 50–95%, that is 1,500 stems of a 7B model."),
        make_paper("sung", "Sung", "On 63 nights it rose by 7.1% over nineteen green boats and 3x."),
    ]
)
CHAPTER = """# X

On 40 sheets it tears 3.6% of twelve large cranes and runs 8x faster {cite}`torn`. In 25 gardens kelp
grows by 50 to 95%, or 1,500 stems of a 7B model {cite}`grown`.
"""


@pytest.fixture
def pages() -> list[Page]:
    return [make_page(CHAPTER, "chapters/x.md"), make_page("# Y\n\nIt has 99 lives.\n", "about/y.md")]


def test_false_mutants_are_refused_and_harmless_ones_are_not(pages: list[Page]) -> None:
    score = measure_numbers(CORPUS, pages)
    assert (score.recall, score.precision) == (1.0, 1.0)
    made = {tally.kind: tally.made + tally.chance for tally in score.tallies}
    assert set(made) >= {*bench.FALSE, *bench.HARMLESS}
    assert min(made.values()) > 0


def test_a_check_that_refuses_nothing_or_everything_scores_badly(
    pages: list[Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "check_page_numbers", lambda *_: iter(()))
    permissive = measure_numbers(CORPUS, pages)
    assert (permissive.recall, permissive.precision) == (0.0, None)
    monkeypatch.setattr(bench, "check_page_numbers", lambda *_: iter(["fault"]))
    strict = measure_numbers(CORPUS, pages)
    assert strict.recall == 1.0
    assert strict.precision is not None
    assert strict.precision < 0.9
    assert "1 percent" not in render_score(strict)
    assert "book/chapters/x.md:3: " in render_score(strict, missed=True)


def test_a_mutant_changes_one_place_of_its_page(pages: list[Page]) -> None:
    for mutant, _ in make_mutants(CORPUS, pages):
        assert mutant.page.file == "chapters/x.md"
        assert mutant.written in mutant.page.source
        assert mutant.page.source != CHAPTER
        assert any(
            mutant.page.source[: match.start()] == CHAPTER[: match.start()]
            and CHAPTER.endswith(mutant.page.source[match.end() :])
            for match in re.finditer(re.escape(mutant.written), mutant.page.source)
        ), mutant.written


def test_a_number_that_the_cited_abstract_also_states_is_counted_separately(pages: list[Page]) -> None:
    stated = [mutant for mutant, stated in make_mutants(CORPUS, pages) if stated]
    assert {mutant.kind for mutant in stated} >= {"another number of the cited abstract"}
    assert all(mutant.false for mutant in stated)
    score = measure_numbers(CORPUS, pages)
    assert sum(tally.chance for tally in score.tallies) == len(stated)


def test_equal_seeds_give_equal_mutants(pages: list[Page]) -> None:
    one, same, other = ([mutant.written for mutant, _ in make_mutants(CORPUS, pages, seed)] for seed in (1, 1, 2))
    assert one == same != other


def test_the_command_prints_recall_and_precision_and_writes_nothing(tmp_path: Path) -> None:
    root = put(tmp_path, {f"book/{name}": content for name, content in read_tree(SOUND / "book").items()}).root
    text = "# X\n\nOn 40 sheets it tears 3% of the cranes {cite}`invented2031cranefold`.\n"
    (root / "book/chapters/paper-folding.md").write_text(text, "utf-8")
    before = read_tree(root / "book")
    result = CliRunner().invoke(main, ["prose-bench", "--root", str(root), "--seed", "3"])
    assert result.exit_code == 0
    assert "Recall 1.000" in result.output
    assert "Precision 1.000" in result.output
    assert read_tree(root / "book") == before


def test_the_command_counts_what_is_noticed_of_false_sentences_that_people_wrote(tmp_path: Path) -> None:
    root = put(tmp_path, {f"book/{name}": content for name, content in read_tree(SOUND / "book").items()}).root
    claimed = "{cite}`invented2031cranefold`{claim}`invented2031cranefold:3`"
    false = [
        {"kind": "wrong unit", "text": f"It tears 3 points of the cranes {claimed}."},
        {"kind": "negation", "text": f"It tears no crane {claimed}."},
    ]
    path = put(root, {"tests/prose-falsehoods.json": json.dumps(false)}).root / "tests/prose-falsehoods.json"
    result = CliRunner().invoke(main, ["prose-bench", "--root", str(root), "--missed"])
    rows = [line.split() for line in result.output.splitlines()]
    assert ["wrong", "unit", "1", "1", "0"] in rows
    assert ["negation", "1", "0", "0"] in rows
    assert ["all", "of", "them", "2", "1", "0"] in rows
    assert f"missed: It tears no crane {claimed}." in result.output
    path.write_text("[1]", "utf-8")
    result = CliRunner().invoke(main, ["prose-bench", "--root", str(root)])
    assert result.exit_code == 1
    assert "invalid list of falsehoods" in result.output


def test_a_fraction_has_no_unit_to_respell() -> None:
    text = "It needs 1/40 of the paper"
    (number,) = find_numbers(text)
    figure = Figure(number, text[number.start : number.figure], text[number.start : number.end])
    assert respell_unit(figure, random.Random(0), ()) is None


@pytest.mark.slow
def test_the_number_check_is_as_good_as_published() -> None:
    corpus, _, inputs = make_corpus(Project(ROOT))
    score = measure_numbers(corpus, inputs.pages, inputs.excused)
    caught = measure_falsehoods(corpus, read_falsehoods(ROOT / "tests/prose-falsehoods.json"))
    published = read_measured(Project(ROOT))["prose"]
    assert find_drops(published.values, list_values(score, caught)) == []
    assert published.tables["by hand"] == tabulate(score, caught)["by hand"]
    assert (score.recall or 0) >= 0.95
    assert (score.precision or 0) >= 0.95


def test_a_share_that_differs_from_what_is_published_is_named() -> None:
    published = {"recall": "0.992", "precision": "1.000"}
    assert find_drops(published, {"recall": "0.990", "precision": "0.995"}) == []
    assert find_drops(published, {"recall": "0.992", "precision": "0.977"}) == [
        "precision is published as 1.000 and is 0.977"
    ]


def test_sections_alone_give_the_mutants_of_the_page(pages: list[Page]) -> None:
    """A number is judged by its section, so the sections are read one by one."""
    longer = make_page(CHAPTER + "\n## Z\n\nIt rose by 7.1% on 63 nights {cite}`sung`.\n", "chapters/x.md")
    written = {(mutant.kind, mutant.written, mutant.line) for mutant, _ in make_mutants(CORPUS, [longer])}
    assert {line for _, _, line in written} == {3, 4, 8}
    assert measure_numbers(CORPUS, [longer]).precision == 1.0


def test_data_sets_are_one_noun() -> None:
    """ "Three existing data sets" are three data sets, and not three sets."""
    text = "On three existing data sets it fails"
    (number,) = find_numbers(text)
    figure = Figure(number, text[number.start : number.figure], text[number.start : number.end])
    assert shorten(figure, random.Random(0), ()) == "three data sets"


def test_without_a_number_there_is_nothing_to_measure() -> None:
    score = measure_numbers(CORPUS, [make_page("# X\n\nIt folds {cite}`torn`.\n", "chapters/x.md")])
    assert "Recall -" in render_score(score)
