"""How the papers hang together: links, chance, bridges and near-duplicates, on papers whose network is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from drawing import COLLECTIONS, WORDS, collect_figures, make_collection, read_counts, read_heat, read_rows
from matplotlib.figure import Figure

from litbook.figures import bridges, similarity
from litbook.figures.similarity import Network

COLUMNS = ["citekey", "title", "abstract", "theme", "theme_number", "theme_title"]
SHOWN = (similarity.draw_themes, bridges.list_strays, bridges.list_bridges, bridges.list_near_duplicates)


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Figure]]:
    """Collect the figures that a notebook would show."""
    with collect_figures(monkeypatch) as figures:
        yield figures


def make_papers(themes: str, abstracts: list[str] | None = None) -> pd.DataFrame:
    """Return an invented paper for each letter, which is its theme."""
    names = sorted(set(themes))
    return pd.DataFrame(
        {
            "citekey": [f"made{at}" for at in range(len(themes))],
            "title": [f"Made {at} <b>" for at in range(len(themes))],
            "abstract": abstracts or [""] * len(themes),
            "theme": pd.Categorical(list(themes), categories=names, ordered=True),
            "theme_title": [f"About {theme}: and more" for theme in themes],
        }
    )


def make_network(size: int, *pairs: tuple[int, int], similarity: float = 0.2) -> Network:
    number = len(pairs)
    return Network(np.array(pairs, dtype=int).reshape(-1, 2), np.full(number, similarity), np.ones(number, bool), size)


def read_list(shown: Any) -> list[str]:
    return [item.get_text() for item in BeautifulSoup(shown.data, "html.parser").select("li")]


def test_papers_are_linked_with_the_nearest_and_not_with_those_that_share_nothing() -> None:
    papers = make_papers("aab", ["Paper crane folds", "Paper crane folds", "Tidal chess"])
    papers["title"] = ["", "", ""]
    network = similarity.link_nearest(papers)
    assert network.pairs.tolist() == [[0, 1]]
    assert network.similarities == pytest.approx([1.0])
    assert network.mutual.tolist() == [True]
    assert network.count_links().tolist() == [1, 1, 0]


def test_a_link_that_only_one_of_the_two_has_is_not_mutual() -> None:
    # The second is nearest to both others, and has the first nearer.
    papers = make_papers("aaa", ["crane fold knot tide", "crane fold knot moss", "moss kettle lantern rope"])
    papers["title"] = ["", "", ""]
    network = similarity.link_nearest(papers, nearest=1)
    assert network.pairs.tolist() == [[0, 1], [1, 2]]
    assert network.mutual.tolist() == [True, False]
    assert len(set(network.label_components())) == 1
    assert len(set(network.label_components(mutual=True))) == 2


def test_each_paper_has_its_five_nearest_by_the_cosine_of_all_its_terms() -> None:
    chance = np.random.default_rng(2)
    papers = make_papers("ab" * 20, [" ".join(chance.choice(WORDS, 12)) for _ in range(40)])
    network = similarity.link_nearest(papers)
    terms = similarity.weigh_terms((papers["title"] + " . " + papers["title"] + " . " + papers["abstract"]).tolist())
    assert terms is not None
    weights = terms.weights.to_scipy()
    alike = (weights @ weights.T).toarray()
    np.fill_diagonal(alike, -1)
    nearest = {tuple(sorted((row, int(other)))) for row in range(40) for other in np.argsort(-alike[row])[:5]}
    assert {tuple(pair) for pair in network.pairs.tolist()} == nearest
    assert network.similarities == pytest.approx([alike[one, other] for one, other in network.pairs])


def test_links_within_a_theme_count_once_and_links_between_two_in_both_cells() -> None:
    papers = make_papers("aabb")
    observed, expected, spread = similarity.compare_with_chance(papers, make_network(4, (0, 1), (0, 2), (1, 3), (2, 3)))
    assert observed.tolist() == [[1, 2], [2, 1]]
    # Four ends of eight lie in each theme: of seven ends that are left for one, three lie in its own.
    assert expected[0, 1] == pytest.approx(4 * 4 / 7, abs=0.2)
    assert expected[0, 0] == pytest.approx(4 * 3 / 7 / 2, abs=0.1)
    assert np.triu(expected).sum() == pytest.approx(4)
    assert (spread > 0).all()


def test_more_themes_than_fit_into_a_byte_of_cells_are_kept_apart() -> None:
    papers = make_papers("abcdefghijklmnopqrstuvwxyz")
    observed, _, _ = similarity.compare_with_chance(papers, make_network(26, (24, 25)))
    assert observed.sum() == 2
    assert observed[24, 25] == 1


def test_the_map_leads_to_the_papers_of_few_links_and_names_the_closest_themes() -> None:
    papers = make_papers("a" * 10 + "b" * 10 + "c" * 10)
    across = [(at, at + 10) for at in range(10)]
    within = [(at, at + 1) for at in range(20, 29)]
    html = similarity.draw_themes(papers, make_network(30, *across, *within)).data
    assert "The two closest themes are “About a” and “About b”, with 10 links" in html
    assert "9 of 19 links (47%) stay within a theme" in html
    bars = BeautifulSoup(html, "html.parser").select(".litbook-bars tbody tr")
    assert [[cell.get_text() for cell in bar.select("th, td")] for bar in bars] == [
        ["About a", "", "0%", "About b (100%)"],
        ["About b", "", "0%", "About a (100%)"],
        ["About c", "", "100%", "–"],
    ]
    assert f"../../search.html?papers={','.join(sorted(papers['citekey'][20:]))}" in html
    counts = read_counts(html)
    assert counts["1. About a", "1"] == "0"
    assert float(counts["2. About b", "1"]) > 2
    assert len(counts) == 6
    assert "other" in read_heat(html)["1. About a", "1"]["class"]  # fewer links than by chance


def test_the_sentence_counts_links() -> None:
    papers = make_papers("aabb")
    assert similarity.describe_network(papers, make_network(4, (0, 1), (2, 3))).data == (
        "Each of 4 papers is linked to the 3 that are most like it in their words: 2 links, at a median similarity of "
        "0.20."
    )


def test_participation_is_zero_within_one_theme_and_grows_with_their_number() -> None:
    links = np.array([[4, 0, 0, 0], [2, 2, 0, 0], [1, 1, 1, 1], [0, 0, 0, 0]])
    assert bridges.measure_participation(links) == pytest.approx([0, 0.5, 0.75, 0])


def test_a_stray_has_most_links_with_one_other_theme_and_a_bridge_links_within_and_beyond() -> None:
    papers = make_papers("aabbbc")
    network = make_network(6, (0, 2), (0, 3), (0, 1), (2, 3), (4, 5))
    strays = read_list(bridges.list_strays(papers, network))
    assert strays == [
        "Made 4 <b>in About b, though 1 of 1 link lead to About c",
        "Made 5 <b>in About c, though 1 of 1 link lead to About b",
        "Made 0 <b>in About a, though 2 of 3 links lead to About b",
    ]
    shown = bridges.list_bridges(papers, network)
    assert read_list(shown)[0] == "Made 2 <b>in About b, with 2 links to 2 themes"
    assert "3 of 6 papers (50%) are linked both within their theme and beyond it." in shown.data
    assert '<a href="../../book/papers/made2.html">Made 2 &lt;b&gt;</a>' in shown.data


def test_near_duplicates_are_listed_and_otherwise_a_sentence_names_the_nearest_pair() -> None:
    papers = make_papers("aab")
    alike = bridges.list_near_duplicates(papers, make_network(3, (0, 1), similarity=0.93))
    assert read_list(alike) == ["Made 0 <b> and Made 1 <b>: 0.93."]
    assert "1 pair of papers with a similarity of 0.6 or more." in alike.data
    none = bridges.list_near_duplicates(papers, make_network(3, (1, 2), similarity=0.4))
    assert BeautifulSoup(none.data, "html.parser").get_text() == (
        "No two papers are near-duplicates, with a similarity of 0.6 or more. The most similar are Made 1 <b> and "
        "Made 2 <b>: 0.40."
    )


def test_a_collection_without_links_is_answered_in_sentences() -> None:
    papers = make_papers("ab")
    network = make_network(2)
    for answer in (similarity.describe_network, *SHOWN):
        assert re.fullmatch(r"(No|There) [^.]+\.", answer(papers, network).data)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("name", COLLECTIONS)
def test_every_collection_is_drawn_or_answered(name: str, tmp_path: Path) -> None:
    papers = read_rows(tmp_path, make_collection(name), COLUMNS)
    network = similarity.link_nearest(papers)
    assert similarity.describe_network(papers, network).data
    for show in SHOWN:
        html = show(papers, network).data
        assert "<figure" in html or re.match(r"(<p>)?(No|There) ", html)
        assert "<b>" not in html
        assert len(html) < 100_000


@pytest.mark.parametrize("show", SHOWN)
def test_the_same_papers_give_the_same_bytes(show: Callable[[pd.DataFrame, Network], Any], tmp_path: Path) -> None:
    papers = read_rows(tmp_path, make_collection("ordinary"), COLUMNS)
    first, second = (show(papers, similarity.link_nearest(papers)).data for _ in range(2))
    assert first == second
