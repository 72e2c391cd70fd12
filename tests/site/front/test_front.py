"""The front page: findings with their sentences, and the papers by year. All papers are invented."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from invented import CRAFTS, GARDENS, make_corpus_of, make_paper, make_placement, put

from litbook.analyse.prose import check_prose
from litbook.ingest.editorial.highlights import read_highlights
from litbook.model.editorial import Editorial, Highlight, Quotation, Tension
from litbook.model.history import ReviewVersion
from litbook.model.review import Corpus
from litbook.pipeline import Prepared
from litbook.site.front.highlights import select_highlights
from litbook.site.front.search_box import select_facts
from litbook.site.front.timeline import _paint, select_years
from litbook.write.generated import Written

PAPERS = (
    make_paper("ada", "Wax Helps", "We fold 7 boats. Wax keeps them dry.", authors=("Ada Fold",), year=2030),
    make_paper("bo", "Wax Does Not", "We fold hats. Wax does not keep them dry.", year=2031),
)
WAX = Tension(
    id="wax",
    question="Does wax help?",
    sides=((Quotation("ada", "Wax keeps them dry.", 7),), (Quotation("bo", "Wax does not keep them dry.", 9),)),
    status="confirmed",
    would_decide="How long does it stay dry?",
    line=1,
)
TEXT = """\
- id: dry
  says: Wax keeps 7 boats dry.
  evidence:
    - {paper: ada, quote: Wax keeps them dry.}
- id: wax
  says: Wax helps, or not.
  tension: wax
"""


EITHER = (
    "highlight 'dry' does not have exactly one of 'tension' and 'evidence'; "
    "name the tension that it sums up, or list quotations under 'evidence'"
)


def corpus_with(*tensions: Tension, highlights: tuple[Highlight, ...] = ()) -> Corpus:
    return replace(make_corpus_of(PAPERS), editorial=Editorial(tensions, highlights=highlights))


def prepared(corpus: Corpus) -> Prepared:
    return Prepared(corpus, Written((), (), 0), (), (), {})


def test_highlights_are_read_and_shown_with_the_sides_of_their_tensions(tmp_path: Path) -> None:
    highlights, faults = read_highlights(put(tmp_path, {"book/corpus/highlights.yml": TEXT}))
    assert faults == []
    corpus = corpus_with(replace(WAX, answers=("Yes", "No")), highlights=highlights)
    assert check_prose(corpus, []) == []
    written, (dry, wax) = select_highlights.select(prepared(corpus), "")
    assert written
    assert (dry.says, dry.question, [side.quotations for side in dry.sides]) == (
        "Wax keeps 7 boats dry.", "", [(("ada", "Fold 2030", "Wax keeps them dry."),)],
    )  # fmt: skip
    assert (wax.question, [side.answer for side in wax.sides]) == ("Does wax help?", ["Yes", "No"])


def test_a_new_review_shows_its_confirmed_tensions() -> None:
    candidate = replace(WAX, id="glue", question="Does glue help?", status="candidate")
    written, (only,) = select_highlights.select(prepared(corpus_with(WAX, candidate)), "")
    assert not written
    assert (only.says, only.question) == ("Does wax help?", "")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("tension: wax", "tension: wacks", "unknown tension 'wacks'; book/corpus/tensions.yml lists all ids"),
        ("keeps 7 boats", "keeps 8 boats",
         "the number '8 boats' is not in any abstract that is quoted; write the abstract's number, or quote the paper "
         "that states it"),
        ("quote: Wax keeps", "quote: Wax holds",
         "not word for word in one sentence of the abstract of 'ada': “Wax holds them dry.”; the nearest sentence is "
         "“Wax keeps them dry.”"),
        ("paper: ada", "paper: adda", "unknown citekey 'adda'; did you mean 'ada'?"),
    ],
)  # fmt: skip
def test_a_highlight_is_checked_against_what_it_rests_on(tmp_path: Path, old: str, new: str, fault: str) -> None:
    project = put(tmp_path, {"book/corpus/highlights.yml": TEXT.replace(old, new)})
    highlights, faults = read_highlights(project)
    assert faults == []
    (found,) = check_prose(corpus_with(WAX, highlights=highlights), [])
    assert str(found).partition(": ")[2] == fault


def test_the_form_of_each_entry_is_checked(tmp_path: Path) -> None:
    text = "- id: dry\n  says: So.\n- id: dry\n  tension: wax\n  evidence:\n    - {paper: ada}\n"
    _, faults = read_highlights(put(tmp_path, {"book/corpus/highlights.yml": text}))
    assert [str(fault).removeprefix("book/corpus/highlights.yml:") for fault in faults] == [
        f"1: {EITHER}",
        "3: highlight 'dry' is missing says; fill in what is missing",
        "3: duplicate highlight 'dry', first on line 1; give it another id",
        f"3: {EITHER}",
        "6: a quotation of highlight 'dry' is missing quote; write both 'paper' and 'quote'",
    ]


def corpus_of_years(*years: int | None) -> Corpus:
    papers = [make_paper(f"p{at:04}", f"Paper {at}", year=year) for at, year in enumerate(years)]
    return replace(make_corpus_of(papers, {"p0000": make_placement(GARDENS.slug)}), state=ReviewVersion("2031-05-02"))


def test_the_facts_of_the_review_are_counted() -> None:
    facts = select_facts.select(prepared(corpus_of_years(2029, 2031, None)), "")
    assert facts == ("3 papers", "published 2029–2031", "2 chapters", "updated 2 May 2031")


def test_papers_are_counted_by_year_and_part() -> None:
    shown = select_years.select(prepared(corpus_of_years(2028, 2028, 2030, *[2031] * 5, None)), "")
    assert shown is not None
    assert shown.title == "6 of 9 papers published in 2030 or later"
    assert [(column.label, column.numbers) for column in shown.columns] == [
        ("2028", (1, 1)), ("2029", (0, 0)), ("2030", (1, 0)), ("2031", (5, 0)),
    ]  # fmt: skip
    assert (shown.columns[0].address, shown.unknown) == ("years/2028.html", 1)


def test_a_few_old_papers_share_a_column() -> None:
    shown = select_years.select(prepared(corpus_of_years(1987, 2019, *[2030] * 30, *[2031] * 10)), "")
    assert shown is not None
    assert [(column.label, column.total) for column in shown.columns][:2] == [("to 2019", 2), ("2020", 0)]
    assert shown.columns[0].address == "years/index.html"
    assert len(shown.columns) == 13


@pytest.mark.parametrize("years", [[], [2030] * 20, [2029, 2030, 2031]])
def test_no_figure_is_drawn_where_it_would_say_nothing(years: list[int]) -> None:
    assert select_years.select(prepared(corpus_of_years(*years)), "") is None


def test_a_theme_has_a_short_name_and_a_line_or_else_title_and_first_sentence() -> None:
    long = replace(CRAFTS, scope="Cranes and boats. Also hats.")
    assert (long.name, long.summary) == ("Folding paper", "Cranes and boats.")
    short = replace(long, short="Folding", line="Hats")
    assert (short.name, short.summary) == ("Folding", "Hats")


def test_no_two_of_twelve_parts_have_the_same_colour() -> None:
    assert len({_paint(part) for part in range(12)}) == 12
    assert _paint(0) == "var(--part-1)"
