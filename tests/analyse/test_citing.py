"""Who cites whom in the review, and what it lacks. All works are invented."""

from __future__ import annotations

from litbook.analyse.citing import find_citations
from litbook.analyse.linked import put_citing_first
from litbook.model.citing import CitedHere, Citing
from litbook.model.fulltext import Heading, Listed, Parsed
from litbook.model.review import Paper, Related, Text

OWLS = "Invented owls that hear mice in deep snow"
MICE = "Invented mice that walk below deep snow"


def paper(citekey: str, title: str, year: int | None = 2020, author: str = "Ada Moll", **links: str) -> Paper:
    return Paper(citekey, (), Text(title), Text(""), (author,), year, links=links)


def parse(citekey: str, *references: Listed, tool: str = "GROBID") -> Parsed:
    return Parsed(1, citekey, tool, headings=(Heading("Introduction"), Heading("Methods")), references=references)


PAPERS = (
    paper("owls2020", OWLS, doi="10.1000/owls", arxiv="2001.00001"),
    paper("mice2019", MICE, 2019, "Cora Lind", doi="10.1000/mice"),
    paper("snow2021", "Snow", 2021),
    paper("ice2022", "Ice", 2022),
)


def cited(citing: Citing, citekey: str) -> list[str]:
    return [item.citekey for item in citing.cites.get(citekey, ())]


def test_an_identifier_or_a_distinctive_title_is_a_citation_and_has_its_sections() -> None:
    citing = find_citations(
        PAPERS,
        [
            parse("snow2021", Listed("Another title", links={"doi": "10.1000/OWLS"}, sections=(1, 2)), Listed(MICE)),
            parse("ice2022", Listed(links={"arxiv": "2001.00001"}), Listed("Snow", 2021)),
        ],
    )
    assert citing.cites["snow2021"] == (CitedHere("mice2019"), CitedHere("owls2020", ("Introduction", "Methods")))
    assert cited(citing, "ice2022") == ["owls2020"]  # "Snow" says too little
    assert [item.citekey for item in citing.cited_by["owls2020"]] == ["ice2022", "snow2021"]
    assert citing.listed == {"ice2022": 2, "snow2021": 2}


def test_a_title_is_not_enough_against_year_identifier_or_author() -> None:
    for other in (
        Listed(OWLS, 2009),
        Listed(OWLS, links={"arxiv": "2001.99999"}),
        Listed(OWLS, 2020, "Berg", {"doi": "10.1000/other"}),
    ):
        assert cited(find_citations(PAPERS, [parse("ice2022", other)]), "ice2022") == []
    published = Listed(OWLS, 2021, "Moll", {"doi": "10.1000/published"})
    assert cited(find_citations(PAPERS, [parse("ice2022", published)]), "ice2022") == ["owls2020"]


def test_a_title_that_two_papers_have_proves_nothing() -> None:
    papers = (*PAPERS, paper("owls2020a", OWLS))
    assert cited(find_citations(papers, [parse("ice2022", Listed(OWLS))]), "ice2022") == []


def test_a_printed_entry_is_found_by_the_title_in_it() -> None:
    printed = Listed(text=f"A. Moll. {OWLS.upper()}. Journal of Owls, 2020.")
    assert cited(find_citations(PAPERS, [parse("ice2022", printed)]), "ice2022") == ["owls2020"]


def test_works_that_three_papers_cite_are_lacking_however_their_lists_name_them() -> None:
    title = "A theory of hearing through frozen layers"
    citing = find_citations(
        PAPERS,
        [
            parse("owls2020", Listed(title, 2001, "Wald", {"doi": "10.1000/theory"})),
            parse("snow2021", Listed(links={"doi": "10.1000/theory"}), tool="Semantic Scholar"),
            parse(
                "ice2022", Listed(text=f"Wald, E. (2001). {title}. Ice 3."), Listed("Other", links={"doi": "10.1/x"})
            ),
        ],
    )
    (work,) = citing.lacking
    assert (work.title, work.author, work.year, dict(work.links)) == (title, "Wald", 2001, {"doi": "10.1000/theory"})
    assert work.cited_by == ("ice2022", "owls2020", "snow2021")


def test_two_lists_of_one_paper_count_once() -> None:
    listed = Listed(links={"doi": "10.1000/owls"}, sections=(1,))
    lists = [parse("ice2022", listed), parse("ice2022", Listed(OWLS, 2020, links={"arxiv": "2001.00001"}), tool="S2")]
    citing = find_citations(PAPERS, lists)
    assert citing.cites == {"ice2022": (CitedHere("owls2020", ("Introduction",)),)}
    assert citing.listed == {"ice2022": 1}


def test_papers_share_references_from_three_on() -> None:
    works = [
        Listed(f"A study of invented things, part {number}", links={"doi": f"10.1/{number}"}) for number in range(4)
    ]
    lists = [parse("snow2021", *works), parse("ice2022", *works[:3]), parse("owls2020", *works[:2])]
    assert find_citations(PAPERS, lists).shared == {"ice2022": (("snow2021", 3),), "snow2021": (("ice2022", 3),)}


def test_the_lists_of_papers_that_are_not_in_the_review_are_left_out() -> None:
    assert find_citations(PAPERS, [parse("gone1999", Listed(OWLS))]) == Citing()


def test_papers_near_by_citations_come_first_with_their_reasons() -> None:
    near = {"a": (Related("b", ("owl",), 0.5), Related("c", ("owl",), 0.4)), "b": (), "c": (), "d": (), "e": ()}
    citing = Citing(
        listed={"a": 9},
        cites={"a": (CitedHere("d"),)},
        cited_by={"a": (CitedHere("c"),)},
        shared={"a": (("c", 4), ("e", 3))},
    )
    row = put_citing_first(near, citing)["a"]
    assert [(item.citekey, item.reason) for item in row] == [
        ("c", "cites this paper, shares 4 references"),
        ("e", "shares 3 references"),
        ("d", "cited by this paper"),
        ("b", ""),
    ]
    assert row[0].why == ("owl",)
    assert put_citing_first(near, Citing()) is near
