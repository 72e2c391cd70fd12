"""The map of the papers: who lies beside whom, what is said of it, and its table. All papers are invented."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup, Tag
from drawing import COLLECTIONS, THEMES, make_collection, make_rows, write_catalogue

from litbook.figures import paper_map, paper_places, read_papers
from litbook.figures.paper_map import (
    _choose_looks,
    _find_room,
    _of_theme,
    describe_method,
    describe_stability,
    draw_map,
    list_papers,
    place_papers,
)
from litbook.figures.paper_places import MOST, Places, _share_kept, _tie

COLUMNS = ["citekey", "title", "authors", "year", "venue", "venue_year", "abstract", "gist", "links", "cites"]
WORDS = {
    "crafts": "paper crane fold crease swan sheet corner valley",
    "songs": "mouse song nest duet melody squeak whistle choir",
}


def read(folder: Path, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Read invented papers as the notebook does."""
    write_catalogue(folder, rows)
    themes = read_papers(folder / "papers.csv", ["citekey", "theme", "theme_number", "theme_title", "kind"])
    return read_papers(folder / "papers.json", COLUMNS).merge(themes, on="citekey")


def make_two_groups(number: int = 12, **changed: Any) -> list[dict[str, Any]]:
    """Return papers of two themes that have no word in common; they differ in nothing else."""
    chance = random.Random(0)
    titles = dict(THEMES)
    rows = []
    for at, row in enumerate(make_rows(2 * number)):
        theme = ("crafts", "songs")[at % 2]
        words = WORDS[theme].split()
        own = {"title": f"{chance.choice(words)} {chance.choice(words)}", "abstract": " ".join(chance.sample(words, 6)),
               "theme": theme, "theme_title": titles[theme], "theme_number": 1 if theme == "crafts" else 3}  # fmt: skip
        rows.append({**row, "kind": "method", **own, **changed})
    return rows


