"""The built toy review: what every page and every file for programs must hold. All of it is invented.

`jupyter-book build` makes the book once, in a fixture; these tests only read it.
"""

from __future__ import annotations

import csv
import json
import re
from typing import Any

import pytest
import rispy
from pybtex.database import parse_file
from toybook import Built, text_of

CHAPTERS = {
    "baking-agents": ["fictive2024plan", "mythical2024oven", "fancied2021kneadbot", "supposed2019should"],
    "dough-forecasting": ["mock2024fermentation", "ophantom2022levain", "pretend2020risecast", "doughforecastsfail"],
    "loaf-vision": ["fabricated2023survey", "invented2023scoring", "madeup2022crust", "invented2021crumbnet"],
}
PAPERS = sorted(key for keys in CHAPTERS.values() for key in keys)
# DESIGN.md promises these; `decided` came later.
FIELDS = {
    *("citekey", "title", "authors", "year", "published", "venue", "theme", "suggested_theme", "decided", "also"),
    *("venue_year", "kind", "abstract", "gist", "links", "evidence", "related", "url"),
    *("method", "dataset", "task", "models", "benchmarks", "findings", "label"),
}
ALWAYS = {"citekey", "title", "theme", "suggested_theme", "decided", "abstract", "url"}
RISECAST = "book/papers/pretend2020risecast.html"


@pytest.fixture(scope="module")
def catalogue(book: Built) -> dict[str, dict[str, Any]]:
    papers = json.loads((book.review.html / "data/papers.json").read_text("utf-8"))
    return {paper["citekey"]: paper for paper in papers}


def test_the_build_succeeds_without_a_warning(book: Built) -> None:
    assert book.run.code == 0
    assert book.run.warnings == []
    assert "build succeeded." in book.run.output


def test_there_is_one_page_a_paper_and_one_that_says_what_became_of_an_excluded_one(book: Built) -> None:
    for ending, others in (("html", ["assumed2024croissant"]), ("md", [])):
        found = sorted(path.stem for path in (book.review.html / "book/papers").glob(f"*.{ending}"))
        assert found == sorted([*PAPERS, *others])


def test_a_page_names_title_authors_year_and_venue(book: Built) -> None:
    page = book.review.page(RISECAST)
    assert page.text("h1") == "RiseCast: Forecasting Dough Rise with Sensor Series"
    assert page.text(".litbook-byline") == "Jo Pretend, Kim Sham"
    assert page.text(".litbook-placement").startswith("LEVAIN 2021 · first version 2020 · ")  # the year once
    assert page.text("title").startswith("RiseCast: Forecasting Dough Rise with Sensor Series — ")


def test_the_gist_is_a_sentence_of_the_abstract_marked_as_a_quotation(book: Built) -> None:
    page = book.review.page(RISECAST)
    quoted = [text_of(paragraph).strip() for paragraph in page.soup.select("blockquote.litbook-gist p")]
    gist = (
        "We propose RiseCast, a forecasting model that reads sensor series of temperature and carbon dioxide and "
        "predicts dough rise two hours ahead."
    )
    assert quoted == [f"“{gist}”", "Sentence 2 of the abstract"]
    assert gist in page.text("#abstract p")


def test_the_abstract_stands_whole_and_repaired_on_the_page(book: Built) -> None:
    assert book.review.page("book/papers/doughforecastsfail.html").text("#abstract p") == (
        "Forecasts of dough rise are trained in winter, when laboratories bake. This work analyzes 12 forecasting "
        "models and shows that their errors grow with room temperature, because yeast activity saturates where the "
        "models extrapolate. A two-parameter correction removes 3–19% of the error."
    )


def test_italics_of_a_title_are_italics_on_its_page(book: Built) -> None:
    assert book.review.page("book/papers/invented2023scoring.html").one("h1 em").get_text() == "One"


def test_theme_and_kind_are_named_and_linked(book: Built) -> None:
    page = book.review.page("book/papers/invented2021crumbnet.html")
    assert page.text(".litbook-placement") == ("BREAD 2021 · method · see also Forecasting dough & <levain>")
    assert "../chapters/loaf-vision.html" in page.links(".litbook-crumbs").values()  # its theme
    assert page.links(".litbook-placement") == {
        "2021": "../../years/2021.html",
        "Forecasting dough & <levain>": "../chapters/dough-forecasting.html",
    }


