"""Numbers in prose: each is found with its value, its unit and what it counts, and nothing else is taken for one."""

from __future__ import annotations

from fractions import Fraction

import pytest

from litbook.analyse.prose.numbercheck import agree
from litbook.text.numbers import ORDERS, PERCENT, POINTS, TIMES, YEAR, find_numbers


def read(text: str) -> list[tuple[float, str, str]]:
    return [(float(number.value), number.unit, number.noun) for number in find_numbers(text) if not number.named]


@pytest.mark.parametrize(
    ("text", "value", "unit", "noun"),
    [
        ("It folds 12 cranes.", 12, "", "crane"),
        ("Twelve cranes fly.", 12, "", "crane"),
        ("twenty-one large paper cranes", 21, "", "crane"),
        ("two dozen cranes", 24, "", "crane"),
        ("a dozen cranes", 12, "", "crane"),
        ("two hundred and fifty cranes", 250, "", "crane"),
        ("two thousand five hundred cranes", 2500, "", "crane"),
        ("half a million cranes", 500_000, "", "crane"),
        ("1,000 cranes", 1000, "", "crane"),
        ("1\u202f000 cranes", 1000, "", "crane"),
        ("1320 'cranes' fold", 1320, "", "crane"),
        ("a suite of 30 folding tasks", 30, "", "task"),
        ("ten-fold in five hours", 10, TIMES, ""),
        ("by 3.6%", 3.6, PERCENT, ""),
        ("by 3.6 %", 3.6, PERCENT, ""),
        ("by 3.6 per cent", 3.6, PERCENT, ""),
        ("by five percent", 5, PERCENT, ""),
        ("by 3.6 points", 3.6, POINTS, ""),
        ("by 3.6 percentage points", 3.6, POINTS, ""),
        ("by 3.6% points", 3.6, POINTS, ""),
        ("by 3.6 F1 points", 3.6, POINTS, ""),
        ("with 40 data points", 40, "", "point"),
        ("runs 8x faster", 8, TIMES, ""),
        ("runs 8× faster", 8, TIMES, ""),
        ("runs 8 times faster", 8, TIMES, ""),
        ("runs eight times faster", 8, TIMES, ""),
        ("an 8-fold gain", 8, TIMES, ""),
        ("a tenfold gain", 10, TIMES, ""),
        ("a factor of 8", 8, TIMES, ""),
        ("twice as fast", 2, TIMES, ""),
        ("doubles the speed", 2, TIMES, ""),
        ("an order of magnitude faster", 1, ORDERS, ""),
        ("two orders of magnitude", 2, ORDERS, ""),
        ("half the time", 50, PERCENT, ""),
        ("the time is halved", 50, PERCENT, ""),
        ("a quarter of the time", 25, PERCENT, ""),
        ("three quarters of the time", 75, PERCENT, ""),
        ("less than 1/40 of the paper", 2.5, PERCENT, ""),
        ("on ¾ of the cranes", 75, PERCENT, ""),
        ("7B gains nothing", 7e9, "", "parameter"),
        ("a 7B model", 7e9, "", "parameter"),
        ("7 billion parameters", 7e9, "", "parameter"),
        ("a 7B-parameter model", 7e9, "", "parameter"),
        ("250M parameters", 250e6, "", "parameter"),
        ("300B tokens", 300e9, "", "token"),
        ("10K sheets", 10_000, "", "sheet"),
        ("a 5-shot prompt", 5, "", "example"),
        ("zero-shot accuracy", 0, "", "example"),
        ("a 10-digit number", 10, "", "digit"),
        ("an error of 34.3mm", 34.3, "mm", ""),
        ("an error of 34.3 mm", 34.3, "mm", ""),
        ("it costs $12", 12, "$", ""),
        ("a gain of +5.4 in Recall@3", 5.4, "", ""),
        ("in 2031, cranes flew", 2031, YEAR, ""),
        ("2031 cranes flew", 2031, "", "crane"),
        ("three sheep of wild herds", 3, "", ""),
        ("All 8 cranes fly", 8, "", "crane"),
        ("tested on Llama-2 7B", 7e9, "", "parameter"),
    ],
)
def test_a_number_is_found_with_value_unit_and_noun(text: str, value: float, unit: str, noun: str) -> None:
    assert read(text)[0] == (value, unit, noun)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("by 3–19%", [(3, PERCENT, ""), (19, PERCENT, "")]),
        ("by 50 to 95%", [(50, PERCENT, ""), (95, PERCENT, "")]),
        ("15.0% and 21.6%", [(15, PERCENT, ""), (21.6, PERCENT, "")]),
        ("100 to 10,000 training examples", [(100, "", "example"), (10_000, "", "example")]),
        ("1,000-to-1,000,000 examples", [(1000, "", "example"), (1_000_000, "", "example")]),
        ("70 million to 2.8 billion parameters", [(70e6, "", "parameter"), (2.8e9, "", "parameter")]),
        ("1 to 7 billion parameters", [(1e9, "", "parameter"), (7e9, "", "parameter")]),
        ("of 2B/9B/27B", [(2e9, "", "parameter"), (9e9, "", "parameter"), (27e9, "", "parameter")]),
        ("27 of the 40 cranes", [(27, "", "crane"), (40, "", "crane")]),
        ("23 tasks in 8 categories", [(23, "", "task"), (8, "", "category")]),
        ("5 cranes and 3% of boats", [(5, "", "crane"), (3, PERCENT, "")]),
    ],
)
def test_numbers_side_by_side_share_what_the_last_one_names(text: str, expected: list[tuple[float, str, str]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "GPT-4 and LLaMA-2-7B, Human3.6M, T5-XXL, o1, R1 and Recall@3",
        "a 3D scene in 2D, 3D-PreMise and Se^2",
        "Llama 2 and GPT 3.5 differ",
        "Llama 2 gains from it",
        "the first, the second and a third way",
        "the 3rd of them, in the 1980s",
        "one of these, on the one hand; one finds both",
        "the two differ, and the first two agree; split in two",
        "(1) it folds, 2) it flies",
        "bounded by O(1/T), see https://example.org/12/34",
        "the other half-precision run",
        "version 3.1.2 on a 5x5 grid",
        "many papers, several of them, a few",
    ],
)
def test_names_ordinals_and_pronouns_are_not_numbers(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "value"), [("hundreds of cranes", 100), ("tens of thousands of cranes", 10_000), ("dozens of cranes", 12)]
)
def test_a_magnitude_is_vague(text: str, value: int) -> None:
    (number,) = find_numbers(text)
    assert (number.value, number.vague, number.noun) == (value, True, "crane")


