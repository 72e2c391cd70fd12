"""Answers that lie about their types, sizes and contents add nothing to the facts. Everything here is invented."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

import pytest
from fetching import RECORDINGS, TITLE, crane, playing, read_lines, run, start
from hypothesis import given, settings
from hypothesis import strategies as st

from litbook.commands.fetch.connection import BrokenError, Connection
from litbook.commands.fetch.facts import SERVICES
from litbook.commands.fetch.service import Answer, Known, Service
from litbook.commands.fetch.untrusted import (
    read_address,
    read_date,
    read_date_parts,
    read_markup,
    read_names,
    read_text,
    read_year,
)
from litbook.text.identifiers import ID_FIELDS, find_identifiers, read_identifier

HF = "https://huggingface.co/api/papers/3102.00001"
PAPER = json.loads((RECORDINGS / "huggingface-paper.json").read_text("utf-8"))["answers"][0]["json"]


def fetch_paper(folder: Path, **changes: object) -> dict[str, Any]:
    """Return the line that results from Hugging Face's answer with some of its values changed."""
    project = start(folder)
    with playing() as mock:
        mock.get(HF, json={**PAPER, **changes})
        run(project, crane(arxiv="3102.00001"), only=["huggingface"])
    lines = read_lines(project)
    return lines[0] if lines else {}


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,<script>",
        "file:///etc/passwd",
        "ftp://example.org/a",
        "//example.org/a",
        "https://user:secret@example.org/",
        "https://example.org/a b",
        "https://example.org/\nX",
        'https://example.org/"onload="x',
        "https://[::1/",
        "https://localhost/",
        "https://example.org/" + "a" * 600,
        ["https://example.org/"],
        7,
    ],
)
def test_only_plain_web_addresses_get_through(tmp_path: Path, address: object) -> None:
    line = fetch_paper(tmp_path, githubRepo=address, projectPage="https://example.org/~x/?a=1#b")
    assert "code_url" not in line
    assert line["project_url"] == "https://example.org/~x/?a=1#b"


@pytest.mark.parametrize(
    ("changes", "absent"),
    [
        ({"authors": "Ada Invented"}, "authors"),
        ({"authors": [{"name": ["Ada"]}]}, "authors"),
        ({"authors": [{"name": "Ada Invented"}, {"name": None}]}, "authors"),
        ({"authors": [{"name": "A" * 300}]}, "authors"),
        ({"authors": [{"name": "Ada Invented"}] * 6_000}, "authors"),
        ({"publishedAt": 20310203}, "year"),
        ({"publishedAt": "yesterday"}, "year"),
        ({"publishedAt": "9999-01-01"}, "year"),
        ({"summary": {"text": "We fold."}}, "abstract"),
        ({"summary": "We fold. " * 5_000}, "abstract"),
    ],
)
def test_a_value_of_the_wrong_type_or_size_counts_as_absent(
    tmp_path: Path, changes: dict[str, object], absent: str
) -> None:
    line = fetch_paper(tmp_path, **changes)
    assert absent not in line
    assert line["code_url"]


@pytest.mark.parametrize("identifier", ["2909.00003", "../../etc/passwd", None, 3102.00001, {"a": 1}])
def test_an_answer_about_another_paper_is_not_used(tmp_path: Path, identifier: object) -> None:
    assert fetch_paper(tmp_path, id=identifier, authors=[{"name": "Cy Nobody"}]) == {}


def test_a_paper_without_any_known_title_gets_no_line(tmp_path: Path) -> None:
    project = start(tmp_path)
    with playing() as mock:
        mock.get(HF, json={**PAPER, "title": ["no text"]})
        run(project, crane(title="", arxiv="3102.00001"), only=["huggingface"])
    assert read_lines(project) == []  # A line without a title would be a fault of the review.


def test_control_characters_and_direction_overrides_are_removed(tmp_path: Path) -> None:
    line = fetch_paper(
        tmp_path, authors=[{"name": "Ada\x1b[31m\u202eInvented\u2028\ud800"}], summary="We\x00 fold\r\n\u200bcranes."
    )
    assert line["authors"] == ["Ada [31mInvented"]
    assert line["abstract"] == "We fold cranes."
    assert len((tmp_path / "book/corpus/facts.jsonl").read_text("utf-8").splitlines()) == 1


def test_markup_becomes_plain_text() -> None:
    hostile = "<jats:p>x &amp;lt;script&amp;gt; <script>alert(1)</script></jats:p>"
    assert read_markup(hostile, 100) == "x <script> alert(1)"
    assert read_markup("a < b and c > d", 100) == "a < b and c > d"
    assert read_markup("<" * 100_000, 100) == ""


