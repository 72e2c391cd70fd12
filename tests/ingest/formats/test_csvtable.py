"""Tables of papers in the shapes in which tools and people write them, with invented rows."""

from __future__ import annotations

import pytest
from effort import coming_to_an_end
from exports import bad, claims, damaged, read_sample
from hypothesis import given, settings
from readings import read_titles
from reads import check, sample, titles

from litbook.ingest.formats.columns import split_authors
from litbook.ingest.formats.csvtable import matches, read_csvtable
from litbook.model.review import Reading

SAMPLES = (
    "scopus.csv",
    "zotero.csv",
    "semanticscholar.csv",
    "ieee.csv",
    "pubmed.csv",
    "wos.tsv",
    "hand.csv",
)
HEADER = "Key,Title,Authors,Year,DOI,Abstract\n"
ROW = '{0},"Title {0}",Ann Doe,2020,10.9999/{0},"An abstract, {0}."\n'


def read(text: str) -> Reading:
    return check(read_csvtable, text)


# -- real shapes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SAMPLES)
def test_every_shape_is_known_by_its_content_and_read_whole(name: str) -> None:
    assert claims(sample(name)) == "csvtable"
    reading = read_sample(read_csvtable, name)
    assert reading.records
    assert bad(reading) == []


def test_scopus_with_full_names_and_a_cell_of_several_lines() -> None:
    voles, owls = read_sample(read_csvtable, "scopus.csv").records
    assert voles.title == 'Few-Shot Learning of Vole Calls, and of "Others"'
    assert voles.abstract == "Voles call at night. We show it. © 2020 Author(s)."
    assert voles.authors == ("Chidi Okafor", "Jörg A. Müller")
    assert (voles.year, voles.venue) == (2020, "Journal of Invented Zoology")
    assert voles.links == {"doi": "10.9999/jiz.2020.407"}
    assert voles.extra["Authors"] == "Okafor C.; Müller J.A."
    assert voles.extra["Source"] == "Scopus"
    assert not {"Title", "Abstract", "Year", "DOI", "Source title", "Author full names"} & voles.extra.keys()
    assert (voles.first_line, voles.last_line, owls.first_line) == (2, 3, 4)


def test_zotero() -> None:
    voles, owls = read_sample(read_csvtable, "zotero.csv").records
    assert (voles.published, voles.venue) == ("2023-12-06", "Proceedings of the 2023 Conference on Invented Methods")
    assert voles.links == {"doi": "10.18653/v1/2023.emnlp-main.9999", "acl": "2023.emnlp-main.9999"}
    assert owls.links == {"arxiv": "2401.99999"}
    assert (owls.extra["DOI"], owls.extra["Manual Tags"]) == ("10.48550/arXiv.2401.99999", "owls; care")


def test_files_and_notes_in_the_table_of_zotero_are_not_papers() -> None:
    reading = read(
        "Key,Item Type,Title,DOI\nAA,journalArticle,Owls at Dusk,10.9999/owls\n"
        "AB,attachment,Snapshot,\nAC,note,,\nAD,journalArticle,,\n"
    )
    assert titles(reading) == ["Owls at Dusk"]
    kinds = [(piece.first_line, piece.understood) for piece in reading.unread]
    assert kinds == [(1, True), (3, True), (4, True), (5, False)]


def test_semantic_scholar_with_lists_in_cells() -> None:
    owls, frogs = read_sample(read_csvtable, "semanticscholar.csv").records
    assert owls.authors == ("Åsa Lindqvist", "Seán O'Neill")
    assert (owls.links, owls.venue, owls.published) == ({"arxiv": "2401.99999"}, None, "2024-01-18")
    assert (frogs.links, frogs.venue, frogs.year) == ({"doi": "10.9999/frogs"}, "Amphibia", 2018)


def test_ieee_pubmed_and_web_of_science() -> None:
    (sets,) = read_sample(read_csvtable, "ieee.csv").records
    assert (sets.published, sets.authors) == ("2010-12", ("C. Okafor", "M. D. Fox"))
    assert sets.venue == "IEEE Transactions on Invented Processing"
    (mice,) = read_sample(read_csvtable, "pubmed.csv").records
    assert mice.authors == ("A Pascual", "JB van der Berg")
    assert (mice.venue, mice.links) == ("Rev Inv Health", {"doi": "10.9999/owls-2020-0011"})
    (voles,) = read_sample(read_csvtable, "wos.tsv").records
    assert (voles.authors, voles.abstract) == (("Chidi Okafor", "Joerg A. Mueller"), "Voles call at night.")


