"""Which records describe the same work; all works are invented."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from duplicated import make_labelled_export
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import make_abstract, make_paper, make_record

from litbook.commands.benchmarks.duplicates import measure_duplicates
from litbook.enrich.near_duplicates import find_shared
from litbook.enrich.sameness import Clues, compare_records, may_be_same
from litbook.enrich.works import make_works
from litbook.model.reference import Reference
from litbook.model.review import Record
from litbook.model.screening import Pair

WINGS = make_record("Sugar water and the length of bee wings", make_abstract(1), authors=("Jane Doe",), year=2016)


def count_works(*records: Record) -> int:
    """Return the number of works, the same for the records in reverse."""
    numbered = [replace(record, first_line=line, offset=line) for line, record in enumerate(records, start=1)]
    (number,) = {len(make_works(numbered)), len(make_works(numbered[::-1]))}
    return number


def at(volume: str, page: str) -> Reference:
    return Reference(fields={"volume": volume, "page": page})


@pytest.mark.slow
def test_an_export_with_known_duplicates_is_resolved(tmp_path: Path) -> None:
    path = tmp_path / "labelled.csv"
    path.write_text(make_labelled_export(300, seed=11), "utf-8")
    score = measure_duplicates(path, "work")
    assert score.records > 800
    assert score.precision >= 0.99, score.wrong
    assert score.recall >= 0.97, score.missed


def test_labels_that_say_only_what_repeats_another_are_counted_by_removed_rows(tmp_path: Path) -> None:
    path = tmp_path / "labelled.csv"
    titles = {"Sugar water and bee wings": "unique", "Sugar water and bee wings.": "duplicate",
              "Frost and barley silage": "unique", "Why sheep face north": "duplicate"}  # fmt: skip
    rows = (f"{title},Jane Doe,2016,Annals of Bees,{label}\n" for title, label in titles.items())
    path.write_text("title,author,year,journal,label\n" + "".join(rows), "utf-8")
    score = measure_duplicates(path, "label")
    assert (score.right, score.joined, score.wanted) == (1, 1, 2)
    assert score.missed == ("Why sheep face north (duplicate)",)


@pytest.mark.parametrize(
    ("one", "other", "works"),
    [
        (("Jørn Nøgård",), ("Jrn Ngrd",), 1),  # letters with marks lost
        (("Bo Rosenkelp",), ("Bo Rosnekelp",), 1),  # misspelt
        (("Bo Kelpler", "Ada Roe"), ("Bo Kelplre", "A. Roe"), 1),
        (("Bo Rosenkelp",), ("Ada Rosnekelp",), 2),
        (("Bo Kelp",), ("Bo Help",), 2),
    ],
)
def test_authors_with_lost_or_swapped_letters_are_the_same(
    one: tuple[str, ...], other: tuple[str, ...], works: int
) -> None:
    named = replace(WINGS, abstract="", authors=one)
    assert count_works(named, replace(named, authors=other)) == works


def test_titles_that_differ_in_function_words_are_the_same_only_by_the_same_authors_in_one_year() -> None:
    wings = replace(WINGS, abstract="", authors=("Jane Doe", "Bo Roe"))
    shorter = replace(wings, title="Sugar water and length of the bee wings")
    assert count_works(wings, shorter) == 1
    assert count_works(wings, replace(shorter, year=2012)) == 2
    assert count_works(wings, replace(shorter, authors=("Cy Crane",))) == 2


def test_works_under_one_doi_stay_apart_if_titles_and_abstracts_or_authors_differ() -> None:
    doi = {"doi": "10.5555/congress.2016"}
    wings = replace(WINGS, links=doi)
    silage = make_record("Frost and the fermentation of silage", make_abstract(2), authors=("R. Roe",), links=doi)
    assert count_works(wings, silage) == 2
    assert count_works(wings, replace(silage, abstract="")) == 2
    assert count_works(wings, replace(silage, authors=("J. Doe",))) == 2
    assert count_works(replace(wings, abstract=""), replace(silage, abstract="", authors=("Jane Doe",))) == 1


def test_an_erratum_is_not_the_work_that_it_corrects() -> None:
    doi = {"doi": "10.5555/wings"}
    erratum = replace(WINGS, title=f"Erratum: {WINGS.title}", abstract="", links=doi)
    assert count_works(replace(WINGS, links=doi), erratum) == 2
    assert count_works(WINGS, replace(erratum, links={}, title=f"{WINGS.title} (Correction)")) == 2


@pytest.mark.parametrize("kind", ["arxiv", "doi", "openreview", "acl"])
def test_two_identifiers_of_one_kind_need_abstracts_that_agree(kind: str) -> None:
    one, other = (replace(WINGS, links={kind: f"10.5555/{name}"}) for name in ("first", "other"))
    assert count_works(one, other) == 1
    assert count_works(one, replace(other, abstract="")) == 2
    assert count_works(one, replace(other, abstract=make_abstract(9))) == 2


def test_a_preprint_and_its_publication_are_one_work_without_abstracts() -> None:
    bare = replace(WINGS, abstract="")
    for links in ({"arxiv": "1601.00001"}, {"doi": "10.48550/arXiv.1601.00001"}, {"doi": "10.1101/2016.01.01.1v2"}):
        assert count_works(replace(bare, links=links), replace(bare, year=2017, links={"doi": "10.5555/wings"})) == 1


@pytest.mark.parametrize("title", ["Editorial", "Index", "Reply", "Author's reply", "Comment on egusphere-2031-1"])
def test_a_generic_title_proves_nothing(title: str) -> None:
    one = replace(WINGS, title=title, abstract="", reference=at("3", "17-18"))
    assert count_works(one, replace(one, reference=Reference())) == 2
    assert count_works(one, replace(one, reference=at("3", "21"))) == 2
    assert count_works(one, replace(one, reference=at("3", "17"))) == 1
    assert count_works(one, replace(one, authors=())) == 2


def test_a_chain_does_not_join_what_its_ends_contradict() -> None:
    """The record in the middle has the identifiers of both ends, and belongs to the one that it resembles more."""
    one = replace(WINGS, links={"arxiv": "1601.00001"})
    other = make_record("Frost and the fermentation of silage", make_abstract(2), links={"doi": "10.5555/frost"})
    between = replace(other, abstract="", links={"arxiv": "1601.00001", "doi": "10.5555/frost"})
    works = make_works([one, replace(between, first_line=5, offset=5), replace(other, first_line=9, offset=9)])
    assert [[record.first_line for record in work.records] for work in works] == [[9, 5], [1]]


def test_copies_with_other_spellings_are_one_work() -> None:
    cut = " ".join(WINGS.abstract.split()[:60])
    for copy in (
        replace(WINGS, title="SUGAR WATER AND THE LENGTH OF BEE WINGS.", authors=("Doe J",)),
        replace(WINGS, title="Sugar-water and the length of bees wings", abstract=cut),
        replace(WINGS, abstract=f"Abstract: {WINGS.abstract} © 2016 Invented Press. All rights reserved.", year=2017),
    ):
        assert count_works(WINGS, copy) == 1, copy.title


BARE = replace(WINGS, abstract="", reference=at("3", "17"), venue="Annals of Bees")


@pytest.mark.parametrize(
    "title",
    [
        f"{BARE.title}. [Review] [45 refs]",
        f"{BARE.title}.[Erratum appears in Ann Bees. 2016 Oct;3(2):137]",
        f"{BARE.title}.[Erratum appears in Ann",
        f"{BARE.title} (Provisional abstract)",
        f"{BARE.title} (Extended Abstract)",
        f"RETRACTED: {BARE.title}",
        f"{BARE.title}: a tutorial",
    ],
)
def test_what_indexes_add_to_a_title_makes_no_other_work(title: str) -> None:
    assert count_works(BARE, replace(BARE, title=title)) == 1


def test_a_title_spelt_with_other_numbers_in_the_same_place_is_the_same_work() -> None:
    one = replace(BARE, title="P6INK4A expression does not predict the length of wings of bees in snow")
    assert count_works(one, replace(one, title=one.title.replace("P6INK4A", "p16(INK4a)"))) == 1
    elsewhere = replace(one, title=one.title.replace("P6INK4A", "p16(INK4a)"), reference=at("3", "S17"))
    assert count_works(replace(one, reference=at("3", "S17")), elsewhere) == 2


@pytest.mark.parametrize(
    ("title", "word", "other"),
    [
        ("Trial of nectar in adult bees that tolerate sugar water", "adult", "adolescent"),
        ("Wings associated with atypical repair in bees of the north", "atypical repair", "atrophy"),
        ("The length of bee wings: study protocol for a trial", ": study protocol for a trial", ""),
    ],
)
def test_similar_titles_of_one_group_of_authors_with_other_words_stay_apart(title: str, word: str, other: str) -> None:
    one = replace(BARE, title=title, reference=at("9", "100A"))
    assert count_works(one, replace(one, title=title.replace(word, other))) == 2


def test_one_title_in_the_volumes_of_two_journals_is_two_works() -> None:
    one, other = (Reference(fields={"volume": volume}) for volume in ("3", "16"))
    first = replace(BARE, venue="Bee Prevention Research", reference=one)
    assert count_works(first, replace(BARE, venue="Clinical Bee Research", reference=other)) == 2
    assert count_works(first, replace(BARE, venue="Bee Prev Res", reference=one)) == 1


def test_parts_of_a_series_and_studies_of_two_groups_stay_apart() -> None:
    for one, other in (("Part I", "Part II"), ("1", "2"), ("in vivo", "in vitro"), ("in men", "in women")):
        assert count_works(*(replace(WINGS, title=f"{WINGS.title} {name}") for name in (one, other))) == 2


def test_one_text_in_two_places_and_an_annual_report_stay_apart() -> None:
    assert count_works(replace(WINGS, reference=at("3", "17")), replace(WINGS, reference=at("41", "205"))) == 2
    report = replace(WINGS, abstract="", venue="Annals of Bees")
    assert count_works(report, replace(report, year=2018)) == 2
    assert count_works(report, replace(report, year=2018, venue="arXiv preprint")) == 1


def test_a_clean_abstract_is_preferred_to_a_longer_copy_with_leftovers() -> None:
    damaged = replace(
        WINGS, abstract=f"<AbstractText Label=Aim>{WINGS.abstract}</AbstractText> Further text follows here."
    )
    (work,) = make_works([damaged, replace(WINGS, first_line=7, offset=7)])
    assert work.abstract == WINGS.abstract


def test_an_identifier_of_several_papers_is_listed_once_until_someone_decides() -> None:
    links = {"doi": "10.5555/congress"}
    papers = [make_paper(f"{name}2016x", f"Work {name}", links=links) for name in ("a", "b", "c")]
    (shared,) = find_shared(papers, ())
    assert (shared.name, shared.value, shared.citekeys) == ("doi", "10.5555/congress", ("a2016x", "b2016x", "c2016x"))
    assert find_shared(papers, [Pair(2, "a2016x", "b2016x", same=False)])
    assert not find_shared(papers, [Pair(2, "a2016x", f"{name}2016x", same=False) for name in ("b", "c")])


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(8)))
def test_the_order_of_records_changes_no_work(order: list[int]) -> None:
    made = [
        replace(WINGS, links={"doi": f"10.5555/{number % 3}"} if number % 2 else {}, first_line=number, offset=number,
                abstract=make_abstract(number // 3), year=2016 + number % 2)
        for number in range(8)
    ]  # fmt: skip
    assert make_works([made[number] for number in order]) == make_works(made)


@settings(max_examples=60)
@given(st.text("abcdefgh ", min_size=4, max_size=60), st.text("abcdefgh ", min_size=4, max_size=60), st.booleans())
def test_records_that_are_not_compared_would_not_have_been_the_same(title: str, other: str, near: bool) -> None:
    one = Clues(replace(WINGS, title=title))
    its = Clues(replace(WINGS, title=f"{title[2:]} {other[:3]}" if near else other))
    assert may_be_same(one, its) or not compare_records(one, its).same


def test_records_without_a_common_identifier_or_similar_titles_are_not_compared() -> None:
    wings = Clues(WINGS)
    assert not may_be_same(wings, Clues(replace(WINGS, title="Frost and the fermentation of silage")))
    assert may_be_same(wings, Clues(replace(WINGS, title="Sugar water and the lengths of the wings of bees")))
    assert may_be_same(wings, Clues(replace(WINGS, title="Sugar water")))
    assert may_be_same(wings, Clues(replace(WINGS, title="")))
