"""JSON of any service: objects that have a title and something else that papers have. All papers are invented."""

from __future__ import annotations

import json

import pytest
from readings import read_single

from litbook.ingest.formats.choice import choose
from litbook.ingest.formats.wishes import Refused, Wish
from litbook.model.review import Reading, Record

OWLS = {"title": "Owls in winter", "abstract": "We test whether owls hear mice through snow."}
MICE = {"title": "Mice under snow", "abstract": "We count mice, and harm none of them."}


def read(value: object, wish: Wish | None = None) -> Reading:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    reading = choose("x.json", text.encode(), wish or Wish())
    assert isinstance(reading, Reading), reading
    assert reading.text() == text
    return reading


def read_one(value: object) -> Record:
    (record,) = read(value).records
    return record


@pytest.mark.parametrize(
    "value",
    [
        [OWLS, MICE],
        {"papers": [OWLS, MICE]},
        {"status": "ok", "response": {"numFound": 2, "docs": [OWLS, MICE]}},
        {"1": OWLS, "2": MICE},
        {"2023": {"main": [OWLS], "workshop": [MICE]}},
        [[OWLS], [MICE]],
        f"{json.dumps(OWLS)}\n{json.dumps(MICE)}\n",
        f"\ufeff{json.dumps(OWLS)}\r\n\r\n{json.dumps(MICE)}",
        json.dumps([OWLS, MICE], indent=4),
    ],
)
def test_papers_are_found_wherever_they_lie(value: object) -> None:
    assert [(r.title, r.abstract) for r in read(value).records] == [tuple(OWLS.values()), tuple(MICE.values())]


@pytest.mark.parametrize(
    "authors",
    [
        ["Ben Kraut", "Ada Moll"],
        "Ben Kraut; Ada Moll",
        "Ben Kraut, Ada Moll",
        "Ben Kraut and Ada Moll",
        [{"name": "Ben Kraut"}, {"name": "Ada Moll", "affiliation": "Institute of Owls"}],
        [{"first": "Ben", "middle": [], "last": "Kraut", "suffix": ""}, {"first": "Ada", "last": "Moll"}],
        [{"given": "Ben", "family": "Kraut"}, {"given": "Ada", "family": "Moll"}],
        [{"firstName": "Ben", "lastName": "Kraut"}, {"firstName": "Ada", "lastName": "Moll"}],
        [["Kraut", "Ben", ""], ["Moll", "Ada", ""]],
        {"authors": [{"full_name": "Ben Kraut"}, {"full_name": "Ada Moll"}]},
        {"value": ["Ben Kraut", "Ada Moll"]},
        [{"creator": "Kraut, Ben"}, {"creator": "Moll, Ada"}],
        [{"author": {"display_name": "Ben Kraut"}}, {"author": {"display_name": "Ada Moll"}}],
    ],
)
def test_authors_are_read_in_every_shape(authors: object) -> None:
    assert read_one([{**OWLS, "authors": authors}]).authors == ("Ben Kraut", "Ada Moll")


@pytest.mark.parametrize(
    ("fields", "link"),
    [
        ({"url": "https://arxiv.org/abs/2301.00001v2"}, ("arxiv", "2301.00001")),
        ({"id": "2301.00001"}, ("arxiv", "2301.00001")),
        ({"entry_id": "http://arxiv.org/abs/2301.00001v1"}, ("arxiv", "2301.00001")),
        ({"arxiv_id": "arXiv:2301.00001"}, ("arxiv", "2301.00001")),
        ({"doi": "https://doi.org/10.1000/owls"}, ("doi", "10.1000/owls")),
        ({"prism:doi": "10.1000/owls"}, ("doi", "10.1000/owls")),
        ({"url": [{"format": "", "value": "http://dx.doi.org/10.1000/owls"}]}, ("doi", "10.1000/owls")),
        ({"site": "https://openreview.net/forum?id=aBcD123eF"}, ("openreview", "aBcD123eF")),
        ({"links": {"paper": "https://aclanthology.org/2031.owl-main.1"}}, ("acl", "2031.owl-main.1")),
    ],
)
def test_identifiers_are_read_from_fields_and_addresses(fields: dict[str, object], link: tuple[str, str]) -> None:
    assert dict([link]).items() <= dict(read_one([{**OWLS, **fields}]).links).items()


