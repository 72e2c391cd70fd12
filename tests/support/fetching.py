"""Recordings of services for tests of `fetch`, which never go online or wait. All works are invented."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests
import responses
from invented import json_lines, make_record, put
from responses import matchers

from litbook.commands.fetch.facts import Report, Scope, fetch_papers
from litbook.core.project import Project
from litbook.enrich.merge import enrich
from litbook.ingest.ledgers.facts import read_facts
from litbook.model.review import Paper, Record

RECORDINGS = Path(__file__).parents[1] / "recordings"
TODAY = "2031-12-01"
CONTACT = "you@example.org"

TITLE = "CraneFold: Folding Paper Cranes with Patient Robots"
ABSTRACT = (
    "We fold paper cranes with robots that wait for the paper. Where a < b the crane flies, and where it does not."
)
AUTHORS = ("Ada Invented", "Bo van der Made")
KELP = "Kelp Beds That Learn the Spring Tide"


class FakeClock:
    """A clock that advances without waiting."""

    def __init__(self, today: str = TODAY) -> None:
        self.seconds = 0.0
        self.pauses: list[float] = []
        self._today = today

    def now(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.pauses.append(round(seconds, 3))
        self.seconds += seconds

    def today(self) -> str:
        return self._today


@contextmanager
def playing(*names: str) -> Iterator[responses.RequestsMock]:
    """Answer requests with recordings; a request without a recording and an unused recording fail the test."""
    with responses.RequestsMock(assert_all_requests_are_fired=True) as mock:
        for name in names:
            _register(mock, json.loads((RECORDINGS / f"{name}.json").read_text("utf-8")))
        yield mock
        check_unrecorded(mock)


def check_unrecorded(mock: responses.RequestsMock) -> None:
    """Fail if a request had no recording; the code under test sees it as a lost connection."""
    failed = [call for call in mock.calls if isinstance(call.response, requests.ConnectionError)]
    assert not [call.request.url for call in failed if "doesn't match any registered mock" in str(call.response)]


def _register(mock: responses.RequestsMock, recording: dict[str, Any]) -> None:
    request = recording["request"]
    match: list[Any] = [matchers.query_param_matcher(request["query"])]
    if "json" in request:
        match.append(matchers.json_params_matcher(request["json"]))
    for answer in recording["answers"]:
        body = json.dumps(answer["json"]) if "json" in answer else "\n".join(answer["body"])
        mock.add(
            request["method"],
            request["url"],
            body=body,
            status=answer["status"],
            headers=answer["headers"],
            match=match,
        )


def crane(**known: Any) -> Record:
    """Return the record that most recordings are about, with the given values."""
    links = {name: known.pop(name) for name in ("arxiv", "doi", "acl", "code", "project") if name in known}
    return make_record(known.pop("title", TITLE), known.pop("abstract", ""), links=links, **known)


def start(folder: Path, *facts: dict[str, object]) -> Project:
    """Return a project that contains nothing but facts."""
    return put(folder, {"book/corpus/facts.jsonl": json_lines(*facts)} if facts else {"book/corpus/.keep": ""})


def make_papers(project: Project, *records: Record) -> tuple[Paper, ...]:
    """Return the papers of records, joined with the project's current facts."""
    facts, faults = read_facts(project)
    assert not faults
    return enrich(records, facts, (), TODAY).papers


def run(
    project: Project,
    *records: Record,
    only: Sequence[str] = (),
    scope: Scope = Scope.MISSING,
    clock: FakeClock | None = None,
) -> Report:
    """Fetch facts for the papers of these records."""
    papers = make_papers(project, *records)
    return fetch_papers(project, papers, scope, contact=CONTACT, only=only, clock=clock or FakeClock())


def read_lines(project: Project) -> list[dict[str, Any]]:
    """Return the values of every line of the facts."""
    return (
        [json.loads(line) for line in project.facts.read_text("utf-8").splitlines()] if project.facts.is_file() else []
    )


def added(report: Report) -> dict[str, str]:
    """Return, for each new value, the service that it came from."""
    return {addition.field: addition.service for addition in report.additions}


def cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every host name unknown, as on a machine without a network."""

    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(socket, "getaddrinfo", fail)