def test_a_table_by_hand_with_semicolons_and_a_line_above_its_header() -> None:
    owls, hedgehogs, mice = read_sample(read_csvtable, "hand.csv").records
    assert owls.authors == ("Åsa Lindqvist", "Jan van der Berg")
    assert owls.links == {"arxiv": "2401.99999", "code": "https://github.com/owls/care"}
    assert (hedgehogs.title, hedgehogs.venue) == ("Hedgehogs; at half the cost", "J. Inv. Zool.")
    assert hedgehogs.authors == ("Léa Haddad", "Ken Ito")
    assert (mice.year, mice.extra) == (None, {"Year": "in press"})
    assert owls.first_line == 4


# -- names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "is_table"),
    [
        ("title", True),
        ("Paper Title,Author(s),pub_year", True),
        ("TITLE\tABSTRACT", True),
        ("name,description", False),
        ("TI,so,by", False),
        ("PT,AU,TI,SO,PY", True),
        ("id,text,label", False),
        ("Titles, Authors and Their Years", False),
        ('{"title": 1, "authors": 2}', False),
        ("Owls, mice and voles in the dark", False),
    ],
)
def test_a_table_is_known_by_the_names_of_its_columns(header: str, is_table: bool) -> None:
    assert (matches(header + "\nx,y,z\n") > 0.6) == is_table


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Smith J., Doe A.B.", ("J. Smith", "A.B. Doe")),
        ("Smith, John", ("John Smith",)),
        ("Smith, J.; Doe, A.", ("J. Smith", "A. Doe")),
        ("Ann Doe, Ben Roe, Cy Loe", ("Ann Doe", "Ben Roe", "Cy Loe")),
        ("Ann Doe, Ben Roe, and Cy Loe", ("Ann Doe", "Ben Roe", "Cy Loe")),
        ("Ann Doe & Ben Roe et al.", ("Ann Doe", "Ben Roe")),
        ("Smith, J., Doe, A., and Roe, B.", ("J. Smith", "A. Doe", "B. Roe")),
        ("Ann Doe|Ben Roe", ("Ann Doe", "Ben Roe")),
        ("Ann Doe; et al.", ("Ann Doe",)),
        ("['Ann Doe', 'Ben Roe']", ("Ann Doe", "Ben Roe")),
        ('[{"name": "Ann Doe"}, {"name": "Ben Roe"}]', ("Ann Doe", "Ben Roe")),
        ("OpenAI", ("OpenAI",)),
        ("IBM AI", ("IBM AI",)),
        ("", ()),
    ],
)
def test_names_are_parted_however_they_are_written(cell: str, names: tuple[str, ...]) -> None:
    assert split_authors(cell) == names


# -- damage ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (
            "2,Owls, mice,Ann Doe,2020,10.9999/2,x\n",
            "7 cells where the header has 6; a cell that holds ',' needs quotes",
        ),
        ("2,Owls,Ann Doe,x,2020,10.9999/2\n", "the cells are shifted: column 'Year' holds what belongs beside it"),
        ("2,Owls,Ann Doe,10.9999/2,x\n", "the cells are shifted: column 'DOI' holds what belongs beside it"),
        ("2\n", "1 cell where the header has 6; add those that are missing"),
        ("2,,Ann Doe,2020,10.9999/2,x\n", "a row without a title; add one"),
        ('2,"Owls,Ann Doe,2020,10.9999/2,x\n', "a quote inside of a cell; double it"),
        ('2,"Owls" fly,Ann Doe,2020,10.9999/2,x\n', "a quote inside of a cell; double it"),
    ],
)
def test_a_damaged_row_costs_itself_alone(row: str, reason: str) -> None:
    reading = read(HEADER + ROW.format(1) + row + ROW.format(3) + ROW.format(4))
    assert titles(reading) == ["Title 1", "Title 3", "Title 4"]
    ((line, said),) = bad(reading)
    assert line == 3
    assert said.startswith(reason)


