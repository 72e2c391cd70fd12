"""Citekeys: their style and uniqueness, and the sketches by which an edited record is recognised."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import WORDS, make_abstract

from litbook.text.citekey import (
    TakenKeys,
    are_other_people,
    compare_sketches,
    family_name,
    make_citekey,
    make_sketch,
    normalise_title,
    significant_words,
)


@pytest.mark.parametrize(
    ("title", "authors", "year", "key"),
    [
        ("TD-MPC2: Scalable, Robust World Models", ("Nicklas Hansen", "Hao Su"), 2023, "hansen2023tdmpc2"),
        ("The Art of Folding: a Survey", ("Ada Invented",), 2030, "invented2030art"),
        ("What Is It For?", ("Ada Invented",), 2030, "invented2030what"),  # nothing but stop words
        ("A Boat", ("Aäron van den Oord",), 2030, "oord2030boat"),  # without particles
        ("A Boat", ("Łukasz Żółć",), 2030, "zolc2030boat"),
        ("A Boat", ("Ngô Đình Ñandú",), 2030, "nandu2030boat"),
        ("A Boat", ("Plato",), 2030, "plato2030boat"),
        ("A Boat", ("Mary-Jane O'Neil-Smith",), 2030, "oneilsmith2030boat"),
        ("A Boat", ("小明 李",), 2030, "li2030boat"),
        ("A Boat", ("Мария Сергеевна",), 2030, "sergeevna2030boat"),
        ("Über Öl", ("Ada Invented",), 2030, "invented2030uber"),
        ("Folding/Cutting — Paper", ("Ada Invented",), 2030, "invented2030folding"),
        ("Cranes of Paper and Salt Water", (), 2030, "2030cranespapersalt"),  # no author: more words
        ("Cranes of Paper and Salt Water", ("Ada Invented",), None, "inventedcranespapersalt"),  # no year
        ("Cranes of Paper and Salt Water", (), None, "cranespapersalt"),
        ("Cranes", (), None, "cranes"),
        ("…", (), None, "untitled"),
        ("", (), None, "untitled"),
        ("…", ("Ada Invented",), 2030, "invented2030"),
    ],
)
def test_a_citekey_is_family_name_year_and_first_word(
    title: str, authors: tuple[str, ...], year: int | None, key: str
) -> None:
    assert make_citekey(title, authors, year) == key


@pytest.mark.parametrize(
    "title", ["折り紙の鶴", "Бумажный журавль", "طائر من ورق", "종이학", "กระดาษ", "Χάρτινος γερανός"]
)
def test_a_title_in_any_script_gives_a_readable_ascii_key(title: str) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9]+", make_citekey(title, (), None))
    assert make_citekey(title, (), None) != "untitled"


@given(st.text(max_size=80), st.lists(st.text(max_size=30), max_size=3), st.none() | st.integers(1, 2100))
def test_every_citekey_is_lower_case_ascii(title: str, authors: list[str], year: int | None) -> None:
    assert re.fullmatch(r"[a-z0-9]{1,200}", make_citekey(title, tuple(authors), year))


@pytest.mark.parametrize("title", ["折り紙の鶴" * 50, "a" * 100_000, "Donau" + "dampf" * 100, "a b c d e" * 1000])
def test_a_citekey_fits_in_a_file_name(title: str) -> None:
    assert len(make_citekey(title, (title,), 2030)) <= 100
    assert len(make_citekey(title, (), None)) <= 100


@given(st.lists(st.sampled_from(["fold", "folda", "foldaa", "foldz", "crane"]), max_size=80))
def test_unique_keys_differ_and_the_first_has_no_suffix(keys: list[str]) -> None:
    taken: set[str] = set()
    for key in keys:
        unique = TakenKeys(taken).take(key)
        assert unique not in taken
        assert unique == key or key in taken
        assert re.fullmatch(f"{key}[a-z]*", unique)
        taken.add(unique)


def test_suffixes_continue_after_z() -> None:
    taken: list[str] = []
    for _ in range(29):
        taken.append(TakenKeys(taken).take("fold"))
    assert taken[:3] == ["fold", "folda", "foldb"]
    assert taken[26:] == ["foldz", "foldaa", "foldab"]


def test_family_names_and_words_have_no_punctuation() -> None:
    assert family_name("Bo D'Made") == "dmade"
    assert significant_words("In-Context Folding: of the Sheets") == ["incontext", "folding", "sheets"]


@pytest.mark.parametrize(
    "other",
    [
        "SE2 FOLDING of PAPER: A SURVEY",
        "Se2 Folding of Paper – a survey.",
        "Se² folding of paper (a survey)",
        r"\textit{Se2} Folding of $Paper$: A Survey",
        "Se2  Folding\tof Paper: A Survey",
        "Ｓｅ2 Folding of Paper: A Survey",
    ],
)
def test_titles_are_compared_without_case_punctuation_and_markup(other: str) -> None:
    assert normalise_title(other) == normalise_title("Se2 Folding of Paper: A Survey")


def test_titles_with_different_words_or_letters_differ() -> None:
    titles = ["Folding Paper", "Folding Papers", "Folding Paper 2", "折り紙", "折り鶴", "???", "!!!"]
    assert len({normalise_title(title) for title in titles}) == len(titles)


@given(st.text(max_size=200))
def test_a_sketch_has_a_fixed_size_and_equals_itself(abstract: str) -> None:
    sketch = make_sketch(abstract)
    assert re.fullmatch(r"-|[0-9a-f]{128}", sketch)
    assert compare_sketches(sketch, sketch) == (0.0 if sketch == "-" else 1.0)


@given(st.text(alphabet=".!? \n–", max_size=20))
def test_an_abstract_without_words_resembles_no_other(abstract: str) -> None:
    assert make_sketch(abstract) == "-"
    assert compare_sketches(make_sketch(abstract), make_sketch("words")) == 0.0


@given(st.integers(0, 10_000), st.integers(0, 89), st.sampled_from(WORDS))
def test_a_sketch_distinguishes_an_edited_abstract_from_another_one(seed: int, place: int, word: str) -> None:
    words = make_abstract(seed).split()
    retouched = " ".join([*words[:place], word, *words[place + 1 :]]).upper()
    sketch = make_sketch(" ".join(words))
    assert compare_sketches(sketch, make_sketch(retouched)) > 0.6
    assert compare_sketches(sketch, make_sketch(make_abstract(seed + 1))) < 0.2


@pytest.mark.parametrize(
    ("some", "others"),
    [
        (["Ada Invented"], ["A. Invented", "Cy Nobody"]),
        (["Ada Garcia-Nobody"], ["A. Garcia Nobody"]),
        (["Ada van der Kelp"], ["A. Kelp"]),
        (["Müller, Ada"], ["Ada Mueller"]),
        (["Kelp Ada"], ["Ada Kelp"]),
        (["王 伟"], ["Ada Invented"]),
        ([], ["Ada Invented"]),
    ],
)
def test_authors_who_may_be_the_same_count_as_shared(some: list[str], others: list[str]) -> None:
    assert not are_other_people(some, others)
    assert not are_other_people(others, some)


def test_authors_without_a_family_name_in_common_are_other_people() -> None:
    assert are_other_people(["Ada Invented", "Cy Nobody"], ["Ada Kelp", "Cy Crane"])
