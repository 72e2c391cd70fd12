"""Names that are given in passing, and what only looks like a name."""

from __future__ import annotations

import pytest

from litbook.analyse.findings.stated import find_stated
from litbook.model.stated import SORTS, Stated
from litbook.text.sentences import split_sentences


def state(abstract: str, title: str = "On dough") -> Stated:
    return find_stated(title, [abstract[start:end] for start, end in split_sentences(abstract)])


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("We propose a slow rising method (denoted as LoRise) for rye.", ["LoRise"]),
        ("In this paper, a novel crust-by-length (CLX) layer is proposed for ovens.", ["CLX"]),
        ("To wait, the Patient Oven Network (PON) is introduced as a part of it.", ["PON"]),
        ("In this work, CrumbNet is proposed to bake.", ["CrumbNet"]),
        ("We compare loaves, including with our new measure of haste and our new crust metric CC-RYE.", ["CC-RYE"]),
        ("Our fine-grained CC-RYE metric waits. CC-RYE is new.", ["CC-RYE"]),
        ("The loaves go to RyeNet, a novel oven of clay. RyeNet bakes.", ["RyeNet"]),
        ("Our algorithms---PORM, PORM+, and AdaRyeD---arise from dough.", ["PORM", "PORM+", "AdaRyeD"]),
        ("We found that PAtient loaf bakING (PAING) alone helps.", ["PAING"]),
        ("Our method titled Patient Ovens for Rye in State-space (PORS) helps.", ["PORS"]),
        ("We define the notion of an Oven-Robust Crust Function (OR-CF) as a tool.", ["OR-CF"]),
        ("In SOAK (Slow Oven Attention Kit), we wait for the first time.", ["SOAK"]),
        ("To learn good crusts, we propose the unsupervised CrumbLainN algorithm.", ["CrumbLainN"]),
        ("We propose a simple and effective Bake-Fold-Rise framework.", ["Bake-Fold-Rise"]),
        ("We introduce the novel Crust Shape Discrimination training paradigm.", ["Crust Shape Discrimination"]),
        ("We propose Patient Rising of slow loaves with oLd ovens (PROLO), which waits.", ["PROLO"]),
        ("We propose to bake via Slow Oven Edge Nets (SOENet). It goes to SOENet, a novel net.", ["SOENet"]),
        ("We provide ways, with a novel metric called patience.", ["patience"]),
        ("We introduce CrumbSet, a slow oven, and RyeWiki, a subset of RyeAll.", ["CrumbSet", "RyeWiki"]),
        ("We introduce a new strategy to address this problem, called Loaf-Informed Rising.", ["Loaf-Informed Rising"]),
        ("We release our tool, loafer, as open source.", ["loafer"]),
        ("We introduce a novel framework called patience-driven NMT.", ["patience-driven NMT"]),
        ("It compares loaves via our Cycle Crust Distance (CCD) metric to wait.", ["CCD"]),
        ("We show that our Patient Baker, a loaf-based model, wins.", ["Patient Baker"]),
        (
            "We propose an oven with two modules: the LoafFinder finds loaves, and the LoafOven bakes.",
            ["LoafFinder", "LoafOven"],
        ),
        ("It enables an architecture similar to an oven - BAkE-MS - saving heat.", ["BAkE-MS"]),
        ("We provide a rising algorithm, Dynamic Upper Crust Bound (DynU-CB), that waits.", ["DynU-CB"]),
        (
            "We propose “slow rising of loaves and other bread in ovens”, a novel way.",
            ["slow rising of loaves and other bread in ovens"],
        ),
    ],
)
def test_a_name_given_in_passing_is_found(sentence: str, names: list[str]) -> None:
    assert list(state(sentence).method) == names


@pytest.mark.parametrize(
    "sentence",
    [
        "We propose to build a Graph Convolutional Network (GCN) over loaves.",
        "We present a novel gated recurrent unit (GRU) network for loaves.",
        "We propose a novel Interactive Learning technique that bakes.",
        "A crust-by-length (CLX) layer was proposed by others.",
        "We use CrumbNet, a novel oven. CrumbNet bakes.",
        "The method is CRUST of Baker et al. (2014). Our general CRUST method bakes.",
        "Our baseline WMT20 system waits. WMT20 is old.",
        "We introduce oven-based rising with patient bakers.",
        "We introduce loaves from a process called projection NMTs.",
        "We present the first patient loaf extraction (LEX) dataset of ovens.",
        "Our bakers use PAtient loaf bakING (PAING).",
    ],
)
def test_what_others_made_or_a_field_is_left_alone(sentence: str) -> None:
    assert state(sentence).method == ()


