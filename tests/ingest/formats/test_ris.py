"""RIS and Web of Science's plain text in the shapes in which tools export them, with invented records."""

from __future__ import annotations

import pytest
from effort import coming_to_an_end
from exports import bad, claims, damaged, read_sample
from hypothesis import given, settings
from reads import check, sample, titles

from litbook.ingest.formats.ris import matches, read_ris
from litbook.model.review import Reading, Record

SAMPLES = ("zotero.ris", "endnote.ris", "mendeley.ris", "scopus.ris", "wos.ris", "ieee.ris", "wos.txt")
OVID = "NL  - J Inv Zool\n\nLink to the full text: https://example.org/1\n\n"
RECORD = "TY  - JOUR\nTI  - Title {}\nAU  - Doe, Ann\nPY  - 2020\nER  - \n\n"


def read(text: str) -> Reading:
    return check(read_ris, text)


def one(*lines: str) -> Record:
    (record,) = read("\n".join(["TY  - JOUR", *lines, "ER  - ", ""])).records
    return record


# -- real shapes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SAMPLES)
def test_every_shape_is_known_by_its_content_and_read_whole(name: str) -> None:
    assert claims(sample(name)) == "ris"
    reading = read_sample(read_ris, name)
    assert reading.records
    assert bad(reading) == []


def test_zotero() -> None:
    voles, owls = read_sample(read_ris, "zotero.ris").records
    assert voles.title == "VoleNet: Few-Shot Learning of Vole Calls"
    assert voles.authors == ("Chidi Okafor", "Jörg Müller")
    assert (voles.published, voles.venue) == ("2023-12-06", "2023 Conference on Invented Methods")
    assert voles.links == {"doi": "10.18653/v1/2023.emnlp-main.9999", "acl": "2023.emnlp-main.9999"}
    assert voles.extra["KW"] == "voles; few-shot"
    assert voles.extra["C3"] == "Proceedings of the 2023 Conference on Invented Methods"
    assert not {"TI", "AU", "AB", "PY", "DA", "DO", "T2"} & voles.extra.keys()
    assert (owls.links, owls.venue) == ({"arxiv": "2401.99999"}, None)
    assert owls.extra["DO"] == "10.48550/arXiv.2401.99999"
    assert (voles.first_line, voles.last_line, owls.first_line) == (1, 22, 24)


def test_endnote_with_keywords_that_go_on_and_a_generation() -> None:
    (hedgehogs,) = read_sample(read_ris, "endnote.ris").records
    assert hedgehogs.authors == ("Léa Haddad", "Tom Brown Jr.")
    assert (hedgehogs.published, hedgehogs.extra["DA"]) == ("2022-03-17", "Mar 17")
    assert hedgehogs.extra["KW"] == "gardens hedgehogs costs"
    assert hedgehogs.venue == "Journal of Invented Zoology"


def test_mendeley_with_the_older_tags() -> None:
    (frogs,) = read_sample(read_ris, "mendeley.ris").records
    assert (frogs.title, frogs.abstract, frogs.venue) == ("Frogs Jump", "Frogs jump high.", "Amphibia")
    assert frogs.authors == ("João Silva", "Seán O'Neill")
    assert frogs.published == "2018-07"
    assert frogs.links == {"arxiv": "1807.12345", "doi": "10.9999/frogs"}


def test_scopus_with_a_byte_order_mark_and_references_that_look_like_anything() -> None:
    (voles,) = read_sample(read_ris, "scopus.ris").records
    assert voles.authors == ("C. Okafor", "J. Müller")
    assert voles.links == {"doi": "10.9999/jiz.2020.407"}
    assert voles.extra["N1"].startswith("Export Date: 15 October 2020; Cited By: 4; References: Mayer, I.D.")
    assert voles.extra["N1"].endswith("https://doi.org/10.9999/other.1;")


def test_web_of_science_as_ris_and_as_plain_text() -> None:
    (voles,) = read_sample(read_ris, "wos.ris").records
    assert voles.links == {"doi": "10.9999/vole.2020.1"}
    assert voles.extra["N1"].endswith("Total Times Cited: 15 Cited Reference Count: 33")
    voles, owls = read_sample(read_ris, "wos.txt").records
    assert voles.title == "Few-Shot Learning of Vole Calls and of the Calls of Other Small Animals"
    assert voles.abstract == "Voles call at night. We show that their calls are learnt."
    assert voles.authors == ("Chidi Okafor", "Joerg A. Mueller")
    assert (voles.published, voles.venue) == ("2020-10-25", "JOURNAL OF INVENTED ZOOLOGY")
    assert voles.extra["CR"].count("; ") == 1
    assert owls.authors == ("K Ito",)


def test_ieee_with_given_names_first_and_a_month() -> None:
    (sets,) = read_sample(read_ris, "ieee.ris").records
    assert sets.authors == ("C. Okafor", "M. D. Fox")
    assert (sets.published, sets.venue) == ("2010-12", "IEEE Transactions on Invented Processing")
    assert sets.extra["VO"] == sets.extra["VL"] == "19"


