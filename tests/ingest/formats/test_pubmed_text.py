"""What PubMed saves as "Summary (text)" and "Abstract (text)". All papers are invented."""

from __future__ import annotations

from readings import find_reports, read_file, refuse

SUMMARY = """\
1: Moll A, Kraut B. Owls in snow. J Owls. 2020 Jan 2;3(2):10-19. doi: 10.1000/owl.1. PMID: 12345678.

2: Poe C. Mice under snow. Mice. 2019;1:1-9. doi: 10.1000/mice.1. PMID: 12345679; PMCID: PMC123.
"""
PRINTED = """\
1. J Owls. 2020 Jan 2;3(2):10-19. doi: 10.1000/owl.1.

Owls in snow.

Moll A(1), Kraut B(2).

Author information:
(1)Institute of Owls, Oslo.
(2)Institute of Mice, Oslo.

BACKGROUND: Owls hunt in winter.
METHODS: We test forty owls.

Copyright © 2020 Owl Press.

DOI: 10.1000/owl.1
PMID: 12345678

2. Mice. 2019;1:1-9. doi: 10.1000/mice.1.

Mice under snow.

Poe C.

We count mice under the snow in an invented valley.

DOI: 10.1000/mice.1
PMID: 12345679
"""


def test_a_summary_gives_names_title_journal_date_and_identifiers() -> None:
    owls, mice = read_file(SUMMARY).records
    assert (owls.title, owls.authors) == ("Owls in snow", ("A Moll", "B Kraut"))
    assert (owls.published, owls.venue, owls.links) == ("2020-01-02", "J Owls", {"doi": "10.1000/owl.1"})
    said = owls.reference.fields
    assert (said["volume"], said["issue"], said["page"], said["PMID"]) == ("3", "2", "10-19", "12345678")
    assert (mice.title, mice.reference.fields["PMCID"]) == ("Mice under snow", "PMC123")


def test_titles_may_have_several_sentences_and_end_with_a_question() -> None:
    text = (
        "1: Moll A, van Kraut BC; Owl Group. Do owls hear mice? A review. J Owls. 2020 Jan;3(2):10-9. PMID: 1.\n\n"
        "2: Winter of owls. Mice (Oslo). 2019 Dec 3. doi: 10.1000/mice.2. Epub ahead of print. PMID: 2.\n"
    )
    review, note = read_file(text).records
    assert (review.title, review.venue) == ("Do owls hear mice? A review", "J Owls")
    assert review.authors == ("A Moll", "BC van Kraut", "Owl Group")
    assert (note.title, note.authors, note.venue) == ("Winter of owls", (), "Mice (Oslo)")


def test_the_long_form_gives_the_abstract_without_institutes_and_copyright() -> None:
    owls, mice = read_file(PRINTED).records
    assert (owls.title, owls.authors, owls.venue) == ("Owls in snow", ("A Moll", "B Kraut"), "J Owls")
    assert owls.abstract == "BACKGROUND: Owls hunt in winter. METHODS: We test forty owls."
    assert mice.abstract == "We count mice under the snow in an invented valley."
    assert mice.reference.fields["PMID"] == "12345679"


def test_a_numbered_list_inside_an_abstract_begins_no_record() -> None:
    text = PRINTED.replace("METHODS: We", "METHODS:\n1. We test one.\n2. We")
    assert [record.title for record in read_file(text).records] == ["Owls in snow", "Mice under snow"]


def test_a_record_in_another_order_is_reported() -> None:
    (report,) = find_reports(read_file(SUMMARY.replace("Poe C. Mice under snow. Mice. 2019;1:1-9. d", "D")))
    assert "another order" in report


def test_numbered_lines_without_pmids_are_not_pubmed() -> None:
    assert "references" in refuse("\n".join(f"{n}. Moll A, Kraut B. Owls in the snow, part {n}. J Owls. 2020;3:{n}."
                                            for n in range(1, 6))).what  # fmt: skip