@pytest.mark.parametrize(
    ("title", "abstract"),
    [
        ("Patient Crumb Tuning for Bread", "We propose a simple way. Our method waits."),
        ("Loaf turning on slow ovens: Of patience", "We propose methods for loaf turning on slow ovens."),
        ("Slow Learning for Bread", "Our method is slow learning."),
        ("Patient Crumb Generation for Bread", "Our method makes a patient crumb in its generation."),
        ("High Oven Reinforcement Learning for Bread", "Our method, with high heat, is learning of an oven."),
        ("A Dual Loaf Framework for Bread", "We propose a dual loaf framework for bread."),
    ],
)
def test_words_in_capitals_of_a_title_need_the_abstract(title: str, abstract: str) -> None:
    assert state(abstract, title).method == ()


@pytest.mark.parametrize(
    ("title", "abstract", "sort", "name"),
    [
        ("", "We propose a new baking problem formulation dubbed patient folding.", "task", "patient folding"),
        ("", "We describe the construction of the novel CRUST dataset of loaves.", "dataset", "CRUST"),
        ("", "In this paper, we propose a novel task - LOAFQA - of many loaves.", "task", "LOAFQA"),
        ("", "We introduce a novel setting, the Slow Loaf Bandits (SLB), of bakers.", "task", "SLB"),
        ("", "We propose a new task of Embodied Loaf Turning, which waits.", "task", "Embodied Loaf Turning"),
        (
            "",
            "We present the first loaf-based crust extraction (CE) dataset LoafCE, aiming to bake.",
            "dataset",
            "LoafCE",
        ),
        ("", "We annotate a Patient Crust Corpus based on loaves.", "dataset", "Patient Crust Corpus"),
        ("", "We present MCED, the first slow crust, crumb and dough dataset, with loaves.", "dataset", "MCED"),
        (
            "CrustDiff: Of Bread",
            "We propose CrustDIff, a novel dataset. In CrustDiff, we bake.",
            "dataset",
            "CrustDiff",
        ),
        ("", "We study a new type of bread for oven problems, called CrumbMax, that rises.", "method", "CrumbMax"),
    ],
)
def test_the_sort_of_what_is_named_in_passing(title: str, abstract: str, sort: str, name: str) -> None:
    stated = state(abstract, title)
    assert {kind: getattr(stated, kind) for kind in SORTS if getattr(stated, kind)} == {sort: (name,)}


@pytest.mark.parametrize(
    "sentence",
    [
        "We craft three datasets for slow models, named CrustQA, CrumbQA, and RyeFold.",
        "We contribute three datasets, namely CrustQA, CrumbQA, and RyeFold.",
        "We provide a new paradigm as well as three datasets of such a kind (CrustQA, CrumbQA, RyeFold).",
    ],
)
def test_what_is_listed_is_of_the_sort_of_the_list(sentence: str) -> None:
    assert state(sentence) == Stated(dataset=("CrustQA", "CrumbQA", "RyeFold"))


@pytest.mark.parametrize(
    "sentence",
    [
        "We add the new task of explaining loaves.",
        "We propose a novel loaf baking task, and bake.",
        "We propose a new computational task which is tuned to bread.",
    ],
)
def test_what_is_done_in_a_task_does_not_name_it(sentence: str) -> None:
    assert state(sentence).task == ()


def test_a_sentence_names_two_things_in_capitals() -> None:
    sentence = "To bake, we introduce Crust Bank and Crumb Set, where the former holds loaves and the latter slices."
    stated = state(sentence)
    assert {name for kind in SORTS for name in getattr(stated, kind)} == {"Crust Bank", "Crumb Set"}


def test_what_is_made_faster_was_there_before() -> None:
    assert state("We propose to speed up the Slow-Rising algorithm by warming the dough.") == Stated()


