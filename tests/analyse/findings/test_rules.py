"""Names and numbers that abstracts state: what the rules find, what they leave alone, and that all of it is quoted."""

from __future__ import annotations

import pytest
from effort import coming_to_an_end
from hypothesis import given
from hypothesis import strategies as st

from litbook.analyse.evidence import split_sentences
from litbook.analyse.findings.names import known_names
from litbook.analyse.findings.stated import find_stated
from litbook.model.stated import SORTS, Finding, Stated


def state(abstract: str, title: str = "On dough") -> Stated:
    return find_stated(title, [abstract[start:end] for start, end in split_sentences(abstract)])


# -- methods --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("We propose CrumbNet, an image classifier.", ["CrumbNet"]),
        ("Our proposed oven design, coined CrumbNet, saves heat.", ["CrumbNet"]),
        ("The procedure we propose, called slowRise, is elementary.", ["slowRise"]),
        ("Our baking algorithm, Patient Dough Turning (PaDoT), is inspired by folding.", ["PaDoT"]),
        ("We contribute three methods, namely CrustNet, CrumbNet and DoughNet.", ["CrustNet", "CrumbNet", "DoughNet"]),
        ("We investigate a novel oven-of-bakers algorithm KNOB for slow loaves.", ["KNOB"]),
        ("To bake better, we introduce a novel framework, Levain, which waits.", ["Levain"]),
        ("In this paper, we present Slow and Patient Rising, a way to wait.", ["Slow and Patient Rising"]),
        ("We propose a new algorithm called Crust Value Tuning (CVT).", ["CVT"]),
        ("We present two methods: Early Dough Turning (EDT) and Late Folding (LaFo).", ["EDT", "LaFo"]),
        ("The resultant tool, DoughLib, is open.", ["DoughLib"]),
        ("Our proposed method Rising In Steps of Equal size (RISE) waits.", ["RISE"]),
        ("This theory motivates our method named Oven Zoo which grows.", ["Oven Zoo"]),
        ("We explore “crumb tuning”, a simple yet effective mechanism.", ["crumb tuning"]),
        ("We obtain a strategy, which we call ‘EvoLoaf’, that rises.", ["EvoLoaf"]),
        ("Our work includes the development of Knead2, an efficient robot.", ["Knead2"]),
        ("We further propose slow rising, which waits.", ["slow rising"]),
        ("We introduce oven patience, a way to wait.", ["oven patience"]),
        ("We introduce crust sampling to save time.", ["crust sampling"]),
        ("We develop OV-guided rising, which waits.", ["OV-guided rising"]),
        ("The proposed OV-RAG model waits.", ["OV-RAG"]),
        ("Our approach introduces a Slow Crust Distillation method, which waits.", ["Slow Crust Distillation"]),
        ("Central to our approach is CrumbFusion, a way to wait.", ["CrumbFusion"]),
        ("We present oven patience, a self-made way.", ["oven patience"]),
        ("The resulting crusts (called slow crusts) keep.", ["slow crusts"]),
        ("We study a new kind of rising, called patient folding, to save time.", ["patient folding"]),
        ("We refine loaves with a smaller model, the Loaf Corrector (LoCo), which waits.", ["LoCo"]),
        ("A key contribution is Selective Crust Masking (SCM), designed to wait.", ["SCM"]),
        (
            "We develop two ways: (1) a “slow-rise” strategy and (2) a “cool-down” baking method.",
            ["slow-rise", "cool-down"],
        ),
        ("We propose a novel baking method called patient folding, which waits.", ["patient folding"]),
        ("To bake, we (1) propose CrumbNet, an oven, and (2) wait.", ["CrumbNet"]),
        ("We study bread (e.g., rye) and propose a slow crust model (SCM) for it.", ["SCM"]),
        ("We introduce Crumb-Catalog and KneadEngine, a full bakery.", ["Crumb-Catalog", "KneadEngine"]),
        ("We propose Slow-Rise OVN, a new way to wait.", ["Slow-Rise OVN"]),
        ("We introduce CrumbGuard - the key idea is to wait.", ["CrumbGuard"]),
        (
            "We propose a novel baking framework, Mixture of Ovens in the Street, which waits.",
            ["Mixture of Ovens in the Street"],
        ),
        ("We have developed two tools: Crumb Maker and Loaf-Cutter.", ["Crumb Maker", "Loaf-Cutter"]),
        ("We study patience by establishing CrumbLab, a bakery.", ["CrumbLab"]),
        ("Our way of baking for slow ovens waits. Our approach for slow ovens, iBAKE, waits.", ["iBAKE"]),
        ("We avoid haste by proposing patient kneading, a new way to wait.", ["patient kneading"]),
        ("We refer to our model as a slow crust tree (OV-TREE) model.", ["OV-TREE"]),
        ("We thus term our resulting algorithm Crust-BR (Bread Rises).", ["Crust-BR"]),
        ("We release loaves, and an open source library called ovenlib.", ["ovenlib"]),
        ("We describe a class of loaves, called patient loaf ovens, that wait.", []),
        ("We introduce a class of loaves, called patient loaf ovens, that wait.", ["patient loaf ovens"]),
        ("We collect dough, which makes possible a better scheme called Bread with Oven Help (BWOH).", ["BWOH"]),
        ("We propose a novel idea CrustLF (Crust Learning Framework) joining slow dough (SD-IT) and rye.", ["CrustLF"]),
        ("We have a fast oven and (2) a simple baking method CrumbPilot.", ["CrumbPilot"]),
        ("We propose to wait by a Slow Crust Oven (SCO) of clay. SCO outperforms all.", ["SCO"]),
        ("We use slow dough (Ryan et al., 2018) and propose a new metric, Crust by Length (CRL).", ["CRL"]),
        ("We propose a novel oven, <b>S</b>low <b>C</b>rust <b>B</b>aking (SCB).", ["SCB"]),
        ("We propose **RyeOven**, an oven.", ["RyeOven"]),
        ("We introduce RyeNet, a model of rye, and OatNet, a new model of oats.", ["RyeNet", "OatNet"]),
        ("We first introduce a novel slow oven folding (SOF) approach.", ["SOF"]),
        ("We design CrumbProbe to see how bakers fare.", ["CrumbProbe"]),
        ("We introduce three Crumb-News-QA books to see more.", []),
        ("We present the design and development of the baking robot LoafBot and wait.", ["LoafBot"]),
        ("Implementing these in PyLoaf, we wait. Loaves by PyLoaf were eaten.", ["PyLoaf"]),
        ("Our approach was implemented in MyOven, and no more.", []),
        ("The proposed methods are available in the R package slowcrust.", ["slowcrust"]),
        ("Using patience, we obtain the Slow Crust Oven (SCOX) algorithm.", ["SCOX"]),
        ("This leads to the Slow Crust Score (SCSX), a sign of patience.", ["SCSX"]),
        ("We use it to define the new method of Slow Rye Turning (SRTX). SRTX achieves all.", ["SRTX"]),
        ("It wins on our new Multi-Rye-Baking model.", ["Multi-Rye-Baking"]),
        ("We study dough and propose a new one, patient rye, shown to wait.", ["patient rye"]),
        (
            "We propose to wait with two baking frameworks: Slow Rising (SRI), which waits for a very long time while"
            " all other frameworks hurry along as fast as they can and burn what they bake, and Early Turning (ETU).",
            ["SRI", "ETU"],
        ),
    ],
)
def test_the_name_of_what_authors_made_is_found(sentence: str, names: list[str]) -> None:
    assert list(state(sentence).method) == names


