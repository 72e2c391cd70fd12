"""Nouns with their numbers, in the singular and the plural."""

from __future__ import annotations

import pytest

from litbook.text.nouns import count_noun


@pytest.mark.parametrize(
    ("number", "noun", "said"),
    [
        (0, "paper", "0 papers"),
        (1, "paper", "1 paper"),
        (1_000, "paper", "1,000 papers"),
        (2, "search", "2 searches"),
        (2, "entry", "2 entries"),
        (2, "survey", "2 surveys"),
        (2, "person", "2 people"),
        (2, "analysis", "2 analyses"),
        (2, "class", "2 classes"),
        (1, "duplicate record", "1 duplicate record"),
        (2, "duplicate entry", "2 duplicate entries"),
    ],
)
def test_a_noun_has_the_number_of_what_it_counts(number: int, noun: str, said: str) -> None:
    assert count_noun(number, noun) == said
