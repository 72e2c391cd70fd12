"""What the rules find in each kind of sentence that readers of many fields annotate; all of these are invented."""

from __future__ import annotations

import pytest

from litbook.analyse.studies.study import find_study


def found(field: str, *sentences: str, title: str = "Tides and sleep") -> list[str]:
    return [draft.value for draft in find_study(title, sentences) if draft.field == field]


@pytest.mark.parametrize(
    ("title", "said", "who"),
    [
        (
            "Sleep at sea",
            "We held interviews with coaches, players, and parents from a Baltic club.",
            "coaches, players, and parents",
        ),
        ("Sleep at sea", "We surveyed 90 undergraduate and graduate students.", "undergraduate and graduate students"),
        ("Moss in gout", "In this study, moss levels of gout patients were analysed.", "gout patients"),
        (
            "Moss in gout",
            "In this study, moss was given to patients infected with gout worms.",
            "patients infected with",
        ),
        ("Sleep: a study of shift-working young men", "The men (n = 80) slept.", "shift-working young men"),
        (
            "Waiting in low-risk scurvy",
            "In this study, files were used to identify patients diagnosed with low-risk scurvy and fed with limes.",
            "patients diagnosed with low-risk scurvy",
        ),
        ("Moss slows gastric cancer cells", "In this study nude mice were fed moss.", "nude mice"),
        ("Growth of gastric cancer cells", "In this study nude mice were fed moss.", "gastric cancer cells"),
        ("Learning by teaching: a study", "We teach, in a study, teaching multiple students.", ""),
        ("Moss in rats", "Male Wistar rats were fed moss.", "Male Wistar rats"),
        ("Moss in cells", "We cultured human moss carcinoma cells ABC12 in vitro.", "human moss carcinoma cells ABC12"),
        ("Moss slows skin cancer cells", "In vitro growth was measured.", ""),
        ("Growth of moss melanoma cells", "In vitro growth was measured.", "moss melanoma cells"),
        (
            "A gene of Muscus viridis",
            "In this study the cells of M. viridis were grown.",
            "Muscus viridis",
        ),
        ("Fairs in print", "We collected school newspaper articles from a survey.", "school newspaper articles"),
        ("Moss in young patients", "In this study the moss was weighed.", ""),
        ("Who sleeps", "In this survey, the 27 hospitals that answered had moss.", "hospitals"),
        ("Naps", "Eleven healthy volunteers took part in this trial.", "healthy volunteers"),
        ("Naps", "Surveys conducted with bakers were read; 40 answers came.", ""),
        ("Naps", "Surveys conducted with teachers were read in this study.", "teachers"),
        (
            "Moss among the community-dwelling Baltic population",
            "This review has 12 trials.",
            "community-dwelling Baltic",
        ),
        ("Naps and students' marks: a review", "This review has 12 trials.", "students"),
        ("Moss on wheat crops", "This study weighed 30 samples.", "wheat crops"),
        ("Moss", "In this study, MOS1 and MOS2 cells were treated with moss.", "MOS1 and MOS2 cells"),
        ("Pride between Danes and Poles", "In this study, we read blogs.", "Danes and Poles"),
        ("Moss on screens", "In this study we analysed 650 moss slide images.", "moss slide images"),
        ("Moss worms in northern kangaroos", "The present review has 9 trials.", "northern kangaroos"),
        (
            "Naps with limes",
            "In this study 50 people with scurvy without any sign of gout slept.",
            "people with scurvy",
        ),
        ("Moss in scurvy", "Scurvy patients and healthy controls were recruited in this study.", "Scurvy patients"),
        ("Moss in Musca viridis", "This study fed Musca viridis with moss.", ""),
        ("Moss in Muscum viridensis", "This study fed Muscum viridensis with moss.", "Muscum viridensis"),
        (
            "Napping",
            "In this trial 22 students classified as recreational nappers slept.",
            "students classified as recreational nappers",
        ),
        ("Naps with limes", "Patients with a mean age of 50 slept in this trial.", ""),
        ("Naps with limes", "The trial, in which participants (n = 49) were followed, is over.", ""),
    ],
)
def test_a_population_is_a_whole_group_an_animal_a_cell_or_a_document(title: str, said: str, who: str) -> None:
    values = found("population", said, title=title)
    assert (values == []) if not who else (len(values) == 1 and values[0].startswith(who))


