"""Words of the search: what is reduced to one term and what is not, names and acronyms."""

from __future__ import annotations

import pytest
from indexed import make_paper

from litbook.site.search.index.names import find_acronyms, find_names
from litbook.site.search.index.postings import drop_inner_letters, make_postings
from litbook.site.search.index.terms import make_terms, read_words, stem


@pytest.mark.parametrize(
    "alike",
    [
        ("optimise", "optimize", "optimisation", "optimizations"),
        ("optimizer", "optimisers"),
        ("large", "larger"),
        ("behaviour", "behavior", "behaviours"),
        ("modelling", "modeling", "model", "models", "modelled"),
        ("hallucination", "hallucinate", "hallucinated", "hallucinations"),
        ("analyse", "analyze", "analysed", "analyzing"),
        ("centre", "center", "centres"),
        ("learning", "learn", "learns", "learned"),
        ("memories", "memory"),
        ("annotators", "annotator"),
        ("annotation", "annotate"),
        ("prompt", "prompts", "prompting", "prompted"),
        ("LLMs", "LLM", "llm's"),
        ("Se^2", "Se²", "Se2"),
        ("naïve", "naive"),
    ],
)
def test_spellings_and_endings_come_together(alike: tuple[str, ...]) -> None:
    assert len({tuple(make_terms(word)) for word in alike}) == 1, [list(make_terms(word)) for word in alike]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("llm", "lm"), ("mllm", "mlm"), ("four", "for"), ("string", "str"), ("task", "ask")),
        *(("adapters", "adaptation"), ("transformer", "transform"), ("generators", "generation"), ("learner", "learn")),
    ],
)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_hyphens_join_and_part() -> None:
    assert set(make_terms("in-context")) == {"context", "incontext"}
    assert set(make_terms("TD‑MPC2")) == {"td", "mpc2", "tdmpc2"}  # with a non-breaking hyphen
    assert list(make_terms("the of and")) == []
    assert list(make_terms("... ?!")) == []


def test_acronyms_are_read_from_the_text() -> None:
    texts = [
        ("A", "We use reinforcement learning (RL) here."),
        ("B", "In-context learning (ICL) works."),
        ("C", "Nothing (see) here (RL)."),
        ("T2I: Text-to-Image Folding", "Pre-trained language models (PLMs) fold."),
    ]
    assert find_acronyms(texts) == {
        "icl": ("context", "learn"),
        "plm": ("pretrain", "languag", "model"),
        "rl": ("reinforc", "learn"),
        "t2i": ("text", "imag"),
    }


def test_phrases_whose_words_name_nothing_are_not_read() -> None:
    assert list(read_words("No matter how long, labels matter")) == ["long", "labels", "matter"]
    assert list(read_words("arXiv:2202.12837 [cs.CL], of cost")) == ["arxiv", "2202", "12837", "cost"]
    assert "CL" not in "".join(find_names("", "Printed as [cs.CL] by us."))


def test_names_are_words_spelled_like_names() -> None:
    names = find_names("CRANE: Folding with In-Context Tides", "We present BeLLM and TD-MPC2. Large models fold Se².")
    assert {"CRANE", "BeLLM", "TD-MPC2", "Se²"} <= names
    assert not {"Large", "In-Context", "We"} & names


def test_an_acronym_of_two_letters_inside_a_longer_name_is_dropped() -> None:
    texts = ("Continual learning (CL) sails.", "The learner NS-CL sails.", "CL-based boats sail.", "Boats of CLs.")
    papers = [make_paper(at, "Of boats", text) for at, text in enumerate(texts)]
    kept = drop_inner_letters(make_postings(papers), papers, ["cl", "boat"])
    assert list(kept.papers["cl"]) == [0, 2, 3]
    assert list(kept.papers["nscl"]) == [1]
