"""The collection at a glance: months, years to a venue and what is not known, drawn or said on every collection."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from drawing import COLLECTIONS, collect_figures, make_collection, make_rows, read_bars, read_rows
from matplotlib.figure import Figure

from litbook.figures.glance import (
    describe_years,
    draw_kinds_by_theme,
    draw_lag,
    draw_papers_by_month,
    draw_themes_by_year,
    draw_unknown,
)

COLUMNS = [
    "theme",
    "theme_number",
    "theme_title",
    "kind",
    "authors",
    "year",
    "published",
    "venue",
    "venue_year",
    "code",
]
DRAWN = (draw_themes_by_year, describe_years, draw_papers_by_month, draw_kinds_by_theme, draw_lag, draw_unknown)


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Figure]]:
    """Collect the figures that a notebook would show."""
    with collect_figures(monkeypatch) as figures:
        yield figures


def read_known(tmp_path: Path, number: int, **known: list[Any]) -> pd.DataFrame:
    """Return the table of so many papers, with these values in the columns that are named."""
    rows = [{**row, **{name: values[at] for name, values in known.items()}} for at, row in enumerate(make_rows(number))]
    return read_rows(tmp_path, rows, COLUMNS, "papers.csv")


def read_caption(html: str) -> str:
    """Return the finding above a figure and the caption below it."""
    words = BeautifulSoup(html, "html.parser").select(".litbook-figure-title, figcaption")
    assert len(words) == 2
    return " ".join(" ".join(part.get_text() for part in words).split())


def heights(figure: Figure) -> list[float]:
    return [bar.get_height() for bar in figure.axes[0].patches]  # type: ignore[attr-defined]


def ticks(figure: Figure) -> list[str]:
    return [label.get_text() for label in figure.axes[0].get_xticklabels()]


def test_papers_are_counted_by_the_month_of_their_first_version(tmp_path: Path, drawn: list[Figure]) -> None:
    published = ["2030-11", "2030-11-05", "2030-11-07", "2031-02", "2031", "2031-011", "2031-13"]
    published += ["2031-01", "2031-01", "2031-02-28"]
    html = draw_papers_by_month(read_known(tmp_path, 10, published=published)).data
    assert heights(drawn[0]) == [3, 0, 2, 2]
    assert ticks(drawn[0]) == ["Nov 2030", "Feb 2031"]
    assert read_caption(html).startswith(
        "More papers first appeared in November 2030 than in any other month: 3. Papers by the month of their first "
        "version, for most a preprint, November 2030 to February 2031. The month is unknown for 3 of 10 (30%) papers."
    )


def test_months_of_one_paper_each_are_not_drawn(tmp_path: Path, drawn: list[Figure]) -> None:
    published = ["2030-11", "2030-11-05", "2031-02", "2031-02", "2031-04"]
    assert draw_papers_by_month(read_known(tmp_path, 5, published=published)).data == (
        "Too few months have more than one paper to compare them: 5 papers have a known month."
    )
    assert not drawn


@pytest.mark.slow
def test_long_spans_have_years_below_and_early_papers_are_counted(tmp_path: Path, drawn: list[Figure]) -> None:
    published = ["2025-12", *["2026-01", "2026-02", "2029-06", "2031-12"] * 2]
    caption = read_caption(draw_papers_by_month(read_known(tmp_path, 9, published=published)).data)
    assert len(heights(drawn[0])) == 72
    assert ticks(drawn[0]) == [str(year) for year in range(2026, 2032)]
    assert "Not shown: 1 earlier paper. The month is known for every paper." in caption
    published = ["2001-01", *["2029-03", "2029-06", "2031-12"] * 2]
    draw_papers_by_month(read_known(tmp_path, 7, published=published))
    assert len(heights(drawn[-1])) == 34  # begins with the first paper that is drawn


def test_years_to_a_venue_count_papers_with_both_years_known(tmp_path: Path) -> None:
    year = [2030, 2030, 2030, 2030, 2031, 2020, "", 2030]
    venue_year = [2030, 2030, 2031, 2033, 2030, 2030, 2031, ""]
    venue = [*["Nests"] * 6, "Nests", ""]
    html = draw_lag(read_known(tmp_path, 8, year=year, venue_year=venue_year, venue=venue)).data
    assert read_bars(html) == [
        ["before it", "", "1", "17%"], ["the same year", "", "2", "33%"], ["a year later", "", "1", "17%"],
        ["2 years later", "", "0", "0%"], ["3 years later", "", "1", "17%"], ["4 years later", "", "0", "0%"],
        ["5 or more years later", "", "1", "17%"],
    ]  # fmt: skip
    caption = read_caption(html)
    assert "2 of 6 papers (33%) appeared at a venue in the year of their first version" in caption
    assert (
        "Shown are the 6 of 8 papers for which both years are known. The venue is unknown for 1 of 8 (12%)" in caption
    )


def test_lags_begin_at_none(tmp_path: Path) -> None:
    html = draw_lag(read_known(tmp_path, 1, year=[2030], venue_year=[2032])).data
    assert [(name, number) for name, _, number, _ in read_bars(html)] == [
        ("the same year", "0"), ("a year later", "0"), ("2 years later", "1"),
    ]  # fmt: skip


def test_unknown_fields_are_counted_one_by_one_and_known_ones_are_named_in_a_line(tmp_path: Path) -> None:
    known = {
        "authors": [["Ada Made"], [], ["Ada Made"], ["Ada Made"]],
        "year": [2030, 2030, 2030, 2030],
        "published": ["2030-01", "2030", "", "2030-02"],
        "venue": ["Nests", "", "", "Nests"],
        "venue_year": ["", "", "", ""],
        "kind": ["method", "survey", "theory", ""],
        "links": [{}, {"code": "https://example.org/c"}, {}, {}],
    }
    html = draw_unknown(read_known(tmp_path, 4, **known)).data
    assert [(name, number, share) for name, _, number, share in read_bars(html)] == [
        ("year at venue", "4", "100%"), ("public code", "3", "75%"), ("month of first version", "2", "50%"),
        ("venue", "2", "50%"), ("authors", "1", "25%"), ("kind", "1", "25%"),
    ]  # fmt: skip
    caption = read_caption(html)
    assert "Most often unknown is the year at venue: for 4 of 4 papers (100%)." in caption
    assert "Known for every paper: year of first version." in caption


def test_where_all_is_known_a_sentence_says_so(tmp_path: Path) -> None:
    known: dict[str, list[Any]] = {"venue": ["Nests"], "kind": ["method"], "links": [{"code": "https://example.org/c"}]}
    said = draw_unknown(read_known(tmp_path, 1, **known)).data
    assert said.startswith("Every field is known for every paper: authors, year of first version")


def test_missing_dates_are_named(tmp_path: Path, drawn: list[Figure]) -> None:
    papers = read_rows(tmp_path, make_collection("nothing known"), COLUMNS, "papers.csv")
    assert draw_papers_by_month(papers).data == "No paper has a known month, so there is nothing to draw."
    assert draw_lag(papers).data == (
        "No paper has both years known, that of its first version and that of its venue. The venue is unknown for "
        "40 of 40 (100%) papers."
    )
    assert not drawn


@pytest.mark.parametrize("draw", DRAWN)
@pytest.mark.parametrize("name", COLLECTIONS)
def test_every_collection_is_drawn_or_a_sentence_says_what_is_missing(
    draw: Callable[[pd.DataFrame], Any], name: str, tmp_path: Path, drawn: list[Figure]
) -> None:
    shown = draw(read_rows(tmp_path, make_collection(name), COLUMNS, "papers.csv")).data
    if shown.startswith("<figure"):
        assert len(drawn) == shown.count("<svg ") - shown.count("litbook-share")
        assert len(shown) < 100_000
    else:
        assert "\n" not in shown
        assert not drawn


def test_a_drawing_has_a_second_one_for_phones_whose_letters_are_as_large(tmp_path: Path) -> None:
    published = ["2030-11"] * 2 + ["2030-12"] * 2 + ["2031-02"] * 3
    html = BeautifulSoup(draw_papers_by_month(read_known(tmp_path, 7, published=published)).data, "html.parser")
    wide, narrow = html.select("figure svg")
    assert "litbook-narrow" not in wide.get("class", [])
    assert "litbook-narrow" in narrow["class"]
    assert float(narrow["viewbox"].split()[2]) * 4 / 3 <= 350  # pixels of a phone, at the size of the page's letters
    assert len(wide.select("path[clip-path]")) == len(narrow.select("path[clip-path]"))
    assert not {tag["id"] for tag in wide.select("[id]")} & {tag["id"] for tag in narrow.select("[id]")}


@pytest.mark.slow
@pytest.mark.parametrize("draw", [draw_papers_by_month, draw_lag, draw_unknown])
def test_the_same_papers_give_the_same_bytes_in_any_order(draw: Callable[[pd.DataFrame], Any], tmp_path: Path) -> None:
    rows = make_rows(60)
    first, second = (draw(read_rows(tmp_path, order, COLUMNS, "papers.csv")).data for order in (rows, rows[::-1]))
    assert first == second


def test_papers_count_in_the_year_of_their_venue_as_in_lists(tmp_path: Path) -> None:
    papers = read_known(tmp_path, 3, year=[2029, 2030, 2030], venue_year=[2031, "", 2031])
    assert describe_years(papers).data.startswith("Of 3 papers, 2 appeared in 2031, more than")
    assert "2 of 3 papers (67%) are from 2031." in read_caption(draw_themes_by_year(papers).data)