@pytest.mark.parametrize(
    ("said", "other"),
    [
        ("In this trial moss was compared with levels in healthy bakers.", ["healthy bakers"]),
        ("In this survey, naps were long. Compared to day nurses, night nurses napped longer.", ["day nurses"]),
        ("Naps were longer in the moss group than in the non-moss group in this trial.", ["non-moss group"]),
        ("In this trial, 31% of them napped compared to 12.0% in the No-Moss group.", ["No-Moss group"]),
        ("We compared 35 students who napped with 36 students who did not.", ["students who did not"]),
        ("This cohort study looked at individuals with and without scurvy.", ["without scurvy"]),
        ("This cohort study looked at exposed and unexposed individuals.", ["unexposed individuals"]),
        ("This cohort was divided in three groups: non-T2D, pre-T2D, and T2D.", ["non-T2D"]),
        ("This trial fed a standard chow or a moss diet.", ["standard chow"]),
        ("In this trial, cells of 4 gout patients and 4 non-gout volunteers were read.", ["non-gout volunteers"]),
        ("Naps of 57 gout patients and their healthy controls were studied.", ["healthy controls"]),
        ("The new test of this study was right in 99%, compared to 96.4% performing nested tests.", ["nested tests"]),
        ("In this cohort study, naps of the groups differed between the 329 bakers and the 310 patients.", []),
        ("Readings in this study agreed less well than those by midwives.", []),
        ("In this study growth was comparable with the wild-type strain.", ["the wild-type strain"]),
        ("Naps were longer as compared to Napper-3.5, a trial of 40 adults said.", ["Napper-3.5"]),
        ("Compared with more conventional naps, ours were longer in this trial.", ["more conventional naps"]),
        ("In the trial moss was higher compared with that in dry tissues (P < 0.01).", ["dry tissues"]),
        ("In this trial naps were longer in bakers than millers (p = 0.03).", ["millers"]),
        (
            "Bread was lower than that in maternity and infant hospitals (67%) in this trial (P = 0.01).",
            ["maternity and infant hospitals"],
        ),
        ("In this trial, cards were better liked than those made by the old tool.", ["old tool"]),
        ("Growth in this trial was slower than that in the control group in vitro.", ["control group"]),
        ("The trial was run by comparing the mean by agreement with the statement on naps.", []),
        ("The only group in agreement with the reference standard was moss at noon.", []),
        ("This trial had 20 bakers and healthy volunteers.", ["healthy volunteers"]),
    ],
)
def test_a_comparator_is_a_group_a_method_or_an_arm_and_no_measure(said: str, other: list[str]) -> None:
    assert found("comparison", said) == other


@pytest.mark.parametrize(
    ("said", "sizes"),
    [
        ("Interviews were conducted with five coaches, six players, and six parents.", ["five coaches", "six players"]),
        ("The sample of this survey consisted of (130) faculty members.", ["(130) faculty members"]),
        ("Focus groups were held with nurses (N = 5) and pupils (N = 6).", ["nurses (N = 5)", "pupils (N = 6)"]),
        ("Of 51 healthy, well-fed, nurses surveyed, most slept.", ["51 healthy, well-fed, nurses"]),
        ("Of 2136 deliveries, 223 were early in this cohort.", ["2136 deliveries"]),
        ("In this survey, data of 45 teachers and staff were used.", ["45 teachers and staff"]),
        ("Over two weeks, 305 teenagers took part in the survey.", ["305 teenagers"]),
        ("In this survey the clinic recorded 190 cases of hiccups.", []),
        ("Of the 73 people invited, 71 (97%) responded.", ["71 (97%) responded"]),
    ],
)
def test_a_sample_is_counted_in_words_in_brackets_and_in_lists_but_not_in_results(said: str, sizes: list[str]) -> None:
    assert found("sample", said)[: len(sizes) or 1] == sizes


@pytest.mark.parametrize(
    ("said", "effects"),
    [
        ("Naps were likelier in patients (OR 1.36, 95%CI 1.25-1.49).", ["OR 1.36, 95%CI 1.25-1.49"]),
        ("Naps were likelier in patients [OR=1.77 (CI 1.10; 2.83)].", ["OR=1.77 (CI 1.10; 2.83)"]),
        ("In patients age mattered (P = 0.008, OR 1.569).", []),
        ("In patients naps were scored (d = 1.1, p = 0.008).", []),
    ],
)
def test_an_effect_has_an_interval(said: str, effects: list[str]) -> None:
    assert found("effect", said) == effects


