"""`litbook fetch --references`: lists of references of papers that have an identifier. All works are invented."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import responses
from fetching import CONTACT, TODAY, FakeClock, crane, cut_off, make_papers, start

from litbook.commands.fetch.references.run import ReferencesReport, fetch_references
from litbook.commands.fetch.run import OfflineError
from litbook.core.project import Project
from litbook.ingest.ledgers.parsed import read_references
from litbook.model.fulltext import Listed

S2 = "https://api.semanticscholar.org/graph/v1/paper/batch"
OPENALEX = "https://api.openalex.org/works"
LISTED = {
    "title": "Kelp that learns the tide",
    "year": 2029,
    "authors": [{"name": "Cy Invented"}, {"name": "Ada Invented"}],
    "externalIds": {"ArXiv": "2901.00001", "DOI": "10.1000/KELP"},
}
KELP = Listed("Kelp that learns the tide", 2029, "Cy Invented", {"doi": "10.1000/kelp", "arxiv": "2901.00001"})


def ask(project: Project, again: bool = False) -> ReferencesReport:
    papers = make_papers(project, crane(arxiv="3101.00001"), crane(title="A paper without any identifier"))
    return fetch_references(project, papers, contact=CONTACT, again=again, clock=FakeClock())


def read_lines(project: Project) -> list[dict[str, Any]]:
    return [json.loads(line) for line in project.references.read_text("utf-8").splitlines()]


def test_a_list_is_kept_with_its_service_and_is_not_asked_for_again(tmp_path: Path) -> None:
    project = start(tmp_path)
    with responses.RequestsMock() as mock:
        mock.post(S2, json=[{"paperId": "0" * 40, "references": [LISTED, {"title": None, "externalIds": None}, 7]}])
        report = ask(project)
        assert json.loads(mock.calls[0].request.body or "") == {"ids": ["ARXIV:3101.00001"]}
    assert report.render() == "1 paper asked about: 1 list with 1 reference."
    ((line,), faults) = read_references(project)
    assert (line.tool, line.references, faults) == ("Semantic Scholar", (KELP,), [])
    assert read_lines(project)[0]["fetched"] == TODAY
    with responses.RequestsMock():
        assert ask(project).asked == 0


def test_openalex_is_asked_about_papers_whose_list_is_missing(tmp_path: Path) -> None:
    project = start(tmp_path)
    work = {"id": "https://openalex.org/W2", "doi": "https://doi.org/10.1000/kelp", "title": KELP.title,
            "publication_year": 2029, "authorships": [{"author": {"display_name": "Cy Invented"}}]}  # fmt: skip
    with responses.RequestsMock() as mock:
        mock.post(S2, json=[None])
        cited = ["https://openalex.org/W2", "https://openalex.org/W3", "javascript:alert(1)"]
        mock.get(
            f"{OPENALEX}/doi:10.48550/arxiv.3101.00001",
            json={"id": "https://openalex.org/W1", "referenced_works": cited},
        )
        mock.get(OPENALEX, json={"results": [work, {"id": "W9"}, None]})
        report = ask(project)
        assert mock.calls[2].request.params["filter"] == "openalex:W2|W3"
    assert (report.lists, report.references) == (1, 1)
    ((line,), _) = read_references(project)
    assert line.tool == "OpenAlex"
    assert line.references == (Listed(KELP.title, 2029, "Cy Invented", {"doi": "10.1000/kelp"}),)


def test_an_unusable_answer_is_reported_and_changes_nothing(tmp_path: Path) -> None:
    project = start(tmp_path)
    with responses.RequestsMock() as mock:
        mock.post(S2, json={"error": "no"})
        mock.get(f"{OPENALEX}/doi:10.48550/arxiv.3101.00001", status=404)
        report = ask(project)
    assert report.troubles == ["semanticscholar skipped: its answer does not have one entry per question"]
    assert not project.references.is_file()


def test_without_a_network_nothing_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cut_off(monkeypatch)
    with pytest.raises(OfflineError, match="offline: semanticscholar cannot be reached"):
        ask(start(tmp_path))
    assert not (tmp_path / "book/corpus/references.jsonl").is_file()
