"""The pages of the site keep to the budgets of bytes."""

from __future__ import annotations

from pathlib import Path

from toybook import Built

from litbook.commands.benchmarks.budgets import goal_of, read_budgets
from litbook.commands.benchmarks.visits import measure_fonts, measure_visits


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
