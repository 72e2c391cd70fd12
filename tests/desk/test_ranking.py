"""The order of screening, what may be left, agreement, and the work saved; all on invented papers."""

from __future__ import annotations

import csv
import random
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from invented import WORDS

from litbook.__main__ import main
from litbook.desk.ranking import Ranker, Ranking, estimate, simulate, work_saved


def make_screening(papers: int, included: int, seed: int = 3) -> tuple[list[str], list[bool]]:
    """Return invented abstracts, in which the included ones share some words, in an order drawn by lot."""
    lottery = random.Random(seed)
    labels = [at < included for at in range(papers)]
    lottery.shuffle(labels)
    topic = lottery.sample(WORDS, 12)
    return [
        " ".join([*lottery.choices(WORDS, k=60), *(lottery.choices(topic, k=8) if label else [])]) for label in labels
    ], labels


def test_included_papers_come_early_once_the_classifier_knows_some() -> None:
    texts, labels = make_screening(240, 16)
    first = labels.index(True), labels.index(False)
    order = simulate(texts, labels, first)
    assert sorted(order) == list(range(240))
    assert sum(labels[at] for at in order[:60]) >= 14
    assert work_saved(labels, order) > 0.5
    assert order == simulate(texts, labels, first)


def test_random_order_saves_nothing_and_the_best_order_all_that_can_be() -> None:
    _, labels = make_screening(1000, 40)
    best = sorted(range(1000), key=lambda at: not labels[at])
    assert work_saved(labels, best) == pytest.approx(1 - 0.038 - 0.05)
    drawn = [random.Random(seed).sample(range(1000), 1000) for seed in range(40)]
    # The 38th of 40 is on average at 38 * 1001 / 41, so that a little is saved where so few are to be found.
    assert sum(work_saved(labels, order) for order in drawn) / 40 == pytest.approx(1 - 0.9278 - 0.05, abs=0.01)


def test_the_order_is_made_again_after_ten_decisions_and_not_before() -> None:
    texts, labels = make_screening(120, 20)
    ranking = Ranking(Ranker(texts))
    known: list[bool | None] = [None] * 120
    known[labels.index(True)], known[labels.index(False)] = True, False
    first = ranking.order(known)
    for number, at in enumerate(first[:10]):
        assert ranking.order(known) == first[number:]
        known[at] = labels[at]
    assert ranking.order(known) != first[10:]


@pytest.mark.parametrize("seed", range(3))
def test_what_is_left_is_overstated_rather_than_understated(seed: int) -> None:
    texts, labels = make_screening(240, 25, seed)
    order = simulate(texts, labels, (labels.index(True), labels.index(False)))
    for screened in range(20, 240, 20):
        sequence = [labels[at] for at in order[:screened]]
        found = estimate(sequence, 240)
        assert found.included == sum(sequence)
        assert 25 - found.included <= found.at_most <= 240 - screened
        assert found.enough < 0.95 or found.included >= 0.95 * 25
    assert estimate([labels[at] for at in order], 240).at_most == 0


def test_few_decisions_give_no_estimate() -> None:
    found = estimate([True, False, False], 50)
    assert (found.at_most, found.enough) == (47, 0.0)


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        (("title", "authors", "abstract", "label_included"), ("1", "0")),
        (("record_id", "primary_title", "notes_abstract", "keywords", "included"), ("1", "0")),
        (("title", "abstract", "year", "asreview_label"), ("1", "0")),
    ],
    ids=["label_included", "included", "asreview_label"],
)
def test_the_work_saved_is_printed_for_files_of_asreview_s_shapes(
    tmp_path: Path, columns: tuple[str, ...], words: tuple[str, str]
) -> None:
    texts, labels = make_screening(120, 12)
    path = tmp_path / "labelled.csv"
    with path.open("w", encoding="utf-8", newline="") as lines:
        table = csv.writer(lines)
        table.writerow(columns)
        for number, (text, label) in enumerate(zip(texts, labels, strict=True)):
            word = words[not label]
            title = f"An invented paper on {text[:40]}"
            cells = {"title": title, "primary_title": title, "abstract": text, "record_id": number, "year": 2031}
            cells["notes_abstract"] = text
            table.writerow([cells.get(name, word if name == columns[-1] else "") for name in columns])
    result = CliRunner().invoke(main, ["screening-bench", str(path), "--runs", "1"])
    assert result.exit_code == 0, result.output
    found = re.search(r"120 papers, 12 included.*\n.*: ([\d.]+)%; in random order (-?[\d.]+)%", result.output)
    assert found, result.output
    assert float(found[1]) > 40 > float(found[2])


def test_a_column_and_what_means_included_can_be_named(tmp_path: Path) -> None:
    texts, labels = make_screening(60, 8)
    pairs = zip(texts, labels, strict=True)
    rows = [f"An invented paper on {text[:40]},{text},{'I' if label else '2'}" for text, label in pairs]
    (tmp_path / "coded.csv").write_text("\n".join(["title,abstract,label2", *rows]), "utf-8")
    words = ["screening-bench", str(tmp_path / "coded.csv"), "--runs", "1", "--label", "label2"]
    result = CliRunner().invoke(main, [*words, "--included", "I"])
    assert "60 papers, 8 included" in result.output
    assert CliRunner().invoke(main, words).exit_code == 2


def test_a_file_without_labels_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "plain.csv").write_text("title,abstract\nAn invented paper,On dough.\n", "utf-8")
    result = CliRunner().invoke(main, ["screening-bench", str(tmp_path / "plain.csv")])
    assert result.exit_code == 1
    assert "label_included" in result.stderr
