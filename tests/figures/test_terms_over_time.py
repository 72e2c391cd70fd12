"""Words over time: which papers use a term, what changed beyond chance, and that every collection is answered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from drawing import COLLECTIONS, collect_figures, make_collection, read_rows
from matplotlib.figure import Figure
from scipy import stats

from litbook.figures import terms_over_time
from litbook.figures.words import choose_apart, compare_shares, count_terms, estimate_share, weigh_against_chance

COLUMNS = ["citekey", "title", "abstract", "year", "theme", "theme_number", "theme_title"]
THEMES = ("moss", "tides")
DRAWN = (terms_over_time.draw_changes, terms_over_time.draw_shares_by_year, terms_over_time.draw_terms_by_theme)


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Figure]]:
    """Collect the figures that a notebook would show."""
    with collect_figures(monkeypatch) as figures:
        yield figures


def make_papers(abstracts: list[str], years: list[int | None] | None = None) -> pd.DataFrame:
    """Return invented papers; every second one is of the second theme."""
    themes = [THEMES[at % 2] for at in range(len(abstracts))]
    return pd.DataFrame(
        {
            "citekey": [f"made{at:03}" for at in range(len(abstracts))],
            "title": "",
            "abstract": abstracts,
            "year": pd.array(years or [2030] * len(abstracts), dtype="Int64"),
            "theme": pd.Categorical(themes, categories=THEMES, ordered=True),
            "theme_title": [f"About {theme}: and more" for theme in themes],
        }
    )


def count_of(papers: pd.DataFrame) -> dict[str, list[str]]:
    terms = count_terms(papers)
    return {name: terms.citekeys[terms.rows(at)].tolist() for at, name in enumerate(terms.names)}


def rising_papers() -> pd.DataFrame:
    """Return papers of which the later ones speak of tide chess, the earlier ones of moss, and all of lanterns."""
    abstracts = ["Lantern and moss. Moss." if at < 20 else "Lantern of Tide Chess." for at in range(40)]
    return make_papers(abstracts, [2020 + at // 10 for at in range(40)])


def test_a_paper_counts_once_for_a_term_however_often_it_uses_it() -> None:
    counts = count_of(make_papers(["Mouse sings. Mouse sleeps.", "No Mouse"]))
    assert counts["mouse"] == ["made000", "made001"]
    assert counts["mouse sings"] == ["made000"]


def test_a_term_lies_within_a_clause_and_does_not_end_with_a_function_word() -> None:
    counts = count_of(make_papers(["kettle, compass of orchard and kettle", "kettle", "compass", "orchard"]))
    assert set(counts) == {"kettle", "compass", "orchard", "compass of orchard"}


def test_words_of_any_abstract_make_no_term_whatever_their_ending() -> None:
    counts = count_of(make_papers(["We propose novel results", "Proposing improvements 2030", "proposed mouse"]))
    assert set(counts) == {"mouse", "proposed mouse"}


def test_a_plural_is_its_singular_where_both_are_used_and_is_shown_as_most_papers_write_it() -> None:
    papers = make_papers(["Crane fold", "cranes fly", "the cranes", "Glass", "compass bias"])
    counts = count_of(papers)
    assert counts["crane"] == ["made000", "made001", "made002"]
    assert {"glass", "compass", "bias"} <= counts.keys()
    terms = count_terms(papers)
    assert terms.spell(list(terms.names).index("crane")) == "cranes"


def test_a_term_that_stands_only_within_a_longer_one_is_left_out() -> None:
    counts = count_of(make_papers(["paper crane song", "paper crane song", "crane"]))
    assert set(counts) == {"paper crane song", "crane"}


def test_the_interval_of_a_share_is_that_of_wilson() -> None:
    low, high = estimate_share(np.array([0, 3, 10]), 10)
    for at, number in enumerate((0, 3, 10)):
        known = stats.binomtest(number, 10).proportion_ci(method="wilson")
        assert (low[at], high[at]) == pytest.approx((known.low, known.high))


def test_chance_is_weighed_as_by_fishers_exact_test() -> None:
    p = weigh_against_chance(np.array([9, 5]), 20, np.array([1, 5]), 20)
    assert p[0] == pytest.approx(stats.fisher_exact([[9, 11], [1, 19]]).pvalue)
    assert p[1] == 1


def test_the_score_is_zero_for_equal_shares_and_changes_sign_with_the_groups() -> None:
    assert compare_shares(4.0, 10, 8.0, 20) == pytest.approx(0)
    more = compare_shares(8.0, 20, 2.0, 20)
    assert more > 0
    assert compare_shares(2.0, 20, 8.0, 20) == pytest.approx(-more)
    # One paper against none says less than eight against none.
    assert 0 < compare_shares(1.0, 20, 0.0, 20) < compare_shares(8.0, 20, 0.0, 20)


def test_where_nothing_changed_hardly_any_interval_excludes_no_change() -> None:
    chance = np.random.default_rng(1)
    part, other = chance.binomial(60, 0.2, 2000), chance.binomial(60, 0.2, 2000)
    assert (np.abs(compare_shares(part, 60, other, 60)) > 1.96).mean() <= 0.05


def test_of_the_ranked_terms_no_two_share_a_word() -> None:
    names = ["tide chess", "tide", "moss garden", "moss", "kettle"]
    assert choose_apart([0, 1, 2, 3, 4], names, 2) == [0, 2]
    assert choose_apart([3, 2, 4], names, 5) == [3, 4]


def test_halves_part_between_years_and_leave_unknown_years_out() -> None:
    papers = make_papers(["moss"] * 6, [2020, 2021, 2021, 2022, 2022, None])
    halves = terms_over_time.halve(papers)
    assert halves is not None
    assert [half.years for half in halves] == ["2020–2021", "2022"]
    assert [half.papers.tolist() for half in halves] == [[True] * 3 + [False] * 3, [False] * 3 + [True] * 2 + [False]]


def test_rising_and_fading_terms_are_found_and_the_steady_one_is_not() -> None:
    papers = rising_papers()
    terms = count_terms(papers)
    changes = terms_over_time.compare_halves(papers, terms)
    found = terms_over_time.choose_changes(changes, terms, 8)
    assert found[["term", "earlier", "later"]].to_numpy().tolist() == [["Lantern of Tide", 0, 20], ["moss", 20, 0]]
    assert (found["q"] < 0.001).all()
    steady = changes.loc[[list(terms.names).index("lantern")]]
    assert steady[["earlier", "later", "z"]].to_numpy().tolist() == [[20, 20, 0]]


def test_a_change_that_may_be_chance_is_not_shown() -> None:
    papers = make_papers(["moss tide", "moss tide", "kettle"])
    terms = count_terms(papers)
    at = [list(terms.names).index(name) for name in ("kettle", "moss tide")]
    changes = pd.DataFrame({"term": at, "z": [9.0, 2.0], "q": [0.2, 0.01]}, index=at)
    assert terms_over_time.choose_changes(changes, terms, 8)["term"].tolist() == ["moss tide"]


def test_the_sentence_says_how_many_terms_were_tested_and_how_many_remain() -> None:
    papers = rising_papers()
    papers.loc[0, "year"] = pd.NA
    said = terms_over_time.describe_changes(papers, count_terms(papers)).data
    assert said.startswith("The earlier half, 2020–2021, has 19 papers, the later, 2022–2023, 20.")
    assert "The year is unknown for 1 paper." in said
    assert re.search(r"Of \d terms that at least 6 dated papers use", said)


def test_a_dot_leads_to_the_papers_of_its_half_alone() -> None:
    terms = count_terms(make_papers(["moss", "moss", "kettle", "moss"]))
    moss = list(terms.names).index("moss")
    assert terms.link(moss) == "../../search.html?papers=made000,made001,made003"
    assert terms.link(moss, np.array([False, False, True, True])) == "../../book/papers/made003.html"
    assert terms.link(moss, np.array([False, False, True, False])) is None


def test_labels_and_dots_lead_to_exactly_the_papers_of_the_term(drawn: list[Figure]) -> None:
    papers = rising_papers()
    html = terms_over_time.draw_changes(papers, count_terms(papers)).data
    leads = {str(link["href"]) for link in BeautifulSoup(html, "html.parser").select("svg a")}
    early, late = (",".join(papers["citekey"][at : at + 20]) for at in (0, 20))
    assert f"../../search.html?papers={early}" in leads
    assert f"../../search.html?papers={late}" in leads
    assert "rises most, from 0 of 20 (0%) to 20 of 20 (100%) papers." in html


def test_years_of_few_papers_stand_together_and_the_last_few_join_those_before() -> None:
    years = pd.Series(pd.array([2011, *[2020] * 9, *[2021] * 12, 2022, None], dtype="Int64"))
    spans = terms_over_time.pool_years(years)
    assert list(spans.cat.categories) == ["2011–2020", "2021–2022"]
    assert spans.value_counts(sort=False).tolist() == [10, 13]
    assert spans.isna().sum() == 1


def test_a_theme_has_its_own_terms_and_cells_count_papers(drawn: list[Figure]) -> None:
    papers = make_papers([("Moss and fern" if at % 2 == 0 else "Kettle") + " on a boat" for at in range(30)])
    terms = count_terms(papers)
    chosen = [terms.names[term] for term in terms_over_time.choose_for_themes(papers, terms)]
    assert any("moss" in name for name in chosen)
    assert any("kettle" in name for name in chosen)
    assert "boat" not in chosen
    html = terms_over_time.draw_terms_by_theme(papers, terms).data
    assert not drawn
    bars = BeautifulSoup(html, "html.parser").select(".litbook-bars tbody tr")
    assert {bar.select("td")[-1].get_text() for bar in bars} == {"15 of 15"}
    assert [name.get_text() for bar in bars for name in bar.select("small")] == ["About moss", "About tides"]
    moss = ",".join(papers["citekey"][::2])
    assert f"../../search.html?papers={moss}" in html
    assert "100% of the papers in “About" in html


def test_no_term_runs_across_a_stop_word_but_for_those_within_names() -> None:
    papers = make_papers(["Barley should measure change where malted; chain of thought"] * 8)
    names = set(count_terms(papers).names)
    assert not {"barley should measure", "change where malted"} & names
    assert "chain of thought" in names


def test_untrusted_words_are_escaped() -> None:
    papers = rising_papers()
    papers["abstract"] = papers["abstract"].str.replace("Tide Chess", "<i>Tide</i> & $x_1$ Chess")
    for draw in DRAWN:
        html = draw(papers, count_terms(papers)).data
        assert "<i>" not in html


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("name", COLLECTIONS)
def test_every_collection_is_drawn_or_answered(name: str, tmp_path: Path, drawn: list[Figure]) -> None:
    papers = read_rows(tmp_path, make_collection(name), COLUMNS)
    terms = count_terms(papers)
    said = terms_over_time.describe_changes(papers, terms).data
    assert ("No paper has a known year" in said) == papers["year"].isna().all()
    for draw in DRAWN:
        shown = draw(papers, terms).data
        assert "<figure" in shown or re.fullmatch(r"[A-Z][^.]+\.", shown)
        assert len(shown) < 200_000
    assert len(drawn) <= 2 * len(DRAWN)  # each for a desk and for a phone


@pytest.mark.parametrize("draw", DRAWN)
def test_the_same_papers_give_the_same_bytes(draw: object, tmp_path: Path) -> None:
    assert callable(draw)
    papers = read_rows(tmp_path, make_collection("ordinary"), COLUMNS)
    assert draw(papers, count_terms(papers)).data == draw(papers, count_terms(papers)).data
