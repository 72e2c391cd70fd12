"""Answers of services that no reader knows by name, in the shapes that they document. All papers are invented."""

from __future__ import annotations

import json

import pytest
from readings import read_file, read_single

DOI = "10.1000/owls"
BEN = {"first_name": "Ben", "last_name": "Kraut"}
SERVICES: dict[str, object] = {
    "Springer": {"result": [{"total": "1"}], "records": [{
        "title": "Owls in winter", "creators": [{"creator": "Kraut, Ben"}], "publicationName": "Journal of Owls",
        "url": [{"format": "", "value": f"http://dx.doi.org/{DOI}"}], "doi": DOI, "publicationDate": "2031-02-01"}]},
    "IEEE": {"total_records": 1, "articles": [{
        "doi": DOI, "title": "Owls in winter", "authors": {"authors": [{"full_name": "Ben Kraut", "author_order": 1}]},
        "publication_title": "Journal of Owls", "publication_year": 2031}]},
    "Scopus": {"search-results": {"opensearch:totalResults": "1", "entry": [{
        "dc:title": "Owls in winter", "dc:creator": "Kraut, Ben", "prism:publicationName": "Journal of Owls",
        "prism:coverDate": "2031-02-01", "prism:doi": DOI}]}},
    "Dimensions": {"publications": [{
        "title": "Owls in winter", "authors": [BEN], "year": 2031, "doi": DOI,
        "journal": {"title": "Journal of Owls"}}]},
    "Lens": {"total": 1, "data": [{
        "lens_id": "000-001", "title": "Owls in winter", "authors": [BEN], "year_published": 2031,
        "source": {"title": "Journal of Owls"}, "external_ids": [{"type": "doi", "value": DOI}]}]},
    "Europe PMC": {"hitCount": 1, "resultList": {"result": [{
        "doi": DOI, "title": "Owls in winter", "authorString": "Kraut, Ben", "journalTitle": "Journal of Owls",
        "pubYear": "2031"}]}},
    "DBLP": {"result": {"hits": {"@total": "1", "hit": [{"@score": "2", "info": {
        "authors": {"author": [{"@pid": "1", "text": "Ben Kraut"}]}, "title": "Owls in winter", "year": "2031",
        "venue": "Journal of Owls", "ee": f"https://doi.org/{DOI}", "doi": DOI}}]}}},
    "INSPIRE": {"hits": {"hits": [{"id": "1", "metadata": {
        "titles": [{"title": "Owls in winter"}], "authors": [{"full_name": "Kraut, Ben"}], "dois": [{"value": DOI}],
        "publication_info": [{"journal_title": "Journal of Owls", "year": 2031}]}}]}},
    "HAL": {"response": {"numFound": 1, "docs": [{
        "title_s": ["Owls in winter"], "authFullName_s": ["Ben Kraut"], "producedDate_s": "2031-02", "doiId_s": DOI,
        "journalTitle_s": "Journal of Owls"}]}},
}  # fmt: skip


@pytest.mark.parametrize("service", SERVICES)
def test_answers_of_services_are_read_by_the_names_of_their_fields(service: str) -> None:
    record = read_single(json.dumps(SERVICES[service]))
    assert (record.title, record.authors, record.year) == ("Owls in winter", ("Ben Kraut",), 2031)
    assert (record.venue, record.links) == ("Journal of Owls", {"doi": DOI})


def test_rows_of_markdown_in_json_are_read_as_collectors_of_daily_papers_keep_them() -> None:
    row = "|**2023-01-0{0}**|**Owls in winter {0}**|Ben Kraut et.al.|[2301.0000{0}](http://arxiv.org/abs/2301.0000{0})|null|\n"
    text = json.dumps({"Owls": {f"2301.0000{n}": row.format(n) for n in (1, 2)}})
    assert [(r.title, r.published, r.links["arxiv"]) for r in read_file(text).records] == [
        ("Owls in winter 1", "2023-01-01", "2301.00001"), ("Owls in winter 2", "2023-01-02", "2301.00002"),
    ]  # fmt: skip


REFWORKS = """\
RT Journal Article
SR Electronic(1)
A1 Kraut,Ben
A1 Moll,Ada
T1 Owls in winter
JF Journal of Owls
YR 2031
SP 10
OP 19
DO 10.1000/owls

RT Book, Whole
A1 Lind,Cora
T1 Mice
YR 2013
"""


def test_the_tagged_form_of_refworks_is_read() -> None:
    owls, mice = read_file(REFWORKS).records
    assert (owls.title, owls.authors, owls.venue) == ("Owls in winter", ("Ben Kraut", "Ada Moll"), "Journal of Owls")
    assert (owls.reference.type, owls.reference.fields["page"]) == ("article-journal", "10-19")
    assert owls.links == {"doi": DOI}
    assert (mice.title, mice.reference.type) == ("Mice", "book")


def test_the_labelled_text_of_ovid_is_read() -> None:
    text = "<1>\nUnique Identifier\n  31\nTitle\n  Owls in winter.\nSource\n  Journal of Owls. 3(2):10-19, 2031 Feb.\n"
    text += "Authors\n  Kraut B; Moll A\nAbstract\n  We count\n  owls.\n\n<2>\nTitle\n  Mice.\nAuthors\n  Moll A\n"
    owls, mice = read_file(text).records
    assert (owls.title, owls.authors, owls.abstract) == ("Owls in winter.", ("B Kraut", "A Moll"), "We count owls.")
    assert (owls.venue, owls.year, mice.title) == ("Journal of Owls", 2031, "Mice.")


def test_a_list_of_references_is_read_by_its_identifiers() -> None:
    text = """\
Reading list

Kraut, B., & Moll, A. (2031). Owls in winter. Journal of Owls, 3(2), 10-19. https://doi.org/10.1000/owls
Moll, A. (2030). Mice under snow. Mice, 1(1), 1-9. https://doi.org/10.1000/mice
"""
    owls, mice = read_file(text).records
    assert (owls.title, owls.authors, owls.year, owls.venue) == (
        "Owls in winter", ("B. Kraut", "A. Moll"), 2031, "Journal of Owls",
    )  # fmt: skip
    assert (mice.title, mice.links) == ("Mice under snow", {"doi": "10.1000/mice"})


def test_the_page_of_arxivs_listings_is_read_as_html() -> None:
    entry = """<dt><a name='item{0}'>[{0}]</a> <a href ="/abs/2301.0000{0}" title="Abstract">arXiv:2301.0000{0}</a></dt>
<dd><div class='list-title mathjax'><span class='descriptor'>Title:</span> Owls in winter {0}</div>
<div class='list-authors'><a href="x">Ben Kraut</a>, <a href="y">Ada Moll</a></div></dd>
"""
    page = (
        f"<!DOCTYPE html><html><body><h3>Showing 2 of 2</h3><dl>{entry.format(1)}{entry.format(2)}</dl></body></html>\n"
    )
    assert [(r.title, r.authors, r.links["arxiv"]) for r in read_file(page).records] == [
        (f"Owls in winter {n}", ("Ben Kraut", "Ada Moll"), f"2301.0000{n}") for n in (1, 2)
    ]
