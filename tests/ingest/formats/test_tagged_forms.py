"""Tagged forms that vary: EndNote's older one, nbib without PubMed ids, RIS with other white space; and YAML."""

from __future__ import annotations

import pytest
from readings import find_reports, read_file, read_single, read_titles, refuse

ENW = """\
%0 Journal Article
%A Kraut, Ben
%A Moll, Ada
%T Owls in winter
%J Journal of Owls
%D 2031
%V 3
%N 2
%P 10-19
%R 10.1000/owls
%X We test whether owls
hear mice through snow.
%K owls
%K snow
%U https://arxiv.org/abs/2301.00001

%0 Book
%A Lind, Cora
%T Mice: a history
%D 2013
%I Owl Press
"""


@pytest.mark.parametrize(
    "text", [ENW, "\ufeff" + ENW.replace("\n", "\r\n"), ENW.replace("\n\n%0", "\n%0"), ENW.rstrip()]
)
def test_the_older_form_of_endnote_is_read(text: str) -> None:
    owls, mice = read_file(text, "x.enw").records
    assert (owls.title, owls.authors) == ("Owls in winter", ("Ben Kraut", "Ada Moll"))
    assert owls.abstract == "We test whether owls hear mice through snow."
    assert (owls.year, owls.venue) == (2031, "Journal of Owls")
    assert owls.links == {"arxiv": "2301.00001", "doi": "10.1000/owls"}
    assert (owls.reference.type, owls.reference.fields["keyword"]) == ("article-journal", "owls, snow")
    assert (mice.title, mice.reference.type, mice.reference.fields["publisher"]) == (
        "Mice: a history",
        "book",
        "Owl Press",
    )


def test_refer_without_types_begins_each_record_after_a_blank_line() -> None:
    assert read_titles("%A Ben Kraut\n%T Owls in winter\n%D 2031\n\n%A Ada Moll\n%T Mice under snow\n%D 2030\n") == [
        "Owls in winter",
        "Mice under snow",
    ]


def test_a_title_before_its_type_belongs_to_the_same_record() -> None:
    text = "%T Owls in winter\n%0 Journal Article\n%A Kraut, Ben\n%D 2031\n\n\n"
    text += (
        "%T Mice: a history\n%0 Journal Article\n%A Lind, Cora\n%D 2013\n\n\n%T Contents\n%B Journal of Owls\n%D 2014\n"
    )
    records = read_file(text).records
    assert [(record.title, record.authors, record.year) for record in records] == [
        ("Owls in winter", ("Ben Kraut",), 2031), ("Mice: a history", ("Cora Lind",), 2013), ("Contents", (), 2014),
    ]  # fmt: skip


def test_records_without_a_line_between_them_begin_with_their_types() -> None:
    text = "%0 Journal Article\n%T Owls\n%A Kraut, Ben\n%0 Book\n%T Mice\n%A Lind, Cora\n"
    assert [(record.title, record.authors) for record in read_file(text).records] == [
        ("Owls", ("Ben Kraut",)), ("Mice", ("Cora Lind",)),
    ]  # fmt: skip


def test_a_record_without_a_title_is_reported() -> None:
    assert find_reports(read_file(ENW + "\n%0 Book\n%A Lind, Cora\n")) == [
        "a record without a title; add a line '%T …'"
    ]


def test_nbib_of_other_services_has_no_pubmed_id() -> None:
    eric = "OWN - ERIC\nTI  - Owls in class\nAU  - Kraut, Ben\nJT  - Owls\nDP  - 2031\nAB  - We test\n      owls.\n\n"
    owls, mice = read_file(eric + eric.replace("Owls in class", "Mice in class")).records
    assert (owls.title, owls.authors, owls.abstract) == ("Owls in class", ("Ben Kraut",), "We test owls.")
    assert (mice.title, mice.venue, mice.year) == ("Mice in class", "Owls", 2031)


def test_the_ris_of_cochrane_is_read() -> None:
    one = 'Record #1 of 2\nProvider: Example\nContent: text/plain; charset="UTF-8"\n\nTY  -  JOUR\nAN  -  CN-1\n'
    one += "AU  -  Kraut, B\nTI  -  Owls: a randomised trial\nPY  -  2011\nDO  -  10.1000/owls\nER  -  \n\n"
    two = one.replace("#1", "#2").replace("Owls", "Mice").replace("10.1000/owls", "10.1000/mice")
    owls, mice = read_file(one + two).records
    assert (owls.title, owls.authors, owls.links) == ("Owls: a randomised trial", ("B Kraut",), {"doi": "10.1000/owls"})
    assert mice.title == "Mice: a randomised trial"


