"""Sentences are cut where a clause ends. All sentences are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbook.text.sentences import ELLIPSIS, shorten


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        ("Kelp grows.", 40, "Kelp grows."),
        ("Kelp grows in the cold tide, while moss needs a dry wall.", 40, "Kelp grows in the cold tide …"),
        ("Kelp grows in the cold tide; moss, which is dry, needs a wall.", 40, "Kelp grows in the cold tide …"),
        ("Kelp grows in cold water and in warm water without any light", 40, "Kelp grows in cold water …"),
        ("Kelp (green, brown, red, and also blue, which is rare) grows", 40, "Kelp (green, brown, red, and also …"),
        ("Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 20, "Aaaaaaaaaaaaaaaaaa …"),
    ],
)  # fmt: skip
def test_a_sentence_ends_where_a_clause_does(text: str, most: int, shown: str) -> None:
    assert shorten(text, most) == shown


@given(st.text(alphabet="ab ,;(“)”", max_size=120), st.integers(10, 60))
def test_what_is_kept_is_the_beginning_word_for_word(text: str, most: int) -> None:
    shown = shorten(text, most)
    assert len(shown) <= max(most, len(ELLIPSIS))
    assert shown == text or text.startswith(shown.removesuffix(ELLIPSIS))


@pytest.mark.parametrize(
    ("text", "most", "end"),
    [
        ("The strategy leads to gains in accuracy for both the training and the tests of loaves", 72, "accuracy …"),
        ("A method that clusters the search space to focus exclusively on influential loaves", 72, "space …"),
    ],
)
def test_a_word_that_waits_for_another_is_not_the_last(text: str, most: int, end: str) -> None:
    assert shorten(text, most).endswith(end)
