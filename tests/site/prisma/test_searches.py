"""The page on searches, and the flow of a whole PRISMA 2020 review. All searches, papers and people are invented."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from invented import make_paper, make_record

from litbook.analyse.prisma import check_flow, count_flow, list_boxes
from litbook.model.flow import Flow
from litbook.model.review import Decision, Paper, Reading
from litbook.model.screening import FULL_TEXT, RETRIEVAL, Agreement, Judgement, Removed, Screened, Screening, Search
from litbook.site.prisma.diagram import render_flowchart, render_line
from litbook.site.prisma.searches import describe_stage, render_searches

QUERY = 'TITLE-ABS-KEY(\n  (dough OR "<sourdough>")\n  AND  rise\n)'
SCOPUS = Search(1, "scopus", "Scopus", 14, platform="Elsevier", date="2031-02-03", query=QUERY, files=("scopus.ris",),
                removed=Removed(duplicates=2, automation=1, other=1, why="no abstract"))  # fmt: skip
CITED = Search(9, "cited", "References of included papers", 2, kind="citations", files=("cited.bib",))


def decide(citekey: str, status: str = "include", stage: str = "", reason: str = "") -> Decision:
    return Decision(1, citekey, None, status=status, reason=reason, stage=stage)


def make_flow() -> Flow:
    """Return the flow of 12 records: 11 works, of which 5 leave by title and abstract, 1 is not had, 2 leave after."""
    records = {f"p{at:02}": [make_record("P", source="scopus.ris")] for at in range(9)}
    records["p00"] *= 2
    records |= {f"q{at}": [make_record("Q", source="cited.bib")] for at in range(2)}
    papers = [replace(make_paper(key, "Paper Crane"), records=tuple(held)) for key, held in records.items()]
    read = [
        Reading(
            "scopus.ris",
            tuple(records["p00"] + [r for k, v in records.items() if k[0] == "p" and k != "p00" for r in v]),
            (),
        ),
        Reading("cited.bib", tuple(r for k, v in records.items() if k[0] == "q" for r in v), ()),
    ]
    decisions = [
        *(decide(f"p{at:02}", "exclude", "", "not about dough") for at in range(5)),
        decide("p05", "exclude", RETRIEVAL),
        decide("p06", "exclude", FULL_TEXT, "no control"),
        decide("p07", "include", FULL_TEXT),
        decide("p08"),
        decide("q0", "exclude", FULL_TEXT, "no outcome"),
        decide("q1", "include", FULL_TEXT),
    ]
    included = [paper for paper in papers if paper.citekey in ("p07", "p08", "q1")]
    judgements = (Judgement(1, "p07", "Ada", "include", stage=FULL_TEXT),)
    return count_flow(read, papers, included, decisions, Screening((SCOPUS, CITED), judgements))


def test_a_review_in_two_stages_has_the_boxes_of_the_statement() -> None:
    flow = make_flow()
    assert check_flow("book/corpus", flow) == []
    shown = [(box.heading, box.number, box.lines) for box in list_boxes(flow)]
    streams = lambda one, other: (("from databases and registers", one), ("by other methods", other))  # noqa: E731
    assert shown == [
        ("Records identified from databases and registers", 14, (("Scopus", 14),)),
        ("Records identified by other methods", 2, (("References of included papers", 2),)),
        (
            "Records removed before screening",
            5,
            (("duplicates", 3), ("ineligible by automation tools", 1), ("no abstract", 1)),
        ),
        ("Papers screened by title and abstract", 11, ()),
        ("Papers excluded", 5, (("not about dough", 5),)),
        ("Papers sought for retrieval", 6, streams(4, 2)),
        ("Papers not retrieved", 1, ()),
        ("Papers assessed in full text", 4, streams(2, 2)),
        ("Papers excluded in full text", 2, (("no control", 1), ("no outcome", 1))),
        ("Papers in the review", 3, (("waiting to be assessed in full text", 1),)),
    ]
    assert not flow.is_short


def test_numbers_of_the_statement_are_what_is_left_at_each_box() -> None:
    flow = make_flow()
    assert flow.identified - flow.duplicates - flow.left_out == flow.works == flow.screened
    assert flow.sought - flow.not_retrieved - len(flow.unread) == flow.assessed
    assert flow.assessed - flow.text_excluded + len(flow.unread) == flow.included


def make_short(papers: list[Paper], decisions: list[Decision]) -> Flow:
    reading = Reading("one.ris", tuple(record for paper in papers for record in paper.records), ())
    out = {decision.citekey for decision in decisions if decision.status == "exclude"}
    included = [paper for paper in papers if paper.citekey not in out]
    search = Search(1, "one", "One", len(papers), files=("one.ris",))
    return count_flow([reading], papers, included, decisions, Screening((search,)))


def test_one_search_and_one_stage_are_one_line() -> None:
    papers = [make_paper(f"p{at}", "Paper Crane") for at in range(3)]
    decisions = [decide("p0"), decide("p1", "exclude", reason="<b>off</b>"), decide("p2")]
    flow = make_short(papers, decisions)
    assert flow.is_short
    line = BeautifulSoup(render_line(list_boxes(flow), {"excluded": "#out"}), "html.parser")
    assert line.get_text() == (
        "Records identified: 3; Papers screened by title and abstract: 3; Papers excluded: 1 (<b>off</b>: 1); "
        "Papers in the review: 2."
    )
    assert [link["href"] for link in line.select("a")] == ["#out"]


def test_a_search_of_which_all_was_kept_is_a_sentence() -> None:
    papers = [make_paper(f"p{at}", "Paper Crane") for at in range(3)]
    flow = make_short(papers, [decide(paper.citekey) for paper in papers])
    line = BeautifulSoup(render_line(list_boxes(flow), {"sources": "#from", "included": "all.html"}), "html.parser")
    assert line.get_text() == "One search gave 3 records; all 3 are in the review."
    assert [link["href"] for link in line.select("a")] == ["#from", "all.html"]


def test_a_second_search_or_a_second_stage_is_drawn() -> None:
    papers = [make_paper(f"p{at}", "Paper Crane") for at in range(2)]
    assert not make_short(papers, [decide("p0", stage=FULL_TEXT)]).is_short
    assert not replace(make_short(papers, []), others=(("Website", 1),)).is_short


def test_the_drawing_names_every_box() -> None:
    boxes = list_boxes(make_flow())
    svg = ElementTree.fromstring(render_flowchart(boxes, {"text-excluded": "#out"}))
    text = " ".join(element.text or "" for element in svg.iter("{http://www.w3.org/2000/svg}text"))
    assert all(str(box.number) in text and box.heading.split()[-1] in text for box in boxes)


def render(flow: Flow) -> BeautifulSoup:
    return BeautifulSoup(render_searches(flow, "book/index.html", "book/about/flow.html"), "html.parser")


def test_a_query_is_word_for_word_with_its_lines_and_spaces() -> None:
    page = render(make_flow())
    assert [pre.get_text() for pre in page.select("pre")] == [QUERY]
    assert "<sourdough>" in page.select("pre")[0].get_text()


def test_what_is_not_recorded_is_said_to_be_so() -> None:
    page = render(make_flow())
    cited = page.select("#search-cited")[0].get_text(" ", strip=True)
    assert "Searched on not recorded" in cited
    assert "Query: not recorded" in cited
    rows = {row.select("td")[0].get_text(): row.select("td")[1].get_text() for row in page.select("tbody tr")}
    assert "not recorded" not in rows.values()
    assert rows["Database name"] == "Scopus"
    assert rows["Citation searching"] == "References of included papers"
    (left,) = (line for line in page.select("p") if line.get_text().startswith("Not recorded: "))
    assert len(rows) + len(left.get_text().partition(": ")[2].replace(" and ", ", ").split(", ")) == 16 + 2
    assert "study registries" in left.get_text()
    assert "peer review" in left.get_text()
    assert rows["Dates of searches"] == "Scopus: 3 February 2031"
    assert rows["Total records"] == "Scopus: 14; References of included papers: 2"
    assert "3 duplicate records removed" in rows["Deduplication"]


@pytest.mark.parametrize(
    ("stage", "said"),
    [
        (
            Screened("abstract", ("Ada",), ((1, 1),), (), 0, 0),
            "Title and abstract: judged by Ada (1 paper by 1 person).",
        ),
        (
            Screened("full-text", ("Ada", "Bo"), ((1, 2), (2, 5)),
                     (Agreement("full-text", "Ada", "Bo", 5, 4, 0.545),), 1, 0),
            "Full text: judged by Ada and Bo (2 papers by 1 person, 5 papers by 2 people). Ada and Bo agree on 4 of 5 "
            "papers; Cohen’s kappa 0.55. 1 conflict, all settled.",
        ),
        (
            Screened("abstract", ("Ada", "Bo"), ((2, 3),), (Agreement("abstract", "Ada", "Bo", 3, 1, None),), 2, 1),
            "Title and abstract: judged by Ada and Bo (3 papers by 2 people). Ada and Bo agree on 1 of 3 papers. "
            "2 conflicts, 1 of them open.",
        ),
    ],
)  # fmt: skip
def test_a_stage_says_who_judged_and_how_far_they_agree(stage: Screened, said: str) -> None:
    assert describe_stage(stage) == said


def test_a_stage_counts_papers_without_a_judgement_and_explains_a_low_kappa() -> None:
    agreement = Agreement("abstract", "Ada", "Bo", 60, 56, 0.0)
    said = describe_stage(Screened("abstract", ("Ada", "Bo"), ((2, 58),), (agreement,), 0, 0), 60)
    assert "(58 papers by 2 people; no judgement recorded for 2 of 60)" in said
    assert "Cohen’s kappa 0.00, low because nearly all papers got the same judgement." in said
