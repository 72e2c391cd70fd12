"""Semantic Scholar's answers and datasets; the papers are invented."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reads import check, claims, faults, garble, lines_of, minified, sample, titles

from litbook.ingest.formats.semanticscholar import matches, read_semanticscholar
from litbook.model.review import Reading

SEARCH = sample("semanticscholar.json")
FIRST, SECOND = json.loads(SEARCH)["data"]
TITLES = ["Voles Count in Context", "A preprint about owls"]


def read(text: str) -> Reading:
    return check(read_semanticscholar, text)


def dataset(paper: dict[str, object]) -> str:
    names = ("externalIds", "title", "abstract", "venue", "year", "citationCount", "publicationDate", "authors")
    return json.dumps({"corpusid": 264399901, **{name.lower(): paper.get(name) for name in names}})


SHAPES = {
    "search": SEARCH,
    "minified": minified(SEARCH),
    "bulk": json.dumps({"total": 2, "token": "PCOA3RZZB2ADAAAA", "data": [FIRST, SECOND]}),
    "batch": json.dumps([FIRST, SECOND]),
    "recommendations": json.dumps({"recommendedPapers": [FIRST, SECOND]}),
    "citations": json.dumps(
        {"data": [{"isInfluential": True, "contexts": ["as shown"], "citingPaper": one} for one in (FIRST, SECOND)]}
    ),
    "references": json.dumps({"data": [{"intents": [], "citedPaper": paper} for paper in (FIRST, SECOND)]}),
    "lines": lines_of(SEARCH, "data"),
    "dataset": dataset(FIRST) + "\n" + dataset(SECOND) + "\n",
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_is_recognised_and_read(name: str) -> None:
    assert claims(SHAPES[name]) == "semanticscholar"
    reading = read(SHAPES[name])
    assert titles(reading) == TITLES
    assert faults(reading) == []
    first, second = reading.records
    assert first.links == {
        "arxiv": "2310.99901",
        "doi": "10.18653/v1/2023.volelearn-1.7",
        "acl": "2023.volelearn-1.7",
    }
    assert first.authors == ("Liis Tamm", "Jürgen Maus")
    assert (first.published, first.venue) == ("2023-10-25", "Workshop on Vole Learning")
    assert (second.published, second.venue, second.extra["venue"]) == ("2024", None, "arXiv.org")


def test_one_paper_alone_keeps_all_its_fields() -> None:
    record = read(json.dumps(FIRST)).records[0]
    assert record.abstract == "We teach voles to count. They reach O(n^{2}) with a budget of $5 to $10."
    used = {"title", "abstract", "venue", "year", "publicationDate", "publicationTypes"}
    assert record.extra.keys() == FIRST.keys() - used
    assert json.loads(record.extra["externalIds"])["DBLP"] == "journals/corr/abs-2310-99901"
    assert json.loads(record.extra["authors"])[0]["authorId"] == "2109990001"


def test_what_is_said_of_a_citation_is_kept() -> None:
    record = read(SHAPES["citations"]).records[0]
    assert (record.extra["isInfluential"], record.extra["contexts"]) == ("true", '["as shown"]')


def test_a_year_that_is_not_the_dates_is_kept() -> None:
    record = read(json.dumps({**FIRST, "year": 2024})).records[0]
    assert (record.year, record.extra["year"]) == (2023, "2024")


def test_papers_that_were_not_found_are_reported() -> None:
    reading = read(json.dumps([FIRST, None, SECOND], indent=1))
    assert titles(reading) == TITLES
    ((line, reason),) = faults(reading)
    assert reason == "null instead of an entry: the service found nothing; look it up there"
    assert line == json.dumps([FIRST], indent=1).count("\n") + 1


def test_an_error_is_reported_and_not_claimed() -> None:
    text = '{"message": "Too Many Requests", "code": "429"}'
    assert matches(text) == 0
    assert faults(read(text)) == [(1, "an object without a paper: the service reports an error; ask it again")]


def test_references_of_a_damaged_paper_do_not_become_papers() -> None:
    for text in (json.dumps([FIRST, SECOND, FIRST]), json.dumps([FIRST, SECOND, FIRST], indent=2)):
        broken = text.replace('"publicationTypes": null', '"publicationTypes": nul', 1)
        assert titles(read(broken)) == [TITLES[1], TITLES[0]]
        truncated = broken[: broken.rindex("]", 0, broken.rindex("]"))]
        assert truncated.rstrip().endswith("}")
        assert titles(read(truncated)) == TITLES[1:]


@given(st.sampled_from(sorted(SHAPES)), st.integers(0, 10**6))
def test_garbled_files_come_back(name: str, seed: int) -> None:
    read(garble(SHAPES[name], seed))
