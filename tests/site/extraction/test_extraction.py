"""The page of extracted values, as built from the invented toy review, and what a paper's page says of them."""

from __future__ import annotations

import csv
import json
import re
from fractions import Fraction
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from browsing import expect
from bs4 import BeautifulSoup
from sites import Open
from toybook import Built

from litbook.model.extraction import Choice, Column
from litbook.model.review import Text
from litbook.site.extraction.judgements import render_group
from litbook.site.extraction.matrix import list_axes, render_matrix
from litbook.site.lists.extracted import Row, Table, Value, fits_measure

PAGE = "extraction.html"


def cells(book: Built, citekey: str) -> list[str]:
    row = book.review.page(PAGE).soup.select_one(f'table.litbook-extracted tr[data-key="{citekey}"]')
    assert row is not None
    for label in row.select(".litbook-stacked-label"):
        label.decompose()
    return [cell.get_text(" ", strip=True) for cell in row.select("td")]


def test_the_table_shows_each_paper_with_its_values(book: Built) -> None:
    assert cells(book, "fancied2021kneadbot") == ["140", "wheat spelt", "bakery", "–", "–", "low", "low"]
    assert cells(book, "ophantom2022levain")[0] == "480"  # the one agreed on, of 480 and 430
    assert cells(book, "invented2021crumbnet")[2] == "laboratory bakery extractors differ"


def test_a_value_leads_to_its_sentence_and_shows_its_words(book: Built) -> None:
    link = book.review.page(PAGE).soup.select_one('tr[data-key="fancied2021kneadbot"] td a')
    assert link is not None
    assert link["href"] == "book/papers/fancied2021kneadbot.html#sentence-3"
    assert link["title"] == "“In 140 doughs” · sentence 3 · extracted by an invented reader"
    target = book.review.page("book/papers/fancied2021kneadbot.html").soup.find(id="sentence-3")
    assert target is not None
    assert target.get_text().startswith("In 140 doughs")


def test_the_matrix_counts_papers_and_leads_to_them(book: Built) -> None:
    table = book.review.page(PAGE).soup.select_one("table.litbook-matrix")
    assert table is not None
    rows = [[cell.get_text() for cell in row.select("th, td")] for row in table.select("tr")]
    assert rows == [["Grain / Setting", "laboratory", "bakery", "home"], ["wheat", "1", "1", "0"],
                    ["rye", "1", "0", "0"], ["spelt", "0", "1", "0"]]  # fmt: skip
    assert table.select("a")[0]["href"] == "?x.grain=wheat&x.setting=laboratory#table"


def test_judgements_have_a_sign_and_a_name_beside_their_colour(book: Built) -> None:
    lights = book.review.page(PAGE).soup.select("table.litbook-lights td .litbook-light")
    assert [(light.get_text(), light["aria-label"]) for light in lights] == [
        ("+", "low"), ("+", "low"), ("–", "some concerns"), ("+", "low"), ("×", "high"), ("–", "some concerns"),
    ]  # fmt: skip


def test_a_judged_paper_has_its_title_where_another_has_its_authors_and_year() -> None:
    levels = (Choice("low"), Choice("high"))
    columns = tuple(Column(name, name, "", "choice", 1, choices=levels, group="Risk") for name in ("loss", "recall"))
    low = Value("low", "", "", "", "a reader")
    rows = tuple(Row(key, label, Text(f"Title {key}"), "", ((low,), (low,)))
                 for key, label in (("a", "Doe 2030"), ("b", "Doe 2030"), ("c", "Roe 2030")))  # fmt: skip
    figure = BeautifulSoup(render_group("Risk", columns, Table(columns, rows, 3), str), "html.parser")
    heads = [head.get_text(" ") for head in figure.select("tbody th")]
    assert heads == ["Doe 2030 Title a", "Doe 2030 Title b", "Roe 2030"]


def test_agreement_is_computed_from_independent_readings(book: Built) -> None:
    table = book.review.page(PAGE).soup.select_one("table.litbook-agreement")
    assert table is not None
    rows = [[cell.get_text() for cell in row.select("th, td")] for row in table.select("tbody tr")]
    both = "an invented reader and another invented reader"
    assert rows[0][:3] == ["Loaves or doughs", both, "1 of 2"]
    assert rows[1] == ["Setting", both, "3 of 4", "kappa 0.64"]


@pytest.mark.parametrize("citekey", ["ophantom2022levain", "pretend2020risecast"])  # without and with a note
def test_a_papers_page_shows_its_values_with_what_they_rest_on(book: Built, citekey: str) -> None:
    page = book.review.page(f"book/papers/{citekey}.html")
    section = page.soup.find(id="extracted")
    assert section is not None
    items = [item.get_text(" ", strip=True) for item in section.select("li")]
    assert items == {
        "ophantom2022levain": ["Loaves or doughs 480 sentence 2", "Setting home sentence 2",
                               "Error against the rule (ratio of errors) 1.21 (1.05 to 1.40) Table 3"],
        "pretend2020risecast": ["Loaves or doughs not reported",
                                "Error against the rule (ratio of errors) 0.50 (0.41 to 0.61) Table 2"],
    }[citekey]  # fmt: skip
    hint = section.select_one(".litbook-from")
    assert hint is not None
    assert str(hint["title"]).startswith("“")


def test_the_page_is_found_from_the_list_of_all_papers(book: Built) -> None:
    assert book.review.page("all-papers.html").soup.select_one('a[href="extraction.html"]') is not None