def test_a_size_within_a_name_is_known_but_marked() -> None:
    (number,) = find_numbers("with LLaMA-7B")
    assert (number.value, number.noun, number.named) == (Fraction(7 * 10**9), "parameter", True)


@pytest.mark.parametrize(
    ("prose", "abstract"),
    [
        ("twelve models", "12 different models"),
        ("12 models", "twelve large language models"),
        ("six multimodal models", "six state-of-the-art MLLMs"),
        ("8 times faster", "an 8-fold speedup"),
        ("tenfold", "10x"),
        ("50 to 95 %", "by 50–95%"),
        ("half of the time", "50% of the time"),
        ("1000 examples", "1,000 demonstrations"),
        ("7 billion parameters", "a 7B model"),
        ("a 7B model", "LLaMA-7B"),
        ("two benchmarks", "two public folding datasets"),
        ("two data sets", "two datasets"),
        ("5.4 points", "an improvement of 5.4 in Recall@3"),
        ("four families of models", "four model families"),
        ("two stages", "a two-stage method"),
        ("hundreds of examples", "hundreds or thousands of examples"),
    ],
)
def test_what_says_the_same_agrees(prose: str, abstract: str) -> None:
    sources = find_numbers(abstract)
    assert all(any(agree(number, source) for source in sources) for number in find_numbers(prose))


@pytest.mark.parametrize(
    ("prose", "abstract"),
    [
        ("3%", "3 points"),
        ("3 points", "3%"),
        ("3x", "3%"),
        ("3%", "by 3 times"),
        ("12 models", "12 tasks"),
        ("12 models", "12 model families"),
        ("12 models", "13 models"),
        ("7B parameters", "7B tokens"),
        ("7B", "a 7M model"),
        ("ten times", "an order of magnitude"),
        ("12 cranes", "dozens of cranes"),
        ("100 cranes", "hundreds of cranes"),
        ("3.6%", "36%"),
        ("zero-shot", "one-shot"),
        ("5 points", "5 tasks"),
        ("4.0%", "4.05%"),
    ],
)
def test_what_says_something_else_does_not(prose: str, abstract: str) -> None:
    (claim,) = find_numbers(prose)
    assert not any(agree(claim, source) for source in find_numbers(abstract))


def test_metres_and_tonnes_do_not_scale_a_number() -> None:
    assert [number.value for number in find_numbers("Owls sat 1m above 5t of snow and 3b of hay, 2M in all.")] == [
        *(1, 5, 3, 2_000_000)
    ]