@pytest.mark.parametrize(
    ("citekey", "links"),
    [
        (
            "invented2021crumbnet",
            {
                "Read on arXiv": "https://arxiv.org/abs/2103.99901",
                "DOI": "https://doi.org/10.99999/invented.1",
                "Code": "https://example.org/crumbnet/code",
                "Project page": "https://example.org/crumbnet/",
            },
        ),
        (
            "madeup2022crust",
            {
                "Read on arXiv": "https://arxiv.org/abs/2206.99902",
                "ACL Anthology": "https://aclanthology.org/2022.crust-main.1/",
            },
        ),
        (
            "pretend2020risecast",
            {
                "Read on arXiv": "https://arxiv.org/abs/2011.99905",
                "OpenReview": "https://openreview.net/forum?id=inventedRISE",
            },
        ),
        ("fabricated2023survey", {}),
    ],
)
def test_a_page_links_to_where_the_paper_is_and_to_nothing_unknown(
    book: Built, citekey: str, links: dict[str, str]
) -> None:
    assert book.review.page(f"book/papers/{citekey}.html").links(".litbook-links") == links


def test_related_papers_come_with_a_reason_and_none_is_recommended_to_itself(
    book: Built, catalogue: dict[str, dict[str, Any]]
) -> None:
    seen = 0
    for citekey in PAPERS:
        own = f"{catalogue[citekey]['title']} {catalogue[citekey]['abstract']}".lower()
        items = book.review.page(f"book/papers/{citekey}.html").soup.select("#related-papers li")
        for item, related in zip(items, catalogue[citekey].get("related", []), strict=True):
            other = catalogue[related["citekey"]]
            assert item.a is not None
            assert item.a["href"] == f"{other['citekey']}.html" != f"{citekey}.html"
            assert item.a.get_text() == other["title"]
            assert re.search("shared terms: |(?:cited|discussed) together in ", item.get_text())
            seen += 1
            for phrase in related["why"]:
                assert phrase.lower() in own
                assert phrase.lower() in f"{other['title']} {other['abstract']}".lower()
    assert seen == 2  # the two papers that a chapter discusses together; below the floor, words relate no others


def test_the_bibtex_entry_is_on_the_page(book: Built) -> None:
    page = book.review.page("book/papers/ophantom2022levain.html")
    assert page.one("#cite-this-paper .highlight-text pre").get_text() == (
        "@inproceedings{ophantom2022levain,\n"
        "  title = {{Levain Time: A Benchmark for <b>Slow</b> Fermentation}},\n"
        "  author = {O'Phantom, Max and Figment, Nia},\n"
        "  year = {2023},\n"
        r"  booktitle = {Proceedings of <i>Dough</i> \& Levain 2023},"
        "\n"
        "  eprint = {2212.99907},\n"
        "  archiveprefix = {arXiv},\n"
        "  url = {https://arxiv.org/abs/2212.99907},\n"
        "}\n"
    )


def test_a_page_leads_back_to_where_the_review_cites_it(book: Built) -> None:
    crumbnet = book.review.page("book/papers/invented2021crumbnet.html")
    assert crumbnet.links("#cited-in") == {
        "Agents that bake": "../chapters/baking-agents.html#cite-invented2021crumbnet",
        "Looking at loaves: what pictures tell about bread": "../chapters/loaf-vision.html#cite-invented2021crumbnet",
    }
    assert [item.get_text(" ", strip=True).rpartition(": ")[2] for item in crumbnet.soup.select("#cited-in li")] == [
        "1 sentence",
        "1 sentence",
    ]
    uncited = book.review.page("book/papers/fictive2024plan.html")
    assert uncited.soup.select("#cited-in") == []


def test_a_paper_cited_in_a_note_leads_to_the_page_that_shows_the_note(book: Built) -> None:
    levain = book.review.page("book/papers/ophantom2022levain.html")
    assert levain.links("#cited-in") == {
        "Forecasting dough & <levain>": "../chapters/dough-forecasting.html#cite-ophantom2022levain",
        "Note on RiseCast: Forecasting Dough Rise with Sensor Series": "pretend2020risecast.html",
    }


