"""The names of drafted themes, from the phrases of invented papers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from litbook.theme.naming import Namer, abbreviates
from litbook.theme.phrases import Text, read_phrases

_REST = (
    "Night workers and sleep loss", "Rota planning and overtime pay", "Rice flour for coeliac disease",
    "Dietary advice and intestinal biopsy", "Image segmentation of crumb pores", "Steam injection in a stone hearth",
    "Suction cups and soft fingers", "Grasp stability of dough handling", "Crust colour and heat transfer",
    "Wild yeast and lactic acid",
)  # fmt: skip


def name_of(titles: Sequence[str], taken: Sequence[str] = (), others: Sequence[str] = _REST) -> str:
    """Return the name of a group with these titles, beside papers on other subjects."""
    texts = [Text(title, "", ()) for title in (*titles, *others)]
    namer = Namer(read_phrases(texts, 1))
    return namer.show(namer.name(np.arange(len(titles)), taken))


def test_names_of_people_joined_by_hyphens_keep_their_capitals() -> None:
    text = Text("On ovens", "We solve the Krumb-Laib-Ofen equation in ovens.", ("krumb-laib-ofen equation",))
    assert read_phrases([text] * 3, 1).shown.count("Krumb-Laib-Ofen equation") == 1


def test_a_piece_of_a_hyphenated_word_does_not_begin_a_name() -> None:
    titles = ["Multi-dimensional ovens", "On multi-dimensional ovens", "Multi-dimensional ovens and bread"]
    assert name_of(titles) == "Multi-dimensional ovens"


def test_a_name_has_the_word_that_nearly_always_goes_with_it() -> None:
    titles = [
        "Domain wall motion in dough",
        "Domain wall motion in ovens",
        "Domain wall motion of rye",
        "Domain wall of oats",
    ]
    assert name_of(titles).startswith("Domain wall motion")


def test_one_word_is_not_left_alone_where_rarer_topics_say_more() -> None:
    titles = [*["Views"] * 22, "New bread warehousing and views", "Old bread warehousing"]
    assert name_of(titles, others=_REST * 7) == "Views and bread warehousing"


def test_a_second_topic_is_not_a_form_of_the_first() -> None:
    titles = ["Indexing", "Indexing of loaves", "Indexing", "Index structures", "Index structures", "Loaves reheated"]
    assert name_of(titles) in ("Indexing", "Index structures")


def test_a_topic_and_its_acronym_do_not_name_two_themes() -> None:
    titles = [
        "ICL for dough",
        "ICL of ovens",
        "ICL and dense retrievers",
        "Dense retrievers",
        "Dense retrievers of ICL",
    ]
    assert "ICL" not in name_of(titles, taken=["in-context learning"])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("icl", "in-context learning", True),
        ("graph neural network", "gnn", True),
        ("mllm", "multimodal llm", True),
        ("icl", "icl demonstration", False),
        ("ovens", "oven", False),
    ],
)
def test_initials_are_recognised(one: str, other: str, same: bool) -> None:
    assert abbreviates(one, other) is same
