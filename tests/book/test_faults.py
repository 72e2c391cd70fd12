"""A fault stops the build with one list of all faults, file and line first, and nothing is written. All is invented."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from toybook import Built, Review, Run, copy_toy

DECISIONS = "book/corpus/decisions.csv"
TWICE = "supposed2019should,baking-agents,,position,include,Twice,invented editors,2026-01-02\n"
FAULTS = [
    "book/chapters/loaf-vision.md:4: unknown citekey 'madeup2022crusts'; did you mean 'madeup2022crust'?",
    f"{DECISIONS}:6: invented2023scoring: unknown theme 'loaf-visions'; did you mean 'loaf-vision'?",
    f"{DECISIONS}:13: supposed2019should: already decided on line 12; delete one of the two rows",
    f"{DECISIONS}:14: unknown citekey 'nobody2020nothing'",
    "book/corpus/facts.jsonl:5: invalid JSON (Expecting ':' delimiter",
]


def break_in_many_places(review: Review) -> None:
    review.edit("book/chapters/loaf-vision.md", "{cite}`madeup2022crust`", "{cite}`madeup2022crusts`")
    review.edit(DECISIONS, "invented2023scoring,loaf-vision,", "invented2023scoring,loaf-visions,")
    missing = TWICE.replace("supposed2019should", "nobody2020nothing")
    decisions = review.path(DECISIONS)
    decisions.write_text(decisions.read_text("utf-8") + TWICE + missing, "utf-8")
    review.edit("book/corpus/facts.jsonl", '{"title": "RiseCast', '{"title" "RiseCast')


def check(review: Review) -> Run:
    return review.run(sys.executable, "-m", "litbook", "check")


def find_list(run: Run) -> list[str]:
    """Return the lines of the list of faults, its head first; it is the last that a build or `check` prints."""
    lines = run.output.splitlines()
    start = max(number for number, line in enumerate(lines) if line.endswith("found; nothing was written:"))
    assert all(line.startswith("  book/") for line in lines[start + 1 :]), run.output
    return lines[start:]


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Built:
    review = copy_toy(tmp_path_factory.mktemp("broken"))
    break_in_many_places(review)
    return Built(review, review.build())


def test_faults_stop_the_build_with_one_list_file_and_line_first(broken: Built) -> None:
    assert broken.run.code == 1
    head, *faults = find_list(broken.run)
    assert head == "5 faults found; nothing was written:"
    assert broken.run.output.count(head) == 1
    assert "Traceback" not in broken.run.output
    assert len(faults) == len(FAULTS)
    for shown, expected in zip(faults, FAULTS, strict=True):
        assert shown.startswith(f"  {expected}")


def test_nothing_is_generated_when_there_is_a_fault(broken: Built) -> None:
    made = ("book/papers", "book/data", "_build/html/book", "_build/html/data")
    assert [name for name in made if (broken.review.root / name).exists()] == []
    assert [path.name for path in (broken.review.root / ".litbook").iterdir() if path.name != "lock"] == []


def test_check_prints_the_same_list_plainly(broken: Built) -> None:
    before = broken.review.inputs()
    run = check(broken.review)
    assert run.code == 1
    assert run.output.splitlines() == find_list(broken.run)
    assert broken.review.inputs() == before


def test_check_passes_where_there_is_no_fault(book: Built) -> None:
    run = check(book.review)
    assert run.code == 0
    assert run.output.startswith("No faults in 12 papers.\n")
    assert "doughforecastsfail" in run.output  # without a decision, and cited by no page


def test_broken_yaml_is_one_fault_and_not_one_for_every_decision(tmp_path: Path) -> None:
    review = copy_toy(tmp_path)
    review.edit("book/corpus/themes.yml", "      scope: Robots and", '      scope: "Robots and')
    built, checked = review.build(), check(review)
    assert (built.code, checked.code) == (1, 1)
    assert find_list(built) == find_list(checked)
    (fault,) = find_list(checked)[1:]
    assert fault.startswith("  book/corpus/themes.yml:27: invalid YAML: ")


def test_a_fault_leaves_an_earlier_site_and_its_pages_as_they_were(book: Built, tmp_path: Path) -> None:
    review = Review(tmp_path / "review")
    shutil.copytree(book.review.root, review.root)
    break_in_many_places(review)
    before = review.stamps()
    assert review.build().code == 1
    assert review.stamps() == before


def test_a_failing_cell_fails_the_build(tmp_path: Path) -> None:
    review = copy_toy(tmp_path)
    review.edit("book/analysis/papers-by-year.md", 'print("; "', 'raise SystemError("an invented fault")\nprint("; "')
    run = review.build()
    assert run.code == 1
    (fault,) = find_list(run)[1:]
    assert fault.startswith("  book/analysis/papers-by-year.md:13: a cell raises SystemError: an invented fault; ")
    assert "Traceback" not in run.output
    assert not (review.html / "book").exists()


def test_what_only_the_build_finds_is_one_list_until_it_is_corrected(tmp_path: Path) -> None:
    review = copy_toy(tmp_path)
    review.path("book/chapters/loaf.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    wide = ":::{figure} loaf.svg\n:alt: A loaf.\n:width: wide\n:::\n"
    late = "[here](#term-nowhere), {ref}`term-nolabel`\n\n```nolanguage\nx\n```\n"
    review.edit("book/chapters/loaf-vision.md", "## Papers", f"{wide}\n{late}\n## Papers")
    (fault,) = find_list(review.build())[1:]
    assert fault.startswith("  book/chapters/loaf-vision.md:6: invalid value of 'width' in 'figure': wide: ")
    review.edit("book/chapters/loaf-vision.md", ":width: wide", ":width: 40%")
    expected = [
        "  book/chapters/loaf-vision.md:11: broken link to 'term-nowhere'; correct or remove it",
        "  book/chapters/loaf-vision.md:11: unknown label 'term-nolabel'; "
        "write (term-nolabel)= on the line before what it names, or correct it",
        "  book/chapters/loaf-vision.md:13: unknown language 'nolanguage' of a code block; write text instead",
    ]
    assert find_list(review.build())[1:] == expected
    assert find_list(review.build())[1:] == expected  # although Sphinx has stored what it read
    review.edit("book/chapters/loaf-vision.md", late, "")
    run = review.build()
    assert (run.code, run.warnings) == (0, [])