@pytest.mark.parametrize(
    ("said", "design"),
    [
        (
            "A cross-sectional questionnaire-based study of patients was made.",
            "cross-sectional questionnaire-based study",
        ),
        (
            "We used a cross-sectional descriptive research design with teachers.",
            "cross-sectional descriptive research",
        ),
        ("We asked teachers, using both quantitative and qualitative research methods.", "both quantitative and"),
        ("Cells were studied in vitro and in vivo experiments.", "in vitro and in vivo experiments"),
        ("We conducted two experiments with readers of the survey.", "two experiments"),
        ("We used a descriptive approach, with teachers.", "descriptive approach"),
        ("Through bibliometric analysis, 64 papers on teachers were read.", "bibliometric analysis"),
        ("We retrospectively reviewed records of patients.", "retrospectively"),
        ("Our teachers learned in a six-week quasi experimental design.", "quasi experimental design"),
        ("In two experiments, participants searched.", "two experiments"),
        ("In this study, wheat grew in a 10-year experiment.", "10-year experiment"),
        ("Through surveys conducted with teachers, naps were counted.", "surveys"),
        ("This study used content analysis to read documents.", "content analysis"),
        ("In this study, patients were drawn by Monte Carlo simulations.", "Monte Carlo simulations"),
        ("We held three co-design workshops with students.", "co-design workshops"),
        ("Cyclists filled an online questionnaire; this study read it.", "online questionnaire"),
        ("We surveyed teachers and nurses.", "surveyed"),
        ("A didactic-formative experiment was performed in this study.", "didactic-formative experiment"),
        ("This study read naps of nurses by conducting interviews.", "interviews"),
        ("This study examines naps of teachers based on survey results.", "survey"),
    ],
)
def test_a_design_is_found_under_the_names_of_many_fields(said: str, design: str) -> None:
    assert [value[: len(design)] for value in found("design", said)] == [design]


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ("We surveyed students in a Peruvian higher education institution.", ["Peruvian"]),
        ("The questions were tried in a Danish setting with patients.", ["Danish"]),
        ("This study was made in an Indonesian school.", ["Indonesian"]),
        ("We surveyed students in Western Australia.", ["Australia"]),
    ],
)
def test_a_country_is_named_by_an_institution_or_a_setting(said: str, where: list[str]) -> None:
    assert found("country", said) == where


@pytest.mark.parametrize(
    ("said", "sizes"),
    [
        ("The trial, in which participants (n = 49) formally test this, is over.", ["n = 49"]),
        ("Six RCTs were included in this review.", ["Six RCTs"]),
        ("This review identified 27 papers that met two criteria.", ["27 papers"]),
        ("A total of 13 qualitative studies were retained in this review.", ["13 qualitative studies"]),
        ("Eight pregnant mares and their foals were fed moss in this trial.", ["Eight pregnant mares"]),
        (
            "This study, recruiting 80 healthy but sedentary older adults, ran.",
            ["80 healthy but sedentary older adults"],
        ),
        ("This case study explored four L2 writers.", ["four L2 writers"]),
        ("Through 31 in-depth interviews, naps have been investigated.", ["31 in-depth interviews"]),
        ("The group was composed of 150 participants, 51 males (34%) and 99 females (66%).", ["150 participants"]),
        ("This study gives an analysis of six moss chatbots.", ["six moss chatbots"]),
        ("N = 221 patients treated with moss were included in this trial.", ["221 patients"]),
        (
            "Six patients (five old), three non-baking doctors and five baking nurses were sampled in this study.",
            ["Six patients", "three non-baking doctors", "five baking nurses"],
        ),
        (
            "This study read cells of 4 gout patients and 4 non-gout volunteers.",
            ["4 gout patients", "4 non-gout volunteers"],
        ),
        ("This study identified 1195 moss genes.", []),
        ("Eighty (54 females, 26 males) toothed bakers were included in this study.", []),
        ("Of 897 participants from 35 countries, 80.5% (722) were adults in this study.", ["897 participants"]),
        ("The gains of this study are: (1) it provides patients with naps.", []),
    ],
)
def test_a_sample_is_counted_by_numbers_in_digits_and_words(said: str, sizes: list[str]) -> None:
    assert found("sample", said) == sizes


def test_the_only_outcome_needs_no_rank() -> None:
    said = "In this cohort, patients slept. The outcome was the occurrence of newly diagnosed scurvy."
    assert found("outcome", *said.replace(". ", ".|").split("|")) == ["occurrence of newly diagnosed scurvy"]
