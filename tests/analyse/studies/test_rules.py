"""What rules find in abstracts of studies; all of these are invented, and so are those of the sample."""

from __future__ import annotations

import pytest
from invented import ROOT

from litbook.analyse.studies.study import find_study
from litbook.commands.benchmarks.studies import fits, read_studies, score_studies
from litbook.model.stated import STUDY_FIELDS
from litbook.text.sentences import split_sentences

SAMPLE = read_studies(ROOT / "tests/studies-sample.json")


def found(field: str, *sentences: str, title: str = "Tides and sleep") -> list[str]:
    return [draft.value for draft in find_study(title, sentences) if draft.field == field]


@pytest.mark.parametrize("part", SAMPLE)
def test_the_rules_are_right_nearly_always_and_find_most(part: str) -> None:
    assert len(SAMPLE[part]) >= 60
    scores = score_studies(SAMPLE[part]).values()
    right, wrong, missed = (sum(getattr(score, name) for score in scores) for name in ("right", "wrong", "missed"))
    assert right >= 0.95 * (right + wrong)
    assert right >= 0.7 * (right + missed)


@pytest.mark.parametrize("field", STUDY_FIELDS)
def test_so_does_each_field_over_all_samples(field: str) -> None:
    scores = [score_studies(abstracts)[field] for abstracts in SAMPLE.values()]
    right, wrong, missed = (sum(getattr(score, name) for score in scores) for name in ("right", "wrong", "missed"))
    assert right >= 0.95 * (right + wrong)
    assert right >= 0.7 * (right + missed)


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
    assert found("sample", said, "Of these, 31 patients withdrew.") == ["240 adults"]
    assert found("population", said) == ["adults with insomnia"]
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


@pytest.mark.parametrize(
    ("said", "other"),
    [
        ("In this trial, 80 adults were read stories with music and stories with silence.", "silence"),
        ("In an experiment, 64 students wrote two apps, one with drafts and one with final notes.", "final notes"),
        ("We assessed a finger-prick test against duodenal biopsy in 512 children.", "duodenal biopsy"),
        ("In a trial, half of 70 adults saw short texts; the other half saw the full texts.", "the full texts"),
        (
            "In a cohort of 90 adults, walkers slept longer than adults who did not walk.",
            "adults who did not walk",
        ),
        ("The 120 students of the study were taught by puzzles rather than through proofs.", "proofs"),
        ("In an experiment, 40 students worked with plain or enhanced messages.", "plain"),
    ],
)
def test_a_comparator_is_found_however_it_is_named(said: str, other: str) -> None:
    assert found("comparison", said) == [other]


@pytest.mark.parametrize(
    "said",
    [
        "We interviewed 24 developers. Compared with monoliths, no one can name the whole.",
        "In this survey of 80 nurses, ward rounds were longer. Compared with a survey of 2019, nurses slept less.",
        "We enrolled 40 adults in a trial. A randomised trial compared with usual care is planned.",
    ],
)
def test_what_a_study_is_only_set_beside_is_not_its_comparator(said: str) -> None:
    assert found("comparison", *said.split(". ")) == []


@pytest.mark.parametrize(
    ("said", "sizes"),
    [
        (
            "We instrumented the editors of 214 developers and recorded 61,402 builds.",
            ["214 developers", "61,402 builds"],
        ),
        ("We collected 98 variability bugs from the kernel of a system.", ["98 variability bugs"]),
        ("We interviewed 30 relatives of patients who had died.", ["30 relatives"]),
        (
            "Two authors labelled the messages of 1,600 notebooks mined from a site used by developers.",
            ["1,600 notebooks"],
        ),
        ("Of 733 women in the earlier study, 208 children were seen.", ["208 children"]),
        ("In this trial, 622 patients were screened.", []),
        ("Adults at 22 clinics took part, 413 participants in total.", ["413 participants"]),
        ("Sixty villages were randomised, and 1,200 women took part.", ["1,200 women", "Sixty villages"]),
        ("Faults occurred in 3 patients of the study.", []),
    ],
)
def test_a_number_is_the_sample_where_the_sentence_says_that_they_were_studied(said: str, sizes: list[str]) -> None:
    assert found("sample", said) == sizes


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("We enrolled 58 adults aged 18–65 years with asthma.", ["adults aged 18–65 years with asthma"]),
        ("Women attending the screening programme took part in a trial.", ["Women attending the screening programme"]),
        ("In an experiment, 18 experts and 32 novices read programs.", ["experts and 32 novices"]),
        ("Patients improve, and patients tire.", []),
    ],
)
def test_people_are_described_as_far_as_the_sentence_goes(said: str, who: list[str]) -> None:
    assert found("population", said) == who