# -- values ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "published"),
    [
        (["PY  - 2023///"], "2023"),
        (["PY  - 2023/10/25/online"], "2023-10-25"),
        (["Y1  - 2023/10//"], "2023-10"),
        (["PY  - 2023", "DA  - 2022/12/30"], "2023"),
        (["PY  - 2023", "DA  - OCT 25"], "2023-10-25"),
        (["PY  - 2023", "Y2  - 2024/01/02"], "2023"),
        (["DA  - 25 October 2023"], "2023-10-25"),
        (["PY  - in press"], None),
    ],
)
def test_dates_are_read_as_far_as_they_are_known(lines: list[str], published: str | None) -> None:
    assert one("TI  - Owls", *lines).published == published


def test_what_no_attribute_holds_is_kept_under_its_tag() -> None:
    record = one(
        "TI  - Owls", "T1  - Owls again", "PY  - in press", "XX  - x", "UR  - https://a.org", "UR  - https://b.org"
    )
    assert record.extra == {
        "TY": "JOUR", "T1": "Owls again", "PY": "in press", "XX": "x", "UR": "https://a.org; https://b.org",
    }  # fmt: skip


def test_a_line_that_goes_on_belongs_to_the_tag_above() -> None:
    record = one("TI  - Owls", "  in flight", "AB  - They fly.", "", "AI - powered owls do not.", "AU  - Doe, A.")
    assert record.title == "Owls in flight"
    assert record.abstract == "They fly. AI - powered owls do not."
    assert record.authors == ("A. Doe",)


def test_several_names_on_a_line_are_parted_and_a_stray_nul_joins_nothing() -> None:
    record = one("TI  - Owls", "AU  - Doe, A.; Roe, B.", "AU  - \x00Loe, C.")
    assert record.authors == ("A. Doe", "B. Roe", "C. Loe")


def test_tags_by_hand_with_too_few_spaces_are_read() -> None:
    reading = read("TY - JOUR\nT1 - Owls\nAU - Doe, A.\nER -\nTY -JOUR\nT1 -Mice\nER -\n")
    assert titles(reading) == ["Owls", "Mice"]
    assert bad(reading) == []
    assert matches("TY - JOUR\nT1 - Owls\n") > 0.9


# -- damage ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["", "\n", "\n\n\n"])
def test_a_last_record_without_er_is_read_and_reported(end: str) -> None:
    reading = read(RECORD.format(1) + "TY  - JOUR\nTI  - Title 2\nAU  - Doe, A." + end)
    assert titles(reading) == ["Title 1", "Title 2"]
    ((line, reason),) = bad(reading)
    assert line == 7
    assert reason.startswith("a record without 'ER  - ' at its end; it was read, add the line")


def test_records_without_er_in_the_middle_are_read_and_reported_once() -> None:
    text = (
        RECORD.format(1)
        + RECORD.format(2).replace("ER  - ", "")
        + RECORD.format(3).replace("ER  - ", "")
        + RECORD.format(4)
    )
    reading = read(text)
    assert titles(reading) == ["Title 1", "Title 2", "Title 3", "Title 4"]
    ((line, reason),) = bad(reading)
    assert line == 7
    assert "(and 1 more)" in reason


def test_a_record_without_its_first_line_is_reported_and_costs_itself_alone() -> None:
    reading = read(RECORD.format(1) + RECORD.format(2).removeprefix("TY  - JOUR\n") + RECORD.format(3))
    assert titles(reading) == ["Title 1", "Title 3"]
    assert bad(reading) == [(7, "fields outside of any record; the line 'TY  - …' that opens it is missing")]


def test_records_without_a_title_are_reported() -> None:
    reading = read("TY  - JOUR\nER  - \n\nTY  - JOUR\nAU  - Doe, A.\nER  - \n" + RECORD.format(1))
    assert titles(reading) == ["Title 1"]
    assert bad(reading) == [(1, "an empty record; remove it"), (4, "a record without a title; add a line 'TI  - …'")]


def test_the_words_of_a_tool_between_records_are_understood() -> None:
    reading = read(
        "Provider: Invented Database\nContent:text/plain\n\n1. \n"
        + RECORD.format(1)
        + OVID
        + "2. \n"
        + RECORD.format(2)
    )
    assert titles(reading) == ["Title 1", "Title 2"]
    assert bad(reading) == []


def test_bytes_that_are_not_text_are_shown_as_such_and_given_back() -> None:
    record = one("TI  - Owls", "AU  - M\udcfcller, J\x00rg")
    assert record.authors == ("J rg M\ufffdller",)
    assert "\udcfc" in record.raw


@pytest.mark.slow
@given(damaged(sample("zotero.ris") + sample("endnote.ris") + sample("wos.ris"), "TYERAU -"))
@settings(max_examples=150)
def test_no_damage_loses_a_character_or_raises(text: str) -> None:
    assert 0 <= matches(text) <= 1
    check(read_ris, text)


@given(damaged(sample("wos.txt"), "PTERFAU \t"))
@settings(max_examples=80)
def test_no_damage_to_plain_text_loses_a_character_or_raises(text: str) -> None:
    check(read_ris, text)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    ["TY  - \n" * 30000, "TY  - JOUR\nAU  - " + "a;" * 100_000, "TY  - JOUR\n" + " x\n" * 60000, "ER  - \n" * 60000],
    ids=lambda text: text[:20],
)
def test_hostile_files_come_to_an_end(text: str) -> None:
    with coming_to_an_end():
        check(read_ris, text)
