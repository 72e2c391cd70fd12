"""Tables by question, landmarks, figures and works outside the collection. All papers and works are invented."""

from __future__ import annotations

from dataclasses import replace

import pytest
from invented import FOLDED, GROWN, make_corpus_of, make_paper

from litbook.analyse.prose import check_prose
from litbook.analyse.prose.outside import find_unnamed
from litbook.ingest.pages import make_page
from litbook.model.editorial import Editorial, Outside
from litbook.model.reference import PersonName

PAPERS = (
    make_paper("folded", "Folded", FOLDED.format("5.4"), year=2029, links={"arxiv": "2901.00001"}),
    make_paper("grown", "Grown", GROWN.format("80"), year=2030),
)
CRANE = Outside("crane1999", (PersonName("Inventa", "Ada"),), 1999, "The First Crane", {"doi": "10.1/crane"}, 3)
CORPUS = replace(make_corpus_of(PAPERS), editorial=Editorial(outside=(CRANE,)))
TABLE = """\
::::{{by-question}} Does it fly?
:::{{list-table}}
:header-rows: 1

* - Claim
  - For
  - How far
* - It flies
  - {{cite}}`folded`{{claim}}`folded:2`
  - {}
:::
::::
"""


def check(text: str, corpus: object = CORPUS) -> list[str]:
    return [str(fault) for fault in check_prose(corpus, [make_page(f"# X\n\n{text}\n", "chapters/x.md")])]  # type: ignore[arg-type]


def test_a_row_of_a_list_table_is_one_sentence_whose_citations_cover_its_cells() -> None:
    assert check(TABLE.format("5.4 metres")) == []
    assert check(TABLE.format("6 metres")) == [
        "book/chapters/x.md:12: the number '6 metres' is not in any abstract that this sentence cites; "
        "nearest: '5.4 metres' in folded; "
        "write the number, unit and noun of the abstract, or cite the paper that states it"
    ]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("", "3: the table by question has no rows; write a table with a head and a row for each claim"),
        ("No table.", "3: the table by question has no rows; write a table with a head and a row for each claim"),
        ("| Claim | For |\n|---|---|", "3: the table by question has no rows;"),
        (
            "| Claim | For |\n|---|---|\n| It flies | {cite}`folded` |\n| It swims | none |",
            "7: a row of the table by question cites no paper; cite the sentences for and against the claim",
        ),
    ],
)
def test_a_table_by_question_has_rows_that_cite(body: str, message: str) -> None:
    (fault,) = check(f":::{{by-question}} Does it fly?\n{body}\n:::")
    assert fault.startswith(f"book/chapters/x.md:{message}")


def test_a_work_outside_is_known_and_no_evidence() -> None:
    assert check("The first was {outside}`crane1999`.") == []
    assert check("See {outside}`crane1998`.") == [
        "book/chapters/x.md:3: unknown work 'crane1998' in {outside}; did you mean 'crane1999'?"
    ]
    (fault,) = check("It flew 70 metres, says {outside}`crane1999`.")
    assert "the number '70 metres' is in a sentence without a citation" in fault


def test_a_work_of_the_collection_is_not_outside() -> None:
    for links, title in (({"arxiv": "2901.00001"}, "Another"), ({"doi": "10.1/x"}, "Folded.")):
        corpus = replace(CORPUS, editorial=Editorial(outside=(replace(CRANE, links=links, title=title),)))
        assert check("See {outside}`crane1999`.", corpus) == [
            "book/corpus/outside.bib:3: 'crane1999' is in the collection as 'folded'; "
            "delete the entry and write {cite}`folded`"
        ]


def test_a_work_that_no_page_names_is_a_task() -> None:
    pages = [make_page("# X\n\n{outside}`crane1999`\n", "chapters/x.md")]
    assert [str(task) for task in find_unnamed(CORPUS, pages)] == []
    assert [task.what for task in find_unnamed(CORPUS, [])] == ["no page names 'crane1999'"]


def test_landmarks_name_works_outside_and_cite_no_paper() -> None:
    assert check(":::{landmarks}\n- {outside}`crane1999` came first.\n:::") == []
    assert check(":::{landmarks}\n- A crane came first.\n:::") == [
        "book/chapters/x.md:3: the box of landmarks names no work; name works of book/corpus/outside.bib with {outside}"
    ]
    (fault,) = check(":::{landmarks}\n- {outside}`crane1999` came first.\n- It flies {cite}`folded`.\n:::")
    assert fault.startswith("book/chapters/x.md:5: 'folded' is cited among works outside the collection")


@pytest.mark.parametrize("name", ["figure", "image"])
def test_a_figure_has_an_alternative_text(name: str) -> None:
    assert check(f":::{{{name}}} crane.svg\n:alt: A crane.\n:::") == []
    assert check(f":::{{{name}}} crane.svg\n:::") == [
        "book/chapters/x.md:3: missing alternative text of the figure 'crane.svg'; "
        "say under ':alt:' what it shows, for readers who do not see it"
    ]
