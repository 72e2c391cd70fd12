"""What the notebooks draw and say: drawn from the catalogue, the same bytes each time, whatever is not known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import matplotlib as mpl
import pytest
from bs4 import BeautifulSoup

mpl.use("svg")

import matplotlib.pyplot as plt
import pandas as pd
from drawing import collect_figures
from invented import CRAFTS, GARDENS, make_corpus_of, make_paper, make_placement
from matplotlib.figure import Figure

from litbook.figures import describe_years, draw_kinds_by_theme, draw_themes_by_year, read_papers
from litbook.figures.links import link_papers
from litbook.figures.show import per_cent, share, show
from litbook.figures.style import INK, KIND_COLOURS, LINE, lead, use_style
from litbook.model.review import KINDS, Paper
from litbook.write.catalogue import render_csv

YEARS = (2012, 2015, 2029, 2030, 2030, 2031, None)
PAPERS = tuple(make_paper(f"made{n}", f"Made {n}", year=year) for n, year in enumerate(YEARS))
KINDS_OF = (*KINDS, None)


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Figure]]:
    """Collect the figures that a notebook would show."""
    with collect_figures(monkeypatch) as figures:
        yield figures


def read_catalogue(tmp_path: Path, papers: tuple[Paper, ...] = PAPERS) -> pd.DataFrame:
    slugs = (GARDENS.slug, CRAFTS.slug)
    placements = {
        paper.citekey: make_placement(slugs[n % 2], kind=KINDS_OF[n % len(KINDS_OF)]) for n, paper in enumerate(papers)
    }
    (tmp_path / "papers.csv").write_text(render_csv(make_corpus_of(papers, placements)), "utf-8")
    return read_papers(tmp_path / "papers.csv")


def test_themes_are_in_the_order_of_the_book_and_unknown_years_are_unknown(tmp_path: Path) -> None:
    papers = read_catalogue(tmp_path)
    assert list(papers["theme"].cat.categories) == [CRAFTS.slug, GARDENS.slug]
    assert papers["year"].isna().sum() == 1
    assert papers["year"].dropna().tolist() == [2012, 2015, 2029, 2030, 2030, 2031]
    assert (papers["kind"] == "").sum() == 1


def test_a_title_that_reads_like_a_missing_value_stays(tmp_path: Path) -> None:
    assert read_catalogue(tmp_path, (make_paper("na", "NA"),))["title"].tolist() == ["NA"]


def read_heads(html: str) -> list[str]:
    return [cell.get_text() for cell in BeautifulSoup(html, "html.parser").select(".litbook-heat thead th")][1:]


def test_the_heat_map_counts_every_dated_paper_once(tmp_path: Path) -> None:
    html = draw_themes_by_year(read_catalogue(tmp_path)).data
    table = BeautifulSoup(html, "html.parser")
    assert sum(int(cell.get_text()) for cell in table.select(".litbook-heat td") if cell.get_text()) == 6
    assert read_heads(html) == ["to 2022", *map(str, range(2023, 2032))]
    themes = [label.get_text() for label in table.select(".litbook-heat tbody th")]
    assert sorted(themes) == ["Folding paper", "Gardens below the tide"]


def test_few_years_have_no_column_for_earlier_ones(tmp_path: Path) -> None:
    assert read_heads(draw_themes_by_year(read_catalogue(tmp_path, PAPERS[2:])).data) == ["2029", "2030", "2031"]


def test_the_bars_count_every_paper_under_its_kind(tmp_path: Path) -> None:
    html = BeautifulSoup(draw_kinds_by_theme(read_catalogue(tmp_path)).data, "html.parser")
    parts = [part.get_text().split(": ") for part in html.select(".litbook-bars rect title")]
    assert sum(int(number) for _, number in parts) == len(PAPERS)
    kinds = [kind.replace("-", " ") for kind in KIND_COLOURS]
    assert {kind for kind, _ in parts} <= set(kinds)
    assert [entry.get_text() for entry in html.select(".litbook-key li")] == kinds


def test_every_kind_has_a_colour_of_its_own() -> None:
    assert list(KIND_COLOURS) == [*KINDS, "not decided"]
    assert len(set(KIND_COLOURS.values())) == len(KIND_COLOURS)


@pytest.mark.slow
@pytest.mark.parametrize("draw", [draw_themes_by_year, draw_kinds_by_theme])
def test_the_same_catalogue_gives_the_same_bytes_and_real_text(
    draw: Callable[[pd.DataFrame], Any], tmp_path: Path
) -> None:
    first, second = (draw(read_catalogue(tmp_path)).data for _ in range(2))
    assert first == second
    assert ">Folding paper<" in first
    assert "<dc:date>" not in first


def test_without_a_known_year_a_sentence_replaces_the_map(
    tmp_path: Path, drawn: list[Figure], capsys: pytest.CaptureFixture[str]
) -> None:
    said = draw_themes_by_year(read_catalogue(tmp_path, (make_paper("a", "A"),)))
    assert drawn == []
    assert "No paper has a known year" in f"{getattr(said, 'data', said)}{capsys.readouterr().out}"


def test_the_sentence_names_the_fullest_the_first_and_the_last_year(tmp_path: Path) -> None:
    assert describe_years(read_catalogue(tmp_path)).data == (
        "Of 7 papers, 2 appeared in 2030, more than in any other year in this collection; the earliest is from 2012, "
        "the latest from 2031. The year is unknown for 1 paper."
    )
    tied = describe_years(read_catalogue(tmp_path, PAPERS[:3])).data
    assert tied.startswith("Of 3 papers, 1 appeared in each of 2012, 2015 and 2029, more than in any other year")
    assert describe_years(read_catalogue(tmp_path, (make_paper("a", "A"),))).data == "No paper has a known year."


def test_a_drawing_has_an_alternative_text() -> None:
    figure, axes = plt.subplots()
    axes.bar([0], [1])
    html = show(figure, "one", title="t", alt="One bar", caption="c", data=pd.DataFrame()).data
    image = BeautifulSoup(html, "html.parser").select_one("figure [role=img]")
    assert image
    assert image["aria-label"] == "One bar"


def test_a_figure_has_a_finding_a_caption_and_its_data(tmp_path: Path) -> None:
    html = BeautifulSoup(draw_themes_by_year(read_catalogue(tmp_path)).data, "html.parser")
    caption = html.select_one("figcaption")
    link = html.select_one("a[download]")
    assert caption
    assert link
    assert "The year is unknown for 1 of 7 (14%) papers." in caption.get_text()
    title = html.select_one("figure > p")
    assert title
    assert title.get_text() == "4 of 6 papers (67%) are from 2029–2031."
    table = unquote(str(link["href"]).partition(",")[2]).splitlines()
    assert table[0] == "theme,before 2023,2023,2024,2025,2026,2027,2028,2029,2030,2031"
    assert sum(int(number) for row in table[1:] for number in row.split(",")[1:]) == len(PAPERS) - 1


def test_a_drawing_takes_the_colours_and_letters_of_the_page_and_has_no_identifier_of_its_own() -> None:
    use_style()
    figure, axes = plt.subplots()
    axes.bar([0, 1], [1, 2])
    html = show(figure, "bars", title="t", alt="a", caption="b", data=pd.DataFrame()).data
    assert "var(--pst-color-text-base, currentColor)" in html
    assert INK not in html
    assert LINE not in html
    assert "DejaVu" not in html
    assert not re.search(r'<g id="', html)
    assert "\n\n" not in html


def test_some_is_never_none_per_cent_and_most_never_all() -> None:
    assert [per_cent(part, 1000) for part in (0, 1, 6, 994, 999, 1000)] == ["0%", "<1%", "1%", "99%", ">99%", "100%"]
    assert share(1, 248) == "1 of 248 (<1%)"


def test_cells_lead_to_their_papers() -> None:
    assert link_papers(["b", "a"]) == "../../search.html?papers=a,b"
    assert link_papers(["a"]) == "../../book/papers/a.html"
    assert link_papers([]) is None
    assert link_papers(map(str, range(301))) is None
    figure, axes = plt.subplots()
    lead(axes.bar([0], [1])[0], link_papers(["k"]) or "", "one bar")
    html = show(figure, "cells", title="Most are <i>", alt="One cell <b>", caption="A & B", data=pd.DataFrame()).data
    assert 'role="group"' in html
    assert html.count("../../book/papers/k.html") >= 1
    assert "One cell &lt;b&gt;" in html
    assert "A &amp; B" in html
    assert '<p class="litbook-figure-title">Most are &lt;i&gt;</p>' in html


def test_text_keeps_its_size_weight_and_slant_and_links_stay_in_the_window() -> None:
    use_style()
    figure, axes = plt.subplots()
    axes.text(0, 0, "plain", fontsize=9)
    axes.text(0, 1, "strong", fontsize=9, weight="bold")
    axes.text(1, 1, "slanted", fontsize=9, style="italic", url="../x.html")
    html = show(figure, "letters", title="t", alt="a", caption="b", data=pd.DataFrame()).data
    texts = {text.get_text(): str(text["style"]) for text in BeautifulSoup(html, "html.parser").select("text")}
    assert "font-size: 9px" in texts["plain"]
    assert (
        "font-family: var(--pst-font-family-heading, sans-serif)" in html.partition(">")[0] + html.partition("<svg")[2]
    )
    assert "font-weight: 700" in texts["strong"] or "font-weight: bold" in texts["strong"]
    assert "font-style: italic" in texts["slanted"]
    assert "target=" not in html


def test_every_link_of_a_drawing_has_a_name(tmp_path: Path) -> None:
    use_style()
    figure, axes = plt.subplots()
    for at, (address, label) in enumerate(
        (("../x.html", "Folding\npaper, tides & <b>: 2"), ("../y.html", "Songs, moss: 1"))
    ):
        lead(axes.bar([at], [1])[0], address, label)
    axes.scatter([0], [0], urls=["../z.html"])
    axes.text(0, 1, "named", url="../w.html")
    html = BeautifulSoup(
        show(figure, "named", title="t", alt="a", caption="b", data=pd.DataFrame()).data, "html.parser"
    )
    names = {str(link["href"]): str(link.get("aria-label") or link.get_text()).strip() for link in html.select("svg a")}
    assert names == {
        "../x.html": "Folding paper, tides & <b>: 2", "../y.html": "Songs, moss: 1",
        "../z.html": "Open what is drawn here", "../w.html": "named",
    }  # fmt: skip