@pytest.mark.parametrize(
    "sentence",
    [
        "We propose a method for in-context baking (ICB) that waits.",
        "We propose to bake with large language models (LLMs).",
        "We develop GPT-3 adapters for ovens.",
        "Many studies have proposed dough tasks and data, However, some issues remain.",
        "We introduce “soft crumb” parameters and optimise these.",
        "We study a phenomenon we call “crust superposition”.",
        "We use CrumbNet, a classifier.",
        "CrumbNet was proposed by others.",
        "We propose an LLM-based approach.",
        "We propose baking loaves with less flour.",
        "We introduce random crumbs as a signal.",
        "We present strong evidence that dough rises.",
        "We propose dough folding and ovens.",
        "We propose a novel Natural Language Processing pipeline to bake.",
        "We propose simple rising, a way to wait.",
        "We propose patient methods, a way to wait.",
        "We present two variants of the CF algorithm for crumbs.",
        "We propose patient crumb folding within the large oven of a baker.",
        "We introduce a distributed baker reinforcement learning (BARL) algorithm for loaves.",
        "We introduce a relaxation of slow crust privacy (SCP) for bakers.",
        "We propose a faster crust method of multipliers (CMM) for bread.",
        "We propose an oven-ready Bread Neural Networks (BRNs) based proxy for bread.",
        "Recent work in bread translation (BRT) is slow. We present a new BRT approach to it.",
        "We introduce the idea of patient crust learning (PCL) and bake.",
        "We refer to this class of decision problems as CRPs.",
        "This relaxation, that we call network CRX, waits.",
        "We introduce measures to approximate the crust of loaves.",
        "We propose a crumb-collection task and bake.",
        "We introduce loaves for long-term slow rising.",
        "We apply our method to ovens including RyeNet, OatNet, and SpeltNet.",
        "We use a common scheme called Slow Rising (SLR).",
        "We propose a Convolutional Neural Network (CNN) model of loaves.",
        "We explore the Baking from Older History (BOH) task.",
    ],
)
def test_what_is_not_a_name_by_the_authors_is_left_alone(sentence: str) -> None:
    assert state(sentence).method == ()


