"""Gists can be read alone: they point to no other sentence, and are short. All abstracts are invented."""

from __future__ import annotations

import pytest

from litbook.analyse.evidence import choose_gist
from litbook.analyse.standalone import cut, lighten, weigh_leaning
from litbook.model.stated import Evidence


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("In this paper, we fold cranes.", "we fold cranes."),
        ("In our present large study we fold cranes.", "we fold cranes."),
        ("To address this limitation, we fold cranes.", "we fold cranes."),
        ("Motivated by the success of these folds on paper, we fold cranes.", "we fold cranes."),
        ("However, to this end, we fold cranes.", "we fold cranes."),
        ("2) We fold cranes.", "We fold cranes."),
        ("To address these issues, this study folds cranes.", "this study folds cranes."),
        ("To fold paper without tearing it, we wet it.", "To fold paper without tearing it, we wet it."),
        ("In this paper, cranes are folded.", "In this paper, cranes are folded."),
        ("Here is a crane.", "Here is a crane."),
    ],
)
def test_an_opening_that_points_elsewhere_is_left_out(sentence: str, shown: str) -> None:
    assert lighten(sentence) == shown


@pytest.mark.parametrize(
    "sentence",
    [
        "We show that these cranes fly.",
        "This limitation keeps cranes on the ground.",
        "They fly over the tide.",
        "This survey fills that gap by counting cranes.",
        "We find that such a view does not hold.",
        "We demonstrate that all three are needed to fold.",
        "We conduct comprehensive experiments on paper.",
        "In this work, we conducted a large study of paper.",
        "We provide novel insights into how cranes fly.",
        "This study offers an effective pathway for folding.",
        "We present an illustrative example of a crane.",
        "We propose a wet fold to alleviate it.",
    ],
)
def test_a_sentence_that_says_nothing_alone_weighs_less(sentence: str) -> None:
    assert weigh_leaning(sentence) < -1


@pytest.mark.parametrize(
    "sentence",
    [
        "This paper folds cranes such as the white one, such that they fly.",
        "To address this limitation, we fold cranes.",
        "It is known that cranes fly.",
        "We provide cranes with a light frame.",
        "We name the tears that paper has and a wet fold to alleviate them all.",
        "We fold 40 sheets of paper into cranes and measure how far a crane of each size flies, and where these land.",
    ],
)
def test_a_sentence_that_says_it_all_weighs_its_own(sentence: str) -> None:
    assert weigh_leaning(sentence) > -1


def test_the_gist_is_the_sentence_that_needs_no_other() -> None:
    abstract = (
        "Paper tears when it is folded often. It is not known why this happens. "
        "We propose to study such a tear with these tools and those methods. "
        "To close this gap, we propose CraneFold, which folds wet paper into cranes without a tear."
    )
    gist = choose_gist("On Tears", abstract)
    assert gist is not None
    assert (gist.quote, gist.sentence) == ("we propose CraneFold, which folds wet paper into cranes without a tear.", 4)
    assert gist.quote in abstract


def test_a_long_gist_ends_with_a_clause_and_an_ellipsis() -> None:
    clause = "We propose CraneFold, a method that folds wet sheets of paper into cranes of forty layers by hand"
    abstract = (
        f"{clause}, while older methods need machines that are large, slow, loud and dear to buy in most places, "
        + ("and that tear the paper of every second crane before it can fly over the tide to the gardens of the north.")
    )
    gist = choose_gist("CraneFold", abstract)
    assert gist is not None
    assert gist.is_cut
    assert len(gist.shown) <= 200
    assert gist.shown.startswith(clause)
    assert gist.shown.endswith(" …")
    assert gist.quote in abstract


def test_of_a_long_sentence_the_clause_before_the_statement_goes_first() -> None:
    lead = "While recent work has folded large sheets of dry paper into boats with the help of many hands and machines"
    statement = "we show that a single hand folds wet paper into a crane of forty layers in less than one quiet hour."
    assert cut(f"{lead}, {statement}") == (statement, False)
    assert cut("We fold cranes.") == ("We fold cranes.", False)


def test_of_a_long_sentence_what_leads_to_the_finding_goes_first() -> None:
    lead = "Using a set of forty sheets of dry and wet paper from nine mills, we fold six models of cranes and boats"
    finding = "models of wet paper keep their folds in every one of the forty trials, and those of dry paper do not."
    assert cut(f"{lead}, and find that {finding}") == (finding, False)
    assert cut(f"{lead}, and find that they keep what was folded for as long as hands are dry.")[0].startswith("Using")
    assert cut("We fold cranes and find that models of wet paper keep their folds.")[0].startswith("We fold")
    assert Evidence(finding, 1).shown.startswith("Models of wet paper")


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("we fold cranes.", "We fold cranes."),
        ("the authors fold cranes", "The authors fold cranes …"),
        ("mT5 folds cranes.", "mT5 folds cranes."),  # a name that its authors write so
        ("weight falls.", "weight falls."),
    ],
)
def test_a_gist_that_lost_its_opening_begins_in_upper_case(quote: str, shown: str) -> None:
    assert Evidence(quote, 1, shown.endswith("…")).shown == shown