def test_a_file_that_is_cut_short_in_a_quoted_cell_tells_so() -> None:
    reading = read(HEADER + ROW.format(1) + ROW.format(2).removesuffix('."\n'))
    assert titles(reading) == ["Title 1"]
    ((line, reason),) = bad(reading)
    assert (line, reason.partition(";")[0]) == (3, "a quote that opens a cell here is never closed")


@pytest.mark.slow
def test_an_open_quote_in_row_700_of_2000_costs_that_row_alone() -> None:
    rows = [ROW.format(number) for number in range(1, 2001)]
    rows[699] = rows[699].replace('Title 700"', "Title 700")
    reading = read(HEADER + "".join(rows))
    assert titles(reading) == [f"Title {number}" for number in range(1, 2001) if number != 700]
    assert [line for line, _ in bad(reading)] == [701]


def test_rows_that_end_early_or_with_empty_cells_are_read() -> None:
    reading = read(HEADER + "1,Owls,Ann Doe,2020\n2,Mice,,,,,,,\n,,,\n\n3,Voles,,2020.0\n")
    assert titles(reading) == ["Owls", "Mice", "Voles"]
    assert [record.year for record in reading.records] == [2020, None, 2020]
    assert bad(reading) == []


def test_authors_that_are_not_all_named_are_kept_as_written_too() -> None:
    (record,) = read(HEADER + '1,Owls,"Ann Doe, Ben Roe et al.",2020,,\n').records
    assert (record.authors, record.extra["Authors"]) == (("Ann Doe", "Ben Roe"), "Ann Doe, Ben Roe et al.")


def test_columns_without_a_name_or_with_the_same_are_kept() -> None:
    (record,) = read("Title,Year,,Note,Note\nOwls,2020,x,y,z\n").records
    assert record.extra == {"(no name)": "x", "Note": "y; z"}


def test_a_text_without_a_header_is_refused_in_one_line() -> None:
    reading = read("Owls,2020\nMice,2021\n")
    assert reading.records == ()
    assert bad(reading) == [
        (1, "no header with a column of titles; name the columns in the first line: title, authors, year, abstract")
    ]


def test_bytes_that_are_not_text_are_shown_as_such_and_given_back() -> None:
    (record,) = read(HEADER + "1,Owls,J\x00rg M\udcfcller,2020,,\n").records
    assert record.authors == ("J rg M\ufffdller",)
    assert "\udcfc" in record.raw


@pytest.mark.slow
@given(damaged(sample("scopus.csv") + sample("semanticscholar.csv") + sample("hand.csv"), '",;|\t'))
@settings(max_examples=150)
def test_no_damage_loses_a_character_or_raises(text: str) -> None:
    assert 0 <= matches(text) <= 1
    check(read_csvtable, text)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [HEADER + '1,"Owls\n' * 3000, HEADER + '"' * 300_000, HEADER + "," * 300_000, HEADER + '"a"b\n' * 50000,
     HEADER + "a,b\r" * 50000, HEADER + '1,"' + "a" * 500_000 + '",x\n', "title\n" + "[" * 200_000],
    ids=lambda text: text[len(HEADER) :][:20],
)  # fmt: skip
def test_hostile_files_come_to_an_end(text: str) -> None:
    with coming_to_an_end():
        check(read_csvtable, text)


def test_another_column_of_the_same_meaning_says_what_the_usual_one_leaves_empty() -> None:
    rows = (
        "On owls,Ann Doe,2019,Annals of Owls,,10.9999/1\n"
        "On voles,Bo Roe,2020,,Proceedings of the Vole Days,\n"
        "On bees,Cy Poe,2021,NA,Proceedings of the Bee Days,10.9999/3\n"
    )  # fmt: skip
    owls, voles, bees = read("title,author,year,journal,booktitle,doi\n" + rows).records
    assert owls.venue == "Annals of Owls"
    assert (voles.venue, voles.extra) == ("Proceedings of the Vole Days", {})
    assert (bees.venue, bees.extra) == ("Proceedings of the Bee Days", {"journal": "NA"})


def test_a_table_of_titles_and_identifiers_of_openalex_is_read() -> None:
    text = ",openalex_id,title,included\n0,https://openalex.org/W1,Owls in winter,1\n1,https://openalex.org/W2,Mice,0\n"
    assert read_titles(text) == ["Owls in winter", "Mice"]
