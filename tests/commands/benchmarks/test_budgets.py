"""The site and the committed figures of `litbook bench` keep to the budgets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from toybook import Built

from litbook.commands.benchmarks.budgets import goal_of, read_budgets
from litbook.commands.benchmarks.table import FILE
from litbook.commands.benchmarks.visits import measure_fonts, measure_visits

REPOSITORY = Path(__file__).resolve().parents[3]
SIZE = 248


@pytest.fixture(scope="module")
def figures() -> dict[str, dict[str, Any]]:
    """Return the committed figures of the review, by name."""
    saved = json.loads((REPOSITORY / FILE).read_text("utf-8"))
    return {figure["what"]: figure for figure in saved["figures"] if figure["papers"] == SIZE}


def test_a_first_visit_to_any_page_loads_no_more_than_its_budget(book: Built) -> None:
    budgets = read_budgets()["first visit, kB"]
    visits = measure_visits(book.review.html)
    assert {"book/papers", "book/chapters", "all-papers.html", "search.html"} <= visits.keys()
    limits = {kind: budgets.get(kind, budgets["any page"]) for kind in visits}
    assert {kind: size for kind, size in visits.items() if size > limits[kind]} == {}
    assert measure_fonts(book.review.html) <= budgets["fonts"]


def test_a_visit_counts_what_the_page_names_once_and_compressed(tmp_path: Path) -> None:
    (tmp_path / "_static").mkdir()
    (tmp_path / "_static/a.js").write_text("x" * 10_000, "utf-8")
    (tmp_path / "_static/a.woff2").write_bytes(b"\0" * 2_000)
    page = (
        '<link rel="stylesheet" href="_static/a.css?v=1"><link rel="next" href="b.html"><script src="_static/a.js?v=1">'
    )
    (tmp_path / "a.html").write_text(page, "utf-8")
    (tmp_path / "b.html").write_text(page * 2, "utf-8")
    visits = measure_visits(tmp_path)
    assert visits.keys() == {"a.html", "b.html"}
    assert 0.1 < visits["a.html"] < 0.3
    assert visits["b.html"] < visits["a.html"] * 1.2
    assert measure_fonts(tmp_path) == 2


def test_budgets_are_found_by_figure_and_case() -> None:
    assert goal_of("cold build, CPU s", 10_000) == "at most 60"
    assert goal_of("cold build, CPU s", 17) == ""
    assert goal_of("paper page, kB of HTML", 17) == "at most 25"


@pytest.mark.parametrize(
    "what", ["unchanged, files written", "unchanged again, files written", "edits undone, files that differ"]
)
def test_the_committed_figures_show_no_needless_write(figures: dict[str, dict[str, Any]], what: str) -> None:
    assert figures[what]["ours"] == 0


def test_the_committed_figures_keep_to_their_budgets(figures: dict[str, dict[str, Any]]) -> None:
    budgets = read_budgets()
    ratios = {
        step: figures[f"{step}, CPU s"]["ours"] / figures[f"{step}, CPU s"]["lean"]
        for step in budgets["CPU of a lean book, ratio"]
    }
    assert {step for step, ratio in ratios.items() if ratio > budgets["CPU of a lean book, ratio"][step]} == set()
    written = {step: figures[f"{step}, files written"]["ours"] for step in budgets["pages written"]}
    assert {step for step, number in written.items() if number > budgets["pages written"][step]} == set()
    assert figures["paper page, most kB of HTML"]["ours"] <= budgets["paper page, kB of HTML"]
