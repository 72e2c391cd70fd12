"""Papers by theme and by columns of choices, or by the designs that rules find; all papers are invented."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup, Tag
from drawing import read_bars

from litbook.figures.effects.choices import draw_choices, sort_design
from litbook.write.extraction import COLUMNS


def _papers(*abstracts: str) -> pd.DataFrame:
    rows = [
        {"citekey": f"p{at}", "title": f"Bread {at}", "theme": f"t{at % 2}", "theme_number": at % 2 + 1,
         "theme_title": ("Crust", "Crumb")[at % 2], "abstract": abstract}
        for at, abstract in enumerate(abstracts)
    ]  # fmt: skip
    made = pd.DataFrame(rows)
    return made.assign(theme=pd.Categorical(made["theme"], ["t0", "t1"]))


def _extract(folder: Path, *rows: tuple[str, str, str, str, str]) -> None:
    found = [
        dict.fromkeys(COLUMNS, "")
        | {"citekey": key, "column": column, "name": column.title(), "value": value, "kind": kind, "rank": rank,
           "shown": "yes", "group": "Risk of bias" if column == "bias" else ""}
        for key, column, value, kind, rank in rows
    ]  # fmt: skip
    pd.DataFrame(found).to_csv(folder / "extraction.csv", index=False)


def _read(html: str) -> dict[str, list[list[str]]]:
    """Return the rows of the table of each figure by the figure's anchor."""
    return {
        str(drawing["id"]): [
            [cell.get_text() for cell in row.select("th, td")] for row in figure.select("table.litbook-heat tr")
        ]
        for figure in BeautifulSoup(html, "html.parser").select("figure")
        if isinstance(drawing := figure.select_one(".litbook-heat"), Tag)
    }


def test_themes_are_crossed_with_columns_of_choices_in_the_order_of_their_choices(tmp_path: Path) -> None:
    _extract(
        tmp_path,
        ("p0", "flour", "rye", "choice", "2"),
        ("p1", "flour", "wheat", "choice", "1"),
        ("p0", "oven", "yes", "yes-no", "1"),
        ("p0", "bias", "low", "choice", "1"),
        ("p1", "sample", "40", "number", ""),
    )
    shown = draw_choices(_papers("Rye bread rises.", "Wheat bread rises.", "Bread."), tmp_path)
    assert shown is not None
    assert read_bars(str(shown.data)) == [
        ["rye", "", "1", "33%"], ["wheat", "", "1", "33%"], ["yes", "", "1", "33%"],
    ]  # fmt: skip
    assert "Flour: rye in 1 of 3 papers (33%)." in str(shown.data)
    assert _read(str(shown.data)) == {
        "figure-coverage-by-flour": [
            ["Theme", "wheat", "rye"], ["Crust", "", "1"], ["Crumb", "1", ""]
        ],
        "figure-coverage-by-oven": [["Theme", "yes"], ["Crust", "1"], ["Crumb", ""]],
        "figure-coverage-by-flour-oven": [["Flour", "yes"], ["wheat", ""], ["rye", "1"]],
    }  # fmt: skip
    assert "Without a value: 1 of 3 (33%)." in str(shown.data)


def test_without_columns_of_choices_the_designs_that_rules_find_are_crossed_and_marked(tmp_path: Path) -> None:
    papers = _papers(
        "We conducted a randomised controlled trial with 40 adults.", "We conducted a cohort study.", "Bread."
    )
    shown = draw_choices(papers, tmp_path)
    assert shown is not None
    assert _read(str(shown.data))["figure-coverage-by-design"][0] == ["Theme", "randomised trial", "cohort study"]
    assert "Designs are found by rules in 2 of 3 (67%) of the abstracts; no person has confirmed them." in shown.data


def test_nothing_is_drawn_where_abstracts_name_no_design(tmp_path: Path) -> None:
    assert draw_choices(_papers("We train a language model.", "We fold cranes."), tmp_path) is None


@pytest.mark.parametrize(
    ("design", "sort"),
    [
        ("systematic review and meta-analysis", "review"),
        ("cluster randomised trial", "randomised trial"),
        ("controlled experiment", "experiment"),
        ("retrospective cohort study", "cohort study"),
        ("nested case-control study", "case-control study"),
        ("cross-sectional survey", "survey"),
        ("semi-structured interviews", "qualitative study"),
        ("mixed-methods survey", "mixed methods"),
        ("economic evaluation", "other"),
    ],
)
def test_designs_are_sorted_by_their_words(design: str, sort: str) -> None:
    assert sort_design(design) == sort
