"""PubMed's nbib, with invented records in the shape of its exports."""

from __future__ import annotations

import pytest
from exports import bad, claims, damaged, read_sample
from hypothesis import given, settings
from reads import check, sample, titles

from litbook.ingest.formats.nbib import matches, read_nbib

RECORD = "PMID- 9999990{0}\nTI  - Title {0}\nFAU - Doe, Ann\nAU  - Doe A\nDP  - 2020\n\n"


def test_pubmed() -> None:
    assert claims(sample("pubmed.nbib")) == "nbib"
    reading = read_sample(read_nbib, "pubmed.nbib")
    mice, owls = reading.records
    assert bad(reading) == []
    assert mice.title == "Impact of owls on the songs of mice: a systematic review of invented studies."
    assert mice.abstract.startswith("BACKGROUND: Mice sing in the dark. METHODS: We listened (P < 0.05). RESULTS:")
    assert mice.authors == ("Antonia Pascual", "Jan B van der Berg", "Owl Study Group")
    assert (mice.published, mice.venue) == ("2020-09-25", "Reviews on invented health")
    assert mice.links == {"doi": "10.9999/owls-2020-0011"}
    assert mice.extra["PMID"] == "99999901"
    assert mice.extra["IS"] == "2191-0308 (Electronic); 0048-7554 (Linking)"
    assert mice.extra["AID"] == "/j/rih.ahead-of-print/rih-2020-0011/x.xml [pii]"
    assert not {"TI", "AB", "FAU", "AU", "CN", "JT", "DP", "LID"} & mice.extra.keys()
    assert (mice.first_line, mice.last_line) == (2, 43)
    assert owls.authors == ("K Ito", "JA Doe Jr")
    assert (owls.published, owls.extra["DP"]) == ("2021-11", "2021 Nov-Dec")
    assert (owls.links, owls.venue) == ({"arxiv": "2105.11111"}, None)


@pytest.mark.parametrize(
    ("lines", "published"),
    [
        ("DP  - 2020\nDEP - 20200701", "2020-07-01"),
        ("DP  - 2020 Sep\nDEP - 20200701", "2020-09"),
        ("DP  - 2020 Winter", "2020"),
    ],
)
def test_dates_are_read_as_far_as_they_are_known(lines: str, published: str) -> None:
    (record,) = check(read_nbib, f"PMID- 1\nTI  - Owls\n{lines}\n").records
    assert record.published == published


def test_a_book_and_a_translated_title_have_titles() -> None:
    reading = check(
        read_nbib, "PMID- 1\nBTI - A Book of Owls\n\nPMID- 2\nTT  - Eulen\nTI  - [Owls].\n\nPMID- 3\nTT  - Mäuse\n"
    )
    assert titles(reading) == ["A Book of Owls", "[Owls].", "Mäuse"]
    assert reading.records[1].extra["TT"] == "Eulen"


def test_damage_costs_one_record_and_is_reported() -> None:
    lost = RECORD.format(2).replace("TI  - Title 2\n", "")
    reading = check(read_nbib, "TI  - Cut off\nAU  - Doe A\n\n" + RECORD.format(1) + lost + RECORD.format(3))
    assert titles(reading) == ["Title 1", "Title 3"]
    assert bad(reading) == [
        (1, "fields outside of any record; the line 'PMID- …' that opens it is missing"),
        (10, "a record without a title; add a line 'TI  - …'"),
    ]


@pytest.mark.slow
@given(damaged(sample("pubmed.nbib"), "PMIDTAU -"))
@settings(max_examples=150)
def test_no_damage_loses_a_character_or_raises(text: str) -> None:
    assert 0 <= matches(text) <= 1
    check(read_nbib, text)
