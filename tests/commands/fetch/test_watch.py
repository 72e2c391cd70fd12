"""Notices are read in the forms that services give them, and no kind is taken for another. All works are invented."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import responses
from fetching import KELP, TITLE, crane, read_lines, start
from watching import (
    ARXIV,
    DOI,
    FEED,
    OPENALEX,
    SHAPES,
    WORKS,
    arxiv_feed,
    crossref_list,
    crossref_work,
    watch,
)

from litbook.commands.fetch.facts import Scope
from litbook.core.project import Project
from litbook.ingest.ledgers.facts import read_facts

FIELDS = ("kind", "date", "doi", "registrant", "says")
Case = dict[str, Any]


def named(field: str) -> Any:
    return pytest.mark.parametrize("case", SHAPES[field], ids=lambda case: case["case"])


def read_notices(project: Project) -> list[list[str]]:
    """Return the notices of the only line, as `ingest` reads them."""
    (facts,), faults = read_facts(project)
    assert faults == []
    return [[getattr(notice, field) for field in FIELDS] for notice in facts.notices]


def ask_crossref(project: Project, work: dict[str, object], *notices: dict[str, object]) -> None:
    """Answer the question for the work, and the one for notices about it."""
    with responses.RequestsMock() as mock:
        mock.get(WORKS, json=crossref_list(work))
        mock.get(WORKS, json=crossref_list(*notices))
        watch(project, crane(doi=DOI), only=["crossref"], scope=Scope.NAMED)
        first, second = (parse_qs(urlsplit(str(call.request.url)).query) for call in mock.calls)
    assert first["filter"] == [f"doi:{DOI}"]
    assert second["filter"] == [f"updates:{DOI}"]


@pytest.mark.parametrize("field", [name for name in SHAPES if name != "about"])
def test_there_are_twenty_shapes_of_each_field(field: str) -> None:
    assert len({json.dumps(case["shape"]) for case in SHAPES[field]}) == 20


@named("updated-by")
def test_crossrefs_updated_by_of_a_work(case: Case, tmp_path: Path) -> None:
    project = start(tmp_path)
    ask_crossref(project, crossref_work(updated_by=case["shape"]))
    assert read_notices(project) == case["expected"]


@named("update-to")
def test_crossrefs_update_to_of_a_notice(case: Case, tmp_path: Path) -> None:
    project = start(tmp_path)
    ask_crossref(project, crossref_work(), {"DOI": "10.99999/notice.1", "update-to": case["shape"]})
    assert read_notices(project) == case["expected"]


@named("is_retracted")
def test_openalexs_is_retracted(case: Case, tmp_path: Path) -> None:
    project = start(tmp_path)
    with responses.RequestsMock() as mock:
        mock.get(f"{OPENALEX}/doi:{DOI}", json=case["shape"])
        watch(project, crane(doi=DOI), only=["openalex"])
    assert [kind for kind, *_ in read_notices(project)] == case["expected"]


@named("arxiv")
def test_a_withdrawal_on_arxiv(case: Case, tmp_path: Path) -> None:
    project = start(tmp_path)
    with responses.RequestsMock() as mock:
        mock.get(FEED, body=arxiv_feed(case["shape"]))
        watch(project, crane(arxiv=ARXIV), only=["arxiv"])
    said = case["shape"]["comment"] or case["shape"]["summary"]
    assert read_notices(project) == ([["withdrawal", "2033-03-04", "", "", said]] if case["expected"] else [])


def test_both_fields_with_the_same_update_give_one_notice(tmp_path: Path) -> None:
    project = start(tmp_path)
    (case,) = (case for case in SHAPES["updated-by"] if case["case"] == "a retraction with all fields")
    (update,) = case["shape"]
    ask_crossref(
        project, crossref_work(updated_by=[update]), {"DOI": update["DOI"], "update-to": [{**update, "DOI": DOI}]}
    )
    assert read_notices(project) == case["expected"]


def test_a_paper_that_is_itself_a_notice_is_not_what_it_retracts(tmp_path: Path) -> None:
    project = start(tmp_path)
    ask_crossref(project, crossref_work(update_to=[{"DOI": "10.99999/another.1", "type": "retraction"}]))
    assert read_notices(project) == []


def test_a_mark_in_the_title_counts_where_no_update_is_registered(tmp_path: Path) -> None:
    project = start(tmp_path)
    ask_crossref(project, crossref_work(title=[f"WITHDRAWN: {TITLE}"]))
    assert read_notices(project) == [["withdrawal", "", "", "", "marked in the title"]]


def test_an_update_without_a_doi_is_read_at_the_paper_itself(tmp_path: Path) -> None:
    project = start(tmp_path)
    ask_crossref(project, crossref_work(updated_by=[{"type": "retraction", "label": "Retraction"}]))
    (line,) = read_lines(project)
    assert line["notices"] == [{
        "kind": "retraction", "url": f"https://doi.org/{DOI}", "service": "crossref",
        "first_said": "2031-12-01", "last_said": "2031-12-01",
    }]  # fmt: skip


def test_a_doi_with_the_signs_of_a_filter_is_asked_for_alone(tmp_path: Path) -> None:
    doi = "10.99999/a,b:c"
    project = start(tmp_path)
    with responses.RequestsMock() as mock:
        work = crossref_work(updated_by=[{"DOI": "10.99999/n", "type": "erratum"}], DOI=doi)
        mock.get(f"{WORKS}/10.99999%2Fa%2Cb%3Ac", json={"status": "ok", "message": work})
        watch(project, crane(doi=doi), only=["crossref"])
    assert [kind for kind, *_ in read_notices(project)] == ["erratum"]


def test_a_record_about_another_work_is_reported_and_not_used(tmp_path: Path) -> None:
    project = start(tmp_path)
    record = crane(doi=DOI, abstract="We fold paper cranes.", authors=("Ada Invented",))
    with responses.RequestsMock() as mock:
        mock.get(f"{OPENALEX}/doi:{DOI}", json={**SHAPES["is_retracted"][0]["shape"], "title": KELP})
        report = watch(project, record, only=["openalex"])
    assert read_lines(project) == []
    assert [item.found for item in report.contradictions] == [KELP]


def test_the_watch_asks_again_and_says_what_a_service_no_longer_says(tmp_path: Path) -> None:
    project = start(tmp_path, {"title": TITLE, "doi": DOI, "year": 2032, "notices": [
        {"kind": "concern", "doi": "10.99999/hand.1", "date": "2030-01-01", "by": "An Editor"}]})  # fmt: skip
    answers = [True, True, False, True]
    for month, answer in enumerate(answers, start=1):
        with responses.RequestsMock() as mock:
            mock.get(f"{OPENALEX}/doi:{DOI}", json={**SHAPES["is_retracted"][0]["shape"], "is_retracted": answer})
            watch(project, crane(), only=["openalex"], scope=Scope.ALL, today=f"2032-0{month}-01")
        (line,) = read_lines(project)
        by_hand, found = line["notices"]
        assert (found["first_said"], found.get("gone")) == ("2032-01-01", "2032-03-01" if month == 3 else None)
        assert line["watched"] == {"openalex": f"2032-0{month}-01"}
    assert by_hand == {"kind": "concern", "doi": "10.99999/hand.1", "date": "2030-01-01", "by": "An Editor"}
    assert line["year"] == 2032
    with responses.RequestsMock():  # once a day, so that such a run can be continued
        watch(project, crane(), only=["openalex"], scope=Scope.ALL, today="2032-04-01")


def test_a_service_that_does_not_know_a_paper_has_not_been_asked_about_it(tmp_path: Path) -> None:
    project = start(tmp_path)
    with responses.RequestsMock() as mock:
        mock.get(f"{OPENALEX}/doi:{DOI}", status=404)
        report = watch(project, crane(doi=DOI), only=["openalex"])
    assert read_lines(project) == []
    assert report.render() == ("Done: asking for notices about 1 paper; no service knows 1 of them; 0 new notices.")


def test_twenty_papers_are_asked_about_in_two_requests(tmp_path: Path) -> None:
    project = start(tmp_path)
    records = [crane(title=f"{TITLE} {number}", doi=f"10.99999/crane.{number}") for number in range(20)]
    with responses.RequestsMock() as mock:
        mock.get(WORKS, json=crossref_list(*({"DOI": f"10.99999/crane.{number}"} for number in range(20))))
        mock.get(WORKS, json=crossref_list())
        report = watch(project, *records, only=["crossref"])
        assert len(mock.calls) == 2
    assert len(read_lines(project)) == 20
    assert "about 20 papers" in report.render()