def test_all_rows_are_exported_with_their_numbers(book: Built) -> None:
    with Path(book.review.html / "data/extraction.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    gain = next(row for row in rows if row["column"] == "gain")
    assert (gain["number"], gain["low"], gain["high"], gain["level"]) == ("1.21", "1.05", "1.4", "95")
    assert [row["shown"] for row in rows if row["citekey"] == "ophantom2022levain" and row["column"] == "loaves"] == [
        "no", "no", "yes",
    ]  # fmt: skip


def test_lists_can_be_filtered_by_the_columns_of_choices(book: Built) -> None:
    soup = book.review.page("all-papers.html").soup
    root = soup.select_one("[data-litbook-list]")
    assert root is not None
    facets = {name: found for name, *found in json.loads(str(root["data-facets"]))}
    assert facets["grain"] == ["Grain", ["wheat", "rye", "spelt"]]
    assert facets["loaves"] == ["Loaves or doughs", ["30", "140", "480", "3200"], True]  # as numbers, for a range
    item = soup.select_one('[data-paper="fancied2021kneadbot"]')
    assert item is not None
    assert parse_qs(str(item["data-own"])) == {
        "loaves": ["140"],
        "grain": ["wheat", "spelt"], "setting": ["bakery"], "bias-picked": ["low"], "bias-judged": ["low"],
    }  # fmt: skip


def test_a_chapters_list_offers_the_columns_of_its_own_papers(book: Built) -> None:
    roots = book.review.page("book/chapters/loaf-vision.html").soup.select("[data-facets]")
    assert [name for name, *_ in json.loads(str(roots[0]["data-facets"]))][:3] == ["loaves", "grain", "setting"]


def test_the_search_has_the_columns_of_choices_as_filters(book: Built) -> None:
    index = Path(book.review.html) / "search-index"
    core, scores = ((index / f"{name}.js").read_text("utf-8") for name in ("core", "scores"))
    facets, papers = (json.loads(text[text.index("{") : text.rindex("}") + 1])["facets"] for text in (core, scores))
    assert facets["x.grain"]["title"] == "Grain"
    assert facets["x.grain"]["values"] == ["wheat", "rye", "spelt"]
    assert [0, 2] in papers["x.grain"]  # of wheat and spelt
    assert facets["x.loaves"]["values"] == ["30", "140", "480", "3200"]
    assert facets["x.loaves"]["range"] is True


def test_own_columns_filter_lists_and_the_search_in_a_browser(visit: Open) -> None:
    page = visit("all-papers.html")
    status = page.locator(".litbook-list-count")
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("Grain", exact=True).select_option("wheat")
    expect(status).to_have_text(re.compile(r"^2 of \d+ papers$"))
    page.get_by_label("Loaves or doughs, at most").fill("500")
    page.get_by_label("Loaves or doughs, at most").press("Enter")
    expect(status).to_have_text(re.compile(r"^1 of \d+ papers$"))
    expect(page).to_have_url(re.compile(r"x\.grain=wheat&x\.loaves=\.\.500$|x\.loaves=\.\.500&x\.grain=wheat$"))
    page.reload()
    expect(status).to_have_text(re.compile(r"^1 of \d+ papers$"))
    page = visit("search.html?x.loaves=100..500")
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^2 papers"))
    expect(page.get_by_label("Loaves or doughs, at least")).to_have_value("100")
    page.get_by_label("Loaves or doughs, at least").fill("200")
    page.get_by_label("Loaves or doughs, at least").press("Enter")
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^1 paper\b"))
    expect(page).to_have_url(re.compile(r"x\.loaves=200\.\.500"))


@pytest.mark.parametrize(("null", "kept"), [(1, ["HR 0.84, 95% CI 0.68-1.05"]), (0, ["mean difference -4.1 mm"])])
def test_a_draft_of_an_effect_by_another_measure_is_left_out(null: int, kept: list[str]) -> None:
    column = Column("effect", "Effect", "", "interval", 1, draft="effect", null=Fraction(null))
    drafts = ("HR 0.84, 95% CI 0.68-1.05", "mean difference -4.1 mm")
    assert [value for value in drafts if fits_measure(column, value)] == kept


def test_papers_are_crossed_with_themes_before_judgements() -> None:
    bias = (Choice("low"), Choice("high"))
    columns = (Column("bias", "Bias", "", "choice", 1, choices=bias, group="Risk"),
               Column("grain", "Grain", "", "choice", 2, choices=(Choice("rye"), Choice("oat"))))  # fmt: skip
    low, rye = Value("low", "", "", "", "a reader"), Value("rye", "", "", "", "a reader")
    rows = (Row("a", "", Text("A"), "loaves", ((low,), (rye,))), Row("b", "", Text("B"), "ovens", ((), (rye,))))
    axes = list_axes(Table(columns, rows, 2), {"loaves": "Loaves", "ovens": "Ovens", "bakers": "Bakers"})
    assert [axis.id for axis in axes] == ["grain", "theme", "bias"]
    matrix = BeautifulSoup(render_matrix(Table(columns, rows, 2), axes), "html.parser")
    assert [[cell.get_text() for cell in row.select("th, td")] for row in matrix.select("tr")] == [
        ["Theme / Grain", "rye", "oat"], ["Loaves", "1", "0"], ["Ovens", "1", "0"],
    ]  # fmt: skip
    assert matrix.select("a")[0]["href"] == "?theme=loaves&x.grain=rye#table"
