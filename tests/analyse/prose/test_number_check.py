"""Numbers of a chapter are held to the abstracts that their sentence cites."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import FOLDED, GROWN, make_corpus_of, make_paper

from litbook.analyse.evidence import split_sentences
from litbook.analyse.prose import check_prose
from litbook.ingest.pages import make_page
from litbook.model.pages import Excused
from litbook.text.escape import escape

TORN = "On 40 sheets of 12 kinds it tears 3% of the cranes, half as many as a robot with 7B parameters."
PAPERS = (
    make_paper("torn", "Nine Cranes", TORN, year=2031, venue_year=2032),
    make_paper("folded", "Folded", FOLDED.format("5.4"), year=2029),
    make_paper("grown", "Grown", GROWN.format("80 to 95")),
)
CORPUS = make_corpus_of(PAPERS)


def check(text: str, file: str = "chapters/x.md", *excused: Excused) -> list[str]:
    return [str(fault) for fault in check_prose(CORPUS, [make_page(f"# 17 ways\n\n{text}\n", file)], excused)]


@pytest.mark.parametrize(
    "text",
    [
        "It tears three per cent of the cranes {cite}`torn`.",
        "It tears 3 % of the\ncranes. {cite}`torn`",
        "On forty sheets, in twelve classes, it tears half as many {cite}`torn`.",
        "It tears 50% of what a robot of 7 billion parameters tears {cite}`folded,torn`.",
        "It flies 5.4 metres {cite}`folded`; on 40 sheets it tears {cite}`torn`.",
        "Kelp reaches 80–95 metres {cite}`grown`.",
        "Nine cranes fly {cite}`torn`.",
        "In 2031 it tore, and in 2032 it was shown {cite}`torn`.",
        "In the whole there are {count}`papers` papers, one of them on GPT-4.",
        "| sheets | torn |\n|---|---|\n| 40 | 3% {cite}`torn` |",
    ],
)
def test_a_number_of_a_cited_abstract_passes(text: str) -> None:
    assert check(text) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "It folds.\nIt tears 3 points {cite}`torn,folded`.",
            "book/chapters/x.md:4: the number '3 points' is not in any abstract that this sentence cites; "
            "nearest: '3%' in torn; write the number, unit and noun of the abstract, or cite the paper that states it",
        ),
        (
            "It tears 4% {cite}`torn`.",
            "3: the number '4%' is not in any abstract that this sentence cites; nearest: '3%'",
        ),
        (
            "On 40 tasks {cite}`torn`.",
            "3: the number '40 tasks' is not in any abstract that this sentence cites; nearest: ",
        ),
        (
            "It flies 70 hours {cite}`torn`.",
            "3: the number '70 hours' is not in any abstract that this sentence cites; they",
        ),
        (
            "It flies 5.4 metres {cite}`torn`.",
            "3: the number '5.4 metres' is not in any abstract that this sentence cites; ",
        ),
        (
            "It tears 3%. So it is {cite}`torn`.",
            "3: the number '3%' is in a sentence without a citation; cite torn ",
        ),
        ("It tears 3%.", "3: the number '3%' is in a sentence without a citation; cite the paper whose abstract"),
        ("It tears less {cite}`torn`.\n\n- and flies 3x", "5: the number '3x' is in a sentence without a citation"),
        ("In 2033 it tore {cite}`torn`.", "3: the number '2033' is not in any abstract that this sentence cites"),
        ("## Twice as far\n\nIt flies.", "3: the number 'Twice' is in a sentence without a citation"),
        (":::{admonition} Five times as far\n:class: tip\nIt flies.\n:::", "3: the number 'Five times' is in a"),
        ("It has 15 ways to fold.", "3: the number '15 ways' is in a sentence without a citation"),
        ("It has thirteen ways to fold.", "3: the number 'thirteen ways' is in a sentence without a citation"),
        ("It folds two ways {cite}`torn`.", "3: the number 'two ways' is not in any abstract that this sentence cites"),
        ("The two rows tear {cite}`torn` on three rows.", "3: the number 'three rows' is not in any"),
        ("It tears {cite}`torn`. It has five sheets.", "3: the number 'five sheets' is in a sentence without"),
        ("It flies {cite}`torn` on the three boats.", "3: the number 'three boats' is not in any"),
        ("Show three boats.\n\n## Apart\n\nThe three boats fly {cite}`torn`.", "7: the number 'three boats' is not in"),
        (
            "Two studies tear {cite}`torn`.",
            "3: the number 'Two studies' is not in any abstract that this sentence cites",
        ),
        ("Three trials tear {cite}`torn,folded`.", "3: the number 'Three trials' is not in any abstract"),
        ("It tears in two trials {cite}`torn`.", "3: the number 'two trials' is not in any abstract"),
        ("It tears with two models {cite}`torn,folded`.", "3: the number 'two models' is not in any abstract"),
        ("It tears two sheets {cite}`torn,folded`.", "3: the number 'two sheets' is not in any abstract"),
        ("Two papers tear {cite}`torn`.", "3: 'Two papers' counts more works than the 1 that this paragraph cites; "),
        ("Two papers of this chapter tear {cite}`torn,folded`.", "3: 'Two papers' is a typed count of the collection"),
        ("| It tears | {cite}`torn` |\n|---|---|\n| 4% | {cite}`torn` |", "5: the number '4%' is not in any abstract"),
    ],
)
def test_any_other_number_is_a_fault_with_its_line(text: str, fault: str) -> None:
    (found,) = check(text)
    assert fault in found


@pytest.mark.parametrize(
    "text",
    [
        "A robot can do two things: fold and tear.",  # the chapter's own words
        "## Five ways to fold",
        ":::{admonition} In three steps\nFold.\n:::",
        "Show a robot three paper boats, then a fourth without wings.",  # a worked example
        "Show three paper boats. The three boats teach it to tear {cite}`torn`.",
        "The two possibilities go by names.",
        "It tears {cite}`torn`. The twelve kinds differ.",  # what was named before
        "Two papers fold by hand {cite}`torn,folded`.",  # works, counted against what the paragraph cites
        "Three papers agree. One folds {cite}`torn`, others tear {cite}`folded`{claim}`grown:1`.",
        "The two studies differ {cite}`torn,folded`.",
        "Two further titles fold {cite}`torn,folded`.",
        "Two trials tear {cite}`torn,folded`.",  # the works that are cited
        "Only two field trials tear: one by hand {cite}`torn`, one not {cite}`folded`.",
        "Paper tore in two experiments {cite}`torn,folded`.",
        "Three models tear {cite}`torn,folded,grown`.",
        "Two authors ask why.",
        "These are three things that it tears {cite}`torn`.",
        "On one side it tears, on the other two sides it flies {cite}`torn`.",
        "The first two rows seem to clash {cite}`torn,folded`.",  # parts of the page
        "In 2022, robots folded badly.",  # years
        "- Crane et al. 1999, *Folding*: the first to fold.",
        "In 2031 it tore {cite}`torn`.",
        "```{figure} x.svg\n:alt: Three boats in 14 colours\n\n**The same boat 15 ways.** Drawn for this page.\n```",
    ],
)
def test_a_number_of_the_chapter_s_own_words_passes(text: str) -> None:
    assert check(text) == []


def test_a_paper_of_the_chapter_that_states_it_is_named() -> None:
    (fault,) = check("It folds {cite}`folded`.\n\nIt flies 5.4 metres {cite}`torn`.")
    assert fault.endswith("; cite folded in this sentence if it is the source: its abstract states this number")


def test_only_chapters_are_held_to_abstracts() -> None:
    assert [check("It tears 99%.", file) for file in ("about/x.md", "index.md", "notes/torn.md")] == [[], [], []]


def excuse(number: str, file: str = "book/chapters/x.md") -> Excused:
    return Excused("book/corpus/excused.csv", 2, file, number, "it is known")


@pytest.mark.parametrize("number", ["99%", "99 years"])
def test_an_excused_number_passes(number: str) -> None:
    assert check(f"It tears {number}, and again {number}.", "chapters/x.md", excuse(number)) == []


@pytest.mark.parametrize("row", [excuse("99 %"), excuse("99%", "book/chapters/y.md"), excuse("98%")])
def test_an_excuse_holds_for_its_file_and_number_only(row: Excused) -> None:
    unused, fault = sorted(check("It tears 99%.", "chapters/x.md", row), reverse=True)
    assert fault.startswith("book/chapters/x.md:3: the number '99%' ")
    what = f"'{row.number}' is excused in {row.file}, but no number there needs an excuse"
    assert unused.startswith(f"book/corpus/excused.csv:2: {what}; delete the row")


def test_an_excuse_for_a_number_that_an_abstract_states_is_a_fault() -> None:
    (fault,) = check("It tears 3% {cite}`torn`.", "chapters/x.md", excuse("3%"))
    assert "no number there needs an excuse" in fault


_UNITS = ("%", " points", "x", " models", " large folding tasks", "B parameters", "-fold", " times", "-shot", " mm", "")
_NUMBERS = st.one_of(
    st.integers(0, 10**7).map(str),
    st.integers(0, 10**7).map("{:,}".format),
    st.floats(0, 1000).map("{:.2f}".format),
    st.sampled_from("two twenty-one hundreds of thousands a dozen half twice an order of magnitude".split()),
)
_PHRASES = st.tuples(_NUMBERS, st.sampled_from(_UNITS), st.sampled_from((" and ", ", ", " of the ", " to ", "–", " (")))


@pytest.mark.slow
@given(st.lists(_PHRASES, min_size=1, max_size=6))
def test_an_abstract_that_is_quoted_with_its_citation_never_fails(phrases: list[tuple[str, str, str]]) -> None:
    abstract = "We fold " + "".join("".join(phrase) for phrase in phrases) + "cranes fly. They tear none."
    corpus = make_corpus_of([make_paper("a", "A", abstract)])
    quotes = [f"{escape(abstract[start:end])} {{cite}}`a`" for start, end in split_sentences(abstract)]
    page = make_page("# T\n\n" + "\n\n".join(f"It says: {quote}" for quote in quotes), "chapters/x.md")
    assert check_prose(corpus, [page]) == []


@pytest.mark.parametrize(
    "text",
    [
        "It tears 3% of the cranes {cite}`torn`{claim}`torn:1`.",
        "It tears 3% of the cranes {cite}`folded,torn`{claim}`folded:1`.",
        "It flies 5.4 metres {cite}`folded`{claim}`folded:1,folded:2`.",
        "In 2029 it was folded {cite}`folded`{claim}`folded:1`.",
        "Nine cranes fly {cite}`torn`{claim}`torn:1`.",
    ],
)
def test_a_number_of_a_claimed_sentence_or_of_a_paper_without_claims_passes(text: str) -> None:
    assert check(text) == []


def test_a_number_that_only_an_unclaimed_sentence_states_is_a_fault() -> None:
    assert check("It flies 5.4 metres {cite}`folded`{claim}`folded:1`.") == [
        "book/chapters/x.md:3: the number '5.4 metres' is in sentence 2 of folded, which this sentence does not claim; "
        "add folded:2 to the {claim}"
    ]
    excused = Excused("book/corpus/excused.csv", 2, "book/chapters/x.md", "5.4 metres", "known elsewhere")
    assert check("It flies 5.4 metres {cite}`folded`{claim}`folded:1`.", "chapters/x.md", excused) == []


def test_a_year_after_by_counts_nothing() -> None:
    assert check("By 2024 prompts had room for all of them.") == []


def test_a_number_before_a_verb_of_speaking_counts_the_works_that_are_cited() -> None:
    assert check("All three report gains {cite}`torn,folded,grown`.") == []
    assert "'four report gains'" in check("All four report gains {cite}`torn,folded,grown`.")[0]
    assert check("The last two go opposite ways {cite}`torn,folded,grown`.") == []
    assert check("The last four go opposite ways {cite}`torn,folded,grown`.") != []


def test_a_number_that_opens_a_sentence_may_count_the_works_that_it_cites() -> None:
    assert check("Two remedies help {cite}`torn,folded`.") == []
    assert check("In 2031 Torn and Folded found two remedies {cite}`torn,folded`.") != []
    assert check("Three remedies help {cite}`torn,folded`.") != []
    assert check("Two metres are flown {cite}`torn,folded`.") != []


def test_a_year_before_a_name_counts_nothing() -> None:
    assert check("In 2031 Ada and colleagues tore it {cite}`torn`.") == []
