"""Crossref's answers: a list of works and a single one; the works are invented."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reads import check, claims, faults, garble, sample, titles

from litbook.ingest.formats.crossref import matches, read_crossref
from litbook.model.review import Reading

LIST = sample("crossref.json")
FIRST, SECOND = json.loads(LIST)["message"]["items"]
TITLES = ["How owls hear mice under snow & ice", "Owls that count"]


def read(text: str) -> Reading:
    return check(read_crossref, text)


def single(work: dict[str, object]) -> dict[str, object]:
    return {"status": "ok", "message-type": "work", "message-version": "1.0.0", "message": work}


SHAPES = {
    "work list": LIST,
    "indented": json.dumps(json.loads(LIST), indent=2),
    "single messages in an array": json.dumps([single(FIRST), single(SECOND)]),
    "single messages on lines": json.dumps(single(FIRST)) + "\n" + json.dumps(single(SECOND)),
    "items": json.dumps([FIRST, SECOND]),
    "lines": json.dumps(FIRST) + "\n" + json.dumps(SECOND) + "\n",
    "pages in a row": LIST.replace(f",{json.dumps(SECOND, separators=(',', ':'))}", "") + json.dumps(single(SECOND)),
    "data dump": json.dumps({"items": [FIRST, SECOND]}),
}


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_is_recognised_and_read(name: str) -> None:
    assert claims(SHAPES[name]) == "crossref"
    reading = read(SHAPES[name])
    assert titles(reading) == TITLES
    assert faults(reading) == []


def test_one_message_is_read_whole() -> None:
    (record,) = read(json.dumps(single(FIRST), indent=1)).records
    assert record.abstract == "Owls hear mice under deep snow, p < 0.05. We measure how deep: 10^{3} layers."
    assert record.authors == ("Anna van der Veer", "Chidi Okafor", "Snow Hearing Consortium")
    assert (record.published, record.venue) == ("2021-03-09", "Journal of Invented Ornithology")
    assert record.links == {"arxiv": "2012.99903", "doi": "10.5555/jio.2021.0042"}
    assert record.extra.keys() == FIRST.keys() - {
        "abstract", "DOI", "title", "author", "container-title", "published", "URL"
    }  # fmt: skip
    assert record.extra["published-print"] == '{"date-parts": [[2021, 3]]}'
    assert (record.first_line, record.last_line) == (5, json.dumps(single(FIRST), indent=1).count("\n"))


def test_authors_with_more_than_a_name_are_kept_and_an_event_is_the_venue() -> None:
    (record,) = read(json.dumps(single(SECOND))).records
    assert (record.authors, record.venue, record.published) == (("Maja Lindqvist",), "Invented Owl Conference", "2022")
    assert json.loads(record.extra["author"])[0]["affiliation"] == [{"name": "University of Nowhere"}]


def test_of_several_titles_the_first_counts_and_all_are_kept() -> None:
    (record,) = read(json.dumps(single({**SECOND, "title": ["Owls", "Eulen"]}))).records
    assert (record.title, record.extra["title"]) == ("Owls", '["Owls", "Eulen"]')


def test_a_work_without_a_title_has_its_doi() -> None:
    (record,) = read(json.dumps(single({"DOI": "10.5555/read.1991", "type": "journal-issue"}))).records
    assert (record.title, record.links) == ("", {"doi": "10.5555/read.1991"})


def test_a_short_answer_is_recognised_by_its_envelope() -> None:
    assert matches(json.dumps(single({"DOI": "10.5555/a", "title": ["Owls"]}))) > 0.9


@pytest.mark.parametrize(
    "text",
    [
        "Resource not found.",
        '{"status": "error", "message-type": "route-not-found", "message": "Route not found"}',
        '{"status": "failed", "message-type": "validation-failure", "message": [{"type": "not-allowed"}]}',
    ],
)  # fmt: skip
def test_errors_are_not_claimed_and_reported(text: str) -> None:
    assert matches(text) == 0
    reading = read(text)
    assert reading.records == ()
    assert len(faults(reading)) == 1


def test_a_broken_work_on_the_one_line_of_the_answer_harms_no_other() -> None:
    reading = read(LIST.replace('"volume":"7"', '"volume":"7', 1))
    assert titles(reading) == TITLES[1:]
    ((line, reason),) = faults(reading)
    assert line == 1
    assert reason.startswith("line 1, column ")
    assert reason.endswith("a comma or a closing bracket is missing; add it")


@pytest.mark.slow
@given(st.sampled_from(sorted(SHAPES)), st.integers(0, 10**6))
def test_garbled_files_come_back(name: str, seed: int) -> None:
    read(garble(SHAPES[name], seed))
