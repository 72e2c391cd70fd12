"""Values that people extracted, held to the words that they quote; all of these are invented."""

from __future__ import annotations

from fractions import Fraction

import pytest

from litbook.analyse.extraction.measures import find_measures
from litbook.analyse.extraction.quotes import find_quote
from litbook.analyse.extraction.readings import read_value
from litbook.model.extraction import CHOICE, INTERVAL, NUMBER, TEXT, YES_NO, Choice, Column, Effect, Extracted


def column(kind: str, unit: str = "", **more: object) -> Column:
    null = Fraction("ratio" in unit) if kind == INTERVAL else None
    return Column("it", "It", "What is it?", kind, 1, unit, null=null, **more)  # type: ignore[arg-type]


def problems(asked: Column, value: str, quote: str) -> list[str]:
    return [what for what, _ in read_value(asked, Extracted(2, "k", "it", value, quote, "A Reader"))[1]]


@pytest.mark.parametrize(
    ("unit", "value", "quote"),
    [
        ("mg", "40", "received 40 mg of the drug daily"),
        ("mg", "20", "doses of 20, 40 and 80 mg"),
        ("mg", "40 milligrams", "received 40mg daily"),
        ("years", "63.4", "mean age (years) was 63.4"),
        ("weeks", "12", "a 12-week programme"),
        ("%", "31.5", "in 31·5% of patients"),
        ("participants", "1,204", "1204 adults were randomised"),
        ("participants", "312", "(n = 312)"),
        ("participants", "twelve", "twelve teachers"),
        ("kg", "-2.4", "mean change −2.4 kg"),
        ("", "24", "Twenty-four developers took part"),
        ("participants", "64", "64 second-year students"),
        ("mutants", "15000000", "We mined 15 million mutants"),
        ("", "1,200,000", "1.2M users"),
    ],
)
def test_a_number_may_be_written_as_abstracts_write_it(unit: str, value: str, quote: str) -> None:
    if value == "twelve":  # words are read in quotations; a value is in figures, so that tables can sort
        assert problems(column(NUMBER, unit), value, quote) == ["invalid number 'twelve' of 'it'"]
        value = "12"
    assert problems(column(NUMBER, unit), value, quote) == []


@pytest.mark.parametrize(
    ("unit", "value", "quote", "said"),
    [
        ("mg", "41", "received 40 mg", "the quotation does not hold the number 41"),
        ("mg", "4", "received 40 mg", "the quotation does not hold the number 4 "),
        ("mg", "40", "received 40 g daily", "the quotation says 40 g, but the unit of 'it' is mg"),
        ("mg", "40", "40 patients received 3 mg", "the quotation does not hold the unit mg"),
        ("mg", "40 g", "received 40 g daily", "unit 'g' of 'it', but the column's unit is mg"),
        ("participants", "40", "40% of them", "the quotation says 40 %, but the unit of 'it' is participants"),
        ("", "7 days", "after 7 days", "unit 'days' of 'it', but the column has no unit"),
        ("weeks", "12", "a 12-month programme", "the quotation says 12 month"),
        ("mutants", "15", "We mined 15 million mutants", "the quotation does not hold the number 15"),
        ("kg", "2.4", "between 1.2 and 3.4 kg", "the quotation does not hold the number 2.4"),
    ],
)
def test_a_number_or_unit_that_the_quotation_does_not_hold_is_refused(
    unit: str, value: str, quote: str, said: str
) -> None:
    (what,) = problems(column(NUMBER, unit), value, quote)
    assert what.startswith(said)


@pytest.mark.parametrize("value", ["0.72 (0.58 to 0.89)", "0.72 [0.58, 0.89]", "0.72 (95% CI 0.58–0.89)"])
@pytest.mark.parametrize("quote", ["(HR 0.72, 95% CI 0.58-0.89)", "hazard ratio, 0·72 [0·58 to 0·89]; p=0.003"])
def test_an_effect_is_read_with_its_limits(value: str, quote: str) -> None:
    row, wrong = read_value(column(INTERVAL, "hazard ratio"), Extracted(2, "k", "it", value, quote))
    assert not wrong
    assert row.effect == Effect(Fraction("0.72"), Fraction("0.58"), Fraction("0.89"))


def test_a_difference_may_be_negative() -> None:
    quote = "mean difference −1.5 kg (95% CI −2.8 to −0.2)"
    row, wrong = read_value(column(INTERVAL, "mean difference"), Extracted(2, "k", "it", "-1.5 (-2.8 to -0.2)", quote))
    assert (wrong, row.effect) == ([], Effect(Fraction("-1.5"), Fraction("-2.8"), Fraction("-0.2")))


@pytest.mark.parametrize(
    ("value", "quote", "said"),
    [
        ("0.72", "HR 0.72", "invalid effect '0.72'"),
        ("0.95 (0.58 to 0.89)", "0.95 (0.58 to 0.89)", "the estimate of '0.95 (0.58 to 0.89)' is not between"),
        ("0.72 (0.58 to 0.99)", "0.72 (0.58 to 0.89)", "the quotation does not hold the number 0.99"),
        ("-0.2 (-0.5 to 0.1)", "-0.2 (-0.5 to 0.1)", "'-0.2 (-0.5 to 0.1)' is not a odds ratio"),
    ],
)
def test_a_wrong_effect_is_refused(value: str, quote: str, said: str) -> None:
    (what,) = problems(column(INTERVAL, "odds ratio"), value, quote)
    assert what.startswith(said)


def test_a_choice_needs_one_of_its_words_where_it_has_some() -> None:
    asked = column(CHOICE, choices=(Choice("trial", ("randomi",)), Choice("other")))
    assert problems(asked, "Trial", "We randomised 40 schools") == []
    assert problems(asked, "other", "We observed 40 schools") == []
    assert problems(asked, "trial", "We observed 40 schools") == [
        "the quotation for 'trial' of 'it' holds none of randomi"
    ]
    assert problems(asked, "trail", "We randomised") == ["unknown choice 'trail' of 'it'"]
    assert problems(column(YES_NO), "maybe", "blinded") == ["unknown choice 'maybe' of 'it'"]


def test_the_numbers_of_a_text_are_in_its_quotation() -> None:
    assert problems(column(TEXT), "adults over 65 years", "Adults aged 65 years or older") == []
    assert problems(column(TEXT), "adults over 60", "Adults aged 65 years or older") == [
        "the quotation does not hold the number 60 of 'it'"
    ]


def test_what_a_paper_does_not_say_needs_no_quotation() -> None:
    assert problems(column(NUMBER, "mg"), "not reported", "") == []


def test_a_quotation_is_found_whatever_its_marks_and_what_it_leaves_out() -> None:
    text = "The “slow” group – 12 of 40 – did better. All stayed."
    assert find_quote('the "slow" group - 12 of 40', text) == (0, 27)
    assert find_quote("The slow group", text) is None
    found = find_quote("The “slow” group … did better", text)
    assert found is not None
    assert text[slice(*found)] == "The “slow” group – 12 of 40 – did better"


def test_numbers_of_a_list_share_its_unit() -> None:
    assert (Fraction(10), "mg") in find_measures("10, 20 or 40 mg")
    assert (Fraction(10), "") in find_measures("10 patients received 40 mg")
