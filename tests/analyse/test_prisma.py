"""From search to papers: numbers that add up, lists that hold what the numbers count, a drawing that all can read.

All papers and sources are invented.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest
from browsing import open_browser, watch
from hypothesis import given
from hypothesis import strategies as st
from invented import make_abstract, make_corpus_of, make_paper, make_record
from screenedbook import DECISIONS, make_screened
from toybook import Built, Review

import litbook.pipeline
from litbook.analyse.prisma import NO_REASON, check_flow, count_flow, find_excluded, find_outliers, list_boxes
from litbook.analyse.related import compare
from litbook.core.project import Project
from litbook.enrich.merge import Enriched
from litbook.model.faults import CorpusError
from litbook.model.flow import Flow
from litbook.model.review import Corpus, Decision, Paper, Reading
from litbook.pipeline import make_corpus
from litbook.site.authoring import what_changed
from litbook.site.build.dependencies import digest_value
from litbook.site.prisma import directives
from litbook.site.prisma.diagram import render_flowchart, wrap

FLOW = "book/about/flow.html"
SVG = "{http://www.w3.org/2000/svg}"


def decide(citekey: str, status: str = "include", reason: str = "it folds") -> Decision:
    return Decision(1, citekey, None, status=status, reason=reason, by="invented editors", date="2030-01-01")


def make_works(numbers_of_records: list[int]) -> list[Paper]:
    works = [make_paper(f"invented{number:03}", "Paper Crane") for number in range(len(numbers_of_records))]
    return [replace(work, records=work.records * count) for work, count in zip(works, numbers_of_records, strict=True)]


works = st.lists(st.tuples(st.integers(1, 3), st.sampled_from(["include", "exclude", ""]), st.sampled_from(["", "a"])))


@given(works)
def test_the_numbers_of_every_collection_add_up(made: list[tuple[int, str, str]]) -> None:
    papers = make_works([count for count, _, _ in made])
    decisions = [decide(paper.citekey, *row[1:]) for paper, row in zip(papers, made, strict=True) if row[1]]
    included = [paper for paper, row in zip(papers, made, strict=True) if row[1] != "exclude"]
    reading = Reading("invented.txt", tuple(record for paper in papers for record in paper.records), ())
    flow = count_flow([reading], papers, included, decisions)
    assert check_flow("book/corpus", flow) == []
    assert flow.identified == sum(count for count, _, _ in made)
    assert flow.excluded == sum(status == "exclude" for _, status, _ in made)
    assert len(flow.waiting) == sum(not status for _, status, _ in made)


@pytest.mark.parametrize(
    ("flow", "said"),
    [
        (Flow((("a.bib", 3),), 1, 1, (), (), 1), "3 records, but 1 duplicates and 1 papers"),
        (Flow((("a.bib", 3),), 0, 3, (), (("off", 1),), 3), "3 papers, but 1 excluded and 3 included"),
    ],
)
def test_numbers_that_do_not_add_up_are_a_fault(flow: Flow, said: str) -> None:
    assert [fault.what for fault in check_flow("book/corpus", flow)] == [said]


def test_a_record_that_gets_lost_stops_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ordinary = litbook.pipeline.enrich

    def lose_one(*arguments: object) -> Enriched:
        enriched = ordinary(*arguments)  # type: ignore[arg-type]
        return replace(enriched, papers=tuple(replace(paper, records=paper.records[:1]) for paper in enriched.papers))

    project = Project(make_screened(tmp_path).root)
    make_corpus(project)
    monkeypatch.setattr(litbook.pipeline, "enrich", lose_one)
    with pytest.raises(CorpusError, match="15 records, but 1 duplicates and 13 papers"):
        make_corpus(project)


def test_a_decision_on_a_paper_that_no_source_holds_is_not_counted() -> None:
    papers = make_works([1])
    assert find_excluded(papers, [decide("gone", "exclude")]) == ()
    assert count_flow([], papers, papers, [decide("gone", "exclude")]).reasons == ()


def test_unused_layers_are_hidden() -> None:
    plain = Flow((("a.bib", 2),), 0, 2, ("a", "b"), (), 2)
    assert [box.name for box in list_boxes(plain)] == ["sources", "included"]
    screened = replace(plain, waiting=("b",))
    assert [box.name for box in list_boxes(screened)] == ["sources", "screened", "included"]
    full = Flow((("a.bib", 4),), 1, 3, (), ((NO_REASON, 1),), 2)
    assert [box.name for box in list_boxes(full)] == ["sources", "duplicates", "screened", "excluded", "included"]


# --- The edge of the collection ---

CRANES = [make_paper(f"crane{number}", f"Crane {number}", "fold paper crane mountain valley") for number in range(9)]
LONER = make_paper("loner", "Kelp", "kelp bed tide salt paper")
PAIR = [make_paper(f"pair{number}", "Clock glass sand", f"hour glass sand clock paper {number}") for number in range(2)]


def test_papers_unlike_the_rest_are_at_the_edge_even_where_they_are_like_each_other() -> None:
    edge = compare([*CRANES, LONER, *PAIR]).edge
    assert {citekey for citekey, _ in edge} == {"loner", "pair0", "pair1"}
    assert [likeness for _, likeness in edge] == sorted(likeness for _, likeness in edge)


@pytest.mark.slow
@given(st.permutations(range(30)))
def test_the_edge_does_not_depend_on_the_order_and_is_a_fifth_at_most(order: list[int]) -> None:
    papers = [make_paper(f"invented{number}", "", make_abstract(number, 12)) for number in range(30)]
    edge = compare([papers[number] for number in order]).edge
    assert edge == compare(papers).edge
    assert len(edge) == 6
    assert compare([papers[0]]).edge == ()


def test_papers_that_share_no_word_are_not_alike_at_all() -> None:
    assert compare([make_paper("crane", "Crane"), make_paper("kelp", "Kelp")]).edge == (("crane", 0.0),)


def test_only_a_decision_with_a_reason_keeps_a_paper_at_the_edge() -> None:
    found = find_outliers([("a", 0.1), ("b", 0.2), ("c", 0.3)], [decide("a"), decide("b", reason="")])
    assert [bool(outlier.decision) for outlier in found] == [True, False, False]


# --- The drawing ---

HOSTILE = '</text><script>alert(1)</script>&"'


def draw(flow: Flow, links: dict[str, str] | None = None) -> ElementTree.Element:
    return ElementTree.fromstring(render_flowchart(list_boxes(flow), links or {}))


def test_names_and_reasons_are_text_in_the_drawing() -> None:
    svg = draw(Flow(((HOSTILE, 1),), 0, 1, (), ((HOSTILE, 1),), 0), {"included": 'x"y'})
    assert "alert(1)" in "".join(svg.itertext())
    assert {element.tag.removeprefix(SVG) for element in svg.iter()} == {
        *("svg", "title", "desc", "path", "rect", "text", "a")
    }


def test_the_drawing_has_a_title_and_a_description_and_its_links_lie_outside_the_image() -> None:
    svg = draw(Flow((("a.bib", 4),), 1, 3, (), (("off", 1),), 2), {"included": "#in", "excluded": "#out"})
    image = next(element for element in svg.iter() if element.get("role") == "img")
    named = {element.get("id") for element in image.iter() if element.tag in (f"{SVG}title", f"{SVG}desc")}
    assert named == set(str(image.get("aria-labelledby")).split())
    assert [link.get("href") for link in svg.findall(f"{SVG}a")] == ["#out", "#in"]
    assert image.findall(f".//{SVG}a") == []


def test_a_drawing_of_many_sources_and_long_reasons_stays_small_and_keeps_the_sum() -> None:
    many = Flow(tuple((f"source-{number:02}.bib", 2) for number in range(40)), 0, 80, (), (("why " * 400, 80),), 0)
    svg = draw(many)
    rows = [element.text or "" for element in svg.iter(f"{SVG}text")]
    assert "35 others: 70" in rows
    assert "… 80" in rows
    assert len(rows) < 20


@given(st.text(max_size=300), st.integers(2, 40))
def test_rows_are_never_wider_than_asked_and_lose_no_letter(text: str, letters: int) -> None:
    rows = wrap(text, letters)
    assert all(0 < len(row) <= letters for row in rows)
    assert "".join("".join(rows).split()) == "".join(text.split())


# --- What makes a page outdated ---


@pytest.mark.parametrize("subject", ["flow", "sources", "duplicates", "excluded", "undecided", "edge", "changes"])
def test_a_page_is_read_again_when_what_it_shows_changed_and_not_otherwise(subject: str) -> None:
    paper = make_paper("crane0", "Crane")
    twice = replace(paper, records=(*paper.records, make_record("Crane")))
    plain = make_corpus_of([paper])
    changed = {
        "flow": replace(plain, flow=Flow(duplicates=1)),
        "sources": replace(plain, flow=Flow((("a.bib", 2),))),
        "duplicates": replace(plain, papers=(twice,)),
        "excluded": replace(plain, excluded=find_excluded([paper], [decide("crane0", "exclude")])),
        "undecided": replace(plain, flow=Flow(waiting=("crane0",))),
        "edge": replace(plain, edge=find_outliers([("crane0", 0.1)], [])),
        "changes": replace(plain, history=replace(plain.history, beginning="Invented.")),
    }
    query = getattr(what_changed if subject == "changes" else directives, f"select_{subject}")

    def digest(corpus: Corpus) -> str:
        prepared: Any = SimpleNamespace(corpus=corpus, pages=())
        return digest_value(query.select(prepared, "10"))

    assert digest(changed[subject]) != digest(plain)
    assert digest(make_corpus_of([paper])) == digest(plain)


# --- The page, as `jupyter-book build` makes it ---


def test_the_build_succeeds_without_a_warning(screened: Built) -> None:
    assert (screened.run.code, screened.run.warnings) == (0, [])


def test_the_table_says_the_same_as_the_drawing(screened: Built) -> None:
    page = screened.review.page(FLOW)
    drawn = [text.get_text() for text in page.soup.select("svg.litbook-flow text")]
    expected = [
        *("Records identified from databases and", "registers: 15", "The Invented Index: 15"),
        *("Records identified by other", "methods: 1", "References of included papers: 1"),
        *("Records removed before", "screening: 3", "duplicates: 2", "no abstract: 1"),
        *("Papers screened by title and", "abstract: 11", "Papers excluded: 1", "Not about bread: 1"),
        *("Papers in the review: 12", "waiting for a person’s decision: 2"),
    ]
    assert drawn == expected
    rows = [row.select("td") for row in page.soup.select("table.litbook-numbers")[0].select("tbody tr")]
    listed = [f"{name.get_text(strip=True).removeprefix('– ')}: {number.get_text(strip=True)}" for name, number in rows]
    assert " ".join(listed) == " ".join(drawn)


def test_each_box_leads_to_its_list(screened: Built) -> None:
    page = screened.review.page(FLOW)
    links = [str(link["href"]) for link in page.soup.select("svg.litbook-flow a")]
    assert links == [
        *("#litbook-list-sources", "#litbook-list-sources", "#litbook-list-duplicates", "#litbook-list-undecided"),
        *("#litbook-list-excluded", "../../all-papers.html"),
    ]
    assert (screened.review.html / "all-papers.html").is_file()
    for link in links[:-1]:
        page.one(link)


def test_the_screeners_and_the_searches_are_on_the_pages(screened: Built) -> None:
    said = screened.review.page(FLOW).text("article")
    assert "Ann Invented and Bo Fictive agree on 1 of 2 papers; Cohen’s kappa 0.00. 1 conflict, all settled." in said
    assert screened.review.page(FLOW).links("#where-the-records-came-from") == {
        "How we searched": "../../how-we-searched.html"
    }
    page = screened.review.page("how-we-searched.html")
    assert page.one(".litbook-query pre").get_text() == '("bread" OR "dough" <levain>)\n  AND learning'
    assert page.links(".litbook-crumbs")["From search to papers"] == "book/about/flow.html"
    excluded = screened.review.page("book/papers/assumed2024croissant.html")
    assert excluded.links(".litbook-crumbs")["Excluded papers"] == "../about/flow.html#litbook-list-excluded"


def test_the_lists_hold_what_the_boxes_count(screened: Built) -> None:
    page = screened.review.page(FLOW)
    assert page.text("#litbook-list-duplicates li") == (
        "KneadBot: A Kneading Policy Learned from Resistance 2 records: hf-papers-bread.txt:19, second.bib:1"
    )
    assert page.text("#excluded li") == (
        "Croissant: A File Format for Something Else Vic Assumed · 2024 · hf-papers-bread.txt:27 "
        "Excluded by invented editors on 2 January 2026: Not about bread"
    )
    assert list(page.links("#excluded").values()) == ["../papers/assumed2024croissant.html"]
    assert "counts nowhere else" in page.text("#litbook-list-excluded")
    assert list(page.links("#waiting-for-a-decision").values()) == [
        *("../papers/doughforecastsfail.html", "../papers/fictive2024plan.html"),
    ]


def test_a_paper_at_the_edge_waits_unless_a_person_gave_a_reason(screened: Built) -> None:
    items = [item.get_text(" ", strip=True) for item in screened.review.page(FLOW).soup.select("#litbook-list-edge li")]
    assert len(items) == 3
    for item in items:
        assert re.search(
            r"Mean similarity to the others: 0\.\d{3} (Waiting for a decision\.|Kept by invented ed)", item
        )
    assert any("Kept by invented editors on 2 January 2026: " in item for item in items)


def test_a_new_decision_is_on_the_page_after_the_next_build(screened: Built, tmp_path: Path) -> None:
    review = Review(tmp_path / "review")
    shutil.copytree(screened.review.root, review.root, symlinks=True)
    decisions = review.path(DECISIONS)
    decisions.write_text(
        decisions.read_text("utf-8") + "doughforecastsfail,,,,exclude,Too warm,invented editors,2026-03-03\n", "utf-8"
    )
    run = review.build()
    assert (run.code, run.warnings) == (0, [])
    page = review.page(FLOW)
    assert "Papers in the review: 11" in page.text("svg.litbook-flow")
    assert "Excluded by invented editors on 3 March 2026: Too warm" in page.text("#excluded ul")
    assert "Too warm" in review.page("book/papers/doughforecastsfail.html").text(".litbook-gone")
    review.edit(DECISIONS, "Too warm", "Not about dough")
    assert review.build().code == 0
    assert "Not about dough" in review.page("book/papers/doughforecastsfail.html").text(".litbook-gone")
    assert list(page.links("#waiting-for-a-decision").values()) == ["../papers/fictive2024plan.html"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_drawing_is_legible_on_a_small_phone(screened: Built, scheme: str) -> None:
    with open_browser() as browser:
        page, faults = watch(browser, "file://", width=320)
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.goto((screened.review.html / FLOW).as_uri())
        ends, frames, sizes, ink, ground = page.evaluate(
            """() => {
                const texts = [...document.querySelectorAll("svg.litbook-flow text")];
                const svg = document.querySelector("svg.litbook-flow");
                const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
                return [
                    Math.max(...texts.map((text) => text.getBoundingClientRect().right)),
                    svg.getBoundingClientRect().right,
                    Math.min(...texts.map((text) => scale * parseFloat(getComputedStyle(text).fontSize))),
                    getComputedStyle(texts[0]).fill,
                    getComputedStyle(document.body).backgroundColor,
                ];
            }"""
        )
        assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert faults == []
    assert ends < frames <= 320
    assert sizes >= 12
    brightness = [sum(map(int, re.findall(r"\d+", colour)[:3])) / 765 for colour in (ink, ground)]
    assert abs(brightness[0] - brightness[1]) > 0.6