def test_a_note_is_shown_on_its_papers_page_only(book: Built) -> None:
    page = book.review.page(RISECAST)
    assert "this invented note is shown on the page" in page.text("#notes")
    assert page.one("#notes em").get_text() == "invented"
    assert list(page.links("#notes").values()) == ["ophantom2022levain.html"]
    others = [key for key in PAPERS if book.review.page(f"book/papers/{key}.html").soup.select("#notes")]
    assert others == ["pretend2020risecast"]


def test_the_footer_names_the_lines_of_the_source(book: Built, catalogue: dict[str, dict[str, Any]]) -> None:
    source = "hf-papers-bread.txt"
    lines = (book.review.root / "book/corpus/sources" / source).read_text("utf-8").splitlines()
    for citekey in PAPERS:
        footer = book.review.page(f"book/papers/{citekey}.html").text(".litbook-provenance")
        match = re.match(
            rf"Where this information comes from\s*Title and abstract were read from lines (\d+)–(\d+) of {source}\.",
            footer,
        )
        assert match
        first, last = int(match[1]), int(match[2])
        assert last == first + 1
        words = catalogue[citekey]["title"].split()
        assert lines[first - 1].removeprefix("Subscribe").split()[:3] == words[:3]
        assert lines[last - 1].split()[:3] == catalogue[citekey]["abstract"].split()[:3]


def test_the_footer_names_origins_and_doubts_of_what_was_looked_up(book: Built) -> None:
    assert (
        book.review.page("book/papers/invented2023scoring.html")
        .text(".litbook-provenance")
        .endswith(
            "Authors, dates and links were looked up (line 4 of facts.jsonl; origins: an invented index; "
            "a made-up list). Confidence: likely. Note: The second author is spelled in two ways."
        )
    )


def test_a_paper_without_facts_says_so_and_has_a_whole_page(book: Built) -> None:
    page = book.review.page("book/papers/doughforecastsfail.html")
    assert "the source gives a title and an abstract only" in page.text(".litbook-byline")
    assert page.text(".litbook-provenance").endswith("Nothing else has been looked up.")
    for part in ("h1", ".litbook-gist", "#abstract", "#cite-this-paper .highlight-text"):
        assert page.text(part)


def test_a_paper_without_a_decision_says_that_its_theme_is_suggested(book: Built) -> None:
    for citekey in PAPERS:
        placement = book.review.page(f"book/papers/{citekey}.html").text(".litbook-placement")
        suggested = citekey in ("doughforecastsfail", "fictive2024plan")
        assert ("suggested automatically" in placement) is suggested
        assert ("no person has confirmed it" in placement) is suggested
    listed = book.review.page("book/chapters/baking-agents.html").soup.select(".litbook-own > li")
    assert ["theme suggested automatically" in item.get_text() for item in listed] == [True, False, False, False]


@pytest.mark.parametrize("slug", CHAPTERS)
def test_a_chapter_lists_its_papers_newest_first(book: Built, slug: str) -> None:
    listed = book.review.page(f"book/chapters/{slug}.html").soup.select(".litbook-own .litbook-paper-title a")
    assert [str(link["href"]) for link in listed] == [f"../papers/{key}.html" for key in CHAPTERS[slug]]


def test_a_chapter_lists_papers_of_other_themes_apart(book: Built) -> None:
    page = book.review.page("book/chapters/loaf-vision.html")
    links = page.links(".litbook-visiting")
    assert list(links.values()) == ["../papers/mythical2024oven.html"]


def test_a_citation_leads_to_the_papers_page(book: Built) -> None:
    cited = book.review.page("book/chapters/dough-forecasting.html").links(".bibtex-citation")
    assert cited == {
        "Pretend and Sham, 2021": "../papers/pretend2020risecast.html",
        "Mock, 2024": "../papers/mock2024fermentation.html",
        "O'Phantom and Figment, 2023": "../papers/ophantom2022levain.html",
    }


def test_counts_are_computed(book: Built) -> None:
    sentence = "12 papers in 3 themes and 2 parts, from 2019 to 2024; 10 were placed by people."
    assert sentence in book.review.page("book/index.html").text("article")
    assert "This chapter has 4 papers." in book.review.page("book/chapters/dough-forecasting.html").text("article")


