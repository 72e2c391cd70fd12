"""Names, dates and identifiers of references, in the forms in which tools write them; no one here exists."""

from __future__ import annotations

import json

import pytest

from litbook.ingest.formats.dates import read_csl_date, read_partial
from litbook.ingest.formats.people import read_name, split_list
from litbook.ingest.sources import read_source
from litbook.model.reference import PartialDate, PersonName
from litbook.model.review import Record
from litbook.text.identifiers import find_doi
from litbook.text.person_names import guess_name


def read(name: str, text: str) -> tuple[list[Record], list[str]]:
    reading = read_source(name, text.encode())
    assert reading is not None
    return list(reading.records), [piece.reason for piece in reading.unread if not piece.understood]


def read_bibtex(fields: str) -> Record:
    (record,), remarks = read("x.bib", f"@article{{k, title={{Kelp}}, {fields}}}")
    assert remarks == []
    return record


def names_of(record: Record, role: str = "author") -> list[tuple[str, str]]:
    return [(name.surname, name.given) for name in record.reference.names.get(role, ())]


@pytest.mark.parametrize(
    ("written", "family", "given", "core"),
    [
        ("Prado Invento, Ana", "Prado Invento", "Ana", "Prado Invento"),
        ("{Campos de Nada}, Ana", "Campos de Nada", "Ana", "Campos de Nada"),
        ("Van der Made, Piet", "Van der Made", "Piet", "Made"),
        ("de Nada, Luis", "de Nada", "Luis", "Nada"),
        ("Hong, Chue Neil", "Hong", "Chue Neil", "Hong"),
        ("Ana {Prado Invento}", "Prado Invento", "Ana", "Prado Invento"),
        ("Aäron van den Made", "van den Made", "Aäron", "Made"),
    ],
)
def test_the_parts_of_a_name_are_those_of_the_source(written: str, family: str, given: str, core: str) -> None:
    record = read_bibtex(f"author={{{written}}}")
    assert names_of(record) == [(family, given)]
    assert record.reference.names["author"][0].core == core


@pytest.mark.parametrize("format_", ["bib", "ris", "json", "nbib"])
def test_an_organisation_is_not_a_person_in_any_format(format_: str) -> None:
    name = "World Kelp Organization"
    texts = {
        "bib": f"@report{{k, title={{Kelp}}, author={{{{{name}}} and Made, Bo}}}}",
        "ris": f"TY  - RPRT\nAU  - {name}\nAU  - Made, Bo\nTI  - Kelp\nER  - \n",
        "json": json.dumps([{"id": "k", "type": "report", "title": "Kelp", "issued": {"date-parts": [[2031]]},
                             "author": [{"literal": name}, {"family": "Made", "given": "Bo"}]}]),
        "nbib": f"PMID- 1\nTI  - Kelp\nFAU - Made, Bo\nCN  - {name}\n",
    }  # fmt: skip
    (record,), _ = read(f"x.{format_}", texts[format_])
    assert name in [person.literal for person in record.reference.names["author"]]
    assert name in record.authors


@pytest.mark.parametrize(
    "name",
    ["Kelp and Tide, Inc.", "Institute of Kelp", "The KELP Collaboration", "Ministry for Tides", "Kelp Study Group"],
)
def test_organisations_are_known_by_their_words(name: str) -> None:
    assert read_name(name) == PersonName(literal=name)
    assert guess_name(name).literal == name.replace(",", "")


@pytest.mark.parametrize("name", ["The Anh Nguyen", "Ada Made", "Bo On", "Ludwig von Made", "Ana y Nada"])
def test_people_are_not_organisations(name: str) -> None:
    assert not guess_name(name).literal


@pytest.mark.parametrize("name", ["0,\\ 0", "Ada \n\\\n Lovelace", "Mira ,  Okafor"])
def test_separators_in_a_row_are_one(name: str) -> None:
    assert guess_name(name).family == name.rsplit(maxsplit=1)[-1]
    assert "  " not in guess_name(name).display


