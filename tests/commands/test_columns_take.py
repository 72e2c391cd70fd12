"""Taking a filled-in sheet into extraction.csv, and taking it back, in a copy of the toy review."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from toybook import Review, copy_toy

from litbook.commands.cli import main

QUOTE = "On 3,200 crumb images it is right"


@pytest.fixture
def review(tmp_path: Path) -> Review:
    return copy_toy(tmp_path / "review")


def run(review: Review, *words: str) -> Result:
    return CliRunner().invoke(main, ["columns", *words, "--root", str(review.root)])


def values(review: Review) -> Path:
    return review.root / "book/corpus/extraction.csv"


def fill(review: Review, **cells: str) -> Path:
    """Write the sheet of an extractor and fill in its row for the loaves of one paper."""
    path = review.root / "open.csv"
    assert run(review, "sheet", str(path), "--by", "a second reader").exit_code == 0
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
    (row,) = (row for row in rows if (row["citekey"], row["column"]) == ("invented2021crumbnet", "loaves"))
    row.update({"value": "3,200", "quote": QUOTE, "date": "2026-02-01", "note": "read,\ntwice", **cells})
    text = io.StringIO()
    table = csv.DictWriter(text, list(row), lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    path.write_text(text.getvalue(), "utf-8")
    return path


def test_filled_in_rows_are_taken_once_and_taken_back_word_for_word(review: Review) -> None:
    before = values(review).read_bytes()
    sheet = str(fill(review))
    taken = run(review, "take", sheet)
    assert taken.output.splitlines() == [
        "1 row taken into book/corpus/extraction.csv.",
        f"To take them back: litbook columns take {sheet} --undo",
    ]
    assert values(review).read_bytes().startswith(before)
    with values(review).open(encoding="utf-8", newline="") as lines:
        assert list(csv.DictReader(lines))[-1]["note"] == "read,\ntwice"
    assert "0 rows taken into book/corpus/extraction.csv, 1 there already." in run(review, "take", sheet).output
    assert run(review, "take", sheet, "--undo").output == "1 row taken out of book/corpus/extraction.csv.\n"
    assert values(review).read_bytes() == before


def test_a_row_that_does_not_hold_is_reported_in_the_sheet_and_nothing_is_taken(review: Review) -> None:
    before = values(review).read_bytes()
    sheet = fill(review, value="3,300")
    line = next(number for number, text in enumerate(sheet.read_text("utf-8").splitlines(), 1) if "3,300" in text)
    result = run(review, "take", str(sheet))
    assert result.exit_code == 1
    assert f"{sheet}:{line}: " in result.output
    assert values(review).read_bytes() == before


def test_a_run_that_is_killed_while_it_checks_has_written_nothing(
    review: Review, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = fill(review)
    before = review.inputs()

    def die(_project: object) -> None:
        assert review.inputs() == before
        raise KeyboardInterrupt

    monkeypatch.setattr("litbook.commands.columns.take.make_corpus", die)
    assert run(review, "take", str(sheet)).exit_code == 1
    assert review.inputs() == before


def test_a_row_that_was_changed_since_stays(review: Review) -> None:
    sheet = str(fill(review))
    assert run(review, "take", sheet).exit_code == 0
    changed = values(review).read_text("utf-8").replace("2026-02-01", "2026-02-02")
    values(review).write_text(changed, "utf-8")
    result = run(review, "take", sheet, "--undo")
    assert "0 rows taken out" in result.output
    assert "1 row of the sheet not there word for word" in result.output
    assert values(review).read_text("utf-8") == changed


def test_a_sheet_without_a_value_and_a_file_that_is_not_a_sheet_are_faults(review: Review) -> None:
    sheet = fill(review, value="", quote="", note="")
    assert "no row is filled in" in run(review, "take", str(sheet)).output
    sheet.write_text("a;b\n", "utf-8")
    assert "missing columns citekey" in run(review, "take", str(sheet)).output
