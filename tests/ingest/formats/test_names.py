"""Names of people and organisations, alone and in lists, in the forms in which tools write them; no one here exists."""

from __future__ import annotations

import json

import pytest

from litbook.ingest.formats.namelists import split_list
from litbook.ingest.formats.people import read_name
from litbook.ingest.sources import read_source
from litbook.model.reference import PersonName
from litbook.model.review import Record
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
        ("Bo A. Made, Ana Invent", ["Made", "Invent"]),  # no family name has an initial inside
        ("Bo Made, Ana van der Invent", ["Made", "van der Invent"]),  # and no given names "van der"
        ("Bo Made with Ana Invent", ["Made", "Invent"]),
        ("Bo Made + Ana Invent", ["Made", "Invent"]),
        ("Bo Made - Ana Invent", ["Made", "Invent"]),
        ("Bo Made: Ana Invent", ["Made", "Invent"]),
        ("B.Made, A.C.Invent", ["Made", "Invent"]),
        ("Bo Made, PhD, Ana Invent, M.D.", ["Made", "Invent"]),
        ("Bo Made (Kelp University)", ["Made"]),
        ("Made, Bo (ed.) and Invent, Ana (Ed.)", ["Made", "Invent"]),
        ("Made B, Invent AC, the KELP Study Group", ["Made", "Invent", "the KELP Study Group"]),
        ("Bo Made, Ana Invent, and the Kelp Consortium", ["Made", "Invent", "the Kelp Consortium"]),
        ("Ministry of Kelp, Norway", ["Ministry of Kelp, Norway"]),
        ("World Kelp Organization, Tide", ["World Kelp Organization, Tide"]),
        ("Bo Made et al.", ["Made"]),
        ("Made, Bo, et al", ["Made"]),
        ("王小明, 李华", ["王", "李"]),
        ("王小明 李华 张三", ["王", "李", "张"]),
        ("Prado Invento, Ana Maria and Nada Prado, Jose Luis", ["Prado Invento", "Nada Prado"]),
        ("Lopez Invento, María del Carmen", ["Lopez Invento"]),
        ("Van Made, Bo Piet", ["Van Made"]),
    ],
)
def test_a_list_is_parted_where_that_is_certain(written: str, families: list[str]) -> None:
    assert [family for family, _ in names_of(read_bibtex(f"author={{{written}}}"))] == families


def test_a_list_that_may_be_several_names_is_reported() -> None:
    records, remarks = read("x.bib", "@misc{k, title={Kelp}, author={Made, Invent, Nada, Prado}}")
    assert records[0].authors == ("Made", "Invent", "Nada", "Prado")  # in no case one name
    assert remarks == ["'Made, Invent, Nada, Prado' in 'k' may be several authors; put 'and' between them"]


@pytest.mark.parametrize(
    "written",
    [
        "Bo Made, Ana Invent",
        "Bo Made, Ana Invent, et al.",
        "Bo Made, Jr., Ana Invent",
        "Bo Made and Ana Invent, Cy Nada",
        "Bo van Made, Jean de La Nada",
        "{Bo Made, Ana Invent}",
        "{Bo Made and Ana Invent}",
        "Bo Made, University of Kelp",
        "李华, 张三",
        "Made, Bo, Invent, Ana",
    ],
)
@pytest.mark.parametrize("role", ["author", "editor"])
def test_two_names_that_may_be_one_are_reported(role: str, written: str) -> None:
    _, remarks = read("x.bib", f"@misc{{k, title={{Kelp}}, {role}={{{written}}}}}")
    assert len(remarks) == 1, remarks
    assert f"in 'k' may be several {role}s" in remarks[0]


def test_two_names_on_a_line_or_in_a_cell_are_reported() -> None:
    _, remarks = read("x.ris", "TY  - JOUR\nAU  - Bo Made, Ana Invent\nTI  - Kelp\nER  - \n")
    assert remarks == ["'Bo Made, Ana Invent' may be several names; write a line 'AU  - …' for each of them"]
    row = 'Kelp,"Bo Made, Ana Invent",2031\n'
    records, remarks = read("x.csv", f"title,authors,year\n{row}")
    assert records[0].authors == ("Bo Made", "Ana Invent")
    assert remarks == ["'Bo Made, Ana Invent' was read as two names; if it is one, put a semicolon behind it"]
    _, remarks = read("x.csv", f'title,authors,year\n{row}Tide,"Bo Made, Ana Invent, Cy Nada",2031\n')
    assert remarks == []  # the second row shows what a comma parts


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
