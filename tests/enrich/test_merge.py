"""From records to papers: one paper per work, one permanent citekey per work, and facts joined to it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import make_abstract, make_entry, make_facts, make_record

from litbook.enrich.merge import Enriched, enrich
from litbook.model.reference import AND_OTHERS, PersonName, Reference
from litbook.model.review import Facts, LedgerEntry, Record
from litbook.text.citekey import make_sketch

TODAY = "2031-05-01"
ABSTRACT = make_abstract(1)
CRANES = make_record("CraneFold: Folding Paper Cranes", ABSTRACT)
KELP = make_record("Kelp Beds That Learn the Tide", make_abstract(2))


def enrich_all(
    records: list[Record], facts: tuple[Facts, ...] = (), ledger: tuple[LedgerEntry, ...] = ()
) -> tuple[dict[str, str], Enriched]:
    """Return the titles of the papers by citekey, and the whole result."""
    enriched = enrich(records, facts, ledger, TODAY)
    return {paper.citekey: paper.title.plain for paper in enriched.papers}, enriched


def test_a_record_alone_becomes_a_paper_with_a_citekey_from_its_title() -> None:
    titles, enriched = enrich_all([CRANES])
    assert titles == {"cranefoldfoldingpaper": "CraneFold: Folding Paper Cranes"}
    paper = enriched.papers[0]
    assert (paper.authors, paper.year, paper.venue, paper.facts, dict(paper.links)) == ((), None, None, None, {})
    assert enriched.ledger == (
        LedgerEntry("cranefoldfoldingpaper", CRANES.title, None, None, make_sketch(ABSTRACT), TODAY),
    )


def test_without_records_there_are_no_papers_and_the_ledger_is_kept() -> None:
    ledger = (make_entry("gone2030paper", "Gone"),)
    assert enrich([], [], ledger, TODAY) == Enriched((), ledger)


def test_duplicate_records_become_one_paper_that_keeps_them_all() -> None:
    short = replace(CRANES, title="Cranefold: folding PAPER cranes.", abstract="", first_line=7, last_line=7)
    again = replace(CRANES, source="other.txt", first_line=9, last_line=10)
    _, enriched = enrich_all([short, again, CRANES, KELP])
    assert [len(paper.records) for paper in enriched.papers] == [3, 1]
    assert enriched.papers[0].abstract.plain == ABSTRACT
    assert {record.first_line for record in enriched.papers[0].records} == {1, 7, 9}


def test_a_record_that_names_all_authors_comes_before_one_that_ends_with_et_al() -> None:
    known = [PersonName("Moll", given="A."), PersonName("Kraut", given="B.")]
    short = Reference(names={"author": (known[0],)}, others={AND_OTHERS: "author"})
    records = [
        replace(CRANES, authors=("A. Moll",), reference=short),
        replace(CRANES, authors=("A. Moll", "B. Kraut"), reference=Reference(names={"author": (*known,)})),
    ]
    (paper,) = enrich(records, (), (), TODAY).papers
    assert (paper.authors, paper.reference.others) == (("A. Moll", "B. Kraut"), {})
    (alone,) = enrich(records[:1], (), (), TODAY).papers
    assert (alone.authors, alone.reference.others) == (("A. Moll",), {AND_OTHERS: "author"})


def test_two_works_with_one_title_are_two_papers() -> None:
    twin = replace(CRANES, abstract=make_abstract(3), first_line=5, last_line=6)
    titles, _ = enrich_all([CRANES, twin])
    assert sorted(titles) == ["cranefoldfoldingpaper", "cranefoldfoldingpapera"]


def test_one_title_by_different_authors_is_two_works_with_permanent_citekeys() -> None:
    """There are many editorials; without abstracts, authors distinguish them."""
    kelp, crane = (make_record("Editorial", authors=(name,), year=2031) for name in ("Ada Kelp", "Cy Crane"))
    first = enrich([kelp, crane], (), (), TODAY)
    assert [paper.citekey for paper in first.papers] == ["crane2031editorial", "kelp2031editorial"]
    for records in ([kelp, crane], [crane, kelp]):
        again = enrich(records, (), first.ledger, TODAY)
        assert again == first
    linked = replace(kelp, links={"doi": "10.5555/a"}), replace(crane, links={"doi": "10.5555/a"})
    assert len(enrich(linked, (), (), TODAY).papers) == 2


@pytest.mark.parametrize(
    ("links", "citekey"),
    [
        ({"arxiv": "3102.00011"}, "arxiv310200011"),
        ({"doi": "10.5555/Hats.7"}, "doi105555hats7"),
        ({"openreview": "aB3dE5fG7h"}, "openreviewab3de5fg7h"),
        ({"acl": "3102.hats-main.1"}, "acl3102hatsmain1"),
    ],
)
def test_a_work_known_only_by_identifier_is_named_by_it_permanently(links: dict[str, str], citekey: str) -> None:
    first = enrich([make_record("", links=links)], (), (), TODAY)
    assert [paper.citekey for paper in first.papers] == [citekey]
    known = make_facts("Sea Hats", authors=("Ada Invented",), links=links)
    again = enrich([make_record("", links=links)], [known], first.ledger, TODAY)
    assert again.ledger == first.ledger
    assert [(paper.citekey, paper.title.plain) for paper in again.papers] == [(citekey, "Sea Hats")]


def test_a_fuller_record_with_another_identifier_does_not_change_the_citekey() -> None:
    """The journal's record brings an abstract and another DOI, so it comes first; the old record remains."""
    links = {"doi": "10.48550/arXiv.3001.00001"}
    preprint = make_record("Sea Hats", authors=("Ada Invented",), year=2030, links=links)
    journal = replace(preprint, abstract=ABSTRACT, year=2031, links={"doi": "10.5555/journal"}, source="other.txt")
    first = enrich([preprint], (), (), TODAY)
    again = enrich([preprint, journal], (), first.ledger, TODAY)
    assert [(paper.citekey, len(paper.records)) for paper in again.papers] == [("invented2030sea", 2)]
    assert again.ledger == first.ledger