def test_a_name_that_is_an_identifier_is_one() -> None:
    assert read_one({"2301.00001": OWLS}).links == {"arxiv": "2301.00001"}


def test_the_snapshot_of_arxiv_is_read_with_the_date_of_the_first_version() -> None:
    record = read_one(
        {
            "id": "2301.00001", "submitter": "B. Kraut", "authors": "B. Kraut, A. Moll", "title": "Owls in\n  winter",
            "comments": "3 pages", "journal-ref": "Loaf 3 (2024) 1-9", "doi": "10.1000/owls", "categories": "cs.CL",
            "abstract": "  We test whether owls hear mice\nthrough snow.\n", "update_date": "2029-01-03",
            "versions": [{"version": "v1", "created": "Mon, 2 Jan 2023 19:18:42 GMT"}, {"version": "v2"}],
            "authors_parsed": [["Kraut", "B.", ""], ["Moll", "A.", ""]],
        }
    )  # fmt: skip
    assert (record.title, record.abstract) == tuple(OWLS.values())
    assert (record.published, record.authors) == ("2023-01-02", ("B. Kraut", "A. Moll"))
    assert (record.links, record.venue) == ({"arxiv": "2301.00001", "doi": "10.1000/owls"}, "Loaf 3 (2024) 1-9")


def test_the_notes_of_openreview_are_read_in_both_versions() -> None:
    wrapped = {
        name: {"value": value} for name, value in {**OWLS, "authors": ["Ben Kraut"], "venue": "Owl 2031"}.items()
    }
    for content in (wrapped, {**OWLS, "authors": ["Ben Kraut"], "venue": "Owl 2031"}):
        note = {"id": "aBcD123eF", "forum": "aBcD123eF", "cdate": 1696000000000, "content": content}
        record = read_one({"notes": [note], "count": 1})
        assert (record.title, record.authors, record.venue) == ("Owls in winter", ("Ben Kraut",), "Owl 2031")
        assert (record.links, record.published) == ({"openreview": "aBcD123eF"}, "2023-09-29")


def test_tags_of_ris_are_names_of_fields_too() -> None:
    record = read_one([{"TY": "JOUR", "AU": "Kraut, B.; Moll, A.", "PY": "2023", "TI": "Owls in winter", "JO": "Loaf"}])
    assert (record.title, record.authors, record.year, record.venue) == (
        "Owls in winter",
        ("B. Kraut", "A. Moll"),
        2023,
        "Loaf",
    )


def test_what_a_paper_cites_is_not_taken_for_its_own() -> None:
    assert read_one([{**OWLS, "references": {"b0": {"doi": "10.1000/mice", "year": 2019}}}]).links == {}


def test_the_works_of_orcid_are_read_from_their_nested_fields() -> None:
    work = {
        "title": {"title": {"value": "Owls in winter"}, "subtitle": None},
        "publication-date": {"day": None, "month": {"value": "11"}, "year": {"value": "2031"}},
        "external-ids": {"external-id": [{"external-id-type": "doi", "external-id-value": "10.1000/owls"}]},
        "source": {"source-name": {"value": "Crossref"}, "source-orcid": None},
    }
    record = read_one({"group": [{"work-summary": [work]}]})
    assert (record.title, record.published, record.links) == ("Owls in winter", "2031-11", {"doi": "10.1000/owls"})
    assert not record.venue


