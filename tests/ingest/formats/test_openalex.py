"""OpenAlex works: a page, one work, lines; the works are invented."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reads import check, claims, faults, garble, lines_of, minified, sample, titles

from litbook.ingest.formats.openalex import matches, read_openalex
from litbook.model.review import Reading

PAGE = sample("openalex.json")
FIRST, SECOND = json.loads(PAGE)["results"]
TITLES = ["Voles count in context", "A preprint about owls"]


def read(text: str) -> Reading:
    return check(read_openalex, text)


SHAPES = {
    "page": PAGE,
    "minified": minified(PAGE),
    "pages in a row": "".join(json.dumps({"meta": {}, "results": [work], "group_by": []}) for work in (FIRST, SECOND)),
    "array": json.dumps([FIRST, SECOND]),
    "array of pages": json.dumps([{"meta": {}, "results": [FIRST]}, {"meta": {}, "results": [SECOND]}]),
    "lines": lines_of(PAGE, "results"),
    "gzip snapshot's order": "\n".join(json.dumps(dict(sorted(work.items()))) for work in (FIRST, SECOND)),
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_is_recognised_and_read(name: str) -> None:
    assert claims(SHAPES[name]) == "openalex"
    reading = read(SHAPES[name])
    assert titles(reading) == TITLES
    assert faults(reading) == []


def test_all_of_a_work_is_kept() -> None:
    record = read(json.dumps(FIRST)).records[0]
    assert record.abstract == "We teach voles to count in context. We reward voles"
    assert record.authors == ("Liis Tamm", "Jürgen Maus")
    assert (record.year, record.published, record.venue) == (2023, "2023-10-25", "Workshop on Vole Learning")
    assert record.links == {
        "arxiv": "2310.99901",
        "doi": "10.18653/v1/2023.volelearn-1.7",
        "acl": "2023.volelearn-1.7",
    }
    assert record.extra["is_retracted"] == "false"
    assert record.extra["cited_by_count"] == "0"
    assert json.loads(record.extra["authorships"]) == FIRST["authorships"]
    used = {"title", "display_name", "doi", "publication_year", "publication_date", "abstract_inverted_index"}
    empty = {"referenced_works"}
    assert record.extra.keys() == FIRST.keys() - used - empty


def test_a_repository_is_not_a_venue() -> None:
    record = read(json.dumps(SECOND)).records[0]
    assert record.venue is None
    assert record.links == {"arxiv": "2401.99902"}
    assert "arXiv (Cornell University)" in record.extra["primary_location"]


def test_works_with_few_fields_are_read() -> None:
    text = '{"results": [{"id": "https://openalex.org/W1234567", "display_name": "Owls"}]}'
    assert matches(text) > 0.9
    assert titles(read(text)) == ["Owls"]


def test_other_entities_and_errors_are_reported() -> None:
    text = '{"results": [{"id": "https://openalex.org/A123", "display_name": "Anna"}]}'
    assert matches(text) == 0
    assert faults(read(text)) == [(1, "no work of OpenAlex: export works, not authors, sources or groups")]
    assert matches('{"error": "Rate limit exceeded", "message": "https://openalex.org/"}') == 0


@pytest.mark.parametrize(
    ("index", "abstract", "kept"),
    [
        ({"b": [1], "a": [0]}, "a b", False),
        ({"a": [0, 2], "b": [1]}, "a b a", False),
        ({"a": [5], "b": [9]}, "a b", False),
        ({"a": [10**12], "b": [0]}, "b", True),
        ({"a": ["0"], "b": 1, "c": [-1]}, "", True),
        ({"<p>We": [0], "$k$-NN</p>": [1]}, "We k-NN", False),
        ("text", "", True),
    ],
)
def test_an_abstract_is_put_together_from_its_index(index: object, abstract: str, kept: bool) -> None:
    record = read(json.dumps({**SECOND, "abstract_inverted_index": index})).records[0]
    assert record.abstract == abstract
    assert ("abstract_inverted_index" in record.extra) == kept


def test_a_plain_abstract_comes_before_its_index() -> None:
    record = read(json.dumps({**FIRST, "abstract": "Voles count."})).records[0]
    assert record.abstract == "Voles count."


def test_a_truncated_page_gives_the_whole_works() -> None:
    reading = read(PAGE[: PAGE.index("A preprint") + 5])
    assert titles(reading) == TITLES[:1]
    assert faults(reading) == [(108, "the file ends inside of this entry; export it again")]


@given(st.sampled_from(sorted(SHAPES)), st.integers(0, 10**6))
def test_garbled_files_come_back(name: str, seed: int) -> None:
    read(garble(SHAPES[name], seed))