def test_a_second_work_with_the_same_title_gets_another_citekey() -> None:
    for seed in range(3, 13):
        _, first = enrich_all([CRANES])
        twin = replace(CRANES, abstract=make_abstract(seed, length=40 + 20 * (seed % 5)))
        _, both = enrich_all([twin, CRANES], ledger=first.ledger)
        abstracts = {paper.citekey: paper.abstract.plain for paper in both.papers}
        assert abstracts == {"cranefoldfoldingpaper": ABSTRACT, "cranefoldfoldingpapera": twin.abstract}
        _, alone = enrich_all([twin], ledger=both.ledger)
        assert [paper.citekey for paper in alone.papers] == ["cranefoldfoldingpapera"]


def test_a_new_work_does_not_take_the_citekey_of_a_removed_namesake() -> None:
    """A title that has named two works does not suffice to match a third."""
    twins = [replace(CRANES, abstract=make_abstract(seed)) for seed in (3, 4, 5)]
    _, two = enrich_all(twins[:2])
    _, next_two = enrich_all(twins[1:], ledger=two.ledger)
    found = {paper.abstract.plain: paper.citekey for enriched in (two, next_two) for paper in enriched.papers}
    assert sorted(found.values()) == ["cranefoldfoldingpaper", "cranefoldfoldingpapera", "cranefoldfoldingpaperb"]
    assert found[twins[2].abstract] == "cranefoldfoldingpaperb"


def test_a_rewritten_abstract_under_a_unique_title_keeps_the_citekey() -> None:
    _, first = enrich_all([CRANES])
    titles, second = enrich_all([replace(CRANES, abstract=make_abstract(9))], ledger=first.ledger)
    assert list(titles) == ["cranefoldfoldingpaper"]
    assert second.ledger == first.ledger


def test_two_similar_works_do_not_share_a_citekey() -> None:
    _, first = enrich_all([CRANES])
    near, nearer = (f"{ABSTRACT} {' '.join(make_abstract(7).split()[:number])}" for number in (20, 5))
    works = [make_record("Hats of Paper", near), make_record("Boats of Paper", nearer)]
    titles, _ = enrich_all(works, ledger=first.ledger)
    assert titles == {"cranefoldfoldingpaper": "Boats of Paper", "hatspaper": "Hats of Paper"}


def test_an_arxiv_identifier_names_one_work_even_if_title_and_abstract_are_rewritten() -> None:
    dump = replace(CRANES, links={"arxiv": "3102.00001"})
    later = make_record("PaperFold: Patient Robots", make_abstract(4), links={"arxiv": "3102.00001"}, first_line=9)
    titles, enriched = enrich_all([dump, KELP, later])
    assert len(titles) == 2
    assert {len(paper.records) for paper in enriched.papers} == {1, 2}


def test_an_identifier_outweighs_title_and_abstract() -> None:
    _, first = enrich_all([replace(CRANES, links={"arxiv": "3102.00001"})])
    renamed = make_record("A Wholly New Name", make_abstract(5), links={"arxiv": "3102.00001"})
    titles, second = enrich_all([renamed], ledger=first.ledger)
    assert titles == {"cranefoldfoldingpaper": "A Wholly New Name"}
    assert second.ledger == first.ledger


def test_a_different_identifier_and_abstract_is_a_different_work() -> None:
    _, first = enrich_all([replace(CRANES, links={"arxiv": "3102.00001"})])
    other = replace(CRANES, abstract=make_abstract(6), links={"arxiv": "3105.99999"})
    titles, _ = enrich_all([other], ledger=first.ledger)
    assert sorted(titles) == ["cranefoldfoldingpapera"]


def test_a_wrongly_looked_up_identifier_does_not_change_the_citekey() -> None:
    _, first = enrich_all([CRANES], (make_facts(CRANES.title, links={"arxiv": "3100.11111"}),))
    titles, second = enrich_all([replace(CRANES, links={"arxiv": "3102.00001"})], ledger=first.ledger)
    assert list(titles) == ["cranefoldfoldingpaper"]
    assert second.ledger == first.ledger


