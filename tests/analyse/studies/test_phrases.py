"""Who was studied and with whom compared, in the words that abstracts use; all of them are invented."""

from __future__ import annotations

import pytest

from litbook.analyse.studies.phrases import find_phrases
from litbook.analyse.studies.study import find_study


def _find(field: str, title: str, *sentences: str) -> list[str]:
    return [draft.value for draft in find_study(title, sentences) if draft.field == field]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("Sleep of first-year nursing students in winter", ["first-year nursing students"]),
        ("Supporting bakers at night", ["bakers"]),
        ("Bread for children with coeliac disease: a trial", ["children with coeliac disease"]),
        ("Coughs were counted in patients compared with healthy adults", ["patients"]),
        ("Ovens and bakeries", []),
    ],
)
def test_a_phrase_holds_what_describes_its_people_and_no_verb(text: str, phrases: list[str]) -> None:
    assert [phrase.text for phrase in find_phrases(text.replace("bakers", "workers"))] == [
        phrase.replace("bakers", "workers") for phrase in phrases
    ]


@pytest.mark.parametrize(
    ("title", "sentences", "who"),
    [
        (
            "Rye bread in Adults With Type 2 Diabetes",
            ("We conducted a randomised trial.", "Glucose fell (p = 0.01)."),
            "Adults With Type 2 Diabetes",
        ),
        (
            "Late ovens",
            ("A cross-sectional survey asked 30 undergraduate and graduate students.",),
            "undergraduate and graduate students",
        ),
        ("Yeast at work", ("Participants were N = 26 volleyball coaches.",), "volleyball coaches"),
        (
            "Night baking",
            ("We enrolled 31 students in a cohort study.", "It followed pharmacy students for a year."),
            "pharmacy students",
        ),
    ],
)
def test_people_are_named_in_the_words_that_say_most_of_them(title: str, sentences: tuple[str, ...], who: str) -> None:
    assert _find("population", title, *sentences) == [who]


def test_what_is_said_of_people_does_not_become_a_part_of_their_name() -> None:
    text = "In this cohort study patients with asthma were given bread (n = 49; 17.5%)."
    assert _find("population", "Bread in Patients with Asthma", text) == ["Patients with Asthma"]
    assert _find("population", "Bread", f"{text} Patients with asthma coughed.") in ([], ["patients with asthma"])


@pytest.mark.parametrize(
    ("sentence", "other"),
    [
        ("In this cohort study coughs were rarer than in those without bread (P = 0.02).", "those without bread"),
        ("We divided 40 adults of the trial into bread and no-bread groups.", "no-bread groups"),
        ("In the trial 40 adults ate bread (n = 20) or joined a control group (n = 20).", "control group"),
        (
            "In the trial scores in May fell compared with scores from training sessions.",
            "scores from training sessions",
        ),
        ("The trial compared adults by place according to the body mass index.", None),
        ("Without a control group the trial of 40 adults says little.", None),
        ("In the survey 40 adults had a positive versus negative mood.", None),
    ],
)
def test_a_comparator_is_a_group_or_an_arm(sentence: str, other: str | None) -> None:
    assert _find("comparison", "Bread", sentence) == ([other] if other else [])


def test_a_comparator_is_a_piece_of_its_sentence() -> None:
    text = "Ninety teachers were divided into a control group (CG, n = 30) and two bread groups (n = 60)."
    for value in _find("comparison", "Bread", text):
        assert value in text


@pytest.mark.parametrize(
    ("title", "country"),
    [
        ("Bread among Chinese college students", ["Chinese"]),
        ("Bread in 77 French hospitals", ["French"]),
        ("Bread for African American women", []),
        ("The Chinese version of a bread scale", []),
    ],
)
def test_a_nationality_says_where_a_study_was_made(title: str, country: list[str]) -> None:
    assert _find("country", title, "This cross-sectional survey asked 40 people.") == country