@pytest.mark.parametrize(
    ("title", "abstract", "names"),
    [
        ("CrumbNet: Reading Bread", "", ["CrumbNet"]),
        ("Crumb: Reading Bread", "With our model Crumb a baker sees.", ["Crumb"]),
        ("Crumbs: Reading Bread", "A baker sees crumbs.", []),
        ("Model-based Baking: A Survey", "We present model-based baking.", []),
        ("The Crumb Concept Learner: Reading Bread", "The C-CL and the CCL differ.", ["CCL"]),
        ("Slow Oven Baking: Of Patience", "We introduce the slow oven baking robot.", ["Slow Oven Baking"]),
        ("Patient Crumb Tuning for Bread", "Our method is tuning with a patient crumb.", ["Patient Crumb Tuning"]),
        ("Patient Crumb Tuning for Bread", "We ask whether crumbs wait.", []),
        ("Improving Crumb Tuning for Bread", "Our method waits.", []),
        ("Better Bread via Early Folding", "We propose an early folding strategy.", ["Early Folding"]),
        ("Slow Ovens: Of Patience", "Bread improves with the introduction of slow ovens.", ["Slow Ovens"]),
        ("Why Dough Rises: Of Yeast", "We ask why.", []),
        ("LLMs: A View", "", []),
        ("Crumb Search (CS): A Way", "", ["CS"]),
        ("Slow Bakers: Of Patience", "By design, our Slow Bakers wait.", ["Slow Bakers"]),
        ("Slow Bakers: Of Patience", "We ask why Slow Bakers wait.", []),
        ("Fast CrumbKV: Slow Ovens", "We propose a new baking method.", ["Fast CrumbKV"]),
        ("Evolving Loaves In-Context: Of Bread", "Our framework waits.", []),
        ("Crumb: A Slow Baking Framework for Rye", "We propose a framework that waits.", ["Crumb"]),
        ("RyeLib and OatLib: Of Bread", "We ask why.", ["RyeLib", "OatLib"]),
        ("Better Bread via Slow Rising (SRx)", "Bread is old. SRx outperforms yeast.", ["SRx"]),
        ("Better Bread via Slow Rising (SRx)", "Bread is old.", []),
        ("Dependable Crust Engineering: Of Bread", "This paper develops a framework. Crust rises.", []),
        ("Loaf Nowcasting Models", "We propose a loaf nowcasting model.", []),
        ("A way to better levels of crust (LoC): Of Bread", "LoC is old.", []),
        (
            "Bread by a Slow Oven Crust Net",
            "Bread is old. Bakers show that the Slow-OCN outperforms all.",
            ["Slow-OCN"],
        ),
        ("Bread by a Slow Oven Net", "Bread is old. Bakers show that the SON outperforms all.", []),
        ("Dummy RYM: Of Bread", "RYM is old. Dummy RYM reduces haste.", ["Dummy RYM"]),
    ],
)
def test_the_title_names_a_method_before_its_colon_if_it_looks_like_one(
    title: str, abstract: str, names: list[str]
) -> None:
    assert list(state(abstract, title).method) == names


