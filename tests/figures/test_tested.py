"""Methods, models and benchmarks: counted from what abstracts state, with those counted that state nothing."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from drawing import (
    COLLECTIONS,
    THEMES,
    UNKNOWN,
    collect_figures,
    make_collection,
    make_rows,
    read_bars,
    read_heat,
    read_rows,
)
from matplotlib.figure import Figure

from litbook.figures import tested
from litbook.figures.tested import BENCHMARKS, METHODS, MODELS, cut_version

COLUMNS = ["citekey", "theme", "theme_number", "theme_title", "method", "models", "benchmarks", "findings"]
FIELDS = (METHODS, MODELS, BENCHMARKS)
PAPERS: tuple[dict[str, Any], ...] = (
    {"models": ["Mouse-3", "Mouse-4"], "benchmarks": ["NestSongs"], "method": ["Fold"]},
    {"models": ["mouse v2", "TideNet"], "benchmarks": ["nestsongs", "<i>Kelp</i>"]},
    {"models": ["TideNet-7B", "Crab"], "findings": [{"number": "12%", "sentence": 2}]},
    {"models": ["Crab"], "theme": 1},
    {"theme": 1},
)


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Figure]]:
    """Collect the figures that a notebook would show."""
    with collect_figures(monkeypatch) as figures:
        yield figures


def make(tmp_path: Path, papers: tuple[dict[str, Any], ...] = PAPERS) -> pd.DataFrame:
    made = []
    for at, (row, known) in enumerate(zip(make_rows(len(papers)), papers, strict=True)):
        slug, title = THEMES[known.get("theme", 0)]
        place = {"theme": slug, "theme_title": title, "theme_number": known.get("theme", 0) + 1}
        made.append({**row, **UNKNOWN, **known, **place, "citekey": f"p{at}"})
    return read_rows(tmp_path, made, COLUMNS)


def read_links(shown: Any) -> dict[str, str]:
    return {link.get_text(): str(link["href"]) for link in BeautifulSoup(shown.data, "html.parser").select("details a")}


def read_data(shown: Any) -> pd.DataFrame:
    link = BeautifulSoup(shown.data, "html.parser").select_one("a[download]")
    assert link
    return pd.read_csv(io.StringIO(unquote(str(link["href"]).partition(",")[2])))


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("GPT-3.5-turbo", "GPT"), ("GPT 4", "GPT"), ("GPT-4o", "GPT"), ("Llama2", "Llama"), ("LLaVA v1.5", "LLaVA"),
        ("DINOv2", "DINO"), ("LLaMA-2 13B", "LLaMA"), ("TD-MPC2", "TD-MPC"), ("LLaVA-OV-72B", "LLaVA-OV"),
        ("ViT-B/16", "ViT-B"), ("T5", "T5"), ("mT5", "mT5"), ("word2vec", "word2vec"), ("3D-LLM", "3D-LLM"),
        ("BERT", "BERT"), ("Decision Transformer", "Decision Transformer"), ("o1", "o1"), ("", ""),
    ],
)  # fmt: skip
def test_a_model_is_gathered_up_to_its_first_number(name: str, family: str) -> None:
    assert cut_version(name) == family


def test_a_paper_counts_once_in_a_family_and_exact_names_are_kept(tmp_path: Path) -> None:
    named = tested.list_names(make(tmp_path), MODELS)
    assert tested.rank_names(named).to_dict() == {"Crab": 2, "Mouse": 2, "TideNet": 2}
    assert sorted(set(zip(named["name"], named["counted as"], strict=True))) == [
        ("Crab", "Crab"), ("Mouse-3", "Mouse"), ("Mouse-4", "Mouse"), ("TideNet", "TideNet"),
        ("TideNet-7B", "TideNet"), ("mouse v2", "Mouse"),
    ]  # fmt: skip
    benchmarks = tested.rank_names(tested.list_names(make(tmp_path), BENCHMARKS))
    assert benchmarks.to_dict() == {"nestsongs": 2, "<i>Kelp</i>": 1}


def test_bars_count_papers_and_print_for_how_many_nothing_is_stated(tmp_path: Path, drawn: list[Figure]) -> None:
    shown = tested.draw_most_named(make(tmp_path), MODELS)
    html = BeautifulSoup(shown.data, "html.parser")
    bars = html.select(".litbook-bars tbody tr")
    assert [bar.get_text() for bar in bars] == ["Crab2", "Mouse2", "TideNet2"]
    assert [rect["width"] for rect in html.select("rect")] == ["100.0"] * 3
    assert [link["href"] for link in bars[0].select("a")] == ["../../search.html?papers=p2,p3"]
    assert not drawn
    assert "Crab and Mouse are named most: by 2 and 2 of the 4 abstracts that name a model." in shown.data
    assert "not stated in the abstract of 1 of 5 papers" in html.select("figcaption")[0].get_text()
    assert "counts up to its first number" in html.select("figcaption")[0].get_text()
    data = read_data(shown)
    assert data.loc[data["counted as"] == "Mouse", "name"].tolist() == ["Mouse-3", "Mouse-4", "mouse v2"]
    assert data["papers"].sum() == 7


def test_names_beyond_the_first_are_counted(tmp_path: Path, drawn: list[Figure]) -> None:
    names = [f"Model{chr(97 + at)}" for at in range(20)]
    shown = tested.draw_most_named(make(tmp_path, ({"models": names}, {"models": names[:18]})), MODELS)
    assert shown.data.count("<rect") == 15
    assert "5 more are stated by 2 papers each at most" in shown.data


def test_where_hardly_two_papers_share_a_name_there_is_a_sentence_and_a_list(
    tmp_path: Path, drawn: list[Figure]
) -> None:
    papers = make(tmp_path)
    assert tested.draw_most_named(papers, BENCHMARKS).data == (
        "2 of 5 abstracts (40%) name a benchmark: 2 in all, only 1 of them in more than one paper."
    )
    shown = tested.draw_names_by_theme(papers, BENCHMARKS)
    assert not drawn
    assert read_links(shown) == {
        "NestSongs": "../../book/papers/p0.html",
        "nestsongs": "../../book/papers/p1.html",
        "<i>Kelp</i>": "../../book/papers/p1.html",
    }
    assert "none in this collection" in shown.data


def test_the_map_of_models_by_theme_opens_its_papers(tmp_path: Path) -> None:
    shown = tested.draw_names_by_theme(make(tmp_path, (*PAPERS, {"models": ["Mouse-4"]})), MODELS)
    links = BeautifulSoup(shown.data, "html.parser").select("td a")
    assert {str(link["href"]) for link in links} == {
        "../../search.html?papers=p0,p1,p5", "../../search.html?papers=p1,p2", "../../book/papers/p2.html",
        "../../book/papers/p3.html",
    }  # fmt: skip
    assert [cell.get_text() for cell in read_heat(shown.data).values()] == ["3", "1", "2", "", "1", ""]
    data = read_data(shown)
    assert set(data["name"]) == {"Mouse-3", "Mouse-4", "mouse v2", "TideNet", "TideNet-7B", "Crab"}


def test_a_map_of_ones_and_twos_is_a_list(tmp_path: Path, drawn: list[Figure]) -> None:
    shown = tested.draw_names_by_theme(make(tmp_path), MODELS)
    assert not drawn
    assert {"Mouse-3", "TideNet-7B", "Crab"} <= read_links(shown).keys()


def test_what_is_stated_is_counted_by_theme(tmp_path: Path) -> None:
    shown = tested.draw_stated(make(tmp_path))
    cells = [cell.get_text() for cell in read_heat(shown.data).values()]
    assert cells == ["1", "3", "2", "1", "", "", "1", "", "", "1"]
    assert read_bars(shown.data)[-1] == ["none of these", "", "1", "20%"]


@pytest.mark.slow
@pytest.mark.parametrize("name", COLLECTIONS)
def test_any_collection_is_drawn_or_described(name: str, tmp_path: Path, drawn: list[Figure]) -> None:
    papers = read_rows(tmp_path, make_collection(name), COLUMNS)
    shown = [tested.draw_stated(papers)]
    for field in FIELDS:
        shown += [tested.draw_most_named(papers, field), tested.draw_names_by_theme(papers, field)]
    assert all(item.data.endswith((".", "</figure>", "</details>")) for item in shown)
    assert all(len(item.data) < 150_000 for item in shown)
    if name == "nothing known":
        assert not drawn
        assert all("No abstract" in item.data for item in shown)
    if name == "many papers":
        assert sum("litbook-heat" in item.data for item in shown) >= 3


@pytest.mark.slow
def test_thousands_of_names_are_listed_up_to_a_bound(tmp_path: Path) -> None:
    papers = make(tmp_path, tuple({"method": [f"Fold{at}"]} for at in range(450)))
    shown = tested.draw_names_by_theme(papers, METHODS)
    assert len(read_links(shown)) == 400
    assert "the first 400 of 450" in shown.data


def _draw_all(papers: pd.DataFrame) -> str:
    draw: tuple[Callable[..., Any], ...] = (tested.draw_most_named, tested.draw_names_by_theme)
    fields = [one(papers, field).data for field in FIELDS for one in draw]
    return "\n".join([tested.draw_stated(papers).data, *fields])


@pytest.mark.slow
def test_the_same_papers_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    rows = make_rows(60)
    assert _draw_all(read_rows(tmp_path, rows, COLUMNS)) == _draw_all(read_rows(tmp_path, rows[::-1], COLUMNS))
