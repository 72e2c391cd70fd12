"""Sentences, gists and evidence. The abstracts here are invented, except for the real page at the end."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from effort import coming_to_an_end
from hypothesis import given, settings
from hypothesis import strategies as st

from litbook.analyse import evidence
from litbook.analyse.evidence import Cue, choose_gist, find_evidence, split_sentences
from litbook.analyse.standalone import lighten
from litbook.model.stated import Evidence
from litbook.text.repair import repair

PAGE = Path(__file__).parents[2] / "book/corpus/sources/hf-papers-implicit-learning.txt"


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


# A stroke stands for the space between two sentences.
SPLITS = [
    "Mice sing.|Do rats?|They do!|We listen",
    "Many animals, e.g. Mice, i.e. Mus, sing.|So we listen.",
    "Doe et al. (2020) and Roe et al. Follow mice.|Mice vs. Rats, cf. Fig. 3 and Eq. 2, sing.",
    "They follow Doe et al.|We do not.|It is in the U.S.|The end.",
    "J. A. Doe sings with A. Roe.|We listen.",
    "It is LLaMA 7B.|We use it.|GPT-3.5 and Node.js 2.0 err.|A gain of 3.5 points.",
    "Code is at https://x.org/a.b.|We thank all.",
    "They ask “Do mice sing? We think so.” and go.|“They sing.”|(We listen.)|Mice sing.",
    "It sings (loudly. Very loudly) at night.|2D mice sing.|3 do not.",
    "We find: 1. Mice sing, 2. Rats dance.|In 2020.|We saw 12.|Mice sang…|Then they stopped...|Why?",
    "Concepts (e.g., “Finding the first noun in a sentence.”) are encoded.|We look.",
    "An unclosed ( bracket.|And an unclosed “ quote.|We go on.",
]


@pytest.mark.parametrize("marked", SPLITS)
def test_sentences_end_where_they_end(marked: str) -> None:
    assert sentences(marked.replace("|", " ")) == marked.split("|")


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", ["a", "A. ", "(", "(a. ", "“A. ", "we ", "open-source ", "We show and ", "e.g. ", "1. ", "results "]
)
def test_a_hundred_kilobytes_come_to_an_end(unit: str) -> None:
    text = (unit * 100_000)[:100_000]
    with coming_to_an_end():
        choose_gist("", text)
        find_evidence(text)


@given(st.text(alphabet="aB1.?!…()“”\"' ,") | st.text())
def test_sentences_are_apart_in_order_and_leave_only_spaces(text: str) -> None:
    spans = split_sentences(text)
    assert all(start < end for start, end in spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    pieces = [text[end:start] for end, start in pairwise([0, *(place for span in spans for place in span), len(text)])]
    assert not "".join(pieces[::2]).strip()


ABSTRACT = (
    "Mice have long been known to sing in the dark, but how they learn their songs remains unclear. However, existing "
    "methods need labels. In this work, we propose MiceNet, a network that learns the songs of mice from raw sound. "
    "Specifically, we introduce a new loss. Extensive experiments show that MiceNet "
    "outperforms strong baselines by 12.5% "
    "on four datasets. We also find that songs are shared between nests. Code is available at https://x.org/mice."
)


def test_the_gist_is_what_the_paper_does() -> None:
    gist = choose_gist("MiceNet: Learning Songs from Raw Sound", ABSTRACT)
    assert gist == Evidence("we propose MiceNet, a network that learns the songs of mice from raw sound.", 3)


@pytest.mark.parametrize(
    ("abstract", "number"),
    [
        ("Mice sing often in the long and dark nights of the north. They like it, and so do their many neighbours.", 1),
        (
            "Mice sing often in the long and dark nights of the north. This survey reviews what is "
            "known about the songs of mice.",
            2,
        ),
        (
            "We study the songs of mice in the dark of long nights. We show that they are learned "
            "from older mice nearby.",
            2,
        ),
        (
            "We conducted a comprehensive study to uncover how mice learn to sing at night. Our findings reveal that "
            "the songs of mice are learned from older mice nearby.",
            2,
        ),
        (
            "We present a comparative study of how mice learn to sing in long nights. Our findings highlight that the "
            "songs of mice show critical differences.",
            1,
        ),
        (
            "Mice sing. We propose it. In this paper, we present a new method by which the songs of "
            "mice can be understood.",
            3,
        ),
        (
            "How do mice learn to sing in the dark of long nights? Here, we ask whether mice learn "
            "to sing from their parents.",
            2,
        ),
        (
            "We describe how mice sing in the dark of long winter nights. We release all our code "
            "and data at https://x.org/mice.",
            1,
        ),
        (
            "We argue that mice sing because the nights are long. Our work paves the way for future "
            "work on the songs of mice.",
            1,
        ),
    ],
)
def test_the_gist_prefers_a_whole_purpose(abstract: str, number: int) -> None:
    gist = choose_gist("On the Songs of Mice", abstract)
    assert gist is not None
    assert gist.sentence == number
    assert gist.quote == lighten(sentences(abstract)[number - 1])


def test_a_label_in_front_of_the_gist_is_left_out() -> None:
    gist = choose_gist("", "BACKGROUND: Mice sing. METHODS: In this study, we record the songs of mice in long nights.")
    assert gist == Evidence("we record the songs of mice in long nights.", 2)


# Two sentences each, of which the cue of that place in its table makes the second the better gist.
PURPOSE_CASES = [
    (
        "We develop a cage for the mice that sing in the dark of the nights.",
        "We propose a cage for the mice of all nights.",
    ),
    (
        "We develop a cage for the mice that sing in the dark.",
        "The current paper introduces a cage for the mice of all nights.",
    ),
    (
        "We study the mice that sing in the dark of long nights.",
        "We reconsider all cages and propose one for the mice.",
    ),
    (
        "We study the mice that sing in the dark of long nights.",
        "A cage for mice that sing is proposed in this article.",
    ),
    ("We show that mice sing in the dark of the long nights.", "The present study investigates how the mice can sing."),
    (
        "We show that mice sing in the dark of the long nights.",
        "We develop a cage for the mice that sing in the night.",
    ),
    (
        "Mice sing, as is well known, in the dark of long nights.",
        "We study the mice that sing in the dark of long nights.",
    ),
    (
        "Mice sing, as is well known, in the dark of long nights.",
        "A cage was designed to assess how mice sing at night.",
    ),
    (
        "We use a cage for the mice that sing in the dark nights.",
        "We show that mice sing in the dark of the long nights.",
    ),
    (
        "We use a cage for the mice that sing in the dark nights.",
        "Our main goal is a cage for all of the mice that can sing.",
    ),
    (
        "Mice sing, as is well known, in the dark of long nights.",
        "We use a cage for the mice that sing in the dark nights.",
    ),
    (
        "Mice sing, as is well known, in the dark of long nights.",
        "At night, our approach listens to the mice that do sing.",
    ),
]
QUALITY_CASES = [
    (
        "We develop a cage for the mice that sing in the nights.",
        "In this work, we show that mice sing in the long nights.",
    ),
    (
        "We propose a cage for the mice that sing in the nights.",
        "We propose a novel cage for mice that sing in the nights.",
    ),
    (
        "We also propose a cage for all mice that sing at night.",
        "We propose a cage for the mice that sing in the nights.",
    ),
    (
        "We develop a cage for mice at https://x.org/mice for all.",
        "We show that mice sing in the dark of the long nights.",
    ),
    (
        "Experiments for which we develop cages please the mice.",
        "We show that mice sing in the dark of the long nights.",
    ),
    (
        "Specifically, we propose a cage for the mice that do sing.",
        "We develop a cage for the mice that sing in the nights.",
    ),
    (
        "However, we propose a cage for the mice that sing so well.",
        "We propose a cage for the mice that sing in the nights.",
    ),
    (
        "We develop a cage which paves the way for the other mice.",
        "We show that mice sing in the dark of the long nights.",
    ),
    (
        "We describe the mice, for do they sing in all of the nights?",
        "We show that mice sing in the dark of the long nights.",
    ),
    (
        "We develop an ablation of cages for the mice that can sing.",
        "We show that mice sing in the dark of the long nights.",
    ),
]


def padded(sentences: tuple[str, str]) -> str:
    return " ".join(sentence[:-1] + " and in the day" + sentence[-1] for sentence in sentences)


@pytest.mark.parametrize("place", range(len(PURPOSE_CASES)))
def test_each_purpose_counts(place: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(PURPOSE_CASES) == len(evidence.PURPOSES)
    check_cue("PURPOSES", place, padded(PURPOSE_CASES[place]), monkeypatch)


@pytest.mark.parametrize("place", range(len(QUALITY_CASES)))
def test_each_quality_counts(place: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(QUALITY_CASES) == len(evidence.QUALITIES)
    check_cue("QUALITIES", place, padded(QUALITY_CASES[place]), monkeypatch)


def check_cue(table: str, place: int, abstract: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cues = getattr(evidence, table)
    assert choose_gist("", abstract) == Evidence(lighten(sentences(abstract)[1]), 2)
    monkeypatch.setattr(evidence, table, (*cues[:place], *cues[place + 1 :]))
    assert choose_gist("", abstract) == Evidence(lighten(sentences(abstract)[0]), 1)


@pytest.mark.parametrize("place", range(len(evidence.RESULTS)))
def test_each_mark_of_a_result_counts(place: int, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = (*RESULTS, *NO_RESULTS)
    before = [find_evidence(text) for text in texts]
    monkeypatch.setattr(evidence, "RESULTS", (*evidence.RESULTS[:place], *evidence.RESULTS[place + 1 :]))
    assert [find_evidence(text) for text in texts] != before


def test_the_title_decides_between_equals() -> None:
    abstract = (
        "We present a new theory of the dancing of rats in spring. We present a new theory of "
        "the singing of mice at night."
    )
    assert choose_gist("Singing Mice at Night", abstract) == Evidence(sentences(abstract)[1], 2)
    assert choose_gist("", abstract) == Evidence(lighten(sentences(abstract)[0]), 1)


def test_without_a_sentence_there_is_no_gist() -> None:
    assert choose_gist("Mice", "") is None
    assert choose_gist("Mice", "  ") is None
    assert choose_gist("", "mice") == Evidence("mice", 1)


def test_evidence_is_what_was_found() -> None:
    found = find_evidence(ABSTRACT)
    assert [item.sentence for item in found] == [5, 6]
    assert all(item.quote == sentences(ABSTRACT)[item.sentence - 1] for item in found)


RESULTS = [
    "We find that mice sing better in the dark.",
    "We study mice and show that they sing.",
    "Our results suggest that songs are learned.",
    "MiceNet surpasses all baselines.",
    "It achieves state-of-the-art accuracy.",
    "It achieves state-of-the-art accuracy on par with humans.",
    "The method reduces errors by 50–95%.",
    "On MICE, it yields a 2.5× speed-up.",
    "We reduce errors and are competitive.",
    "It needs 50% of the time compared with rats.",
]
NO_RESULTS = [
    "In this work, we propose MiceNet.",
    "We propose MiceNet, which outperforms rats.",
    "Recent work has demonstrated that mice sing, with gains of 50%.",
    "Do mice outperform rats?",
    "Our code is available at https://x.org/mice, and improves results.",
    "Our findings suggest directions for future work.",
    "Learning is increasingly important, raising hopes.",
    "The model has 7B parameters and 12 layers.",
]


@pytest.mark.parametrize("sentence", RESULTS)
def test_a_result_is_evidence(sentence: str) -> None:
    assert find_evidence(sentence) == (Evidence(sentence, 1),)


@pytest.mark.parametrize("sentence", NO_RESULTS)
def test_a_plan_a_promise_or_a_background_is_not_one(sentence: str) -> None:
    assert find_evidence(sentence) == ()


def test_the_five_strongest_stay_in_their_order() -> None:
    weak = "We find that mice sing in place {}."
    strong = "We show that mice significantly outperform rats by 12.5% in place {}."
    abstract = " ".join([weak.format(1), *(strong.format(number) for number in range(2, 7)), weak.format(7)])
    assert [item.sentence for item in find_evidence(abstract)] == [2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    "announced",
    [
        "We present Crane2: a series of improvements upon the folds of Crane.",
        "We conduct extensive experiments on the folds of paper cranes.",
        "We extend the folds of the paper crane in two ways.",
        "We propose two novel methods for folding: Crane and Boat.",
    ],
)
def test_a_result_is_quoted_rather_than_a_sentence_that_names_no_finding(announced: str) -> None:
    result = "We demonstrate that Crane2 folds significantly more paper than the baselines, by 40% on average."
    gist = choose_gist("Crane2", f"{announced} {result}")
    assert gist
    assert gist.quote == result


@pytest.mark.slow
def test_every_paper_of_the_real_page_has_a_gist_that_is_a_good_length() -> None:
    lines = [repair(line).plain for line in PAGE.read_text(encoding="utf-8").splitlines()[2:]]
    gists = [choose_gist(title, abstract) for title, abstract in zip(lines[::2], lines[1::2], strict=True)]
    sources = []
    for gist, abstract in zip(gists, lines[1::2], strict=True):
        assert gist is not None
        assert gist.quote in abstract
        assert 50 <= len(gist.quote) <= 450
        start, end = split_sentences(abstract)[gist.sentence - 1]
        sources.append(abstract[start:end])
    words = {"we", "We", "I", "Our", "our", "results", "experiments", "This", "paper", "work", "survey", "study"}
    telling = sum(bool(words & set(sentence.split())) for sentence in sources)
    assert telling >= 246


def test_purposes_are_in_the_order_of_their_weights() -> None:
    weights = [cue.weight for cue in evidence.PURPOSES]
    assert weights == sorted(weights, reverse=True)


@pytest.mark.parametrize("cue", [*evidence.PURPOSES, *evidence.QUALITIES, *evidence.RESULTS])
def test_the_parts_of_a_cue_are_in_whatever_it_matches(cue: evidence.Cue) -> None:
    cases = [text for pair in (*PURPOSE_CASES, *QUALITY_CASES) for text in pair] + [*RESULTS, *NO_RESULTS]
    found = [text for text in (*cases, *sentences(ABSTRACT)) if cue.pattern.search(text)]
    assert found
    assert all(cue.fits(text) for text in found)


CUES = [cue for cue in (*evidence.PURPOSES, *evidence.QUALITIES, *evidence.RESULTS) if cue.parts]


@pytest.mark.slow
@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.pattern.pattern[:30])
@settings(max_examples=40)
@given(data=st.data())
def test_the_parts_of_a_cue_miss_no_sentence_in_which_it_is_found(cue: Cue, data: st.DataObject) -> None:
    assert cue.fits(data.draw(st.from_regex(cue.pattern)))


def test_a_sentence_nearly_as_good_takes_the_place_of_one_that_points_elsewhere() -> None:
    abstract = (
        "Ovens do well although bakers ignore the rule. "
        "We show that we can explain such performance well by old bounds. "
        "We show that the warmth of loaves, combined with an old prior, results in bounds that are tight."
    )
    gist = choose_gist("Understanding ovens", abstract)
    assert gist is not None
    assert gist.quote.startswith("We show that the warmth")


def test_the_gist_is_not_taken_from_the_background() -> None:
    abstract = (
        "BACKGROUND: Bread has been eaten all over the world for a long time. METHODS: We weighed 40 loaves "
        "of rye bread in two ovens. CONCLUSIONS: Rye bread from a colder oven keeps its water for longer."
    )
    gist = choose_gist("Water in rye bread", abstract)
    assert gist is not None
    assert gist.sentence > 1