def parse(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def one(soup: BeautifulSoup, selector: str) -> Tag:
    (found,) = soup.select(selector)
    return found


def place(tmp_path: Path, rows: list[dict[str, Any]]) -> Places:
    return place_papers(read(tmp_path, rows))


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lay out maps in the fewest steps, for tests of what does not depend on where a paper is."""
    monkeypatch.setattr(paper_places, "_STEPS", 250)
    monkeypatch.setattr(paper_places, "_STEPS_OF_RESAMPLES", 250)
    monkeypatch.setattr(paper_places, "_RESAMPLES", 2)


# --- Any collection ---


@pytest.mark.slow
@pytest.mark.parametrize("name", COLLECTIONS)
def test_any_collection_is_drawn_or_a_sentence_says_what_is_missing(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if name != "ordinary":
        request.getfixturevalue("hurried")
    rows = make_collection(name)
    places = place(tmp_path, rows)
    drawn, table = draw_map(places).data, parse(list_papers(places).data)
    assert len(table.select("tbody tr")) == min(len(rows), MOST)
    if name == "one paper":
        assert drawn == (
            "There are too few papers in this collection (1) whose titles and abstracts share words, so there is no "
            "map to draw."
        )
        assert describe_method(places).data == "Without a map there is no method to describe."
        assert describe_stability(places).data == "Without a map there is no stability to report."
        return
    soup = parse(drawn)
    links = soup.select(".litbook-map a")
    assert {link["href"] for link in links} == {link["href"] for link in table.select("tbody a")}
    assert len(links) == min(len(rows), MOST)
    assert len(str(one(soup, ".litbook-map > svg")).encode()) < 150_000
    left_out = f"{len(rows) - MOST:,} of {len(rows):,} papers are left out."
    assert (left_out in one(soup, "figcaption").get_text()) == (len(rows) > MOST)
    assert "nan" not in describe_method(places).data + describe_stability(places).data


@pytest.mark.slow
def test_the_same_papers_in_any_order_give_the_same_bytes(tmp_path: Path) -> None:
    papers = read(tmp_path, make_rows(30))
    first, second = place_papers(papers), place_papers(papers.sample(frac=1, random_state=1))
    assert draw_map(first).data == draw_map(second).data
    assert list_papers(first).data == list_papers(second).data
    assert describe_stability(first).data == describe_stability(second).data


def test_without_words_in_common_there_is_no_map(tmp_path: Path) -> None:
    rows = [{**row, "title": f"alone{at}", "abstract": ""} for at, row in enumerate(make_rows(20))]
    assert "too few papers in this collection (20)" in draw_map(place(tmp_path, rows)).data


# --- Places, and what is said of them ---


@pytest.mark.slow
def test_papers_lie_beside_those_that_use_their_words(tmp_path: Path) -> None:
    places = place(tmp_path, make_two_groups())
    themes = places.papers["theme"].astype(str).to_numpy()
    assert (themes[places.papers["next"].to_numpy()] == themes).all()
    soup = parse(draw_map(places).data)
    assert str(one(soup, ".litbook-map > svg")["aria-label"]) == (
        "Map of 24 papers in 2 themes. For 24 of 24 (100%) the nearest paper on the map is of the same theme. The "
        "table below lists the same papers."
    )
    # By lot: 11 of the 23 others are of a paper's theme.
    assert one(soup, ".litbook-figure-title").get_text() == (
        "For 24 of 24 papers (100%), the nearest paper on the map is of the same theme."
    )
    assert "On a random map the nearest paper would be of the same theme for 48%." in one(soup, "figcaption").get_text()
    assert "the share is largest" not in one(soup, "figcaption").get_text()


@pytest.mark.slow
def test_the_caption_names_the_theme_that_keeps_together_most_and_least(tmp_path: Path) -> None:
    rows = make_two_groups()
    for row in rows[:4]:  # two of each are filed under a third theme
        row.update(theme="gardens", theme_title=dict(THEMES)["gardens"], theme_number=2)
    caption = one(parse(draw_map(place(tmp_path, rows)).data), "figcaption").get_text()
    found = re.search(r"largest in “(.+?)”, .*smallest in “(.+?)”, (\d) of 4", caption)
    assert found
    assert found[1] in {"Crafts", "Songs of mice"}
    assert found[2] == "Gardens below the tide"


def test_neighbours_that_stay_are_counted() -> None:
    before, after = np.array([[1, 2], [0, 2], [0, 1]]), np.array([[2, 1], [3, 0], [4, 5]])
    assert _share_kept(before, after) == 0.5  # both, one, none


@pytest.mark.slow
def test_the_sentences_say_the_measured_shares(tmp_path: Path) -> None:
    places = place(tmp_path, make_two_groups())
    assert 0 < places.stayed < 1
    assert 0 < places.stayed_on_map < 1
    assert places.found_by_chance == 10 / 23
    method, stability = describe_method(places).data, describe_stability(places).data
    assert f"{places.found:.0%} are among the 10 nearest on the map; on a random map 43% would be" in method
    assert f"(J. Venna and S. Kaski, 2001; 1 is the best) is {places.trust:.2f}." in method
    assert f"{places.stayed:.0%} of the 5 nearest papers in the vectors stay" in stability
    assert f"{places.stayed_on_map:.0%} of the 10 nearest on the map stay" in stability


@pytest.mark.slow
def test_clear_groups_are_stabler_than_words_by_chance(tmp_path: Path) -> None:
    clear, chance = place(tmp_path, make_two_groups(30)), place(tmp_path, make_rows(60))
    assert clear.found > chance.found_by_chance
    assert clear.stayed_on_map > chance.found_by_chance


@pytest.mark.slow
@pytest.mark.usefixtures("hurried")
def test_papers_without_an_abstract_and_without_a_place_are_counted(tmp_path: Path) -> None:
    rows = make_two_groups()
    rows[0]["abstract"] = ""
    rows[1].update(title="Xylem", abstract="Phloem.")
    places = place(tmp_path, rows)
    said = describe_method(places).data
    assert "1 paper has no known abstract and is placed by its title alone." in said
    assert "1 paper has no word in common with any other and is not on the map." in said
    assert len(parse(draw_map(places).data).select(".litbook-map a")) == 23
    assert "Xylem" in one(parse(list_papers(places).data), "tbody").get_text()


# --- The drawing ---


def test_every_theme_has_a_colour_and_shape_of_its_own() -> None:
    assert len({_of_theme(number) for number in range(1, 49)}) == 48


def test_themes_of_a_part_share_a_colour_and_differ_in_shape() -> None:
    papers = pd.DataFrame({"theme_number": [1, 2, 3, 5], "part": ["One", "One", "Two", "Two"]})
    assert _choose_looks(papers) == {
        1: ("var(--part-1)", 0), 2: ("var(--part-1)", 1), 3: ("var(--part-2)", 0), 5: ("var(--part-2)", 1),
    }  # fmt: skip
    alone = papers.assign(part="One")
    assert (
        _choose_looks(alone)
        == _choose_looks(papers.drop(columns="part"))
        == {number: _of_theme(number) for number in (1, 2, 3, 5)}
    )


def test_ties_are_mutual_neighbours_in_every_trial() -> None:
    near = np.array([[1, 2], [0, 2], [1, 3], [2, 0]])
    again = np.array([[1, 3], [0, 2], [3, 1], [0, 1]])
    assert _tie([near]) == ((0, 1), (1, 2), (2, 3))
    assert _tie([near, again]) == ((0, 1), (1, 2))


@pytest.mark.slow
@pytest.mark.usefixtures("hurried")
def test_ties_are_drawn_and_counted(tmp_path: Path) -> None:
    places = place(tmp_path, make_two_groups())
    soup = parse(draw_map(places).data)
    assert places.ties
    assert str(one(soup, ".litbook-map-ties")["d"]).count("M") == len(places.ties)
    assert f"in each of 2 trials with resampled words ({len(places.ties)})" in one(soup, "figcaption").get_text()


@pytest.mark.usefixtures("hurried")
def test_a_map_of_many_papers_has_no_rings_and_a_disc_for_each_theme(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = make_two_groups()
    rows[0]["kind"] = "survey"
    places = place(tmp_path, rows)
    assert not parse(draw_map(places).data).select(".litbook-map-label circle")
    monkeypatch.setattr(paper_map, "_MANY", 1)
    soup = parse(draw_map(places).data)
    assert "litbook-map-many" in one(soup, ".litbook-map")["class"]
    assert len(soup.select(".litbook-map-label circle")) == places.papers["theme"].nunique()
    assert not soup.select('use[href="#litbook-mark-survey"]')
    assert "ring" not in one(soup, "figcaption").get_text()


@pytest.mark.usefixtures("hurried")
def test_a_map_fills_its_width(tmp_path: Path) -> None:
    soup = parse(draw_map(place(tmp_path, make_two_groups())).data)
    places = [int(str(mark["x"])) for mark in soup.select("a use")]
    width = int(str(one(soup, ".litbook-map > svg")["viewbox"]).split()[2])
    assert max(places) - min(places) > 0.7 * width


@pytest.mark.slow
@pytest.mark.usefixtures("hurried")
def test_surveys_have_a_ring_and_are_counted(tmp_path: Path) -> None:
    rows = make_two_groups()
    for row in rows[:3]:
        row["kind"] = "survey"
    soup = parse(draw_map(place(tmp_path, rows)).data)
    ringed = [link for link in soup.select(".litbook-map a") if link.select('use[href="#litbook-mark-survey"]')]
    assert len(ringed) == 3
    assert all(str(link["aria-label"]).endswith(", survey") for link in ringed)
    assert "a ring marks a survey (3)" in one(soup, "figcaption").get_text()


@pytest.mark.slow
@pytest.mark.usefixtures("hurried")
def test_a_mark_says_title_authors_and_year_and_is_in_its_theme(tmp_path: Path) -> None:
    rows = make_two_groups()
    rows[0].update(
        title='A <b> & "crane" fold, and what comes of it',
        authors=["Ada Invented", "Bo Madeup", "Cy Nobody"],
        year=2030,
        venue_year=2031,
    )
    rows[1].update(title="A song", authors=[], year="", venue_year="")
    html = draw_map(place(tmp_path, rows)).data
    soup = parse(html)
    first, second = (one(soup, f'.litbook-map a[href$="/{row["citekey"]}.html"]') for row in rows[:2])
    assert first["aria-label"] == 'A <b> & "crane" …, Invented et al., 2031'
    assert second["aria-label"] == "A song, year unknown"
    assert first.find_parent("g")["aria-label"] == "Crafts: folding and knotting"  # type: ignore[index]
    assert "<b>" not in html


@pytest.mark.slow
@pytest.mark.usefixtures("hurried")
def test_labels_and_legend_are_the_themes(tmp_path: Path) -> None:
    soup = parse(draw_map(place(tmp_path, make_two_groups())).data)
    labels = {text.get_text() for text in soup.select(".litbook-map-label text")}
    assert labels == {"Crafts", "1", "Songs of mice", "3"}
    keys = [[part.get_text() for part in key.select("span")] for key in soup.select(".litbook-map-legend li")]
    assert keys == [["1. Crafts", "12"], ["3. Songs of mice", "12"]]


@pytest.mark.slow
@pytest.mark.usefixtures("hurried")
def test_the_data_of_the_map_are_one_click_away(tmp_path: Path) -> None:
    soup = parse(draw_map(place(tmp_path, make_two_groups())).data)
    table = unquote(str(one(soup, "a[download]")["href"]).partition(",")[2]).splitlines()
    assert table[0] == "citekey,x,y"
    assert len(table) == 25


def test_a_label_moves_away_from_labels_and_marks() -> None:
    midst, size = np.array([200.0, 200.0]), np.array([80.0, 12.0])
    nothing = np.empty((0, 2))
    free = _find_room(midst, size, nothing, [], 400)
    assert free.tolist() == [160, 194, 240, 206]
    beside = _find_room(midst, size, nothing, [free], 400)
    assert beside[3] < free[1] or beside[1] > free[3]
    marks = np.array([[x, y] for x in range(150, 260, 10) for y in (195.0, 200.0, 205.0)])
    box = _find_room(midst, size, marks, [], 400)
    assert not ((marks > box[:2]) & (marks < box[2:])).all(axis=1).any()
    low = _find_room(np.array([1.0, 399.0]), size, nothing, [], 400)
    assert low[0] >= 0
    assert low[3] <= 400


# --- The table ---


@pytest.mark.slow
@pytest.mark.usefixtures("hurried")
def test_the_table_holds_what_the_map_shows(tmp_path: Path) -> None:
    rows = make_two_groups(venue="", venue_year="")
    rows[0].update(title="Zebra <i>crane", year=2030, venue_year=2031)
    rows[1].update(title="A mouse", kind="", year="")
    soup = parse(list_papers(place(tmp_path, rows)).data)
    assert [head.get_text() for head in soup.select("th")] == ["Title", "Year", "Theme", "Kind"]
    first, second = (one(soup, f'tr:has(a[href="../../book/papers/{row["citekey"]}.html"])') for row in rows[:2])
    assert [cell.get_text() for cell in first.select("td")] == ["Zebra <i>crane", "2031", "Crafts", "method"]
    assert [cell.get_text() for cell in second.select("td")][1:] == ["unknown", "Songs of mice", "not decided"]


@pytest.mark.slow
@pytest.mark.usefixtures("hurried")
def test_the_table_is_sorted_by_theme_and_title(tmp_path: Path) -> None:
    rows = make_two_groups()
    soup = parse(list_papers(place(tmp_path, rows)).data)
    shown = [(row["data-theme"], row.td.get_text().casefold()) for row in soup.select("tbody tr") if row.td]
    assert shown == sorted(shown)
    assert len(shown) == len(rows)


@pytest.mark.slow
def test_a_dotted_line_joins_papers_of_which_one_cites_the_other(tmp_path: Path) -> None:
    rows = make_two_groups()
    assert "litbook-map-cites" not in draw_map(place_papers(read(tmp_path, rows))).data
    rows[3]["cites"] = [{"citekey": rows[0]["citekey"], "sections": ["Methods"]}, {"citekey": "gone1999"}]
    places = place_papers(read(tmp_path, rows))
    drawn = draw_map(places).data
    (path,) = BeautifulSoup(drawn, "html.parser").select("path.litbook-map-cites")
    assert str(path["d"]).count("M") == 1
    assert "A dotted line joins two papers of which one cites the other (1)." in drawn
