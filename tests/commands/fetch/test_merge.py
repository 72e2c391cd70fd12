"""Values are added, never changed; contradictions are listed. All works are invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fetching import AUTHORS, TITLE, added, crane, playing, read_lines, run, start

from litbook.commands.fetch.merge import compare, is_same_venue


def contradicted(known: dict[str, object], found: dict[str, object]) -> list[str]:
    return [field for field, _, _ in compare(known, found)[1]]


def test_only_missing_values_are_added() -> None:
    new, against = compare(
        {"year": 2031, "venue": ""}, {"year": 2031, "doi": "10.99999/crane", "authors": ["Ada Invented"]}
    )
    assert new == {"authors": ["Ada Invented"], "doi": "10.99999/crane"}
    assert not against


@pytest.mark.parametrize(
    ("known", "found", "fields"),
    [
        ({"year": 2031}, {"year": 2033}, ["year"]),
        ({"year": 2031}, {"year": 2020}, ["year"]),
        ({"year": 2031}, {"year": 2029}, []),  # A preprint comes before its publication.
        ({"year": 2031, "venue_year": 2033}, {"year": 2033}, []),
        ({"venue_year": 2031}, {"venue_year": 2032}, ["venue_year"]),
        ({"year": 2031, "published": "2031-02"}, {"year": 2031, "published": "2031-02"}, []),
        ({"year": 2031, "published": "2031-02"}, {"year": 2031, "published": "2031-07"}, ["published"]),
        ({"authors": ["Ada Invented"]}, {"authors": ["A. Invented", "Bo van der Made"]}, []),
        ({"authors": ["Ada Invented", "Cy Nobody"]}, {"authors": ["Ada Invented", "Bo van der Made"]}, ["authors"]),
        ({"doi": "10.99999/CRANE"}, {"doi": "10.99999/crane"}, []),
        ({"doi": "10.99999/crane"}, {"doi": "10.99999/boat"}, ["doi"]),
        ({"doi": "10.48550/arXiv.3102.00001"}, {"doi": "10.99999/crane"}, []),
        ({"arxiv_id": "3102.00001"}, {"arxiv_id": "3102.00002"}, ["arxiv_id"]),
        (
            {"code_url": "http://www.github.com/Invented/Crane.git"},
            {"code_url": "https://github.com/invented/crane/"},
            [],
        ),
        (
            {"code_url": "https://github.com/invented/crane"},
            {"code_url": "https://github.com/other/crane"},
            ["code_url"],
        ),
        ({"title": TITLE, "abstract": "One."}, {"title": "Another", "abstract": "Two."}, []),
    ],
)
def test_contradictions(known: dict[str, object], found: dict[str, object], fields: list[str]) -> None:
    assert contradicted(known, found) == fields


def test_values_of_one_event_are_accepted_or_rejected_together() -> None:
    new, _ = compare(
        {"venue": "Invented Letters"}, {"venue": "Boats and Ships", "venue_year": 2032, "doi": "10.99999/b"}
    )
    assert new == {"doi": "10.99999/b"}
    new, _ = compare({"year": 2031}, {"year": 2034, "published": "2034-02"})
    assert new == {}
    new, _ = compare({"year": 2031}, {"year": 2030, "published": "2030-12"})
    assert new == {}  # The preprint's month with the publication's year would be a date of neither.


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ICLR 2024", "International Conference on Learning Representations", True),
        ("NeurIPS 2023", "Advances in Neural Information Processing Systems 36", True),
        (
            "EMNLP 2020",
            "Proceedings of the 2020 Conference on Empirical Methods in Natural Language Processing (EMNLP)",
            True,
        ),
        ("TMLR", "Transactions on Machine Learning Research", True),
        ("Findings of ACL 2023", "Findings of the Association for Computational Linguistics: ACL 2023", True),
        ("Foundations and Trends in Machine Learning 16(1)", "Foundations and Trends® in Machine Learning", True),
        ("ICLR 2024", "Computer Vision and Pattern Recognition", False),
        ("Invented Letters", "Boats and Ships", False),
    ],
)
def test_venues_are_the_same_by_their_words_or_their_short_names(one: str, other: str, same: bool) -> None:
    assert is_same_venue(one, other) is same
    assert is_same_venue(other, one) is same


def test_a_contradiction_is_listed_and_nothing_is_changed(tmp_path: Path) -> None:
    mine = {
        "title": TITLE,
        "arxiv_id": "3102.00001",
        "year": 2030,
        "doi": "10.99999/other",
        "notes": "a person's",
        "venue": None,
        "mine": {"a": [1.5, None]},
    }
    project = start(tmp_path, mine)
    with playing("arxiv-id"):
        report = run(project, crane(), only=["arxiv"])
    (line,) = read_lines(project)
    assert {name: line[name] for name in mine} == mine
    assert list(added(report)) == ["authors", "abstract"]
    listed = [(item.field, item.known, item.found) for item in report.contradictions]
    assert listed == [("year", "2030", "2031"), ("doi", "10.99999/other", "10.99999/crane.2032.7")]


def test_a_contradicted_value_of_the_record_is_listed_too(tmp_path: Path) -> None:
    project = start(tmp_path)
    with playing("arxiv-id"):
        report = run(project, crane(arxiv="3102.00001", year=2040, authors=("Cy Nobody",)), only=["arxiv"])
    assert [item.field for item in report.contradictions] == ["authors", "year"]
    (line,) = read_lines(project)
    assert not line.keys() & {"authors", "year", "published"}


def test_other_lines_keep_their_bytes_and_unknown_fields_their_values(tmp_path: Path) -> None:
    project = start(tmp_path)
    before = '{"title":"Spaced oddly" ,  "authors" : ["Zoë"]}\r\n\n{"title": "Kelp", "shelf": "\\u2028 \\ud800"}'
    crane_line = json.dumps({"title": TITLE, "arxiv_id": "3102.00001", "shelf": "\u2028\ud800", "sources": ["mine"]})
    project.facts.write_bytes((before + "\n" + crane_line).encode())
    with playing("arxiv-id"):
        run(project, crane(), only=["arxiv"])
    after = project.facts.read_bytes().decode()
    assert after.startswith(before + "\n")
    line = json.loads(after.removeprefix(before))
    assert line["shelf"] == "\u2028\ud800"
    assert line["sources"] == ["mine", "https://arxiv.org/abs/3102.00001"]
    assert line["authors"] == list(AUTHORS)


def test_a_new_line_is_appended_after_a_missing_line_end(tmp_path: Path) -> None:
    project = start(tmp_path)
    project.facts.write_bytes(b'{"title": "Kelp"}')
    with playing("arxiv-id"):
        run(project, crane(arxiv="3102.00001"), only=["arxiv"])
    assert [line["title"] for line in read_lines(project)] == ["Kelp", TITLE]