def test_a_set_of_texts_is_a_data_set() -> None:
    sentence = "We release LoafMix, a large set of 30K fine, long texts, and CRU, a parallel corpus of slices."
    assert state(sentence) == Stated(dataset=("LoafMix", "CRU"))


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("In this paper, we collect, release and analyse CRUST-CR: a large corpus of 3000 slices.", "CRUST-CR"),
        ("We propose dough-level (DoughPart for short) kneading.", "DoughPart"),
        ("In this work, we propose a new method---patient NMT---that waits for the oven.", "patient NMT"),
        ("It gives a way to bake with the so-called local NMTs introduced in this paper.", "local NMTs"),
        ("We address this by extending their oven to Bag-of-Loaves Bakers (BoL-BAs), which bake many.", "BoL-BAs"),
    ],
)
def test_a_name_behind_other_forms_of_introducing(sentence: str, name: str) -> None:
    stated = state(sentence)
    assert [found for kind in SORTS for found in getattr(stated, kind)] == [name]


def test_marked_letters_are_one_name_with_their_short_form() -> None:
    sentence = "We propose a novel approach named PAtient loaves with Long kneading for rye (PALLR)."
    assert state(sentence) == Stated(method=("PALLR",))


def test_languages_in_a_list_name_nothing() -> None:
    sentence = (
        "This paper presents a collection of comparable web corpora of Slovenian, Croatian, Bosnian, and Bulgarian."
    )
    assert state(sentence) == Stated()


def test_an_old_criterion_is_not_introduced() -> None:
    sentence = "We provide Akaike Information Criterion (AIC) and Bayesian Information Criterion (BIC) for ovens."
    assert state(sentence) == Stated()


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("This created bread data set named CrustQA is used to bake in two steps.", "CrustQA"),
        ("We present a data set for the task (the CRUSTh data set) of over 180k slices.", "CRUSTh"),
        ("We show that our End-to-end Crust-Based Rising Framework (ECBRF) bakes better bread.", "ECBRF"),
        ("In this paper, we pre-train a small bilingual oven, dubbed GigaOVEN, that is for rye.", "GigaOVEN"),
        (
            "We introduce a novel framework for loaves (LFD): MultI-Loaf (Multi-Loaf Heat).",
            "MultI-Loaf",
        ),
        (
            "This paper introduces folding, documenting and releasing FOLDA, the first data set of folds.",
            "FOLDA",
        ),
        ("First, we construct ``patient dough priors'' by warming nets with water.", "patient dough priors"),
        ("A dough-vote-based cross-kneading (DVKnead) with linear need of flour is also proposed.", "DVKnead"),
        ("We introduce warnings of crusts, create the Webis Crust Corpus 2022, and bake.", "Webis Crust Corpus 2022"),
        ("We further propose a novel LOaf Reduction Adjusted Re-kneading (Lorar) mechanism.", "Lorar"),
        ("Our proposed framework Proto-RB leverages ovens.", "Proto-RB"),
        ("In this paper, we construct a graph of breads for all bakers (BGB), in which crusts are nodes.", "BGB"),
        ("We address these concerns with the CrustGrasp data set which is more diverse.", "CrustGrasp"),
        ("We pioneer the Optimal Bread identification with Knapsacks (OBK) problem.", "OBK"),
    ],
)
def test_a_name_that_is_given_on_the_way(sentence: str, name: str) -> None:
    stated = state(f"{sentence} The release of {name} is of use.")
    assert [found for kind in SORTS for found in getattr(stated, kind)] == [name]


def test_what_a_title_does_with_data_names_nothing() -> None:
    abstract = "We propose a method that makes loaves from dough. It allows for patient dough augmentation in an oven."
    assert state(abstract, "Patient Dough Augmentation for Bakers of Bread") == Stated()


def test_what_is_presented_as_well_is_named_too() -> None:
    sentence = "We present Self-Rising to bake well, as well as a Patient Oven Contrast (POC) mechanism to wait."
    assert set(state(sentence).method) == {"Self-Rising", "POC"}


def test_many_of_a_field_are_not_named() -> None:
    assert state("We develop certificates of robust variational autoencoders (VAEs) that are sound.") == Stated()