@pytest.mark.parametrize(
    ("written", "family", "suffix"),
    [
        ("Made, Jr., A. B.", "Made", "Jr."),
        ("Made, III, Bo", "Made", "III"),
        ("Bo Made Jr.", "Made", "Jr."),
        ("Made III, Bo", "Made", "III"),
        ("Bo {Made, Jr.}", "Made", "Jr."),
        ("Made, B. A., III", "Made", "III"),
        ("Made, Bo, Jr", "Made", "Jr"),
        ("Made, B. 3rd", "Made", "3rd"),
        ("Made, Bo Jr.", "Made", "Jr."),
        ("Bo Made, Jr.", "Made", "Jr."),
        ("Made, Vi", "Made", ""),
    ],
)
def test_a_suffix_is_never_a_family_name(written: str, family: str, suffix: str) -> None:
    (name,) = read_bibtex(f"author={{{written}}}").reference.names["author"]
    assert (name.family, name.suffix) == (family, suffix)


@pytest.mark.parametrize("written", ["Made, Bo, Jr.", "Made, Bo Jr", "Made, Jr., Bo"])
def test_a_suffix_of_ris_is_never_a_given_name(written: str) -> None:
    (record,), _ = read("x.ris", f"TY  - JOUR\nAU  - {written}\nTI  - Kelp\nER  - \n")
    (name,) = record.reference.names["author"]
    assert (name.family, name.given, name.suffix.rstrip(".")) == ("Made", "Bo", "Jr")


@pytest.mark.parametrize(
    ("written", "families"),
    [
        ("Made B, Invent AC, Nada D", ["Made", "Invent", "Nada"]),
        ("Made, B., Invent, A. C., & Nada, D.", ["Made", "Invent", "Nada"]),
        ("Bo Made; Ana Invent; Cy Nada;", ["Made", "Invent", "Nada"]),
        ("Bo Made, Ana Invent, Cy Nada", ["Made", "Invent", "Nada"]),
        ("B. Made, A. C. Invent", ["Made", "Invent"]),
        ("Made, Bo \\and Invent, Ana", ["Made", "Invent"]),
        ("Made, Bo % the first\n and Invent, Ana", ["Made", "Invent"]),
        ("{Made, Bo and Invent, Ana and Nada, Cy}", ["Made", "Invent", "Nada"]),
        ("Prado Invento, Ana Maria", ["Prado Invento"]),
        ("Bo Made & Ana Invent", ["Made", "Invent"]),
        ("Bo Made und Ana Invent", ["Made", "Invent"]),
        ("Bo Made et Ana Invent", ["Made", "Invent"]),
        ("Ana Ortega y Nada", ["Ortega y Nada"]),
        ("Bo Made / Ana Invent / Cy Nada", ["Made", "Invent", "Nada"]),
        ("Bo Made, Ana Invent and Cy Nada", ["Made", "Invent", "Nada"]),
        ("Bo Made, Ana Invent, and Cy Nada", ["Made", "Invent", "Nada"]),
        ("{Made, B. and Invent, A. C.}", ["Made", "Invent"]),
        ("Made BA, Van den Nada K", ["Made", "Van den Nada"]),
        ("王小明，李华，张三", ["王", "李", "张"]),
        ("王小明、李华", ["王", "李"]),
        ("王, 小明", ["王"]),
        ("佐藤, 花子", ["佐藤"]),
        ("{Kelp & Tide Brothers} and Made, Bo", ["Kelp & Tide Brothers", "Made"]),
    ],
)
def test_a_list_is_parted_where_that_is_certain(written: str, families: list[str]) -> None:
    assert [family for family, _ in names_of(read_bibtex(f"author={{{written}}}"))] == families


def test_a_list_that_may_be_several_names_is_reported() -> None:
    records, remarks = read("x.bib", "@misc{k, title={Kelp}, author={Made, Invent, Nada, Prado}}")
    assert records[0].authors == ("Made", "Invent", "Nada", "Prado")  # in no case one name
    assert remarks == ["'Made, Invent, Nada, Prado' in 'k' may be several authors; put 'and' between them"]


def test_names_that_an_export_glued_are_parted() -> None:
    assert split_list("V. A. MadeV. I. InventB. N. Nada") == (["V. A. Made", "V. I. Invent", "B. N. Nada"], True)


@pytest.mark.parametrize("mark", ["$^1$", "$^{2,*}$", "\\textsuperscript{1}", "*", "†", "¹", "\\thanks{x}",
                                  "\\footnotemark[1]", "\\,$^{1}$", "$^{\\textrm{a}}$", "$^{\\ddagger}$"])  # fmt: skip
