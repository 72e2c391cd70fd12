"""EndNote's XML as EndNote and Zotero write it, with invented records; damage and bombs."""

from __future__ import annotations

import pytest
from effort import coming_to_an_end
from exports import bad, claims, damaged, read_sample
from hypothesis import given, settings
from reads import check, sample, titles

from litbook.ingest.formats.endnote_xml import matches, read_endnote_xml
from litbook.model.review import Reading

HEAD = '<?xml version="1.0" encoding="UTF-8" ?><xml><records>'
RECORD = '<record><ref-type name="Journal Article">17</ref-type><titles><title>{}</title></titles></record>\n'


def read(*records: str, head: str = HEAD) -> Reading:
    return check(read_endnote_xml, head + "".join(records) + "</records></xml>\n")


def test_endnote_on_one_line() -> None:
    assert claims(sample("endnote.xml")) == "endnote_xml"
    reading = read_sample(read_endnote_xml, "endnote.xml")
    hedgehogs, owls = reading.records
    assert bad(reading) == []
    assert hedgehogs.title == "Hedgehogs in vivo & at half the cost"
    assert hedgehogs.abstract == "Hedgehogs cost less. They are small."
    assert hedgehogs.authors == ("Léa Haddad", "Tom Brown Jr.", "Vole Working Group")
    assert (hedgehogs.published, hedgehogs.venue) == ("2022-03-17", "Journal of Invented Zoology")
    assert hedgehogs.links == {"doi": "10.9999/jiz.2022.17"}
    assert hedgehogs.extra["ref-type name"] == "Journal Article"
    assert hedgehogs.extra["keyword"] == "gardens; hedgehogs"
    assert hedgehogs.extra["pdf-urls"] == "internal-pdf://haddad.pdf"
    assert not {"title", "author", "abstract", "full-title", "secondary-title", "year"} & hedgehogs.extra.keys()
    assert (owls.links, owls.venue) == ({"arxiv": "2401.99999"}, None)
    assert owls.extra["secondary-authors"] == "García, Ana"
    assert (hedgehogs.first_line, owls.first_line) == (1, 1)
    assert hedgehogs.offset < owls.offset


def test_zotero_on_many_lines() -> None:
    assert claims(sample("zotero-endnote.xml")) == "endnote_xml"
    (voles,) = read_sample(read_endnote_xml, "zotero-endnote.xml").records
    assert voles.authors == ("Chidi Okafor", "Jörg Müller")
    assert voles.published == "2023-12-06"
    assert voles.links == {"doi": "10.18653/v1/2023.emnlp-main.9999", "acl": "2023.emnlp-main.9999"}
    assert (voles.first_line, voles.last_line) == (4, 29)


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (RECORD.format("Cats & dogs"), "a record is not well-formed XML"),
        (RECORD.format("Owls").replace("</titles>", ""), "a record is not well-formed XML"),
        (RECORD.format("Owls").replace("</record>", ""), "a record without '</record>'"),
        (RECORD.format("Owls&nbsp;"), "a record uses an entity that XML does not know"),
        (RECORD.format(""), "a record without a title"),
    ],
)
def test_the_records_around_a_broken_one_are_read(broken: str, reason: str) -> None:
    reading = read(RECORD.format("One"), broken, RECORD.format("Two"))
    assert titles(reading) == ["One", "Two"]
    ((line, said),) = bad(reading)
    assert line == 2
    assert said.startswith(reason)
    assert ";" in said


def test_control_characters_that_were_pasted_into_a_text_cost_nothing() -> None:
    assert titles(read(RECORD.format("Owls\x0bin &#x1F;flight&#11;, \udcffs"))) == ["Owls in flight , s"]


def test_a_file_that_is_cut_short_tells_so() -> None:
    reading = check(read_endnote_xml, HEAD + RECORD.format("One") + RECORD.format("Two")[:60])
    assert titles(reading) == ["One"]
    assert bad(reading) == [(2, "a record without '</record>'; the file is cut short or damaged here, export it again")]


def test_a_bomb_of_entities_is_never_lit() -> None:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<?xml version="1.0"?><!DOCTYPE xml [<!ENTITY l0 "lol">{lol}]><xml><records>'
    with coming_to_an_end():
        reading = read(RECORD.format("One"), RECORD.format("&l11;"), RECORD.format("Two"), head=head)
    assert titles(reading) == ["One", "Two"]
    assert [reason.partition(",")[0] for _, reason in bad(reading)] == [
        "the head of the file defines entities",
        "a record uses an entity that XML does not know",
    ]


def test_a_file_of_the_disk_is_not_read_for_an_entity() -> None:
    head = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><xml><records>'
    reading = read(RECORD.format("&f;"), RECORD.format("Two"), head=head)
    assert titles(reading) == ["Two"]
    assert len(bad(reading)) == 2


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [HEAD + "<record>" * 50000, RECORD.format("<style>" * 50000 + "Deep" + "</style>" * 50000),
     RECORD.format("Deep") .replace("</record>", "<a>" * 50000 + "</a>" * 50000 + "</record>"),
     RECORD.format("Long " * 1_000_000), HEAD + "<" * 200_000, "<!ENTITY" * 20000],
    ids=lambda text: text[-20:],
)  # fmt: skip
def test_hostile_files_come_to_an_end(text: str) -> None:
    with coming_to_an_end():
        check(read_endnote_xml, text)


@given(damaged(sample("zotero-endnote.xml") + sample("endnote.xml"), "<>/&;\"'!-[]"))
@settings(max_examples=150)
def test_no_damage_loses_a_character_or_raises(text: str) -> None:
    assert 0 <= matches(text) <= 1
    check(read_endnote_xml, text)
