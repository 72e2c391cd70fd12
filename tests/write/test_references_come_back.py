"""References leave as they came: each field of invented items of every type, read, exported and read by others."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from pybtex.database import parse_string

from litbook.commands.benchmarks.exports import FORMATS, describe, measure_exports
from litbook.enrich.merge import enrich
from litbook.ingest.formats.tex import decode_tex
from litbook.ingest.sources import read_source
from litbook.model.review import Paper, Record
from litbook.model.vocabulary import CSL_TYPES, RIS_TYPES
from litbook.write.bibliography import cite_in_words, render_csl, render_references, render_ris

SAMPLES = Path(__file__).parents[1] / "samples"
# Abstracts lose the notice of copyright at their end, BibTeX and RIS do not tell the kinds of particles apart, and
# nothing else is lost.
FLOOR = {"scopus.ris": 0.94, "scopus.csv": 0.94, "all-variables.json": 0.99}
MEASURED = sorted(
    path for path in SAMPLES.iterdir() if path.name not in ("ids.txt", "hf-daily.json", "arxiv-feed.xml")
)  # fmt: skip

ITEM = {
    "author": [
        {"family": "Oord", "non-dropping-particle": "van den", "given": "Ada"},
        {"family": "Erfunden", "given": "P. T.", "suffix": "Jr."},
        {"literal": "Snow Hearing Consortium"},
        {"family": "Prado Invento", "given": "Gabriela"},
    ],
    "editor": [{"family": "Made", "given": "Bo"}],
    "translator": [{"family": "Pretend", "given": "Cy"}],
    "issued": {"date-parts": [[2031, 3, 5]]},
    "accessed": {"date-parts": [[2032, 1, 2]]},
    "container-title": "Kelp & Tide",
    "collection-title": "Studies of kelp",
    "volume": "12",
    "issue": "3",
    "page": "45-67",
    "number": "N7",
    "publisher": "Invented Press",
    "publisher-place": "Nowhere",
    "edition": "2",
    "ISBN": "9780000000002",
    "ISSN": "0000-0019",
    "language": "en",
    "keyword": "kelp, tides",
    "note": "Read at night",
    "genre": "Field study",
    "event-title": "Meeting of the tides",
    "event-place": "Elsewhere",
    "title-short": "Short kelp",
    "container-title-short": "K. T.",
    "number-of-pages": "300",
    "number-of-volumes": "4",
    "chapter-number": "9",
    "archive": "Archive of kelp",
    "archive_location": "Shelf 3",
    "call-number": "QA 9",
    "version": "1.2",
    "status": "in press",
    "section": "Sec 4",
    "source": "Catalogue",
    "original-date": {"date-parts": [[1950]]},
    "event-date": {"date-parts": [[2031, 2, 1], [2031, 2, 3]]},
    "PMID": "123456",
    "PMCID": "PMC99",
    "dimensions": "10 cm",
    "original-title": "Tang und Tide",
    "authority": "Court of kelp",
    "jurisdiction": "NO",
}


def make_items() -> list[dict[str, object]]:
    return [
        {
            "id": f"own{number}",
            "type": kind,
            "title": f"Kelp of the kind {kind}, {number}",
            "DOI": f"10.5555/kelp.{number}",
            "URL": f"https://example.org/{number}",
            "abstract": f"We grow {number} kelps.",
            **ITEM,
        }
        for number, kind in enumerate(sorted(CSL_TYPES))
    ]


def read(name: str, text: str) -> Sequence[Record]:
    reading = read_source(name, text.encode())
    assert reading is not None
    assert [piece.reason for piece in reading.unread if not piece.understood] == []
    return reading.records


def make_papers(records: Sequence[Record]) -> Iterator[Paper]:
    """Return a paper of each record: here none of them is a copy of another."""
    for record in records:
        yield from enrich([record], (), (), "2031-01-01").papers


def read_again(paper: Paper, form: str) -> dict[str, object]:
    """Return the item of CSL that the export of a paper in a format gives."""
    name, render = FORMATS[form]
    (item,) = json.loads(render_csl(list(make_papers(read(name, render([paper]))))))
    return dict(item)


@pytest.mark.slow
@pytest.mark.parametrize(("form", "floor"), [("CSL-JSON", 1.0), ("BibTeX", 0.99), ("RIS", 0.98)])
def test_every_field_of_every_type_comes_back(form: str, floor: float) -> None:
    items = make_items()
    papers = list(make_papers(read("library.json", json.dumps(items))))
    pairs = [
        (item[name], again.get(name))
        for item, again in ((items[number], read_again(paper, form)) for number, paper in enumerate(papers))
        for name in item
        if name != "id"
    ]
    kept = sum(given == back for given, back in pairs)
    assert kept / len(pairs) >= floor, [pair for pair in pairs if pair[0] != pair[1]]


@pytest.mark.parametrize("path", MEASURED, ids=lambda path: path.name)
def test_the_fields_of_each_sample_come_back_in_all_formats(path: Path) -> None:
    found = measure_exports(path)
    shares = [found.share(form) for form in FORMATS]
    assert min(shares) >= FLOOR.get(path.name, 1.0), found.lost


@pytest.mark.parametrize("path", MEASURED, ids=lambda path: path.name)
def test_an_export_of_an_export_is_the_same(path: Path) -> None:
    reading = read_source(path.name, path.read_bytes())
    assert reading is not None
    papers = list(make_papers(reading.records))
    for name, render in FORMATS.values():
        once = render(papers)
        again = render(list(make_papers(read(name, once))))
        assert [describe(record) for record in read(name, once)] == [describe(record) for record in read(name, again)]


# --- What other programs read of it ---

BIBTEX = {
    "article": "author editor journal year month volume number pages issn doi keywords note eid language abstract",
    "book": "author editor translator year publisher address edition isbn series volume number note pagetotal",
    "inproceedings": "author editor booktitle year month pages publisher address series volume organization isbn",
    "incollection": "author editor booktitle year publisher pages chapter edition series volume isbn type address",
    "inbook": "author editor booktitle year publisher pages chapter edition",
    "phdthesis": "author year month school address type note url",
    "mastersthesis": "author year school address url",
    "techreport": "author year institution number type address month",
    "manual": "author year organization edition address",
    "unpublished": "author note year month",
    "booklet": "author howpublished address year",
    "proceedings": "editor year publisher series volume organization address isbn",
    "online": "author year url urldate organization note",
    "report": "author year institution type number",
    "thesis": "author year institution type",
    "software": "author year version url publisher",
    "dataset": "author year publisher doi version",
    "patent": "author year number address type",
    "misc": "author year howpublished note month ownfield",
}
VALUES = {
    "author": r"van den Oord, A{\"a}ron and {World Kelp Organization} and Erfunden, Jr., P. T. and Prado Invento, Ana",
    "editor": "Made, Bo", "translator": "Pretend, Cy", "journal": r"Kelp \& Tide", "booktitle": "Book of Kelp",
    "year": "2031", "month": "mar", "volume": "12", "number": "3", "pages": "45--67", "publisher": "Invented Press",
    "address": "Nowhere", "edition": "2", "isbn": "978-0-00-000000-2", "issn": "0000-0019", "doi": "10.5555/kelp.1",
    "url": "https://example.org/a_b", "keywords": "kelp, tides", "note": "A note", "series": "Kelp series",
    "chapter": "4", "school": "University of Kelp", "institution": "Institute of Kelp", "organization": "Kelp Union",
    "type": "Field study", "language": "english", "abstract": "We grow kelp.", "howpublished": "Leaflet",
    "eid": "e77", "urldate": "2032-01-02", "pagetotal": "300", "version": "1.2", "ownfield": "x y",
}  # fmt: skip


def make_bibtex() -> str:
    return "\n\n".join(
        f"@{kind}{{key{number},\n  title = {{Kelp as a {kind}}},\n"
        + "".join(
            f"  {name} = {VALUES[name] if name == 'month' else f'{{{VALUES[name]}}}'},\n" for name in names.split()
        )
        + "}"
        for number, (kind, names) in enumerate(BIBTEX.items())
    )


def fold(text: str) -> str:
    return re.sub(r"[\W_]", "", decode_tex(text).casefold())


def test_pybtex_reads_the_same_entries_of_our_bibtex() -> None:
    before = parse_string(make_bibtex(), "bibtex").entries
    for record in read("library.bib", make_bibtex()):
        given = before[record.reference.keys[0]]
        ((_, back),) = parse_string(render_references(list(make_papers([record]))), "bibtex").entries.items()
        assert back.type == given.type
        assert {name: fold(back.fields.get(name, "")) for name in given.fields} == {
            name: fold(value) for name, value in given.fields.items()
        }
        for role, people in given.persons.items():
            assert [fold(str(name)) for name in back.persons[role]] == [fold(str(name)) for name in people]


RIS = {
    "JOUR": "AU PY DA T2 VL IS SP EP SN DO UR KW AB N1 LA J2 ST DB DP AN Y2 M3",
    "BOOK": "AU PY PB CY ET KW AB LA A4 NV CN UR", "CHAP": "AU A2 PY T2 SP EP PB CY A4 ET T3",
    "CONF": "AU PY DA T2 SP EP PB CY KW UR", "THES": "AU PY PB CY M3 UR AB", "RPRT": "AU PY PB CY M3",
    "GEN": "AU PY T2 UR N1 KW M1", "ELEC": "AU PY UR Y2 T2", "COMP": "AU PY PB UR ET", "DATA": "AU PY PB UR DO",
    "NEWS": "AU PY DA T2 SP UR", "MGZN": "AU PY T2 VL IS SP", "PAT": "AU PY CY", "EJOUR": "AU PY T2 VL IS C7",
    "ENCYC": "AU PY T2 SP EP A2", "EBOOK": "AU PY PB", "STAND": "AU PY PB",
}  # fmt: skip
TAGS = {
    "AU": ["van den Oord, Aäron", "Erfunden, P. T., Jr.", "World Kelp Organization"], "PY": ["2031"],
    "DA": ["2031/03/05/"], "T2": ["Kelp & Tide"], "VL": ["12"], "IS": ["3"], "SP": ["45"], "EP": ["67"],
    "SN": ["0000-0019"], "DO": ["10.5555/x"], "UR": ["https://example.org/1"], "KW": ["kelp", "tides"],
    "PB": ["Invented Press"], "CY": ["Nowhere"], "AB": ["We grow kelp."], "N1": ["A note"], "LA": ["en"],
    "ET": ["2"], "J2": ["K. T."], "ST": ["Short"], "DB": ["Kelpbase"], "DP": ["Catalogue"], "AN": ["A123"],
    "Y2": ["2032/01/02/"], "M3": ["Field study"], "A2": ["Made, Bo"], "A4": ["Pretend, Cy"], "T3": ["Series"],
    "CN": ["QA9"], "NV": ["4"], "M1": ["N7"], "C7": ["e77"],
}  # fmt: skip


def read_ris_lines(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tag, value in re.findall(r"^([A-Z][A-Z0-9])  - ?(.+)$", text, re.MULTILINE):
        found.setdefault(tag, []).append(value)
    return found


@pytest.mark.parametrize("kind", RIS)
def test_every_line_of_ris_comes_back(kind: str) -> None:
    assert kind in RIS_TYPES
    lines = [f"{tag}  - {value}" for tag in RIS[kind].split() for value in TAGS[tag]]
    text = "\n".join([f"TY  - {kind}", "TI  - Kelp", *lines, "ER  - \n"])
    given = read_ris_lines(text)
    back = read_ris_lines(render_ris(list(make_papers(read("library.ris", text)))))
    assert {tag: sorted(back.get(tag, [])) for tag in given} == {tag: sorted(values) for tag, values in given.items()}


@pytest.mark.parametrize("render", [render_references, render_ris, render_csl])
def test_no_export_tells_where_a_file_is_on_somebody_s_disk(render: Callable[[Sequence[Paper]], str]) -> None:
    for name in ("zotero.bib", "jabref.bib", "zotero.ris"):
        reading = read_source(name, (SAMPLES / name).read_bytes())
        assert reading is not None
        assert ".pdf" not in render(list(make_papers(reading.records)))


def export(text: str, name: str = "x.bib") -> Paper:
    (paper,) = make_papers(read(name, text))
    return paper


def test_several_numbers_of_one_book_stay_apart() -> None:
    paper = export("@book{k, title={Kelp}, isbn={978-0-00-000000-2 978-0-00-000001-9}}")
    assert "isbn = {978-0-00-000000-2 978-0-00-000001-9}" in render_references([paper])


def test_a_group_of_two_words_is_one_in_ris_and_stays_one() -> None:
    paper = export("@software{k, title={Kelp}, author={{Tide developers} and Made, Bo}}")
    text = render_ris([paper])
    assert "AU  - Tide developers,\nAU  - Made, Bo\n" in text
    assert render_ris([export(text, "x.ris")]) == text


def test_the_editors_of_a_book_are_named_with_its_chapter() -> None:
    paper = export(
        "@incollection{k, title={Kelp}, author={Made, Bo}, editor={Nada, Cy and Invent, Ana}, booktitle={Tides},"
        " volume={2}, pages={3--5}, year={2031}}"
    )
    assert cite_in_words(paper) == "Bo Made (2031). Kelp. In Cy Nada, Ana Invent (eds.), Tides, vol. 2, 3–5."
