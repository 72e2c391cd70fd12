"""Dates, identifiers and titles of references, in the forms in which tools write them; no one here exists."""

from __future__ import annotations

import pytest

from litbook.ingest.formats.dates import read_csl_date, read_partial
from litbook.ingest.sources import read_source
from litbook.model.reference import PartialDate
from litbook.model.review import Record
from litbook.text.identifiers import find_doi


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
        ("About $\\sim$5 and $\\pm$ 3", "About ∼5 and ± 3"),
        ("\\texorpdfstring{$\\alpha$-kelp}{alpha-kelp} in \\texorpdfstring{{\\bf x}}{y}", "alpha-kelp in y"),
        ("non\\hyphen linear kel{\\-}p", "non-linear kelp"),
        ("$\\mu$m, $^{238}$U, Na\\textsuperscript{+}, C$_{60}$ and SO$_4^{2-}$", "μm, ²³⁸U, Na⁺, C₆₀ and SO₄²⁻"),
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