@pytest.mark.parametrize(
    "body",
    [
        r"@inproceedings{a, title = {\input{/etc/passwd}}, author = {A B}, url = {https://aclanthology.org/2031.folding-main.7/}}",
        "@inproceedings{a, title = {" + "{" * 3_000 + "x" + "}" * 3_000 + "}}",
        "@inproceedings{a, title = {unclosed",
        "@comment{nothing}",
        "",
    ],
)
def test_hostile_bibtex_is_reported_or_gives_nothing(tmp_path: Path, body: str) -> None:
    project = start(tmp_path)
    with playing() as mock:
        mock.get("https://aclanthology.org/2031.folding-main.7.bib", body=body)
        run(project, crane(title="", acl="2031.folding-main.7"), only=["acl"])
    assert all("root:" not in str(line) for line in read_lines(project))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
WORDS = sorted(
    {word for path in RECORDINGS.glob("*.json") for word in re.findall(r'"([\w-]{2,30})":', path.read_text("utf-8"))}
)
SHAPED = st.recursive(ANYTHING, lambda inner: st.dictionaries(st.sampled_from(WORDS), inner, max_size=6), max_leaves=20)


class FakeConnection:
    """Answer every question with the same value."""

    contact = ""

    def __init__(self, value: object) -> None:
        self._value = value

    def read_json(self, *_: object, **__: object) -> object:
        return self._value

    def read_text(self, *_: object) -> str:
        return str(self._value)


@pytest.mark.slow
@settings(max_examples=150)
@given(SHAPED | st.builds(lambda value: {"data": [value], "results": [value], "message": value}, SHAPED))
def test_any_value_is_an_answer_or_reported_as_broken(value: object) -> None:
    identifiers = {"arxiv_id": "3102.00001", "doi": "10.99999/crane.2032.7", "acl_id": "2031.folding-main.7"}
    paper = Known("crane", (TITLE,), {}, identifiers)
    for service in SERVICES:
        if service.name != "arxiv":  # Its answers are XML; see test_connection.py.
            for answer in ask(service, cast(Connection, FakeConnection(value)), paper):
                assert_plain(answer)


def ask(service: Service, connection: Connection, paper: Known) -> list[Answer]:
    """Return all answers that a service gives by identifier and by title, but for those that it calls broken."""
    answers: list[Answer] = []
    with suppress(BrokenError):
        answers += service.by_identifier(connection, [paper]).values()
    with suppress(BrokenError):
        answers += service.by_title(connection, paper) if service.by_title else []
    return answers


def assert_plain(answer: Answer) -> None:
    for name, value in answer.values.items():
        texts = value if isinstance(value, list) else [value]
        assert all(isinstance(text, (str, int)) and not isinstance(text, bool) for text in texts), name
        assert all(len(str(text).splitlines()) <= 1 for text in texts)


@pytest.mark.slow
@given(ANYTHING)
def test_every_value_read_has_the_wanted_type_or_is_absent(value: object) -> None:
    assert isinstance(read_text(value, 10), str)
    assert isinstance(read_markup(value, 10), str)
    assert re.fullmatch(r"|\d{4}(-\d\d)?", read_date(value))
    assert re.fullmatch(r"|\d{4}(-\d\d)?", read_date_parts({"date-parts": [[value, value]]}))
    assert 1500 <= (read_year(value) or 2000) <= 2100
    assert read_address(value) == "" or str(value).startswith("http")
    assert all(isinstance(name, str) for name in read_names([value]))
    assert all(isinstance(read_identifier(name, value), str) for name in ID_FIELDS)
    assert all(find_identifiers(value).values())


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://arxiv.org/pdf/3102.00001v3.pdf", {"arxiv_id": "3102.00001"}),
        ("http://arxiv.org/abs/math.GT/0309136", {"arxiv_id": "math.GT/0309136"}),
        ("https://doi.org/10.48550/arXiv.3102.00001", {"arxiv_id": "3102.00001"}),
        ("https://dx.doi.org/10.18653/v1/P19-1001", {"doi": "10.18653/v1/p19-1001", "acl_id": "P19-1001"}),
        ("https://www.aclweb.org/anthology/2031.folding-main.7", {"acl_id": "2031.folding-main.7"}),
        ("https://openreview.net/forum?id=Cr4neF0ld_", {"openreview_id": "Cr4neF0ld_"}),
        ("https://arxiv.org/abs/../../etc", {}),
        ("https://evil.example.org/arxiv.org/abs/3102.00001", {}),
    ],
)
def test_identifiers_are_found_in_addresses(address: str, found: dict[str, str]) -> None:
    assert find_identifiers(address) == found
