"""What services leave in titles, abstracts, names and identifiers is removed; the record keeps its raw text."""

from __future__ import annotations

import pytest
from readings import find_reports, read_file, read_single

from litbook.ingest.formats.fields import prose
from litbook.ingest.formats.namelists import split_list
from litbook.ingest.formats.people import read_name
from litbook.text.boilerplate import trim_abstract


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ('<AbstractText Label="BACKGROUND" NlmCategory="UNASSIGNED">Owls hunt.</AbstractText>   <AbstractText '
         'Label="Methods">We test.</AbstractText>', "Background: Owls hunt. Methods: We test."),
        ("<Abstract><AbstractText>Owls.</AbstractText><CopyrightInformation>© Owl</CopyrightInformation></Abstract>",
         "Owls."),
        ("&amp;lt;p&amp;gt;Owls &amp;amp; mice&amp;lt;/p&amp;gt;", "Owls & mice"),
        ("&lt;p&gt;Owls&lt;/p&gt; p &lt; 0.05", "Owls p < 0.05"),
        ("PM2<middle dot>5 at 10 <degrees>C", "PM2·5 at 10 °C"),
        ("Owls at $ \\sqrt{s} $ = 13 TeV", "Owls at √(s) = 13 TeV"),
        ("<sec><title>Background</title><p>Owls.</p></sec><sec><title>Results</title><p>Mice<xref>1</xref>.</p></sec>",
         "Background: Owls. Results: Mice1."),
        ('<inline-formula><tex-math id="a">$x^2$</tex-math></inline-formula> of <a href="https://b.example">owls</a>',
         "x^{2} of owls"),
        ('\\<jats:p\\>Owls\\</jats:p\\> in <font color="red">red</font><!-- a note --> <img src="owl.png">',
         "Owls in red"),
        ("A List<title> of <a> and <UNK>, <mask>", "A List<title> of <a> and <UNK>, <mask>"),
        ("It costs $5 to $10, or $ 5 to $ 10", "It costs $5 to $10, or $ 5 to $ 10"),
        ("if 5 < 6 and 8 > 7", "if 5 < 6 and 8 > 7"),
    ],
)  # fmt: skip
def test_markup_and_entities_of_services_are_read(raw: str, clean: str) -> None:
    assert prose(raw) == clean


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Jane DoeRichard A. RoeEdith Poe-Müller", ["Jane Doe", "Richard A. Roe", "Edith Poe-Müller"]),
        ("V. A. DoeB. N. Roe", ["V. A. Doe", "B. N. Roe"]),
        ("Doe J.Roe R. K.", ["J. Doe", "R. K. Roe"]),
        ("Ronald MacDoe", ["Ronald MacDoe"]),
        ("Ludwig VanDoe", ["Ludwig VanDoe"]),
        ("Guy DeRoe", ["Guy DeRoe"]),
        ("A. B.Doe", ["A. B. Doe"]),
        ("Doe J.", ["J. Doe"]),
        ("van den Doe A.B.", ["A.B. van den Doe"]),
    ],
)
def test_names_without_a_separator_are_parted_where_that_is_certain(cell: str, names: list[str]) -> None:
    assert [name.display for part in split_list(cell)[0] if (name := read_name(part))] == names


def test_the_trailer_of_ebsco_is_trimmed() -> None:
    trailer = (
        "Copyright of Annals of Owls is the property of Owl Press and its content may not be copied or emailed to "
        "multiple sites. However, users may print, download, or email articles. (Copyright applies to all Abstracts.)"
    )
    assert trim_abstract(f"We count owls. {trailer}") == "We count owls."
    assert trim_abstract(f"We count owls. [ABSTRACT FROM AUTHOR] {trailer}") == "We count owls."
    assert (
        trim_abstract("Copyright of owls is the property of no one.") == "Copyright of owls is the property of no one."
    )


HEADER = "Authors,Title,Year,Source title,DOI,Abstract,Funding Text 1,Correspondence Address,EID\n"


