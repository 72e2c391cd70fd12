"""What `litbook new` and `litbook add` do with files and with what these carry. All papers are invented."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from invented import put, read_tree
from openpyxl import Workbook

from litbook.__main__ import main
from litbook.ingest.formats import pdf
from litbook.ingest.formats.pdf import find_in_page

NAMES = "Owls in winter|Mice under snow|The ears of newts|Songs of frogs|Voles at night".split("|")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def make_table(**columns: str) -> str:
    """Return a table of the invented papers, with a further column of one value a paper."""
    ((name, values),) = columns.items()
    rows = (f"{title},Ben Kraut,2031,{value}" for title, value in zip(NAMES, values.split("|"), strict=False))
    return "\n".join([f"title,authors,year,{name}", *rows]) + "\n"


def read_decisions(root: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO((root / "book/corpus/decisions.csv").read_text("utf-8"))))[1:]


def test_labels_of_an_export_become_decisions_and_fill_the_flow(tmp_path: Path) -> None:
    put(tmp_path, {"x.csv": make_table(asreview_label="1|0|0|1|")})
    result = run("new", tmp_path / "review", "--from", tmp_path / "x.csv")
    assert result.exit_code == 0, result.output
    assert "4 papers screened by the labels of the export: 2 included, 2 excluded; see book/corpus/decisions.csv." in (
        result.stdout.splitlines()
    )
    rows = read_decisions(tmp_path / "review")
    assert [(row[0], row[4], row[6]) for row in rows] == [
        ("kraut2031ears", "exclude", "ASReview"), ("kraut2031mice", "exclude", "ASReview"),
        ("kraut2031owls", "include", "ASReview"), ("kraut2031songs", "include", "ASReview"),
    ]  # fmt: skip
    assert run("check", "--root", tmp_path / "review").exit_code == 0


def test_labels_never_change_the_decision_of_a_person(tmp_path: Path) -> None:
    root = tmp_path / "review"
    put(tmp_path, {"a.csv": make_table(note="a|b"), "b.csv": make_table(included="0|0|1")})
    assert run("new", root, "--from", tmp_path / "a.csv").exit_code == 0
    mine = (root / "book/corpus/decisions.csv").read_text(
        "utf-8"
    ) + "kraut2031owls,,,,include,I like owls,me,2031-01-01\n"
    put(root, {"book/corpus/decisions.csv": mine})
    result = run("add", "--root", root, tmp_path / "b.csv")
    assert "1 paper screened by the labels of the export: 1 included, 0 excluded" in result.stdout
    assert [(row[0], row[4]) for row in read_decisions(root)] == [
        ("kraut2031owls", "include"),
        ("kraut2031ears", "include"),
    ]


def test_labels_that_would_exclude_everything_are_not_decisions(tmp_path: Path) -> None:
    put(tmp_path, {"x.csv": make_table(included="0|0|0|0|0")})
    result = run("new", tmp_path / "review", "--from", tmp_path / "x.csv")
    assert (result.exit_code, read_decisions(tmp_path / "review")) == (0, [])


def test_the_account_names_what_joined_records_and_what_is_missing(tmp_path: Path) -> None:
    entry = "@misc{{{0}, title = {{Owls in winter}}, author = {{Kraut, Ben}}, year = 2031, doi = {{10.1000/owls}}}}\n"
    other = "@misc{c, title = {Mice under snow}, author = {Moll, Ada}, year = 2031, abstract = {We count mice.}}\n"
    put(tmp_path, {"x.bib": entry.format("a") + entry.format("b") + other + other.replace("{c,", "{d,")})
    lines = run("new", tmp_path / "review", "--from", tmp_path / "x.bib").stdout.splitlines()
    assert lines[0].startswith("4 entries read: 2 papers in ")
    assert lines[1:3] == [
        "2 records joined to another record of the same work: 1 by DOI, 1 by title.",
        "1 paper without an abstract.",
    ]


def test_works_that_share_an_identifier_are_named_at_once(tmp_path: Path) -> None:
    works = ((NAMES[0], "Kraut, Ben", "We listen to owls."), (NAMES[1], "Moll, Ada", "Mice were counted in March."))
    entries = (
        f"@article{{a{at}, title = {{{title}}}, author = {{{author}}}, abstract = {{{abstract}}}, doi = {{10.1000/x}}}}"
        for at, (title, author, abstract) in enumerate(works)
    )
    put(tmp_path, {"x.bib": "\n".join(entries)})
    result = run("new", tmp_path / "review", "--from", tmp_path / "x.bib")
    said = "1 identifier stands for several works, which stay apart; 'litbook check' lists them."
    assert said in result.stdout.splitlines()


def test_a_workbook_is_kept_as_the_table_in_it(tmp_path: Path) -> None:
    book = Workbook()
    notes = book.active
    assert notes is not None
    notes.title = "Read me"
    notes.append(["Exported by hand"])
    sheet = book.create_sheet("Papers")
    for row in (["title", "authors", "year"], [NAMES[0], "Ben Kraut; Ada Moll", 2031], [NAMES[1], "Ada Moll", 2030.0]):
        sheet.append(row)
    book.save(tmp_path / "my.xlsx")
    result = run("new", tmp_path / "review", "--from", tmp_path / "my.xlsx")
    assert result.exit_code == 0, result.output
    assert f"{tmp_path / 'my.xlsx'}: the sheet 'Papers' is kept as my.csv" in result.stdout
    sources = read_tree(tmp_path / "review/book/corpus/sources")
    assert sources == {
        "my.csv": f"title,authors,year\n{NAMES[0]},Ben Kraut; Ada Moll,2031\n{NAMES[1]},Ada Moll,2030\n".encode()
    }


@pytest.mark.parametrize(
    ("page", "identifier"),
    [
        ("Owls in winter\nBen Kraut\narXiv:2301.00001v2 [cs.CL] 3 Jan 2023", "2301.00001"),
        ("Owls\nhttps://doi.org/10.1000/owls.7.\nAbstract", "10.1000/owls.7"),
        ("Owls\nDOI: 10.1000/owls\nand again doi:10.1000/OWLS", "10.1000/owls"),
        ("References\ndoi:10.1000/a\ndoi:10.1000/b", ""),
        ("Owls in winter", ""),
    ],
)
def test_a_first_page_says_one_identifier_or_none(page: str, identifier: str) -> None:
    assert find_in_page(page).lower() == identifier


def test_a_pdf_is_added_by_the_identifier_on_its_first_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, {"a.csv": make_table(note="a|b")})
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.4\n")
    monkeypatch.setattr("litbook.commands.intake.files.find_identifier", lambda content: "2301.00001")
    result = run("new", tmp_path / "review", "--from", tmp_path / "a.csv", "--from", tmp_path / "paper.pdf")
    assert result.exit_code == 0, result.output
    assert "added by the identifier on its first page, 2301.00001" in result.stdout
    assert (tmp_path / "review/book/corpus/sources/added-identifiers.txt").read_text("utf-8") == "2301.00001\n"


def test_a_real_pdf_is_read_by_pypdf(tmp_path: Path) -> None:
    stream = b"BT /F1 12 Tf 72 720 Td (arXiv:2301.00001v1 [cs.CL] 2 Jan 2023) Tj ET"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    content, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    content += b"xref\n0 5\n0000000000 65535 f \n%strailer\n<< /Root 1 0 R /Size 5 >>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(content),
    )
    assert pdf.find_identifier(content) == "2301.00001"
    assert pdf.find_identifier(b"%PDF-1.4\nnothing") == ""
