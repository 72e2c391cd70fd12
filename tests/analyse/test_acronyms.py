"""Acronyms: the rules read what papers define and little else; what people correct wins. All papers are invented."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from invented import ROOT, make_corpus_of, make_paper, put

from litbook.analyse.acronyms import find_definitions, make_glossary
from litbook.analyse.prose import check_prose, find_homes
from litbook.core.project import Project
from litbook.ingest.editorial.glossary import read_corrections
from litbook.ingest.pages import make_page
from litbook.model.editorial import Acronym, Correction, Editorial, Meaning
from litbook.model.review import Corpus, Decision, Exclusion
from litbook.pipeline import make_corpus

HEADER = "acronym,expansion,citekey,keep,reason\n"


def define(abstract: str, title: str = "A Title") -> list[tuple[str, str]]:
    return [(one.name, one.expansion) for one in find_definitions(make_paper("x", title, abstract))]


@pytest.mark.parametrize(
    ("abstract", "name", "expansion"),
    [
        ("We fold with mountain-fold learning (MFL).", "MFL", "mountain-fold learning"),
        ("They use large kelp models (LKMs) today.", "LKM", "large kelp models"),
        ("A bed of kelp (BoK) grows.", "BoK", "bed of kelp"),
        ("Kelp-to-image (K2I) works.", "K2I", "Kelp-to-image"),
        ("Kelp-to-image ICL (K2I-ICL) works.", "K2I-ICL", "Kelp-to-image ICL"),
        ("We use pre-dried kelp models (PKMs).", "PKM", "pre-dried kelp models"),
        ("Wax, Glue and Rain (WGR) matter.", "WGR", "Wax, Glue and Rain"),
        ("Models' kelp gardeners' (KG) work.", "KG", "kelp gardeners"),
        ("Tide Gradient-based (TG) gardens.", "TG", "Tide Gradient"),
        ("CoLLaGe (Concepts of Large Laminar Gels) is new.", "CoLLaGe", "Concepts of Large Laminar Gels"),
        ("We present FOLD, the Free Origami Learning Dataset, here.", "FOLD", "Free Origami Learning Dataset"),
    ],
)
def test_a_definition_is_read_word_for_word(abstract: str, name: str, expansion: str) -> None:
    assert define(abstract) == [(name, expansion)]
    assert expansion in abstract


def test_a_title_can_spell_out_the_name_before_its_colon() -> None:
    assert define("", "FOKG: Folding of Kelp Gardens for All") == [("FOKG", "Folding of Kelp Gardens")]
    assert define("", "Kelp: Keen Elders Love Paper") == []


@pytest.mark.parametrize(
    "abstract",
    [
        "It learns f from examples (x, f(x)) and (A) and (a) and (B).",
        "We fold a crane (see FIG) and a boat (ABC).",
        "The crane flies over the garden (CG).",  # "flies" gives no letter
        "A crane (Crane) and a robot (2031).",
        "The model was trained on the day (MD).",
        "Kelp (K) and wax (W) and RL (i.e., a thing).",
        "Robots (ROB) fold.",
        "Kelp gardens. Tide models (GTM) grow.",  # no long form runs over a full stop
        "We use AB, Kelp And Wax.",
    ],
)
def test_what_is_not_a_definition_is_left_out(abstract: str) -> None:
    assert define(abstract) == []


def test_a_chain_of_hyphens_without_end_is_not_a_long_form() -> None:
    chain = "Kelp-" * 5000
    assert define(f"{chain}s (KK) and KK ({chain}k) and KK, the {chain}K {chain}K.", f"KK: {chain}K") == []


def test_meanings_are_gathered_whatever_their_spelling_and_the_earliest_gives_the_words() -> None:
    papers = [
        make_paper("late", "T", "Kelp Models (KMs) and kelp models (KM).", year=2031),
        make_paper("none", "T", "kelp-models (KM)."),
        make_paper("soon", "T", "We trim kelp models (KM).", year=2029),
        make_paper("other", "T", "We keep mice. Knitted mice (KM), too.", year=2020),
    ]
    assert make_glossary(papers, ()) == (
        Acronym(
            "KM",
            (Meaning("kelp models", ("soon", "late", "none"), "KM"), Meaning("Knitted mice", ("other",), "KM")),
        ),
    )


def test_names_that_differ_in_capitals_collide() -> None:
    papers = [make_paper("a", "T", "kelp at rest (KaR)."), make_paper("b", "T", "kept all rain (KAR).")]
    (entry,) = make_glossary(papers, ())
    assert [(one.written, one.expansion) for one in entry.meanings] == [
        ("KaR", "kelp at rest"),
        ("KAR", "kept all rain"),
    ]


def correct(row: str) -> Correction:
    acronym, expansion, citekey, keep = row.split("|")
    return Correction(acronym, expansion, citekey, keep == "keep", "", 2)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["KM|||drop"], []),
        (["KM|kelp model||drop"], ["knitted mice"]),
        (["KM||b|drop"], ["kelp models"]),
        (["KM|kelp models|b|drop"], ["kelp models", "knitted mice"]),
        (["KM|||drop", "KM|trim kelp|a|keep"], ["trim kelp"]),
    ],
)
def test_people_win_over_the_rules(rows: list[str], expected: list[str]) -> None:
    papers = [make_paper("a", "T", "We trim kelp models (KM)."), make_paper("b", "T", "We fold knitted mice (KM).")]
    entries = make_glossary(papers, [correct(row) for row in rows])
    assert [meaning.expansion for entry in entries for meaning in entry.meanings] == expected


def test_corrections_are_read_with_their_lines(tmp_path: Path) -> None:
    text = HEADER + 'SLM,"small, kelp\nmodels",a,keep,one\nX,,,drop,two\n'
    corrections, faults = read_corrections(put(tmp_path, {"book/corpus/glossary.csv": text}))
    assert faults == []
    assert corrections == (
        Correction("SLM", "small, kelp models", "a", True, "one", 2),
        Correction("X", "", "", False, "two", 4),
    )
    assert read_corrections(Project(tmp_path / "empty")) == ((), [])


PAPERS = (
    make_paper("a", "T", "We trim kelp models (KM). A tide garden (TG) grows."),
    make_paper("b", "Wax (K)", "We fold knitted mice (KM)."),
)
GONE = Exclusion(make_paper("gone", "G", ""), Decision(2, "gone", None, status="exclude"))


def corpus_with(*corrections: Correction) -> Corpus:
    editorial = Editorial(acronyms=make_glossary(PAPERS, corrections), corrections=corrections)
    return replace(make_corpus_of(PAPERS), editorial=editorial, excluded=(GONE,))


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("W|Wax|b|keep", None),
        ("KM||b|drop", None),
        ("W|wax|b|keep", "'wax' does not appear word for word in the title or abstract of 'b'; copy it from there"),
        ("W|Wax|bb|keep", "unknown citekey 'bb'; did you mean 'b'?"),
        ("W|Wax|gone|keep", "'gone' is excluded by decisions.csv; include it or delete this row"),
        (
            "KM|wax||drop",
            "nothing to drop: 'KM' is not defined so in any paper; "
            "delete this row, or copy the definition from the glossary",
        ),
    ],
)
def test_a_correction_must_hold(row: str, fault: str | None) -> None:
    found = [str(one) for one in check_prose(corpus_with(correct(row)), [])]
    assert [one[: len(f"book/corpus/glossary.csv:2: {fault}")] for one in found] == (
        [f"book/corpus/glossary.csv:2: {fault}"] if fault else []
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("TG", None),
        ("tg", None),
        ("KM <knitted mice>", None),
        ("KM\n<Kelp-model>", None),
        ("KM", "'KM' has more than one meaning; write one of: KM <kelp models>, KM <knitted mice>"),
        ("KM <wax>", "'KM' does not stand for 'wax'; write one of: KM <kelp models>, KM <knitted mice>"),
        ("TG <wax>", "'TG' does not stand for 'wax'; write one of: TG <tide garden>"),
        ("TGG", "unknown acronym 'TGG'; did you mean 'TG'?"),
        ("QXZ", "unknown acronym 'QXZ'; add it to glossary.csv, or spell it out"),
    ],
)
def test_prose_can_only_use_acronyms_that_are_known(text: str, fault: str | None) -> None:
    page = make_page(f"# X\n\nThe {{acronym}}`{text}`.\n", "chapters/x.md")
    found = [str(one) for one in check_prose(corpus_with(), [page])]
    assert found == ([f"book/chapters/x.md:3: {fault}"] if fault else [])


def test_the_list_s_home_is_its_page() -> None:
    assert find_homes([make_page("# A\n\n:::{acronyms}\n:::\n", "glossary.md")]) == {"acronyms": "glossary.md"}


# -- the first review -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def review() -> Corpus:
    return make_corpus(Project(ROOT))[0]


@pytest.mark.slow
def test_every_long_form_of_the_review_is_in_its_papers(review: Corpus) -> None:
    texts = {paper.citekey: f"{paper.title.plain}\n{paper.abstract.plain}" for paper in review.papers}
    for meaning in (meaning for entry in review.editorial.acronyms for meaning in entry.meanings):
        assert meaning.expansion in texts[meaning.citekeys[0]]
        assert len(meaning.expansion.split()) > 1 or "-" in meaning.expansion, meaning


@pytest.mark.slow
def test_collisions_of_the_review_are_found(review: Corpus) -> None:
    meanings = {entry.name: len(entry.meanings) for entry in review.editorial.acronyms}
    assert (meanings["SLM"], meanings["FACT"], meanings["LLM"], meanings["ICL"]) == (3, 2, 1, 1)
    assert "A" not in meanings