def test_marks_of_footnotes_are_not_part_of_a_name(mark: str) -> None:
    assert names_of(read_bibtex(f"author={{Made{mark}, Bo and Invent, Ana}}")) == [("Made", "Bo"), ("Invent", "Ana")]


def test_a_number_in_brackets_behind_a_shown_name_is_a_mark() -> None:
    assert names_of(read_bibtex("author={Bo Made (1) and Ana Invent (2)}")) == [("Made", "Bo"), ("Invent", "Ana")]


@pytest.mark.parametrize(
    ("shown", "family"),
    [("Ana De La Nada", "De La Nada"), ("Bo Van Den Made", "Van Den Made"), ("Cy Le Nada", "Le Nada"),
     ("Le Minh Made", "Made"), ("Bo Van Made", "Made"), ("Ana de Nada Filho", "de Nada Filho"),
     ("Ana Nada Filho", "Nada Filho"), ("Ana Filho", "Filho")],
)  # fmt: skip
def test_a_guess_knows_capital_particles_and_words_for_a_generation(shown: str, family: str) -> None:
    assert guess_name(shown).surname == family


@pytest.mark.parametrize(("family", "given"), [("李", "小龙"), ("鈴木", "花"), ("박", "서준")])
def test_names_of_the_east_have_the_family_name_first(family: str, given: str) -> None:
    assert read_bibtex(f"author={{{family}, {given}}}").authors == (f"{family}{given}",)
    (record,), _ = read("x.ris", f"TY  - JOUR\nAU  - {family}, {given}\nTI  - Kelp\nER  - \n")
    assert record.authors == (f"{family}{given}",)
    assert guess_name(f"{family} {given}") == PersonName(family, given, guessed=True)


@pytest.mark.parametrize(
    ("name", "family", "given"),
    [("王小明", "王", "小明"), ("欧阳修", "欧阳", "修"), ("김민지", "김", "민지"), ("李娜", "李", "娜")],
)
def test_a_name_of_the_east_in_one_piece_begins_with_a_frequent_family_name(name: str, family: str, given: str) -> None:
    assert guess_name(name) == PersonName(family, given, guessed=True)
    assert guess_name(name).display == name


@pytest.mark.parametrize("name", ["林業庁", "高知大学", "海洋研究所", "山田花子", "王国维研究会"])
def test_a_group_or_an_unknown_name_of_the_east_stays_whole(name: str) -> None:
    assert guess_name(name) == PersonName(literal=name, guessed=True)


@pytest.mark.parametrize(
    ("shown", "family", "given"),
    [
        ("Erfunden László", "Erfunden", "László"),
        ("Nincsen Anna Katalin", "Katalin", "Nincsen Anna"),  # Anna is at home everywhere
        ("Nincsen Zsófia Katalin", "Nincsen", "Zsófia Katalin"),
        ("Győző Nincsen", "Nincsen", "Győző"),
        ("István László", "László", "István"),
        ("A. László", "László", "A."),
    ],
)
def test_a_hungarian_name_has_the_family_name_first_where_that_is_certain(shown: str, family: str, given: str) -> None:
    name = guess_name(shown)
    assert (name.family, name.given, name.guessed) == (family, given, True)


@pytest.mark.parametrize("line", ["ED  - Made, Bo", "A2  - Made, Bo", "A3  - Made, Bo"])
def test_the_editor_of_a_book_is_kept(line: str) -> None:
    (record,), _ = read("x.ris", f"TY  - BOOK\nTI  - Kelp\n{line}\nER  - \n")
    assert names_of(record, "editor") == [("Made", "Bo")]
    assert names_of(read_bibtex("editor={Made, Bo}"), "editor") == [("Made", "Bo")]


