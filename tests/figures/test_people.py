"""People, venues and public code: counted right on small tables, drawn or said on every collection."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from drawing import COLLECTIONS, THEMES, collect_figures, make_collection, make_rows, read_counts, read_heat, read_rows
from matplotlib.figure import Figure

from litbook.figures.people import describe_groups, find_groups, list_authorships
from litbook.figures.shared_people import draw_shared_people, list_bridges
from litbook.figures.venues import draw_code_by_year, draw_venues_by_theme
from litbook.text.venues import name_series

COLUMNS = ["citekey", "title", "authors", "year", "venue", "theme_number", "theme", "theme_title", "code"]
DRAWN = (describe_groups, list_bridges, draw_shared_people, draw_venues_by_theme, draw_code_by_year)
# None of these people exists. The first three papers hang together by Ada and Bo; Cyd's two are in one theme.
WORK = (
    ("a1", "crafts", ("Ada Made", "Bo <i>Up</i>")),
    ("a2", "gardens", ("Ada Made", "Bo <i>Up</i>", "Dee Once")),
    ("a3", "songs", ("Bo <i>Up</i>",)),
    ("b1", "gardens", ("Cyd $x$", "Eve Twice")),
    ("b2", "gardens", ("Cyd $x$", "Eve Twice")),
    ("c1", "crafts", ("Fay Alone", "Fay Alone")),
    ("d1", "crafts", ()),
)


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Figure]]:
    """Collect the figures that a notebook would show."""
    with collect_figures(monkeypatch) as figures:
        yield figures


def read_work(tmp_path: Path, work: tuple[tuple[str, str, tuple[str, ...]], ...] = WORK, **known: Any) -> pd.DataFrame:
    """Return the table of papers with these citekeys, themes and authors; `known` gives other columns, a value each."""
    slugs = [slug for slug, _ in THEMES]
    rows = []
    for at, (row, (key, theme, authors)) in enumerate(zip(make_rows(len(work)), work, strict=True)):
        number = slugs.index(theme)
        changed = {name: values[at] for name, values in known.items()}
        placed = {"theme": theme, "theme_number": number + 1, "theme_title": THEMES[number][1]}
        rows.append({**row, **placed, "citekey": key, "title": f"On {key} <b>", "authors": list(authors), **changed})
    return read_rows(tmp_path, rows, COLUMNS, "papers.csv")


def read_caption(html: str) -> str:
    """Return the findings above a figure and the folded one, and the captions below them."""
    words = BeautifulSoup(html, "html.parser").select(".litbook-figure-title, figcaption")
    assert len(words) in {2, 4}
    return " ".join(" ".join(part.get_text() for part in words).split())


def test_groups_are_papers_that_shared_authors_tie_together(tmp_path: Path) -> None:
    rows = list_authorships(read_work(tmp_path))
    groups = rows.assign(group=find_groups(rows)).groupby("group")["citekey"].agg(lambda keys: sorted(set(keys)))
    assert groups.to_list() == [["a1", "a2", "a3"], ["b1", "b2"], ["c1"]]


def test_the_sentence_counts_people_papers_and_the_unknown(tmp_path: Path) -> None:
    assert describe_groups(read_work(tmp_path)).data == (
        "6 people wrote the 6 papers with known authors; 4 of 6 (67%) are on more than one. 1 of 6 papers (17%) shares "
        "no author with another paper here. The authors are unknown for 1 of 7 (14%) papers."
    )


def test_the_table_lists_people_with_papers_in_several_themes(tmp_path: Path) -> None:
    html = BeautifulSoup(list_bridges(read_work(tmp_path)).data, "html.parser")
    people = {
        row.select_one("th").get_text(): [link["href"] for link in row.select("a")]  # type: ignore[union-attr]
        for row in html.select("tbody tr")
    }
    assert people == {
        "Bo <i>Up</i>": [f"../../book/papers/{key}.html" for key in ("a1", "a2", "a3")],
        "Ada Made": [f"../../book/papers/{key}.html" for key in ("a1", "a2")],
    }
    assert list(people) == ["Bo <i>Up</i>", "Ada Made"]
    assert "On a1 <b>" in html.get_text()
    assert "2 people have papers in several themes" in html.get_text()


def test_a_person_of_many_papers_is_listed_with_one_of_each_theme_and_the_rest_counted(tmp_path: Path) -> None:
    work = [(f"p{at}", "crafts", ("Ada Made",)) for at in range(9)] + [("z", "songs", ("Ada Made",))]
    line = BeautifulSoup(list_bridges(read_work(tmp_path, tuple(work))).data, "html.parser").select_one("tbody tr")
    assert line
    assert [link["href"].split("/")[-1] for link in line.select("a")] == [
        "p0.html", "p1.html", "p2.html", "p3.html", "z.html"]  # fmt: skip
    assert "and 5 more papers" in line.get_text()


def test_the_map_counts_people_of_two_themes_and_a_cell_leads_to_their_papers(tmp_path: Path) -> None:
    html = draw_shared_people(read_work(tmp_path)).data
    assert read_counts(html) == {
        ("2. Gardens below the tide", "1"): "2",
        ("3. Songs of mice", "1"): "1",
        ("3. Songs of mice", "2"): "1",
    }
    links = [cell.a["href"] for cell in read_heat(html).values() if cell.a]
    assert links == [f"../../search.html?papers={keys}" for keys in ("a1,a2", "a1,a3", "a2,a3")]
    caption = read_caption(html)
    assert "“Crafts” and “Gardens below the tide” share 2 people, more than any other two." in caption
    bars = BeautifulSoup(html, "html.parser").select(".litbook-bars tbody tr")
    assert [bar.get_text() for bar in bars] == [
        "Crafts + Gardens below the tide2", "Crafts + Songs of mice1", "Gardens below the tide + Songs of mice1",
    ]  # fmt: skip
    assert "3 of 3 (100%) share anyone" in caption


@pytest.mark.slow
def test_a_map_of_one_pair_of_themes_is_a_sentence(tmp_path: Path) -> None:
    both = ("Ada Made", "Bo Up")
    work = (("a", "crafts", both), ("b", "gardens", both), ("c", "songs", ("Cy Else",)))
    said = draw_shared_people(read_work(tmp_path, work)).data
    assert said.startswith("In this collection 1 pair of themes shares people, at most 2 people.")


def test_many_themes_are_cut_to_those_that_share_most(tmp_path: Path) -> None:
    rows = [
        {
            **row,
            "theme": f"t{at:02}",
            "theme_number": at + 1,
            "theme_title": f"Theme {at}",
            "authors": ["Ada Made", "Bo Up"][: 1 + (at > 15)],
        }
        for at, row in enumerate(make_rows(20))
    ]
    html = draw_shared_people(read_rows(tmp_path, rows, COLUMNS, "papers.csv")).data
    caption = read_caption(html)
    numbers = dict.fromkeys(row.partition(".")[0] for row, _ in read_heat(html))
    assert list(numbers) == [str(at) for at in (*range(2, 13), *range(17, 21))]
    assert "Of all pairs of themes, 190 of 190 (100%) share anyone" in caption
    assert "Left out: 4 themes with fewer shared people." in caption


@pytest.mark.parametrize(
    ("venue", "series"),
    [
        ("EMNLP 2022", "EMNLP"),
        ("Findings of ACL 2025", "Findings of ACL"),
        ("NeurIPS 2022 (Datasets and Benchmarks)", "NeurIPS"),
        ("ICML 2025 Workshop on Small Things (WST)", "ICML Workshop on Small Things"),
        ("Foundations of Nests 16(1)", "Foundations of Nests"),
        ("DL4KG 2021", "DL4KG"),
        ("1st Workshop on Nests 2023", "1st Workshop on Nests"),
        ("PLOS ONE", "PLOS ONE"),
        ("2024", "2024"),
        ("", ""),
    ],
)
def test_a_venue_loses_years_volumes_and_brackets(venue: str, series: str) -> None:
    assert name_series(venue) == series


def test_venues_are_counted_without_their_years_and_the_unknown_has_a_column(tmp_path: Path) -> None:
    venues = ["Tides 2030", "Tides 2031", "Nests (b)", "", "Tides 2031", "", ""]
    html = draw_venues_by_theme(read_work(tmp_path, venue=venues)).data
    assert read_counts(html) == {
        ("Crafts", "Tides"): "1",
        ("Crafts", "unknown"): "2",
        ("Gardens below the tide", "Tides"): "2",
        ("Gardens below the tide", "unknown"): "1",
        ("Songs of mice", "Nests"): "1",
    }
    assert "../../search.html?papers=a2,b2" in html
    caption = read_caption(html)
    assert "Tides has the most papers: 3 of 4 papers (75%) with a known venue." in caption
    bars = BeautifulSoup(html, "html.parser").select(".litbook-bars tbody tr")
    assert [(bar.get_text(), bar.a["href"]) for bar in bars if bar.a] == [
        ("Tides3", "../../search.html?papers=a1,a2,b2")
    ]
    assert "The venue is unknown for 3 of 7 (43%) papers." in caption


def test_venues_beyond_the_most_frequent_share_a_column(tmp_path: Path) -> None:
    rows = [{**row, "venue": f"Venue {chr(65 + at % 12)}"} for at, row in enumerate(make_rows(24))]
    html = draw_venues_by_theme(read_rows(tmp_path, rows, COLUMNS, "papers.csv")).data
    caption, numbers = read_caption(html), read_counts(html)
    assert sum(int(number) for (_, venue), number in numbers.items() if venue == "other venues") == 6
    assert "“other venues” combines 3 venues" in caption


def test_shares_of_public_code_have_wilson_intervals(tmp_path: Path, drawn: list[Figure]) -> None:
    years = [*[2029] * 3, *[2030] * 7, *[2031] * 10, ""]
    links = [{"code": "https://example.org/c"} if at in {0, 4, 10} else {} for at in range(21)]
    work = tuple((f"p{at}", "crafts", ("Ada Made",)) for at in range(21))
    html = draw_code_by_year(read_work(tmp_path, work, year=years, links=links)).data
    data = re.search(r'href="data:[^,]*,([^"]*)"', html)
    assert data
    labels = [label.get_text() for label in drawn[0].axes[0].get_xticklabels()]
    assert labels == ["2029–2030\n2/10", "2031\n1/10"]
    # Wilson 1927, by hand with z = 1.96: (k + z²/2 ± z √(k (n-k)/n + z²/4)) / (n + z²)
    assert unquote(data[1]).splitlines() == [
        "year,papers,with_code,share,low,high",
        "2029–2030,10,2,0.2,0.0567,0.5098",
        "2031,10,1,0.1,0.0179,0.4042",
    ]
    caption = read_caption(html)
    assert caption.startswith("Public code is known for 3 of 21 papers (14%), and no year differs clearly.")
    assert "For 2031 the share is 1 of 10 (10%), interval 2% to 40%." in caption
    assert "The year is unknown for 1 of 21 (5%) papers." in caption


def test_years_of_few_papers_are_not_compared(tmp_path: Path, drawn: list[Figure]) -> None:
    links: list[dict[str, str]] = [{"code": "https://example.org/c"}, *[{} for _ in range(6)]]
    assert draw_code_by_year(read_work(tmp_path, links=links)).data == (
        "Public code is known for 1 of 7 papers (14%). There are too few papers to compare years."
    )
    assert not drawn


def test_venues_of_one_paper_each_are_not_drawn(tmp_path: Path, drawn: list[Figure]) -> None:
    venues = ["Tides", "Nests", "", "", "", "", ""]
    assert draw_venues_by_theme(read_work(tmp_path, venue=venues)).data == (
        "No venue has more than one of the 2 papers with a known venue."
    )
    assert not drawn


def test_letters_that_the_font_of_the_drawing_lacks_stay_text(tmp_path: Path) -> None:
    venues = ["王小明学报", "王小明学报", "शास्त्री", "", "", "", ""]
    assert ">王小明学报<" in draw_venues_by_theme(read_work(tmp_path, venue=venues)).data


@pytest.mark.parametrize("draw", DRAWN)
@pytest.mark.parametrize("name", COLLECTIONS)
def test_every_collection_is_drawn_or_a_sentence_says_what_is_missing(
    draw: Callable[[pd.DataFrame], Any], name: str, tmp_path: Path, drawn: list[Figure]
) -> None:
    shown = draw(read_rows(tmp_path, make_collection(name), COLUMNS, "papers.csv")).data
    if shown.startswith("<figure"):
        assert "known" in read_caption(shown) or name not in {"nothing known", "no authors"}
        assert len(shown) < 150_000
    else:
        assert "known" in shown
        assert "\n" not in shown
        assert not drawn


@pytest.mark.slow
@pytest.mark.parametrize("draw", DRAWN)
def test_the_same_papers_give_the_same_bytes_in_any_order(draw: Callable[[pd.DataFrame], Any], tmp_path: Path) -> None:
    rows = make_rows(60)
    first, second = (draw(read_rows(tmp_path, order, COLUMNS, "papers.csv")).data for order in (rows, rows[::-1]))
    assert first == second


def test_missing_facts_are_named(tmp_path: Path) -> None:
    papers = read_rows(tmp_path, make_collection("nothing known"), COLUMNS, "papers.csv")
    assert [draw(papers).data for draw in DRAWN] == [
        "No paper has known authors, so co-authors cannot be shown.",
        "No one is known to have papers in several themes in this collection. The authors are unknown for 40 of 40 "
        "(100%) papers.",
        "No two themes in this collection are known to share an author. The authors are unknown for 40 of 40 (100%) "
        "papers.",
        "No paper has a known venue, so there is nothing to draw.",
        "No paper has known public code, so there is nothing to draw.",
    ]
