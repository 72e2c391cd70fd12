"""What rules find in abstracts of studies; all of these are invented, and so are those of the sample."""

from __future__ import annotations

import pytest
from invented import ROOT

from litbook.analyse.studies import find_study
from litbook.commands.benchmarks.studies import fits, read_studies, score_studies
from litbook.text.sentences import split_sentences

SAMPLE = read_studies(ROOT / "tests/studies-sample.json")


def found(field: str, *sentences: str, title: str = "Tides and sleep") -> list[str]:
    return [draft.value for draft in find_study(title, sentences) if draft.field == field]


@pytest.mark.parametrize("part", SAMPLE)
def test_the_rules_are_right_nearly_always_and_find_most(part: str) -> None:
    assert len(SAMPLE[part]) >= 60
    scores = score_studies(SAMPLE[part]).values()
    right, wrong, missed = (sum(getattr(score, name) for score in scores) for name in ("right", "wrong", "missed"))
    assert right / (right + wrong) >= 0.95
    assert right / (right + missed) >= 0.7


def test_every_value_is_a_piece_of_its_sentence() -> None:
    for item in (item for part in SAMPLE.values() for item in part):
        sentences = [item["abstract"][start:end] for start, end in split_sentences(item["abstract"])]
        for draft in find_study(item["title"], sentences):
            assert draft.value in (item["title"], *sentences)[draft.sentence]


def test_an_effect_has_its_interval_however_it_is_written() -> None:
    assert found("effect", "Sleep was longer in patients (mean difference 12 min, 95% CI 4 to 20).") == [
        "mean difference 12 min, 95% CI 4 to 20"
    ]
    assert found("effect", "The odds of waking fell in adults (OR = 0·61 [95% CI 0·40–0·93]).") == [
        "OR = 0·61 [95% CI 0·40–0·93]"
    ]
    assert found("effect", "Of 40 patients, 12% slept well (range 4 to 20).") == []


def test_what_others_did_and_what_is_needed_does_not_count() -> None:
    assert found("design", "Previous randomised trials included 40 adults with insomnia.") == []
    assert found("sample", "Previous randomised trials included 40 adults with insomnia.") == []
    assert found("design", "A randomised controlled trial in adults with insomnia is needed.") == []


def test_a_part_of_the_sample_is_not_the_sample() -> None:
    said = "We enrolled 240 adults with insomnia in Norway."
    assert found("sample", said, "Of these, 31 patients withdrew.") == ["240 adults with insomnia"]
    assert found("sample", "In 2031 patients were enrolled.") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "We present KneadNet, a model that outperforms GPT-4 by 3.1 points on two benchmarks.",
        "In this paper, we propose a framework for learning from few examples.",
        "Sourdough rises more slowly in winter, and bakers have known it for long.",
    ],
)
def test_an_abstract_of_another_kind_gives_nothing(sentence: str) -> None:
    assert find_study("A title", [sentence]) == ()


def test_a_found_value_may_be_shorter_or_a_little_longer_than_the_accepted_phrase() -> None:
    assert fits("cohort study", "retrospective {cohort study}")
    assert fits("412 adults with insomnia", "{412} adults")
    assert not fits("study", "retrospective {cohort study}")
    assert not fits("412 adults who slept badly for at least one year in Norway", "{412} adults")


def test_a_sentence_without_end_is_not_searched() -> None:
    assert find_study("A title", ["randomised, " * 3000 + "trial of 40 patients."]) == ()