def test_an_entry_in_a_comment_is_not_read() -> None:
    text = "@comment{\n@article{gone, title={Gone}}\n}\n@article{here, title={Here}}"
    records, remarks = read("x.bib", text)
    assert [record.title for record in records] == ["Here"]
    assert remarks == []


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("H$_2$O and CO$_{2}$", "H₂O and CO₂"),
        ("Kelp$^2$RAG", "Kelp²RAG"),
        ("$^{13}$C in kelp", "¹³C in kelp"),
        ("20 $^\\circ$C", "20 °C"),
        ("\\ce{H2SO4} and \\ce{Ca^{2+}}", "H₂SO₄ and Ca²⁺"),
        ("CO\\textsubscript{2}", "CO₂"),
        ("PM$_{2.5}$", "PM2.5"),
        ("{{CO}}$_{\\textrm{2}}$ and m$^{\\textrm{2}}$", "CO₂ and m²"),  # as Zotero writes them
        ("$\\mathrm{H_2O}$ at $20\\,^{\\circ}\\mathrm{C}$", "H₂O at 20 °C"),
        ("\\ch{CO2} and \\isotope{14}{C} and \\isotope[13]{N}", "CO₂ and ¹⁴C and ¹³N"),
        ("a &Lt; b &#X2013; c", "a < b – c"),
        ("kelp &Amp; tide &Quot;x&Quot;", 'kelp & tide "x"'),
    ],
)
def test_scripts_and_entities_of_a_title_are_characters(written: str, title: str) -> None:
    (record,), _ = read("x.bib", f"@article{{k, title={{{written}}}}}")
    assert record.title == title


@pytest.mark.parametrize(
    ("value", "start", "end"),
    [
        ([{"year": "2031", "month": "2", "day": "3"}], (2031, 2, 3), ()),
        ({"year": 2031}, (2031,), ()),
        ({"date-parts": [["2031", 2], ["2031", 4]]}, (2031, 2), (2031, 4)),
        ({"raw": "2031-02"}, (2031, 2), ()),
        ({"literal": "in press"}, (), ()),
        ({"date-parts": [2031, 2]}, (2031, 2), ()),
        ({"date-parts": [["2031-02-03"]]}, (2031, 2, 3), ()),
        ({"date-time": "2031-02-03T00:00:00Z"}, (2031, 2, 3), ()),
        ({"timestamp": 1927843200000}, (2031, 2, 3), ()),
        ({"start": {"year": "2031"}}, (2031,), ()),
        (2031, (2031,), ()),
    ],
)
def test_dates_of_csl_in_old_and_new_forms(value: object, start: tuple[int, ...], end: tuple[int, ...]) -> None:
    date = read_csl_date(value)
    assert date is not None
    assert (date.start, date.end) == (start, end)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2031-03/2031-04", PartialDate((2031, 3), (2031, 4))),
        ("2031 Nov-Dec", PartialDate((2031, 11), (2031, 12))),
        ("Spring 2031", PartialDate((2031,), season=1)),
        ("2031-24", PartialDate((2031,), season=4)),
        ("ca. 1931", PartialDate((1931,), circa=True)),
        ("1931~", PartialDate((1931,), circa=True)),
        ("in press", PartialDate(literal="in press")),
        ("2031-02-31", PartialDate((2031, 2, 31))),
        ("", None),
    ],
)
def test_dates_of_any_precision(text: str, date: PartialDate | None) -> None:
    assert read_partial(text) == date


@pytest.mark.parametrize(
    "nothing", ["NA", "nan", "None", "n/a", "-", "NULL", "<NA>", "#N/A", "n.a.", "(none)", "?", "–"]
)
def test_what_says_that_there_is_nothing_is_nothing(nothing: str) -> None:
    (record,), _ = read("x.csv", f"title,abstract,author,year,journal\nKelp,{nothing},{nothing},2031,{nothing}\n")
    assert (record.abstract, record.authors, record.venue, dict(record.reference.fields)) == ("", (), None, {})
    (record,), _ = read("x.ris", f"TY  - JOUR\nTI  - Kelp\nAU  - {nothing}\nT2  - {nothing}\nAB  - {nothing}\nER  - \n")
    assert (record.abstract, record.authors, record.venue) == ("", (), None)


@pytest.mark.parametrize(
    "given",
    ["10/kelp7", "https://doi.org/10/kelp7", "10.5555/a b", "see the publisher", "see https://example.org/10.5555/k"],
)
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.bib", "@article{{k, title={{Kelp}}, author={{Made, Bo}}, doi={{{}}}}}"),
        ("x.ris", "TY  - JOUR\nAU  - Made, Bo\nTI  - Kelp\nDO  - {}\nER  - \n"),
        ("x.csv", 'title,authors,doi\nKelp,"Made, Bo",{}\n'),
        ("x.json", '[{{"id": "k", "type": "article-journal", "title": "Kelp", "DOI": "{}", '
                   '"issued": {{"date-parts": [[2031]]}}, "author": [{{"family": "Made", "given": "Bo"}}]}}]'),
    ],
)  # fmt: skip
def test_a_doi_that_is_not_understood_is_reported_in_every_format(name: str, text: str, given: str) -> None:
    records, remarks = read(name, text.format(given))
    assert len(records) == 1
    assert "doi" not in records[0].links
    expected = "'10/kelp7' is a short DOI; write the whole one" if "kelp7" in given else f"'{given}' is not a DOI"
    assert [remark for remark in remarks if remark.startswith(expected)], remarks