def test_facts_are_joined_by_title_in_any_spelling() -> None:
    facts = make_facts("CRANEFOLD – folding paper cranes", authors=("Ada Invented",), year=2031, venue="A Venue",
                       venue_year=2032, published="2031-02", links={"arxiv": "3102.00001"})  # fmt: skip
    _, enriched = enrich_all([KELP, CRANES], (facts,))
    assert [paper.citekey for paper in enriched.papers] == ["invented2031cranefold", "kelpbedslearn"]
    paper = enriched.papers[0]
    assert (paper.authors, paper.year, paper.venue, paper.venue_year) == (("Ada Invented",), 2031, "A Venue", 2032)
    assert (paper.published, dict(paper.links), paper.facts) == ("2031-02", {"arxiv": "3102.00001"}, facts)
    assert enriched.papers[1].facts is None


def test_facts_are_joined_by_arxiv_identifier_first() -> None:
    by_title = make_facts(CRANES.title, authors=("Wrong Person",), year=1999)
    by_id = make_facts("Its Older Name", authors=("Ada Invented",), year=2031, links={"arxiv": "3102.00001"})
    _, enriched = enrich_all([replace(CRANES, links={"arxiv": "3102.00001"})], (by_title, by_id))
    assert enriched.papers[0].authors == ("Ada Invented",)


def test_facts_under_the_first_title_still_reach_a_retitled_work() -> None:
    facts = make_facts(CRANES.title, authors=("Ada Invented",), year=2031)
    _, first = enrich_all([CRANES], (facts,))
    _, second = enrich_all([replace(CRANES, title=f"{CRANES.title} with Patience")], (facts,), first.ledger)
    assert [(paper.citekey, paper.authors) for paper in second.papers] == [("invented2031cranefold", ("Ada Invented",))]


def test_facts_are_not_guessed_for_two_works_of_one_title() -> None:
    facts = make_facts(CRANES.title, authors=("Ada Invented",), year=2031)
    _, enriched = enrich_all([CRANES, replace(CRANES, abstract=make_abstract(3))], (facts,))
    assert {paper.authors for paper in enriched.papers} == {()}


def test_values_of_a_record_take_precedence_over_facts() -> None:
    facts = make_facts(CRANES.title, authors=("Looked Up",), year=2029, venue="Looked Up",
                       links={"arxiv": "3100.00001", "code": "https://example.org/looked-up"})  # fmt: skip
    record = replace(CRANES, authors=("Ada Invented",), published="2031-02-03", links={"arxiv": "3102.00001"})
    _, enriched = enrich_all([record], (facts,))
    paper = enriched.papers[0]
    assert (paper.authors, paper.year, paper.venue) == (("Ada Invented",), 2031, "Looked Up")
    assert list(paper.links.items()) == [("arxiv", "3102.00001"), ("code", "https://example.org/looked-up")]


def test_damage_is_repaired_and_the_raw_text_kept() -> None:
    record = make_record(r"\textit{Crane}Fold saves 50\%", "It holds approx99\\% of its form.")
    _, enriched = enrich_all([record])
    paper = enriched.papers[0]
    assert (paper.title.plain, paper.title.italics) == ("CraneFold saves 50%", ((0, 5),))
    assert paper.abstract.plain == "It holds ≈99% of its form."
    assert paper.records[0].raw == record.raw
    assert enriched.ledger[0].title == "CraneFold saves 50%"


def slide(start: int) -> str:
    """Return a part of one abstract: neighbouring parts are similar, distant ones are not."""
    return " ".join(make_abstract(1, 200).split()[start * 25 : start * 25 + 75])


@pytest.mark.slow
@given(st.permutations(range(8)))
def test_the_order_of_the_records_changes_nothing(order: list[int]) -> None:
    records = [make_record(f"Folding Hat {n % 2}", slide(n // 2), first_line=n) for n in range(6)]
    records += [make_record("Kelp", make_abstract(7)), make_record("KELP", make_abstract(8))]
    facts = [make_facts("Folding Hat 0", authors=("Zed",), year=2031), make_facts("Folding Hat 1", authors=("Abe",))]
    enriched = enrich(records, facts, [], TODAY)
    assert [paper.citekey for paper in enriched.papers] == sorted(paper.citekey for paper in enriched.papers)
    assert enrich([records[n] for n in order], facts[:: 1 if order[0] % 2 else -1], [], TODAY) == enriched


def test_papers_are_sorted_by_citekey_not_by_title() -> None:
    facts = (make_facts(CRANES.title, authors=("Zed",), year=2031), make_facts(KELP.title, authors=("Abe",), year=2031))
    titles, enriched = enrich_all([CRANES, KELP], facts)
    assert list(titles) == ["abe2031kelp", "zed2031cranefold"]
    assert [entry.citekey for entry in enriched.ledger] == ["abe2031kelp", "zed2031cranefold"]
