"""Only sentences about the study itself say what it did; all abstracts are invented."""

from __future__ import annotations

from litbook.analyse.studies.parts import read_own
from litbook.analyse.studies.study import find_study


def test_headings_tell_what_was_known_from_what_was_done_and_from_what_follows() -> None:
    sentences = (
        "BACKGROUND: Most bakers in Iceland sleep badly.",
        "The aim of this study was to measure their sleep.",
        "METHODS: We enrolled 40 bakers.",
        "They kept diaries.",
        "CONCLUSIONS: Bakers in Norway should sleep more.",
    )
    assert read_own(sentences) == ("", *sentences[1:4], "")


def test_a_heading_counts_with_and_without_a_colon_but_not_as_a_word_of_a_sentence() -> None:
    assert read_own(("Background Bakers sleep badly.", "Methods We asked 40 of them.")) == (
        "",
        "Methods We asked 40 of them.",
    )
    said = ("We asked 40 bakers.", "Background noise was low.")
    assert read_own(said) == said


def test_without_headings_the_first_sentence_about_the_study_and_the_one_that_concludes_are_the_bounds() -> None:
    sentences = (
        "Bread is eaten all over the world.",
        "Bakers rise early.",
        "We interviewed 30 bakers.",
        "Most of them were tired.",
        "These findings suggest that ovens should be lit later.",
        "Millers are different.",
    )
    assert read_own(sentences) == ("", "", *sentences[2:4], "", "")


def test_an_abstract_without_any_sentence_about_its_study_is_read_whole() -> None:
    sentences = ("Bread rises.", "Ovens cool.")
    assert read_own(sentences) == sentences


def test_what_background_and_conclusion_name_is_not_said_of_the_study() -> None:
    found = find_study(
        "Sleep of bakers",
        (
            "BACKGROUND: Adults with asthma in China sleep less than those without asthma (p < 0.01).",
            "METHODS: We enrolled 40 bakers.",
            "CONCLUSIONS: Large randomised trials in patients with apnoea merit funding.",
        ),
    )
    assert [(draft.field, draft.value) for draft in found] == [
        ("sample", "40 bakers"),
        ("p-value", "p < 0.01"),
    ]