@pytest.mark.parametrize(
    "given",
    ["info:doi/10.5555/k", "(10.5555/k)", "<10.5555/k>", "doi:10.5555/k; 10.5555/other", "10.5555/k 10.5555/other",
     "https://example.org/doi/abs/10.5555/k", "DOI:https://doi.org/10.5555/k",
     "\\href{https://doi.org/10.5555/k}{10.5555/k}", "[doi] 10.5555/k", "[DOI]10.5555/k",
     "https://login.example.org/login?url=https://doi.org/10.5555/k", "https://doi.org/10.5555/k?utm_source=x#top",
     "https://example.org/doi/10.5555/k/full", "https://example.org/doi/pdf/10.5555/k.pdf"],
)  # fmt: skip
def test_a_doi_in_other_dress_is_read(given: str) -> None:
    assert find_doi(given) == "10.5555/k"


@pytest.mark.parametrize("given", ["https://example.org/files/10.5555/k.pdf", "Version 10.5555 of kelp"])
def test_a_number_in_an_address_is_not_a_doi(given: str) -> None:
    assert find_doi(given) == ""


@pytest.mark.parametrize(
    ("author", "title"), [("Иванов, Иван", "Дрожжи и хлеб"), ("Παπάς, Νίκος", "Η ζύμη"), ("王, 伟", "海带")]
)
@pytest.mark.parametrize("wrong", ["latin-1", "sloppy-windows-1252"])
def test_any_script_that_was_encoded_twice_is_read(author: str, title: str, wrong: str) -> None:
    for name, text in (("x.ris", f"TY  - JOUR\nAU  - {author}\nTI  - {title}\nER  - \n"),
                       ("x.bib", f"@article{{k, title={{{title}}}, author={{{author}}}}}")):  # fmt: skip
        (record,), remarks = read(name, text.encode().decode(wrong))
        assert record.title == title
        assert record.reference.names["author"][0].family == author.partition(",")[0]
        assert len(remarks) == 1, remarks
        assert "was read as" in remarks[0]


def test_text_that_was_encoded_twice_is_read_as_it_was_and_reported() -> None:
    garbled = "TY  - JOUR\nAU  - Müller, Jörg\nTI  - Über den Tang\nT2  - Où\nER  - \n".encode().decode("cp1252")
    (record,), remarks = read("x.ris", garbled)
    assert (record.authors, record.title) == (("Jörg Müller",), "Über den Tang")
    assert "was read as 'Über den Tang'" in remarks[0]


@pytest.mark.parametrize(
    ("written", "doi"),
    [
        ("10.1002/(SICI)1000-0000(199901)1:2<3::AID-KELP4>3.0.CO;2-X", None),
        ("10.5555/a%3Cb%3Ec", "10.5555/a<b>c"),
        ("10.5555/a&lt;b&gt;c", "10.5555/a<b>c"),
        ("10.5555/a$<$b$>$c", "10.5555/a<b>c"),
        ("https://doi-org.proxy.example.org/10.5555/kelp", "10.5555/kelp"),
        ("https://doi.org.proxy.example.org/10.5555/kelp", "10.5555/kelp"),
        ("10.5555/kelp [doi]", "10.5555/kelp"),
        ("10.5555/kelp[doi]", "10.5555/kelp"),
        ("10.5555/kelp     LK  - https://example.org", "10.5555/kelp"),
        ("doi: 10.5555/kelp(1)", "10.5555/kelp(1)"),
        ("10.5555/kelp.", "10.5555/kelp"),
        ("kelp", ""),
        ("10.5555/kelp and more", ""),
    ],
)
def test_a_doi_is_read_in_any_form(written: str, doi: str | None) -> None:
    assert find_doi(written) == (written if doi is None else doi)
