"""Right or refused: a file is read by a reader that accounts for it, or refused by what it is."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from readings import find_reports, read_file, read_titles, refuse

from litbook.ingest.formats.accounts import account_for, find_all
from litbook.ingest.formats.bibtex import read_bibtex
from litbook.ingest.formats.choice import choose
from litbook.ingest.formats.wishes import Refused, Wish

ENTRY = "@misc{owls, title = {Owls in winter}, author = {Kraut, Ben}, year = 2031}\n"


def make_zip(name: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, "x")
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "what", "remedy"),
    [
        (make_zip("xl/workbook.xml"), "an Excel workbook", "litbook[xlsx]"),
        (make_zip("word/document.xml"), "a Word document", "RIS or BibTeX"),
        (make_zip("content.xml"), "an OpenDocument file", "CSV"),
        (make_zip("a.txt"), "a zip archive", "unpack it"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "a PDF", "docling"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 60, "an old Office file", "CSV"),
        (b"\x1f\x8b\x08\x00abc", "a gzip archive", "unpack"),
        (b"SQLite format 3\0" + b"\1" * 80, "an SQLite database", "BibTeX"),
        (b"\x00\x01\x02\x03" * 100, "a binary file", "text"),
        ("", "an empty file", "complete"),
        ("\ufeff \r\n", "an empty file", "complete"),
        ("\\documentclass{article}\n\\begin{document}Owls\\end{document}", "LaTeX source", ".bib"),
        ("\\begin{thebibliography}{9}\n\\bibitem{a} B. Kraut, Owls, 2031.\n", "a bibliography in LaTeX", ".bib"),
        ("<html><body><p>Owls are birds.</p></body></html>", "an HTML page without", "identifiers"),
        ('<?xml version="1.0"?><Workbook xmlns="x"><Table/></Workbook>', "a spreadsheet as XML", "CSV"),
        ("<owls><owl/></owls>", "XML with the root element <owls>", "RIS"),
        ('{"nbformat": 4, "cells": []}', "a Jupyter notebook", "CSV"),
        ('{"name": "owls", "version": "1.0"}', "JSON without objects that have a title", "--map"),
        ("Key,paper_id\nA1,12\nB2,13\n", "a table without a column of titles; its columns are Key, paper_id", "--map"),
        ("Nr\tJahr\n1\t2031\n2\t2032\n", "a table without a column of titles; its columns are Nr, Jahr", "--map"),
        ("XX  - Owls\nYY  - Mice\nZZ  - Newts\n", "lines of the form 'TAG - value'", "RIS"),
        ("name: owls\nversion: 1\nlicense: MIT\nauthor: Ben\n", "lines of the form 'key: value'", "BibTeX"),
        ("0.1 0.2 0.3 0.4 0.5 0.6\n" * 5, "a table of numbers", "table of papers"),
        ("Kraut B and Moll A (2031) Owls in winter. Journal of Owls 3(2): 1-9.\n" * 4, "a list of references", "RIS"),
        (
            json.dumps(
                {f"word{at}": f"w{at}." for at in range(900)} | {"title": "t.", "journal": "j.", "doi": "10.1/x"}
            ),
            "JSON without objects that have a title",
            "--map",
        ),
        ("Owls are birds of the night.\n", "unknown format", "supported: "),
    ],
)
def test_what_is_not_read_is_named_with_the_way_on(content: str | bytes, what: str, remedy: str) -> None:
    made = refuse(content)
    assert made.what.startswith(what)
    assert remedy in made.remedy


def test_a_readme_with_one_citation_is_not_a_bibliography() -> None:
    prose = "".join(f"Owls see line {number} of this text in the dark.\n" for number in range(40))
    made = refuse(f"# owls\n\n{prose}\n```\n{ENTRY}```\n")
    assert "only 1 of 4" in made.what
    assert "--as bibtex" in made.remedy or "--as links" in made.remedy
    assert read_titles(f"{prose[:400]}\n{ENTRY}") == ["Owls in winter"]


def test_identifiers_beside_the_records_are_reported_with_their_number() -> None:
    beside = "Read also arXiv:2301.00001, arXiv:2301.00002\nand arXiv:2301.00003.\n"
    many = "".join(
        ENTRY.replace("owls,", f"o{n}, eprint = {{2302.0000{n}}}, archiveprefix={{arXiv}},") for n in range(5)
    )
    (report,) = [text for text in find_reports(read_file(many + beside)) if "skipped" in text]
    assert report.startswith("2 lines with 3 arXiv ids skipped (2301.00001, 2301.00002, 2301.00003); add them")


def test_a_format_that_a_person_names_is_read_whatever_it_accounts_for() -> None:
    text = "Owls are birds.\n" * 60 + ENTRY
    assert isinstance(choose("x", text.encode()), Refused)
    assert [r.title for r in read_file(text, wish=Wish("bibtex")).records] == ["Owls in winter"]
    assert [r.title for r in read_file(text, wish=Wish("BibTeX")).records] == ["Owls in winter"]


def test_columns_that_are_not_in_the_file_are_refused() -> None:
    made = choose("x.csv", b"Key,paper_id\nA,1\n", Wish(columns={"title": "Name"}))
    assert isinstance(made, Refused)
    assert made.what == "no rows with 'Name'"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "see https://arxiv.org/abs/2301.00001v2 and arXiv: hep-th/9901001",
            {"arxiv:2301.00001", "arxiv:hep-th/9901001"},
        ),
        ("https://huggingface.co/papers/2301.00001", {"arxiv:2301.00001"}),
        ("doi:10.1000/Owls.7, https://doi.org/10.1000/mice", {"doi:10.1000/owls.7", "doi:10.1000/mice"}),
        ("https://doi.org/10.48550/arXiv.2301.00001", {"arxiv:2301.00001"}),
        ("https://openreview.net/forum?id=aBcD123eF", {"openreview:abcd123ef"}),
        ("version 2301.00001 of 10.1 owls", set()),
    ],
)
def test_the_independent_count_knows_identifiers_and_nothing_else(text: str, found: set[str]) -> None:
    assert find_all(text) == found


def test_an_account_says_what_became_of_lines_and_identifiers() -> None:
    reading = read_bibtex("x", ENTRY * 2 + "A note on arXiv:2301.00001\n")
    account = account_for(reading, structured=True)
    assert (account.records, account.taken, account.missed) == (2, 2, {"arxiv:2301.00001"})
    assert account.describe() == "2 of 2 lines and 0 of 1 identifiers"
