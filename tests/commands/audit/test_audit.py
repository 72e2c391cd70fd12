"""Statements are drawn for a person to read, and what was found is summed up and published. All is invented."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from invented import SOUND, put

from litbook.__main__ import main
from litbook.analyse.living.statements import sum_up
from litbook.core.project import Project
from litbook.model.statements import Check, Statement, digest_text
from litbook.pipeline import make_corpus, prepare

CHAPTER = """# Folding paper

## Cranes

Paper is folded. Robots fold cranes {cite}`invented2031cranefold,made2030survey` {claim}`invented2031cranefold:1`.
No one cites this.

=SUM is not a formula {cite}`made2030survey`.
"""
TABLE = """
| what | where |
|---|---|
| clams | open {cite}`made2030survey` |
"""


@pytest.fixture
def review(tmp_path: Path) -> Path:
    shutil.copytree(SOUND / "book", tmp_path / "book")
    put(tmp_path, {"book/chapters/paper-folding.md": CHAPTER})
    return tmp_path


def call(review: Path, *arguments: str | Path) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["audit", "--root", str(review), *map(str, arguments)], catch_exceptions=False)
    return done.exit_code, done.stdout, done.stderr


def draw(review: Path, number: int = 9, seed: int = 0) -> list[dict[str, str]]:
    code, output, _ = call(review, "--draw", str(number), "--seed", str(seed))
    assert code == 0
    return list(csv.DictReader(io.StringIO(output)))


def fill_in(review: Path, rows: list[dict[str, str]], *verdicts: str, by: str = "A Reader") -> Path:
    """Write a sheet in which a reader has filled in these verdicts."""
    path = review / "sheet.csv"
    with path.open("w", encoding="utf-8", newline="") as lines:
        table = csv.DictWriter(lines, rows[0])
        table.writeheader()
        for row, verdict in zip(rows, verdicts, strict=True):
            table.writerow({**row, "verdict": verdict, "by": by, "date": "2033-01-02"})
    return path


def test_a_sheet_has_each_sentence_with_its_sources(review: Path) -> None:
    rows = draw(review)
    assert [(row["file"], row["line"], row["sentence"]) for row in rows] == [
        ("book/chapters/paper-folding.md", "5", "Robots fold cranes."),
        ("book/chapters/paper-folding.md", "8", "'=SUM is not a formula."),
        ("book/chapters/tide-gardens.md", "3", "Kelp grows."),
    ]
    first, second = rows[0]["sources"].split("\n")
    assert first.startswith("invented2031cranefold, sentence 1: “")
    assert second == "made2030survey: the whole abstract"


def test_a_sheet_can_be_read_without_the_review(review: Path) -> None:
    put(review, {"book/chapters/paper-folding.md": CHAPTER + TABLE})
    robots, _, clams, _ = draw(review)
    assert robots["section"] == "Folding paper › Cranes"
    assert robots["before"] == "Paper is folded."
    cranes, survey = robots["abstracts"].split("\n\n")
    assert cranes.split("\n")[0] == "invented2031cranefold (2032): CraneFold: Folding Paper Cranes with Patient Robots"
    assert survey.startswith("made2030survey (2030): ")
    assert (clams["sentence"], clams["before"]) == ("clams · open", "what · where")


def test_a_sheet_has_formulas_and_every_cell_of_a_row(review: Path) -> None:
    row = TABLE.replace("| clams | open {cite}`made2030survey` |", "| {cite}`made2030survey` | open |")
    put(review, {"book/chapters/paper-folding.md": CHAPTER.replace("Robots fold", "Robots fold $n$") + row})
    robots, _, clams, _ = draw(review)
    assert robots["sentence"] == "Robots fold $n$ cranes."
    assert (clams["sentence"], clams["before"]) == ("[cited] · open", "what · where")


def test_a_check_holds_although_the_sheet_shows_cells_with_nothing_but_citations() -> None:
    row, old = (Statement(text, "chapters/a.md", "", 1, ()) for text in ("kelp · [cited] · grows", "kelp · grows"))
    assert row.id == old.id


@pytest.mark.slow
def test_the_same_seed_draws_the_same_sample(review: Path) -> None:
    samples = [tuple(row["id"] for row in draw(review, 1, seed)) for seed in range(12)]
    assert samples == [tuple(row["id"] for row in draw(review, 1, seed)) for seed in range(12)]
    assert len(set(samples)) == 3


def test_a_result_has_the_interval_of_clopper_and_pearson(review: Path) -> None:
    code, output, _ = call(review, "--result", fill_in(review, draw(review), "supported", "overstated", "supported"))
    assert code == 0
    assert "1 of 3 sentences not supported by their sources: 33.3 % (95 % interval 0.8 % to 90.6 %" in output
    assert "  overstated: 1\n" in output


@pytest.mark.parametrize(
    ("wrong", "checked", "low", "high"), [(0, 300, 0, 0.01222), (1, 100, 0.00025, 0.05446), (3, 10, 0.06674, 0.65245)]
)
def test_the_interval_is_that_of_the_tables(wrong: int, checked: int, low: float, high: float) -> None:
    verdicts = ["wrong"] * wrong + ["supported"] * (checked - wrong)
    audit = sum_up([Check(at, f"{at:012x}", verdict, "A", "2033-01-02") for at, verdict in enumerate(verdicts)])
    assert audit is not None
    assert (audit.low, audit.high) == (pytest.approx(low, abs=1e-5), pytest.approx(high, abs=1e-5))


def test_what_is_wrong_with_a_sheet_is_listed_with_its_lines(review: Path) -> None:
    rows = draw(review)
    sheet = fill_in(review, [*rows, rows[2]], "supported!", "", "supported", "supported")
    code, _, errors = call(review, "--result", sheet, "--keep")
    assert code == 1
    lines = [line.strip().removeprefix(f"{sheet}:") for line in errors.splitlines()[1:]]
    assert lines[0] == "2: unknown verdict 'supported!'; did you mean 'supported'?"
    assert re.match(r"\d+: missing verdict; write one of supported, overstated, unsupported, wrong", lines[1])
    assert any("duplicate id" in line and "of sheet.csv; delete one of the rows" in line for line in lines)
    assert not (review / "book/corpus/audit.csv").exists()


def test_kept_verdicts_are_published_with_the_claims(review: Path) -> None:
    sheet = fill_in(review, draw(review), "supported", "supported", "wrong")
    assert "3 of 3 verdicts added" in call(review, "--result", sheet, "--keep")[1]
    assert "0 of 3 verdicts added" in call(review, "--result", sheet, "--keep")[1]
    corpus = prepare(Project(review)).corpus
    (audit,) = corpus.audits
    assert (audit.wrong, audit.checked, audit.current) == (1, 3, 3)
    read = json.loads((review / "book/data/claims.json").read_text("utf-8"))
    cranes, _, kelp = read["claims"]
    assert cranes["url"] == "book/chapters/paper-folding.html#cranes"
    assert cranes["papers"] == ["invented2031cranefold", "made2030survey"]
    assert cranes["sources"][0]["url"] == "book/papers/invented2031cranefold.html#sentence-1"
    assert cranes["sources"][0]["sha256"] == digest_text(cranes["sources"][0]["quote"])
    assert kelp["checked"] == {"by": "A Reader", "on": "2033-01-02", "verdict": "wrong"}


def test_a_check_holds_only_for_the_words_that_were_checked(review: Path) -> None:
    call(review, "--result", fill_in(review, draw(review), "supported", "supported", "supported"), "--keep")
    put(review, {"book/chapters/paper-folding.md": CHAPTER.replace("fold cranes", "fold many cranes")})
    corpus, _, _ = make_corpus(Project(review))
    (audit,) = corpus.audits
    assert (audit.checked, audit.current) == (3, 2)


def test_each_sample_has_a_result_of_its_own(review: Path) -> None:
    call(review, "--result", fill_in(review, draw(review), "supported", "wrong", "wrong"), "--keep")
    again = fill_in(review, draw(review), "supported", "supported", "wrong", by="Another Reader")
    call(review, "--result", again, "--keep")
    corpus, _, _ = make_corpus(Project(review))
    assert [(audit.by, audit.wrong, audit.checked) for audit in corpus.audits] == [
        (("A Reader",), 2, 3),
        (("Another Reader",), 1, 3),
    ]


def test_a_sample_remembers_from_how_many_sentences_it_was_drawn(review: Path) -> None:
    call(review, "--result", fill_in(review, draw(review), "supported", "wrong", "wrong"), "--keep")
    call(review, "--result", fill_in(review, draw(review, 2), "supported", "wrong", by="Another Reader"), "--keep")
    put(review, {"book/chapters/paper-folding.md": CHAPTER + TABLE})
    corpus, _, _ = make_corpus(Project(review))
    assert len(corpus.statements) == 4
    samples = [(audit.checked, audit.statements, audit.is_census) for audit in corpus.audits]
    assert samples == [(3, 3, True), (2, 3, False)]
    kept = (review / "book/corpus/audit.csv").read_text("utf-8")
    put(review, {"book/corpus/audit.csv": kept.replace(",sample,of", ",sample,was")})
    corpus, _, _ = make_corpus(Project(review))
    samples = [(audit.checked, audit.statements, audit.is_census) for audit in corpus.audits]
    assert samples == [(3, 0, False), (2, 0, False)]


def test_only_digits_say_how_many_sentences_there_were(review: Path) -> None:
    rows = [{**row, "of": "many"} for row in draw(review)]
    code, _, errors = call(review, "--result", fill_in(review, rows, "supported", "supported", "supported"))
    assert code == 1
    assert "sheet.csv:2: invalid of 'many'; leave the number of statements as it is in the sheet" in errors


def test_a_sentence_that_was_corrected_after_it_was_drawn_counts_as_it_was_read(review: Path) -> None:
    sheet = fill_in(review, draw(review), "wrong", "supported", "supported")
    put(review, {"book/chapters/paper-folding.md": CHAPTER.replace("Robots fold cranes", "Robots can fold cranes")})
    code, output, _ = call(review, "--result", sheet, "--keep")
    assert code == 0
    assert "1 of 3 sentences not supported" in output
    assert "1 sentence changed after the sheet was drawn; the result is of what was drawn." in output
    assert "Robots fold cranes." in (review / "book/corpus/audit.csv").read_text("utf-8")


def test_the_sheet_of_another_review_is_refused(review: Path) -> None:
    rows = [{**row, "id": f"{at:012x}"} for at, row in enumerate(draw(review))]
    code, _, errors = call(review, "--result", fill_in(review, rows, "supported", "supported", "supported"), "--keep")
    assert code == 1
    assert "sheet.csv:2: no statement of the review has an id of this sheet" in errors


def test_a_sheet_may_be_divided_among_readers(review: Path) -> None:
    rows = draw(review)
    first = fill_in(review, rows[:1], "supported").rename(review / "first.csv")
    second = fill_in(review, rows[1:], "supported", "wrong")
    _, output, _ = call(review, "--result", first, "--result", second)
    assert "1 of 3 sentences not supported" in output


def test_the_file_follows_its_schema(review: Path) -> None:
    call(review, "--result", fill_in(review, draw(review), "supported", "supported", "wrong"), "--keep")
    prepare(Project(review))
    schema = json.loads((review / "book/data/claims.schema.json").read_text("utf-8"))
    follow(json.loads((review / "book/data/claims.json").read_text("utf-8")), schema)
    with pytest.raises(AssertionError):
        follow({"version": 2, "claims": []}, schema)


def follow(value: object, schema: dict[str, object]) -> None:
    """Check a value against the words of JSON Schema that the file uses; any other word is refused."""
    known = {"$schema", "title", "type", "properties", "required", "items", "minItems", "const", "enum", "pattern"}
    assert set(schema) <= {*known, "minimum"}
    assert "const" not in schema or value == schema["const"]
    assert "enum" not in schema or value in schema["enum"]  # type: ignore[operator]
    if schema.get("type") == "object":
        assert isinstance(value, dict)
        assert set(schema["required"]) <= value.keys()  # type: ignore[call-overload]
        properties: dict[str, dict[str, object]] = schema["properties"]  # type: ignore[assignment]
        assert value.keys() <= properties.keys()
        for name, item in value.items():
            follow(item, properties[name])
    elif schema.get("type") == "array":
        assert isinstance(value, list)
        assert len(value) >= schema.get("minItems", 0)  # type: ignore[operator]
        for item in value:
            follow(item, schema["items"])  # type: ignore[arg-type]
    elif "type" in schema:
        assert isinstance(value, {"string": str, "integer": int}[str(schema["type"])])