@pytest.mark.parametrize(
    ("title", "abstract", "sort", "name"),
    [
        ("", "We design a benchmark LOAF that covers crusts.", "dataset", "LOAF"),
        ("", "We present CrumbSet, the first crumb benchmark dataset of its kind.", "dataset", "CrumbSet"),
        ("", "We introduce “Crusty,” a carefully made dataset of crusts.", "dataset", "Crusty"),
        ("", "To solve this task, we propose Slow Rising (SR).", "method", "SR"),
        ("", "We propose a method for the rising task, namely Slow Rising (SR).", "method", "SR"),
        ("", "We introduce the dough consistency test, which covers crusts.", "dataset", "dough consistency test"),
        ("", "We introduce an 'oven test' which needs patience.", "dataset", "oven test"),
        ("CrumbDict: Reading Bread", "We ask what bread is. Bakers fail on our benchmark.", "dataset", "CrumbDict"),
        ("CrumbNet: Reading Bread", "Our method wins, as our benchmark shows.", "method", "CrumbNet"),
        ("", "We propose a method named RiseBest. The RiseBest framework is open.", "method", "RiseBest"),
        ("", "It must find loaves, a task we define as Bread Source Retrieval (BSR).", "task", "BSR"),
        ("", "We formally define the task of crumb retrieval and solve it.", "task", "crumb retrieval"),
        ("", "I introduce the crumb problem, a simple task.", "task", "crumb problem"),
        ("", "We propose a novel setting, imaginary bread answering (IBA), and bake.", "task", "IBA"),
        ("", "We introduce the bread induction challenge and bake.", "task", "bread induction"),
        ("", 'We define a toy "oven tracing" task wherein loaves are nodes.', "task", "oven tracing"),
        ("", "We try several tasks, and a new task of crust expansion.", "task", "crust expansion"),
        ("", "We introduce Loaf Ovens and Flour (LOAF), the first benchmark of crusts.", "dataset", "LOAF"),
        ("", "We introduce the crust labelling (CL2) task and wait.", "task", "CL2"),
        ("", "We introduce CrumbNet, an idea. To meet the challenge, CrumbNet waits.", "method", "CrumbNet"),
        ("", "We introduce LOAF. On a new benchmark, LOAF, bakers fail.", "dataset", "LOAF"),
        ("", "We introduce CrumbLex, a new lexical database of bread.", "dataset", "CrumbLex"),
        ("CrumbLex: A Lexicon of Bread", "We present CrumbLex at last.", "dataset", "CrumbLex"),
        ("LOAF: A Hard Benchmark for Bakers", "We introduce LOAF, an open project.", "dataset", "LOAF"),
        ("", "We introduce CrumbSet, a Slow Crust Evaluation set of loaves.", "dataset", "CrumbSet"),
        ("", "We introduce CrumbVerse: a suite of environments for bakers.", "dataset", "CrumbVerse"),
        ("", "We introduce CrumbLab, a platform comprising tools and a large benchmark.", "method", "CrumbLab"),
        ("X-LOAF: Of Bread", "We create a large benchmark of loaves. We propose a method.", "dataset", "X-LOAF"),
        ("", "We join loaves to create a new data set, Loaf-for-Loaf (L4L).", "dataset", "L4L"),
        ("CrumbNet: A Multi-task Oven", "We propose CrumbNet, which waits.", "method", "CrumbNet"),
        ("", "We bake by constructing a contrast set for loaves, which we call LOAF-2.", "dataset", "LOAF-2"),
        ("", "We propose the task of Slow Crust Rising (SCR) and wait.", "task", "SCR"),
        ("", "We introduce the baking under pressure problem to see who waits.", "task", "baking under pressure"),
    ],
)
def test_what_authors_introduce_is_a_method_a_data_set_or_a_task(
    title: str, abstract: str, sort: str, name: str
) -> None:
    stated = state(abstract, title)
    assert {kind: getattr(stated, kind) for kind in SORTS if getattr(stated, kind)} == {sort: (name,)}


