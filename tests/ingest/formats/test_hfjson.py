"""The Hugging Face papers API: daily papers, a search, one paper; the papers are invented."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reads import check, claims, faults, garble, lines_of, minified, sample, titles

from litbook.ingest.formats.hfjson import matches, read_hfjson
from litbook.model.review import Reading

DAILY = sample("hf-daily.json")
FIRST, SECOND = json.loads(DAILY)
TITLES = ["Voles are In-Context Counters: A k-NN View", "A preprint about owls"]


def read(text: str) -> Reading:
    return check(read_hfjson, text)


SHAPES = {
    "daily papers": DAILY,
    "as it is sent": minified(DAILY),
    "two days in a row": minified(json.dumps([FIRST])) + "\n" + minified(json.dumps([SECOND])),
    "bare papers": json.dumps([FIRST["paper"], SECOND["paper"]]),
    "lines": lines_of(DAILY),
    "in a frame": json.dumps({"papers": [FIRST, SECOND], "date": "2023-10-27"}),
    "the page's own data": json.dumps({"dateString": "2023-10-27", "dailyPapers": [FIRST, SECOND]}),
}


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_is_recognised_and_read(name: str) -> None:
    assert claims(SHAPES[name]) == "hfjson"
    reading = read(SHAPES[name])
    assert titles(reading) == TITLES
    assert faults(reading) == []
    first, second = reading.records
    assert first.abstract == "We teach voles to count. They count to α."
    assert first.authors == ("Liis Tamm", "Jürgen Maus")
    assert (first.published, second.published) == ("2023-10-25", "2024-01-01")
    assert first.links == {
        "arxiv": "2310.99901",
        "code": "https://github.com/invented/voles",
        "project": "https://voles.example.org",
    }


def test_one_paper_is_read() -> None:
    text = json.dumps(FIRST["paper"], indent=2)
    assert claims(text) == "hfjson"
    (record,) = read(text).records
    assert record.extra.keys() == FIRST["paper"].keys() - {
        "id", "title", "summary", "publishedAt", "githubRepo", "projectPage"
    }  # fmt: skip


def test_what_the_list_says_otherwise_is_kept_beside_the_paper() -> None:
    first, second = read(DAILY).records
    assert first.extra["list.publishedAt"] == "2023-10-26T20:00:00.000Z"
    assert first.extra["numComments"] == "2"
    assert json.loads(first.extra["authors"])[1]["user"]["user"] == "jmaus"
    assert second.extra == {
        "publishedAt": "2024-01-01T18:30:00.000Z",
        "upvotes": "0",
        "discussionId": "66a1b2c3d4e5f6a7b8c9d0e6",
        "thumbnail": "https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/2401.99902.png",
        "numComments": "1",
        "isAuthorParticipating": "true",
    }


def test_errors_are_not_claimed_and_reported() -> None:
    text = '{"error": "Paper not found"}'
    assert matches(text) == 0
    assert faults(read(text)) == [(1, "an object without a paper: the service reports an error; ask it again")]


def test_a_truncated_day_gives_its_whole_papers() -> None:
    for text in (DAILY, minified(DAILY)):
        reading = read(text[: text.rindex("Owls hear") + 4])
        assert titles(reading) == TITLES[:1]
        assert [reason for _, reason in faults(reading)] == ["the file ends inside of this entry; export it again"]


@given(st.sampled_from(sorted(SHAPES)), st.integers(0, 10**6))
def test_garbled_files_come_back(name: str, seed: int) -> None:
    read(garble(SHAPES[name], seed))