def test_an_interval_counts_without_its_name_only_beside_a_ratio() -> None:
    assert found("effect", "More patients stopped (adjusted odds ratio 2.78, 1.94 to 3.97, P<0.001).") == [
        "adjusted odds ratio 2.78, 1.94 to 3.97"
    ]
    assert found("effect", "The age of patients was 2.78, 1.94 to 3.97.") == []
    assert found("p-value", "It fell in patients (P for trend <0.001) and rose (P = 6 × 10−4).") == [
        "P for trend <0.001",
        "P = 6 × 10−4",
    ]


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("Primary endpoints were: death within 30 days.", ["death within 30 days"]),
        ("MAIN OUTCOMES AND MEASURES: The primary outcome was sleep.", ["sleep"]),
        ("MAIN OUTCOME MEASURES: Hours of sleep.", ["Hours of sleep"]),
        ("Main outcome measurements were naps and dreams.", ["naps and dreams"]),
        ("The primary outcome was rest and the secondary outcome was noise.", ["rest"]),
        ("OUTCOMES: At two weeks, her sleep was better.", []),
        ("MAIN OUTCOME MEASURES: Naps were counted by nurses.", []),
        ("The primary outcome was observed in 12% of patients.", []),
    ],
)
def test_an_outcome_is_what_was_measured_rather_than_what_became_of_it(said: str, first: list[str]) -> None:
    assert found("outcome", "We enrolled 40 patients.", said) == first


@pytest.mark.parametrize(
    ("said", "other"),
    [
        ("Sleep was longer in bakers compared with millers (p = 0.01).", ["millers"]),
        ("Sleep was shorter in Norway than in Iceland (P = 0.007).", ["Iceland"]),
        ("We studied 22 women and 26 healthy controls.", ["healthy controls"]),
        ("Naps were compared with 164 controls in a case-control study.", ["164 controls"]),
        ("Naps (short versus long) were counted in the trial.", []),
        ("Compared with the results of others, the trial was small.", []),
        ("In the trial, medians were compared with a log-rank test.", []),
        ("In the trial, loss was 13% compared to 44.7% later.", []),
        ("After the failure of conventional treatment, bakers slept (P = 0.2).", []),
    ],
)
def test_a_comparator_is_a_group_or_a_treatment_and_not_a_number_a_test_or_an_aside(
    said: str, other: list[str]
) -> None:
    assert found("comparison", said) == other


@pytest.mark.parametrize(
    ("said", "sizes"),
    [
        ("We surveyed adults in Wales (N = 1181, M = 40.2, 49% female).", ["N = 1181"]),
        ("Most replies (75.0%, n = 18) were apt.", []),
        ("We included 154 participants (78 bakers, 76 patients with apnoea).", ["154 participants"]),
        ("We interviewed 12 nurses, selected from 116 physicians.", ["12 nurses"]),
        ("We enrolled 66 children (including 47 families).", ["66 children"]),
        ("We used data of two studies.", []),
    ],
)
def test_a_part_a_share_or_a_pool_is_not_the_sample(said: str, sizes: list[str]) -> None:
    assert found("sample", said) == sizes


def test_the_level_of_significance_is_not_a_result() -> None:
    assert found("p-value", "In 40 adults the significance level was set at P < .02, and it rose (P = .01).") == [
        "P = .01"
    ]


def test_an_estimate_is_found_past_its_unit_in_brackets() -> None:
    said = "Deaths of patients rose (aOR, 1.99 [per 5 mmol/L increase]; 95% CI, 1.42-2.79)."
    assert found("effect", said) == ["aOR, 1.99 [per 5 mmol/L increase]; 95% CI, 1.42-2.79"]


def test_how_well_a_model_fits_is_not_an_effect() -> None:
    assert found("effect", "In 40 adults the fit was good (RMSEA = 0.044, 90% CI 0.01-0.10).") == []
    assert found("effect", "In 40 adults it rose by 2.44% (95% CI 1.36-3.52; P < 0.01).") == ["2.44% (95% CI 1.36-3.52"]


def test_a_word_that_any_group_has_is_not_a_design() -> None:
    assert found("design", "We enrolled an initial cohort of patients.") == []
    assert found("design", "It was validated on clinical trial datasets of patients.") == []
    assert found("design", "Patients were scored by a post hoc analysis.") == []


def test_a_maker_and_a_database_are_not_where_a_study_was_done() -> None:
    assert found("country", "Patients were scored by SPSS (IBM, Armonk, United States).") == []
    assert found("country", "We searched China National Knowledge Infrastructure for trials in patients.") == []
