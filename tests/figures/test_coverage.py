"""Coverage: papers by theme, kind and modality, each cell with its papers, and each empty cell in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from drawing import COLLECTIONS, THEMES, collect_figures, make_collection, make_rows, read_bars, read_heat, read_rows
from matplotlib.figure import Figure

from litbook.figures import coverage
from litbook.figures.crossing import Axis, cross, render_table, show_crossing
from litbook.figures.ranked.cells import render_cells
from litbook.model.review import KINDS

COLUMNS = ["citekey", "title", "theme", "theme_number", "theme_title", "kind", "abstract"]
DRAW: tuple[Callable[[pd.DataFrame], Any], ...] = (
    coverage.draw_themes_by_kind, coverage.draw_themes_by_modality, coverage.draw_kinds_by_modality,
)  # fmt: skip
SAY = (coverage.describe_coverage, coverage.describe_modalities)
PAPERS = (  # theme, kind, abstract
    (0, "method", "We fold images of cranes."),
    (0, "method", "We fold a video of cranes into words."),
    (0, "survey", "All that was sung of cranes."),
    (1, "", "The tide and its gardens."),
)


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Figure]]:
    """Collect the figures that a notebook would show."""
    with collect_figures(monkeypatch) as figures:
        yield figures


def make(tmp_path: Path, papers: tuple[tuple[int, str, str], ...] = PAPERS) -> pd.DataFrame:
    made = [
        {**row, "citekey": f"p{at}", "title": "Invented", "theme": THEMES[theme][0], "theme_number": theme + 1,
         "theme_title": THEMES[theme][1], "kind": kind, "abstract": abstract}
        for at, (row, (theme, kind, abstract)) in enumerate(zip(make_rows(len(papers)), papers, strict=True))
    ]  # fmt: skip
    return coverage.add_modalities(read_rows(tmp_path, made, COLUMNS))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Images and a VIDEO of cranes", ("images", "video")),
        ("The imagery, and its pixels", ("images",)),
        ("A paragraph of swordfish", ()),
        ("Neural networks and a table of results", ()),
        ("Part-of-speech tags", ()),
        ("Speech of mice", ("speech and sound",)),
        ("Vision-language models", ("text", "images")),
        ("Three-dimensional cranes in point-clouds", ("3D",)),
        ("Knots are hard. Source code is publicly available. So are ropes.", ()),
        ("Knots are hard. We repair source code.", ("code",)),
        ("Explore the videos at https://example.org/knots", ()),
        ("Social networks of crabs", ("graphs and networks",)),
        ("", ()),
    ],
)
def test_modalities_are_read_from_whole_words(text: str, found: tuple[str, ...]) -> None:
    assert coverage.find_modalities(text) == found


@pytest.mark.parametrize("modality", coverage.CUES)
def test_every_cue_is_found_with_and_without_its_end_and_shown_to_readers(modality: str) -> None:
    shown = BeautifulSoup(coverage.show_cues().data, "html.parser").get_text()
    for cue in coverage.CUES[modality]:
        assert modality in coverage.find_modalities(f"On {cue.replace('(s)', '')} of knots")
        assert modality in coverage.find_modalities(f"on {cue.replace('(s)', 's').upper()}, and knots")
        assert cue in shown


def test_the_map_of_themes_and_kinds_leads_to_the_search_with_both_as_filters(tmp_path: Path) -> None:
    cells = read_heat(coverage.draw_themes_by_kind(make(tmp_path)).data)
    assert {place: cell.get_text() for place, cell in cells.items() if cell.a} == {
        ("Crafts", "method"): "2", ("Crafts", "survey"): "1", ("Gardens below the tide", "not decided"): "1",
    }  # fmt: skip
    address = urlsplit(cells["Crafts", "method"].a["href"])
    assert parse_qs(address.query) == {"theme": ["crafts"], "kind": ["method"]}
    assert address.path == "../../search.html"
    assert cells["Gardens below the tide", "not decided"].a["href"] == "../../book/papers/p3.html"


@pytest.mark.slow
def test_the_caption_says_what_an_empty_cell_means(tmp_path: Path) -> None:
    for draw in DRAW:
        html = draw(make(tmp_path)).data
        assert not all(cell.a for cell in read_heat(html).values())
        assert "An empty cell means none in this collection" in html
    themes = read_heat(coverage.draw_themes_by_kind(make(tmp_path)).data)
    assert {kind for _, kind in themes} == {*(kind.replace("-", " ") for kind in KINDS), "not decided"}


def test_a_paper_counts_under_every_modality_that_it_names(tmp_path: Path) -> None:
    html = coverage.draw_themes_by_modality(make(tmp_path)).data
    assert {place: (cell.get_text(), cell.a["href"]) for place, cell in read_heat(html).items() if cell.a} == {
        ("Crafts", "text"): ("1", "../../book/papers/p1.html"),
        ("Crafts", "images"): ("1", "../../book/papers/p0.html"),
        ("Crafts", "video"): ("1", "../../book/papers/p1.html"),
        ("Crafts", "none named"): ("1", "../../book/papers/p2.html"),
        ("Gardens below the tide", "none named"): ("1", "../../book/papers/p3.html"),
    }
    bars = {name: number for name, _, number, _ in read_bars(html)}
    assert bars == {"text": "1", "images": "1", "video": "1", "none named": "2"}
    assert list(bars)[-1] == "none named"


def test_kinds_by_modality_keeps_the_undecided(tmp_path: Path) -> None:
    cells = read_heat(coverage.draw_kinds_by_modality(make(tmp_path)).data)
    assert cells["not decided", "none named"].get_text() == "1"
    assert cells["method", "images"].a["href"] == "../../book/papers/p0.html"


def test_a_link_of_a_heat_map_says_what_it_opens(tmp_path: Path) -> None:
    cells = read_heat(coverage.draw_themes_by_kind(make(tmp_path)).data)
    assert cells["Crafts", "method"].a["aria-label"] == "Crafts, method: 2"


@pytest.mark.parametrize(
    ("columns", "look"),
    [
        (("method", "theory"), ""),
        (("methods of many kinds", *"abcde"), ""),
        ("text images video tables code forecasting robots".split(), "litbook-heat-upright"),
        (("2015", *map(str, range(2016, 2025))), ""),
        (("graphs and networks", *"abcdefghij"), "litbook-heat-upright"),
        (("method", "survey", "theory", "analysis", "position", "benchmark"), "litbook-heat-phone"),
    ],
)
def test_heads_stand_where_they_would_not_fit_lying(columns: tuple[str, ...], look: str) -> None:
    table = render_cells("x", ("theme", {"a": "A"}), {name: name for name in columns}, {})
    assert f'class="litbook-heat {look}"' in table


def test_many_rows_begin_with_those_that_have_most_papers() -> None:
    def order(number: int) -> list[str]:
        keys = [f"t{at}" for at in range(number) for _ in range(at + 1)]
        pairs = pd.DataFrame({"a": keys, "b": "y", "citekey": [f"p{at}" for at in range(len(keys))]})
        crossing = cross(pairs, Axis("a", {f"t{at}": f"T{at}" for at in range(number)}), Axis("b", {"y": "Y"}))
        shown = show_crossing(crossing, "many", title="t", caption="c")
        return [row for row, _ in read_heat(shown.data)]

    assert order(16) == [f"T{at}" for at in range(16)]
    assert order(17) == [f"T{at}" for at in reversed(range(17))]


def test_lists_too_long_for_an_address_open_in_parts_from_the_table() -> None:
    def table(number: int) -> BeautifulSoup:
        pairs = pd.DataFrame({"a": "x", "b": "y", "citekey": [f"p{at:03}" for at in range(number)]})
        crossing = cross(pairs, Axis("a", {"x": "X", "z": "<Z>"}), Axis("b", {"y": "Y"}))
        return BeautifulSoup(render_table(crossing, crossing.links()), "html.parser")

    pairs = pd.DataFrame({"a": "x", "b": "y", "citekey": [f"p{at}" for at in range(9, -1, -1)] * 2})
    found = cross(pairs, Axis("a", {"x": "X"}), Axis("b", {"y": "Y"})).cells
    assert found == {("x", "y"): tuple(f"p{at}" for at in range(10))}
    assert [link.get_text() for link in table(300).select("a")] == ["300"]
    parts = table(610)
    assert [link.get_text() for link in parts.select("a")] == ["1–300", "301–600", "601–610"]
    keys = [key for link in parts.select("a") for key in str(link["href"]).partition("=")[2].split(",")]
    assert keys == [f"p{at:03}" for at in range(610)]
    assert not table(901).select("a")
    assert "up to 900" in table(901).get_text()
    assert "<Z>" in table(1).get_text()


def test_the_sentence_names_the_largest_and_the_smallest(tmp_path: Path) -> None:
    assert coverage.describe_coverage(make(tmp_path)).data == (
        "The largest theme is “Crafts”, with 3 papers; the smallest is “Gardens below the tide”, with 1 paper. The "
        "largest kind is method, with 2 papers; the smallest is survey, with 1 paper. Of the kind analysis, benchmark "
        "or dataset, theory and position there is none in this collection. Papers whose kind is not decided: 1 of 4 "
        "(25%)."
    )
    one = coverage.describe_coverage(make(tmp_path, PAPERS[:1])).data
    assert one.startswith("The only theme “Crafts”, with 1 paper. The only kind method, with 1 paper.")
    assert one.endswith("The kind of every paper is decided.")
    equal = coverage.describe_coverage(make(tmp_path, PAPERS[2:])).data
    assert equal.startswith(
        "All themes have equally many papers: “Crafts” and “Gardens below the tide”, with 1 paper each."
    )


def test_modalities_are_not_crossed_where_most_papers_name_none(tmp_path: Path, drawn: list[Figure]) -> None:
    said = coverage.draw_themes_by_modality(make(tmp_path, (*PAPERS, PAPERS[3]))).data
    assert said == "Most papers name no modality, so themes and modalities are not crossed."
    assert drawn == []


def test_the_sentence_counts_modalities(tmp_path: Path) -> None:
    said = coverage.describe_modalities(make(tmp_path)).data
    assert said.startswith(
        "Papers that name each modality: text 1, images 1 and video 1. Those that name text only: 0 of 4 (0%); "
        "none of these: 2 of 4 (50%). For speech and sound, 3D,"
    )
    assert said.endswith("there is none in this collection.")
    assert coverage.describe_modalities(make(tmp_path, PAPERS[3:])).data.startswith("No title or abstract names")


@pytest.mark.slow
@pytest.mark.parametrize("name", COLLECTIONS)
def test_any_collection_is_drawn_or_described(name: str, tmp_path: Path) -> None:
    rows = make_collection(name)
    papers = coverage.add_modalities(read_rows(tmp_path, rows, COLUMNS))
    for draw in DRAW:
        shown = draw(papers)
        if "<figure" not in shown.data:
            unnamed = (papers["modality"] == (coverage.NONE_NAMED,)).mean() > 0.5
            assert ("Most papers name no modality" in shown.data) or not papers["kind"].any()
            assert unnamed or "No kind has been decided" in shown.data
        else:
            assert len(shown.data) < 400_000
    for tell in SAY:
        assert tell(papers).data.endswith(".")


@pytest.mark.slow
def test_the_same_papers_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    rows = make_rows(60)
    one, other = (coverage.add_modalities(read_rows(tmp_path, some, COLUMNS)) for some in (rows, rows[::-1]))
    for draw in (*DRAW, *SAY):
        assert draw(one).data == draw(other).data


def test_nothing_speaks_of_a_gap(tmp_path: Path) -> None:
    papers = make(tmp_path)
    assert not re.search(r"\bgaps?\b", " ".join(draw(papers).data for draw in (*DRAW, *SAY)))


def test_what_is_other_is_named_as_the_most_frequent_only_where_nothing_else_is() -> None:
    rows, columns = Axis("theme", {"owls": "Owls"}), Axis("design", {"trial": "Trial", "other": "other"})
    pairs = pd.DataFrame([("a", "owls", "other"), ("b", "owls", "other"), ("c", "owls", "trial")])
    pairs.columns = pd.Index(["citekey", "theme", "design"])
    assert cross(pairs, rows, columns).find_fullest() == ("Owls", "Trial", 1)
    assert cross(pairs[:2], rows, columns).find_fullest() == ("Owls", "other", 2)