def test_a_row_wider_than_its_header_is_read_by_its_known_columns() -> None:
    rows = '"Doe J.","Owls","2012","Loaf","10.1000/a","Owls hunt.","Thanks.","Doe, J.; Owl House","2-s2.0-1"\n'
    rows += '"Roe R.","Mice","2013","Loaf","10.1000/b","Mice run.","Grant one.","Grant two\nover two lines, thanked",'
    rows += '"Roe, R.; Barn 16, Oslo","2-s2.0-2"\n'
    rows += (
        '"Poe E.","Newts","2014","Loaf","10.1000/c","Newts swim.","Grant.","Poe, E.; 12 Pond\nUeda, Japan","2-s2.0-3"\n'
    )
    reading = read_file(HEADER + rows)
    assert [(r.title, r.year, r.links["doi"]) for r in reading.records] == [
        ("Owls", 2012, "10.1000/a"), ("Mice", 2013, "10.1000/b"), ("Newts", 2014, "10.1000/c"),
    ]  # fmt: skip
    assert reading.records[1].extra["EID"] == "2-s2.0-2"
    assert reading.records[1].extra["Correspondence Address"] == "Roe, R.; Barn 16, Oslo"
    assert find_reports(reading) == [
        "10 cells where the header has 9; the row was read by its known columns, compare it"
    ]


def test_a_quote_inside_of_a_cell_is_part_of_it() -> None:
    row = '"The "Owl as a Tool" Paradigm","B. Doe; A. Roe",2031,"10.1000/owls"\n'
    reading = read_file(f"Document Title,Authors,Publication Year,DOI\n{row}{row.replace('Owl', 'Mouse')}")
    assert [r.title for r in reading.records] == ['The "Owl as a Tool" Paradigm', 'The "Mouse as a Tool" Paradigm']


def test_one_cell_of_embase_says_venue_year_and_date() -> None:
    row = '1,Owls,"Doe J., Roe R.","Loaf (2012) 3:3 Article Number: 1. Date of Publication: 25 Aug 2012",'
    row += '"http://resolver.example/?sid=EMBASE&id=doi:10.1000%2Fowls&atitle=Owls"\n'
    record = read_single(f"No,Title,Author Names,Source,Open URL Link\n{row}")
    assert (record.venue, record.published, record.links) == ("Loaf", "2012-08-25", {"doi": "10.1000/owls"})
    assert record.authors == ("J. Doe", "R. Roe")


def test_a_second_tag_behind_an_identifier_is_cut_off() -> None:
    record = read_single("TY  - JOUR\nTI  - Owls\nDO  - 10.1000/owls     LK  - https://example.org/10\nER  - \n")
    assert record.links == {"doi": "10.1000/owls"}
    assert "LK  - https" in record.raw


def test_ris_whose_type_is_not_the_first_tag_is_read() -> None:
    one = "AU  - Doe, B.\nTI  - Owls\nTY  - JOUR\nPY  - 2031\nER  - \n\n"
    reading = read_file(one + one.replace("Owls", "Mice"))
    assert [(r.title, r.authors, r.reference.type) for r in reading.records] == [
        ("Owls", ("B. Doe",), "article-journal"), ("Mice", ("B. Doe",), "article-journal"),
    ]  # fmt: skip


def test_bibtex_of_endnote_without_keys_is_read() -> None:
    article = "@article{\n   author = {Doe, Jane},\n   title = {Owls},\n   year = {2012}\n}\n\n"
    reading = read_file(f"{article}@book{{title={{Mice}}, year=2013}}\n")
    assert [r.title for r in reading.records] == ["Owls", "Mice"]


TABLES = """\
Title,Authors,PublicationName,AlternateName,Abstract,Url,Year,DOI
Owls,"Doe, J.; Roe, R.",Loaf,,Hoot.,,2012,10.1000/a

Item Title,Publication Title,Item DOI,Authors,Publication Year,Content Type
Owls,Loaf,10.1000/a,J. DoeR. Roe,2012,Article

Reference Type\tAuthors, Primary\tTitle Primary\tPeriodical Full\tPub Year
Journal Article\tDoe,J.;Roe,R.\tOwls\tLoaf\t2012

TY,AU,year,TI,JO,DO
JOUR,"Doe, J. and Roe, R.",2012,Owls,Loaf,10.1000/a

id,title,authors,published,journal
1,Owls,"Doe, J. and Roe, R.",2012,Loaf
"""


@pytest.mark.parametrize("table", TABLES.split("\n\n"))
def test_tables_of_many_services_are_read(table: str) -> None:
    record = read_single(f"{table.rstrip()}\n")
    assert (record.title, record.authors) == ("Owls", ("J. Doe", "R. Roe"))
    assert (record.venue, record.year) == ("Loaf", 2012)
