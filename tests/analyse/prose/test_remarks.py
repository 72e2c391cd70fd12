"""Remarks on chapters and tensions, and the figures of a chapter. All papers are invented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from invented import CRAFTS, make_corpus_of, make_paper

from litbook.analyse.prose.measures import measure_chapter
from litbook.analyse.prose.remarks import find_remarks
from litbook.ingest.pages import make_page
from litbook.model.editorial import Editorial, Quotation, Tension
from litbook.model.stated import Stated

FILE = f"chapters/{CRAFTS.slug}.md"
WAXED = (
    "Boats of paper get wet. We ask what keeps them dry. On twelve Alpine lakes, WaxLM was tried on the Folio sheets. "
    "We find that wax keeps boats dry. It also makes them heavy. They had not been weighed."
)
PAPERS = (
    make_paper("waxed", "Waxed Boats", WAXED, authors=("Ada Inventa",)),
    make_paper("glued", "Glued Hats", "Glue holds hats together. We show that glue outlasts wax."),
)


def make_corpus(*tensions: Tension) -> object:
    stated = {"waxed": Stated(method=("WaxLM",)), "glued": Stated(models=("Gluer 7B",))}
    return replace(make_corpus_of(PAPERS), editorial=Editorial(tensions), stated=stated)


def remark(text: str, *tensions: Tension) -> list[str]:
    page = make_page(f"# X\n\n{text}\n", FILE)
    return [str(found) for found in find_remarks(make_corpus(*tensions), [page])]  # type: ignore[arg-type]


def make_tension(first: str, status: str = "candidate", themes: Sequence[str] = (CRAFTS.slug,)) -> Tension:
    sides = ((Quotation("waxed", first, 7),), (Quotation("glued", "We show that glue outlasts wax.", 9),))
    return Tension("wax", "Does wax help?", sides, status, "How long?", 1, tuple(themes))


@pytest.mark.parametrize(
    "heading",
    [
        "Wax keeps paper boats dry",
        "Does the moon fold hats at night?",
        "Further reading",
        "What these papers leave open",
    ],
)
def test_a_heading_that_its_section_says_or_that_claims_nothing_passes(heading: str) -> None:
    assert remark(f"## {heading}\n\nWax keeps boats of paper dry {{cite}}`waxed`{{claim}}`waxed:4`.") == []


DATED = (
    make_paper("older", "Folds of 2030", "We fold.", year=2031, venue_year=2032),
    make_paper("newer", "Kites", "We fly kites as in 2029.", year=2032),
    make_paper("dateless", "Hats", "We wear hats."),
)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("In 2032 robots folded {cite}`older`.", []),
        ("Since 2030 and 2029 robots fold {cite}`older,newer`.", []),
        ("It folds 2,031 sheets or 2031.5 of them, by 2031-style rules {cite}`older`.", []),
        ("In 2031 robots folded.", []),
        ("In 2031 robots folded {cite}`older`.", ["no paper that this sentence cites is of 2031: older (2032)"]),
        (
            "Models of 2028 fly {cite}`newer,dateless`.",
            ["no paper that this sentence cites is of 2028: newer (2032), dateless (no year)"],
        ),
    ],
)
def test_a_year_that_readers_see_beside_no_cited_paper_is_named(text: str, wrong: list[str]) -> None:
    page = make_page(f"# X\n\n{text}\n", "running-questions.md")
    remedy = "write the year that readers see beside the paper, or none"
    found = [str(remark) for remark in find_remarks(make_corpus_of(DATED), [page])]
    assert found == [f"book/running-questions.md:3: {what}; {remedy}" for what in wrong]


def test_a_heading_that_says_more_than_its_section_is_named_with_the_words() -> None:
    (found,) = remark("## Glue weakens hats over winters\n\nIt lasts {cite}`glued`{claim}`glued:2`.")
    assert found == (
        f"book/{FILE}:3: the heading “Glue weakens hats over winters” says more than its section cites: "
        "'Glue', 'weakens', 'hats', 'over', 'winters'; "
        "say it there with a citation, make the heading say less, or ask a question"
    ).replace("'over', ", "")


@pytest.mark.parametrize(
    "text",
    [
        "On the Folio sheets, wax keeps boats dry {cite}`waxed`{claim}`waxed:3,waxed:4`.",
        "On the Folio sheets, wax keeps boats dry {cite}`waxed`.",
        "In Inventa's WaxLM, wax keeps boats dry {cite}`waxed`{claim}`waxed:4`.",
        "Alpine boats stay dry {cite}`waxed`{claim}`waxed:4`.",
    ],
)
def test_a_name_that_a_claim_leads_to_or_that_needs_none_passes(text: str) -> None:
    assert remark(text) == []


def test_a_name_that_is_only_in_another_sentence_is_a_remark() -> None:
    assert remark("On the Folio sheets, wax keeps boats dry {cite}`waxed`{claim}`waxed:4`.") == [
        f"book/{FILE}:3: 'Folio' is in sentence 3 of waxed, which this sentence does not claim; "
        "add waxed:3 to the {claim} if the statement needs it"
    ]


def test_a_model_of_the_field_that_no_cited_abstract_names_is_a_remark() -> None:
    assert remark("With Gluer, wax keeps boats dry {cite}`waxed`{claim}`waxed:4`.") == [
        f"book/{FILE}:3: 'Gluer' is in no abstract that this sentence cites; "
        "cite the paper that names it, or correct the name"
    ]
    assert remark("With Paster, wax keeps boats dry {cite}`waxed`{claim}`waxed:4`.") == []


def test_a_quotation_from_the_beginning_without_a_result_may_be_a_motive() -> None:
    assert remark("Text.", make_tension("We find that wax keeps boats dry.")) == []
    assert remark("Text.", make_tension("Boats of paper get wet.")) == [
        "book/corpus/tensions.yml:7: sentence 1 of 6 of 'waxed' may be a motive and not a finding; "
        "quote what the paper found"
    ]


@pytest.mark.parametrize(
    "text",
    ["{tension}`wax`", "Open is {tension}`whether wax helps <wax>`.", ":::{tensions}\n:::",
     f":::{{tensions}}\n:theme: {CRAFTS.slug}\n:::"],
)  # fmt: skip
def test_a_confirmed_tension_belongs_in_the_chapter_of_its_theme(text: str) -> None:
    confirmed = make_tension("We find that wax keeps boats dry.", "confirmed")
    assert remark(text, confirmed) == []
    (found,) = remark("Text.", confirmed)
    assert found.startswith(f"book/{FILE}: the confirmed tension 'wax' is not in this chapter; discuss it")
    assert remark("Text.", replace(confirmed, status="scope")) == []
    assert remark("Text.", replace(confirmed, themes=())) == []


def test_a_chapter_is_measured_by_its_sentences_that_join_papers() -> None:
    text = (
        "Wax helps {cite}`waxed`{claim}`waxed:4`. Glue lasts longer {cite}`glued,waxed`. Nothing else does.\n\n"
        "| a | b |\n|---|---|\n| {cite}`waxed` | {cite}`waxed` |\n"
    )
    figures = measure_chapter(make_corpus(), make_page(f"# X\n\n{text}", FILE), CRAFTS.slug)  # type: ignore[arg-type]
    assert (figures.citing, figures.joining, figures.share) == (2, 1, 50)
    assert (figures.papers, figures.once) == (2, ("glued",))


def test_a_term_is_early_if_it_is_used_before_its_explanation_and_again_after_it() -> None:
    text = (
        "A mountain fold holds, and a rim bends.\n\n"
        "The *mountain folds* point up; a *rim* is the edge, *never* the middle.\n\n"
        "So a mountain fold points up. It never bends."
    )
    figures = measure_chapter(make_corpus(), make_page(f"# X\n\n{text}\n", FILE), CRAFTS.slug)  # type: ignore[arg-type]
    assert figures.early == (("mountain fold", 3),)