def test_a_long_name_gives_way_to_its_short_form() -> None:
    stated = state("We present Step-level Crust Tuning, a method. We present a tool, SCT, that bakes.")
    assert stated.method == ("SCT",)


# -- models and benchmarks --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("We prompt GPT-3, LLaMA and OPT-175B.", ["GPT-3", "LLaMA", "OPT-175B"]),
        ("A boost for LLaMA-2 7B, LLaMA-2 13B and GPT 3.5 in prompting.", ["LLaMA-2 7B", "LLaMA-2 13B", "GPT 3.5"]),
        ("Prompting CLIP-based models and GPT-3's peers.", ["CLIP", "GPT-3"]),
        ("We fine-tune LLaVA v1.5, llamas and the Dough-13B model.", ["LLaVA v1.5", "Dough-13B"]),
        ("Diffusion models such as Stable Diffusion 2 draw bread.", ["Stable Diffusion 2"]),
        ("The language model GPT-3 is a model; GPT-3 is large.", ["GPT-3"]),
        ("Language models in CLIPART, see https://example.org/BERT and BERT-Crumb.", []),
    ],
)
def test_models_are_known_names_with_sizes_and_versions(sentence: str, names: list[str]) -> None:
    assert list(state(sentence).models) == names


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Language models are tested on GSM8K, MATH and ImageNet-R.", ["GSM8K", "MATH", "ImageNet-R"]),
        ("We bake on the CrustQA-2 benchmark.", ["CrustQA-2"]),
        ("On the RYE-3 and OatBase datasets it wins.", ["RYE-3", "OatBase"]),
        (
            "Several benchmarks, including Wheat-MoC, Spelt3.6M, and DeepCrust, are used.",
            ["Wheat-MoC", "Spelt3.6M", "DeepCrust"],
        ),
        ("We try the difficult game of Countup.", ["Countup"]),
        ("We evaluate on visual bread answering (VBA). The VBA benchmark is hard.", []),
        ("Most RYE benchmarks are old.", []),
        ("The LLM benchmark is old, and so is an RL environment.", []),
    ],
)
def test_benchmarks_are_known_names_and_names_that_a_cue_points_at(sentence: str, names: list[str]) -> None:
    assert list(state(sentence).benchmarks) == names


def test_what_the_authors_made_is_not_also_what_others_made() -> None:
    stated = state("We release the LOAF benchmark. We prompt GPT-3 on the LOAF benchmark.", "LOAF: Bread")
    assert (stated.dataset, stated.models, stated.benchmarks) == (("LOAF",), ("GPT-3",), ())


def test_names_of_models_mean_nothing_where_no_machine_learns() -> None:
    stated = state("We saw a Falcon over the MATH building. The OPT and CLIP-seq assays bind RNA; COCO is coir.")
    assert stated == Stated()