def test_the_landing_page_lists_parts_and_themes_with_the_number_of_papers(book: Built) -> None:
    page = book.review.page("book/index.html")
    assert [part.get_text() for part in page.soup.select(".litbook-part")] == [
        "Part I. Seeing bread",
        "Part II. Making bread",
    ]
    numbers = [number.get_text().strip() for number in page.soup.select(".litbook-themes .litbook-number")]
    assert numbers == ["4 papers", "4 papers", "4 papers"]
    assert list(page.links(".litbook-themes").values()) == [
        "chapters/loaf-vision.html",
        "chapters/dough-forecasting.html",
        "chapters/baking-agents.html",
    ]


def test_the_notebook_was_executed_on_the_data_of_this_build(book: Built) -> None:
    output = book.review.page("book/analysis/papers-by-year.html").text(".cell_output")
    assert output == "2019: 1; 2020: 1; 2021: 2; 2022: 2; 2023: 2; 2024: 3; unknown: 1"
    assert book.review.executions == 1


def test_the_notebook_can_be_downloaded_with_its_results(book: Built) -> None:
    page = book.review.page("book/analysis/papers-by-year.html")
    link = page.soup.select_one("a[download]")
    assert link
    notebook = json.loads((book.review.html / "book/analysis" / str(link["href"])).read_text("utf-8"))
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
    assert "2019: 1; 2020: 1; 2021: 2" in json.dumps(outputs)
    assert [cell["id"] for cell in notebook["cells"]] == [f"cell-{n}" for n in range(len(notebook["cells"]))]
    assert "iopub" not in json.dumps(notebook)
    assert not book.review.page("book/index.html").soup.select("a[download]")


def test_the_catalogue_holds_what_was_promised(book: Built, catalogue: dict[str, dict[str, Any]]) -> None:
    assert sorted(catalogue) == PAPERS
    for citekey, paper in catalogue.items():
        assert paper.keys() <= FIELDS
        assert paper.keys() >= ALWAYS
        assert all(value not in (None, "", [], {}) for value in paper.values())
        assert paper["url"] == f"book/papers/{citekey}.html"
        assert (book.review.html / paper["url"]).is_file()
        assert paper["gist"][1:] in paper["abstract"]  # begins in upper case also where an opening is left out
        for item in paper.get("evidence", []):
            assert item.keys() == {"quote", "sentence"}
            assert item["quote"] in paper["abstract"]
        quoted = {item["sentence"]: item["quote"] for item in paper.get("evidence", [])}
        for item in paper.get("findings", []):
            assert item["number"] in quoted[item["sentence"]]
    levain = catalogue["ophantom2022levain"]
    assert levain["title"] == "Levain Time: A Benchmark for <b>Slow</b> Fermentation"
    assert levain["authors"] == ["Max O'Phantom", "Nia Figment"]
    assert (levain["year"], levain["published"]) == (2022, "2022-12")
    assert levain["venue"] == "Proceedings of <i>Dough</i> & Levain 2023"
    assert (levain["theme"], levain["kind"], levain["decided"]) == ("dough-forecasting", "benchmark-or-dataset", True)
    assert levain["links"] == {"arxiv": "https://arxiv.org/abs/2212.99907"}
    assert catalogue["invented2021crumbnet"]["also"] == ["dough-forecasting"]


def test_the_catalogue_leaves_out_what_is_not_known(catalogue: dict[str, dict[str, Any]]) -> None:
    unknown = {"authors", "year", "published", "venue", "kind", "links", "also"}
    assert unknown.isdisjoint(catalogue["doughforecastsfail"])
    assert catalogue["doughforecastsfail"]["decided"] is False


def test_the_site_carries_the_exports_and_each_can_be_read(book: Built) -> None:
    data = book.review.html / "data"
    made = book.review.root / "book/data"
    papers = {"papers.json", "papers.csv", "papers.ris", "papers.csl.json", "references.bib"}
    names = {*papers, "claims.json", "claims.schema.json"}
    names |= {"extraction.csv", "extraction-effects.csv"}
    assert {path.name for path in data.iterdir() if path.is_file()} == names
    assert all((data / name).read_bytes() == (made / name).read_bytes() for name in names)
    with (data / "papers.csv").open(encoding="utf-8", newline="") as rows:
        assert [row["citekey"] for row in csv.DictReader(rows)] == PAPERS
    assert [item["id"] for item in rispy.loads((data / "papers.ris").read_text("utf-8"))] == PAPERS
    assert [item["id"] for item in json.loads((data / "papers.csl.json").read_text("utf-8"))] == PAPERS
    assert sorted(parse_file(str(data / "references.bib")).entries) == PAPERS