def test_labelled_text_of_ovid_is_read_with_and_without_numbers() -> None:
    one = (
        "Title\n  Owls in winter.[Article]\nAuthor\n  Kraut, Ben MD *;  Moll, Ada 1,2\nSource\n  Owls. 3(2):1-9, 2031\n"
    )
    one += "Abstract\n  We test owls.\nDOI Number\n  10.1000/owls\n\n"
    two = one.replace("Owls in winter", "Mice under snow").replace("10.1000/owls", "10.1000/mice")
    for text in (f"Score\n  *****\n{one}Score\n  ****\n{two}", f"<1>\n{one}<2>\n{two}"):
        owls, mice = read_file(text).records
        assert (owls.title, owls.authors, owls.year) == ("Owls in winter.", ("Ben Kraut", "Ada Moll"), 2031)
        assert (mice.title, mice.links) == ("Mice under snow.", {"doi": "10.1000/mice"})


CSL = """\
---
references:
- id: kraut2031
  type: article-journal
  title: Owls in winter
  author:
  - family: Kraut
    given: Ben
  - family: Moll
    given: Ada
  container-title: Journal of Owls
  issued:
    date-parts:
    - - 2031
      - 2
  DOI: 10.1000/owls
- id: lind2030
  type: book
  title: "Mice: a history"
  issued: 2030
...
"""


def test_csl_yaml_is_read_as_csl_json_is() -> None:
    for text in (CSL, CSL.replace("---\nreferences:\n", "").replace("...\n", "")):
        owls, mice = read_file(text, "x.yaml").records
        assert (owls.title, owls.authors) == ("Owls in winter", ("Ben Kraut", "Ada Moll"))
        assert (owls.published, owls.venue, owls.links) == ("2031-02", "Journal of Owls", {"doi": "10.1000/owls"})
        assert owls.reference.keys == ("kraut2031",)
        assert (mice.title, mice.year) == ("Mice: a history", 2030)
    assert (owls.first_line, mice.first_line) == (1, 15)


def test_yaml_of_other_tools_is_read_by_its_titles() -> None:
    hayagriva = """\
owls:
    type: Article
    title: Owls in winter
    author: ["Kraut, Ben", "Moll, Ada"]
    date: 2031-02
    serial-number:
        doi: "10.1000/owls"
    parent:
        type: Periodical
        title: Journal of Owls
"""
    record = read_single(hayagriva)
    assert (record.title, record.authors) == ("Owls in winter", ("Ben Kraut", "Ada Moll"))
    assert (record.published, record.venue, record.links) == ("2031-02", "Journal of Owls", {"doi": "10.1000/owls"})
    listed = "- title: Owls in winter\n  authors: Ben Kraut, Ada Moll\n  year: 2031\n  url: https://arxiv.org/abs/2301.00001\n"
    assert read_single(listed).links == {"arxiv": "2301.00001"}


@pytest.mark.parametrize(
    "text",
    [
        "name: owls\non: push\njobs:\n  build:\n    runs-on: ubuntu\n    name: Build\n",
        "title: My site\ntheme: owl\nplugins:\n  - feed\n",
        "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\ntitle: bomb\n",
    ],
)
def test_other_yaml_is_refused(text: str) -> None:
    assert refuse(text).what.startswith(("lines of the form 'key: value'", "unknown format", "no known format"))


def test_yaml_of_papis_is_read_though_its_types_have_names_of_csl() -> None:
    text = """\
author: Kraut, Ben and Moll, Ada
author_list:
- {family: Kraut, given: Ben}
- {family: Moll, given: Ada}
doi: 10.1000/owls
journal: Journal of Owls
title: Owls in winter
type: article
year: 2031
"""
    record = read_single(text)
    assert (record.authors, record.venue, record.year) == (("Ben Kraut", "Ada Moll"), "Journal of Owls", 2031)
    assert record.links["doi"] == "10.1000/owls"