def test_the_list_of_names_has_models_and_benchmarks() -> None:
    assert {"GPT", "CLIP", "Stable Diffusion"} <= known_names("models")
    assert {"GSM8K", "DeepMind Control"} <= known_names("benchmarks")
    assert not known_names("models") & known_names("benchmarks")


# -- numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "findings"),
    [
        ("It has a baking accuracy of 85% on rye.", [("baking accuracy", "85%")]),
        (
            "It reduces the crust error rate by up to 3.5 percentage points.",
            [("crust error rate", "3.5 percentage points")],
        ),
        ("It yields a 17% relative improvement in F1-score.", [("F1-score", "17%")]),
        ("It needs ≈99% fewer annotated samples.", [("annotated samples", "≈99%")]),
        (
            "It bakes at training speeds two orders of magnitude faster.",
            [("training speeds", "two orders of magnitude")],
        ),
        ("It improves the performance by 20% while reducing costs 37x.", [("performance", "20%"), ("costs", "37x")]),
        ("It cuts oven costs by half.", [("oven costs", "half")]),
        ("It reaches an accuracy of 0.85 on rye.", [("accuracy", "0.85")]),
        ("A boost in recall of 7% for rye, and 8.5% for oat.", [("recall", "7%"), ("recall", "8.5%")]),
        ("It wins by 1,200× here.", [("", "1,200×")]),
        ("It halves priming effects by 50–95%.", [("priming effects", "50–95%")]),
    ],
)
def test_a_number_with_a_unit_is_a_result_and_comes_with_what_was_measured(
    sentence: str, findings: list[tuple[str, str]]
) -> None:
    assert state(sentence).findings == tuple(Finding(1, measured, number) for measured, number in findings)


@pytest.mark.parametrize(
    "sentence",
    [
        "We use 319 instructions for over 80 tasks and 10-shot prompts of a 7B model.",
        "Recent methods reach an accuracy of 85%.",
        "We train on 5% of the data.",
        "It outperforms models that are 10 times larger.",
        "See https://example.org/a/95% and Section 3.2.",
    ],
)
def test_other_numbers_are_not_results(sentence: str) -> None:
    assert state(sentence).findings == ()


def test_a_finding_knows_its_sentence() -> None:
    assert state("Bread is old. It has an accuracy of 5%.").findings == (Finding(2, "accuracy", "5%"),)


# -- all texts ------------------------------------------------------------------------------------------------------

PIECES = (
    "We propose |CrumbNet| (CN)|, a |GPT-3| 7B|on the |LOAF| datasets|. |accuracy of |5%| called |“x y”|and |: |prompt "
    "|<b>|ß²|\u2028|benchmarks like |1,000x"
).split("|")


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=20).map("".join), st.text(max_size=20))
def test_every_value_is_in_its_text(abstract: str, title: str) -> None:
    sentences = [abstract[start:end] for start, end in split_sentences(abstract)]
    stated = find_stated(title, sentences)
    for name in (*stated.method, *stated.models, *stated.benchmarks):
        assert any(name in text for text in (title, *sentences))
    for finding in stated.findings:
        assert finding.number in sentences[finding.sentence - 1]
        assert finding.measured in sentences[finding.sentence - 1]


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        *("we propose " * 20_000, "We and " * 30_000, "A" * 200_000, "A-" * 100_000, "Aa " * 60_000, "“" * 100_000),
        *("accuracy of " * 20_000, "1,000 " * 40_000, "5% " * 60_000, "AB, " * 50_000 + "datasets", "(AB) " * 40_000),
        *("on the AB1 " * 20_000 + "benchmark", "our method " * 20_000, "datasets like " * 20_000, "GPT-" * 50_000),
        "prompt " + "A1." * 60_000,
    ],
    ids=lambda text: text[:12],
)
def test_no_text_takes_long(text: str) -> None:
    with coming_to_an_end():
        find_stated(text, [text])
