"""Results by the year of the models that they were found with. The papers are invented; the models are real."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from drawing import make_rows, read_rows

from litbook.figures.results.model_years import add_newest, draw_results_by_model_year, find_year

COLUMNS = ["citekey", "title", "models", "gist"]
MODELS = (["GPT-2"], ["GPT-3", "OPT"], ["LLaMA-7B", "BERT"], ["GPT-4-Turbo"], ["TideNet"], [])


def make(tmp_path: Path, times: int) -> pd.DataFrame:
    rows = [{**row, "models": MODELS[at % len(MODELS)], "gist": "It <b>folds</b>."}
            for at, row in enumerate(make_rows(times * len(MODELS)))]  # fmt: skip
    return read_rows(tmp_path, rows, COLUMNS)


@pytest.mark.parametrize(
    ("model", "year"),
    [
        ("GPT-3", 2020), ("gpt 3.5", 2022), ("GPT-3.5-turbo", 2022), ("GPT-4-Turbo", 2023), ("GPT-4o", 2024),
        ("LLaMA", 2023), ("LLaMA-13B", 2023), ("LLaMA-2 7B", 2023), ("Llama-3.1", 2024), ("LLaMA3-70B", 2024),
        ("OPT-175B", 2022), ("LLaVA-OV-72B", 2024), ("LLaVA v1.5", 2023), ("T5", 2019), ("mT5", 2020),
        ("Gemma2", 2024), ("LLaMA 4", None), ("GPT-4V", None),
        ("OPTIMUS", None), ("GPT", None), ("GPT-5", None), ("GPT-33", None), ("TideNet", None), ("", None),
    ],
)  # fmt: skip
def test_a_model_has_the_year_of_the_longest_name_that_it_begins_with(model: str, year: int | None) -> None:
    assert find_year(model) == year


def test_a_review_may_add_years_of_its_own_models(tmp_path: Path) -> None:
    assert find_year("TideNet 7B", {"TideNet": 2031}) == 2031
    assert add_newest(make(tmp_path, 1), {"TideNet": 2031})["newest"].tolist()[:5] == [2019, 2022, 2023, 2023, 2031]


def test_the_finding_is_the_share_with_no_newer_model_and_the_table_says_what_each_paper_found(tmp_path: Path) -> None:
    shown = BeautifulSoup(draw_results_by_model_year(make(tmp_path, 5)).data, "html.parser")
    title = shown.select_one(".litbook-figure-title")
    assert title
    assert title.get_text() == "Newest model named: 2022 or older in 10 of 20 papers (50%)."
    years = [cell.get_text() for cell in shown.select("details tbody th")]
    assert years == ["2023"] * 10 + ["2022"] * 5 + ["2019"] * 5
    assert "It <b>folds</b>." in [cell.get_text() for cell in shown.select("details td")]
    assert "Of 30 papers, 25 name a model, 20 of them one of known year." in shown.get_text()


def test_too_few_papers_are_a_sentence(tmp_path: Path) -> None:
    said = draw_results_by_model_year(make(tmp_path, 2)).data
    assert said == "Abstracts that name a model whose year is known: 8 of 12 (67%): too few to compare."