def test_what_is_only_kept_and_too_long_is_reported_once() -> None:
    long = [{"key": str(at), "unstructured": "Lind, Mice." * 9} for at in range(200)]
    papers = [{**OWLS, "reference": long}, {**OWLS, "title": "Mice under snow", "reference": long}]
    reports = [piece.reason for piece in read(papers).unread if not piece.understood]
    assert reports == ["'reference' of 2 entries is kept only up to 5,000 characters"]


def test_what_lacks_everything_but_a_title_is_reported() -> None:
    reading = read([OWLS, {"title": "A note to myself", "colour": "blue"}])
    assert [record.title for record in reading.records] == ["Owls in winter"]
    assert "a title and nothing else" in next(piece.reason for piece in reading.unread if not piece.understood)


@pytest.mark.parametrize(
    "value",
    [
        {"name": "owls", "version": "1.0", "description": "A package", "url": "https://github.com/owls/owls"},
        [{"title": "A task", "done": True}, {"title": "Another", "done": False}],
        {"type": "object", "title": "A schema", "description": "of owls", "properties": {"a": {"title": "A"}}},
        [{"title": "Owls on sale", "link": "https://shop.example/1", "published": "2031-01-01"}],
        {"nbformat": 4, "cells": [], "metadata": {"title": "Owls"}},
    ],
)
def test_objects_that_are_not_papers_are_refused(value: object) -> None:
    made = choose("x.json", json.dumps(value).encode())
    assert isinstance(made, Refused)
    assert made.what.startswith(("JSON without objects", "a Jupyter notebook"))


def test_a_person_names_the_field_of_the_title() -> None:
    rows = [{"Bezeichnung": "Owls in winter", "Nummer": 1}, {"Bezeichnung": "Mice under snow", "Nummer": 2}]
    assert isinstance(choose("x.json", json.dumps(rows).encode()), Refused)
    named = read(rows, Wish(columns={"title": "Bezeichnung"}))
    assert [record.title for record in named.records] == ["Owls in winter", "Mice under snow"]


@pytest.mark.parametrize("cut", [30, 60, 80])
def test_a_damaged_document_costs_only_what_is_damaged(cut: int) -> None:
    lines = [json.dumps({**OWLS, "title": f"Owls in winter {n}"}) for n in range(5)]
    lines[2] = lines[2][:cut]
    reading = read("\n".join(lines))
    assert [record.title[-1] for record in reading.records] == ["0", "1", "3", "4"]
    assert sum(not piece.understood for piece in reading.unread) >= 1


def test_names_of_other_services_are_known() -> None:
    doc = {"id": "10.1000/owls", "title_display": "Owls in winter", "author_display": ["Ben Kraut", "Ada Moll"]}
    doc |= {"journal": "Owls", "publication_date": "2031-02-03T00:00:00Z", "abstract": ["Owls hear mice."]}
    record = read_single(json.dumps({"response": {"numFound": 1, "docs": [doc]}}))
    assert (record.title, record.authors) == ("Owls in winter", ("Ben Kraut", "Ada Moll"))
    assert (record.published, record.links["doi"]) == ("2031-02-03", "10.1000/owls")
    assert record.abstract == "Owls hear mice."


def test_an_item_of_papis_is_not_one_of_csl() -> None:
    people = [{"family": "Kraut", "given": "Ben"}, {"family": "Moll", "given": "Ada"}]
    item = {"author": "Kraut, Ben and Moll, Ada", "author_list": people, "title": "Owls in winter", "type": "article"}
    record = read_single(json.dumps({**item, "doi": "10.1000/owls", "journal": "Owls", "year": 2031}))
    assert (record.authors, record.venue) == (("Ben Kraut", "Ada Moll"), "Owls")


def test_an_address_is_not_a_venue() -> None:
    item = {"title": "Owls in winter", "authors": ["Ben Kraut"], "source": "https://a.example/b"}
    record = read_single(json.dumps(item))
    assert record.venue is None
    assert record.extra["source"] == "https://a.example/b"
