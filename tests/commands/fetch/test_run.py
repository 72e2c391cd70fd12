"""A run can be stopped at any time and continued, and no existing value is lost. All works are invented."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from fetching import AUTHORS, KELP, TITLE, FakeClock, crane, cut_off, make_papers, playing, read_lines, run, start
from invented import PACKAGE
from responses.matchers import query_param_matcher

from litbook.commands.fetch.facts import OfflineError, Scope, fetch_papers
from litbook.commands.fetch.store import FactsFile
from litbook.model.faults import CorpusError

TWO = (crane(arxiv="3102.00001"), crane(title=KELP, arxiv="3204.00002"))


def test_an_answered_question_is_not_asked_again(tmp_path: Path) -> None:
    project = start(tmp_path)
    with playing("arxiv-id", "huggingface-paper"):
        run(project, crane(arxiv="3102.00001"), only=["arxiv", "huggingface"])
    before = project.facts.read_bytes()
    with playing():
        report = run(project, crane(arxiv="3102.00001"), only=["arxiv", "huggingface"])
    assert project.facts.read_bytes() == before
    assert report.render() == "Nothing to ask about 1 paper: nothing is missing, or it was asked before."


def test_an_empty_answer_is_recorded_if_the_paper_has_a_line(tmp_path: Path) -> None:
    project = start(tmp_path, {"title": TITLE, "arxiv_id": "3102.00001"})
    with playing("huggingface-unknown"):
        run(project, crane(), only=["huggingface"])
    assert read_lines(project)[0]["fetched"] == {"huggingface": "2031-12-01"}
    with playing():
        run(project, crane(), only=["huggingface"])


def test_an_unknown_paper_gets_no_line_and_is_asked_about_again(tmp_path: Path) -> None:
    project = start(tmp_path)
    for _ in range(2):
        with playing("arxiv-title-none"):
            report = run(project, crane(authors=AUTHORS), only=["arxiv"])
        assert report.unknown == [paper.citekey for paper in make_papers(project, crane(authors=AUTHORS))]
    assert not project.facts.exists()


def test_a_complete_paper_is_asked_about_only_on_request(tmp_path: Path) -> None:
    values = {"title": TITLE, "authors": list(AUTHORS), "year": 2031, "published": "2031-02", "arxiv_id": "3102.00001"}
    project = start(tmp_path, {**values, "doi": "10.99999/crane.2032.7", "abstract": "We fold."})
    with playing():
        run(project, crane(), only=["arxiv"])
    with playing("arxiv-id"):
        run(project, crane(), only=["arxiv"], scope=Scope.ALL)
    with playing():  # With ALL, each paper is asked about once a day, so that such a run can be continued.
        run(project, crane(), only=["arxiv"], scope=Scope.ALL)
    with playing("arxiv-id"):
        run(project, crane(), only=["arxiv"], scope=Scope.ALL, clock=FakeClock("2031-12-02"))
    with playing("arxiv-id"):
        run(project, crane(), only=["arxiv"], scope=Scope.NAMED, clock=FakeClock("2031-12-02"))
    assert read_lines(project)[0]["fetched"] == {"arxiv": "2031-12-02"}


KILLED = """
import os, signal, sys
from pathlib import Path
from unittest import mock

sys.path[:0] = sys.argv[2:]
from fetching import FakeClock, crane, playing, run
from litbook.core.project import Project

class DeadlyClock(FakeClock):
    def sleep(self, seconds):
        os.kill(os.getpid(), signal.SIGKILL)

if sys.argv[1].endswith("writing"):
    mock.patch.object(Path, "replace", lambda *_: os.kill(os.getpid(), signal.SIGKILL)).start()
records = [crane(arxiv="3102.00001"), crane(title="Kelp Beds That Learn the Spring Tide", arxiv="3204.00002")]
with playing("arxiv-two-ids", "huggingface-paper"):
    run(Project(Path(sys.argv[1])), *records, only=["arxiv", "huggingface"], clock=DeadlyClock())
"""


def kill(folder: Path) -> None:
    """Run until the second question to Hugging Face, or the first write, and kill the process there."""
    command = [
        sys.executable,
        "-c",
        KILLED,
        str(folder),
        str(Path(__file__).parents[2] / "support"),
        str(PACKAGE.parent),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_killed_run_is_continued(tmp_path: Path) -> None:
    project = start(tmp_path)
    kill(tmp_path)
    lines = {line["title"]: line for line in read_lines(project)}
    assert lines[TITLE]["code_url"]
    assert lines[KELP]["fetched"] == {"arxiv": "2031-12-01"}
    with playing() as mock:  # One question is left, about the second paper.
        mock.get("https://huggingface.co/api/papers/3204.00002", status=404)
        run(project, *TWO, only=["arxiv", "huggingface"])
    finished = {line["title"]: line for line in read_lines(project)}
    assert finished == {**lines, KELP: {**lines[KELP], "fetched": {"arxiv": "2031-12-01", "huggingface": "2031-12-01"}}}


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_run_killed_while_writing_leaves_the_file_unchanged(tmp_path: Path) -> None:
    project = start(tmp_path / "writing", {"title": TITLE, "arxiv_id": "3102.00001", "notes": "a person's"})
    before = project.facts.read_bytes()
    kill(tmp_path / "writing")
    assert project.facts.read_bytes() == before


class ImpatientClock(FakeClock):
    """Press Ctrl-C at the first pause."""

    def sleep(self, seconds: float) -> None:
        raise KeyboardInterrupt


def test_ctrl_c_keeps_what_was_answered_and_reports_it(tmp_path: Path) -> None:
    project = start(tmp_path)
    with playing("arxiv-two-ids", "huggingface-paper"):
        report = run(project, *TWO, only=["arxiv", "huggingface"], clock=ImpatientClock())
    assert report.interrupted
    assert report.render().startswith("Interrupted after asking about 2 papers; ")
    assert {line["title"] for line in read_lines(project)} == {TITLE, KELP}


def test_an_edit_during_the_run_is_kept_and_the_paper_left_for_the_next_run(tmp_path: Path) -> None:
    project = start(tmp_path, {"title": TITLE, "arxiv_id": "3102.00001"}, {"title": KELP, "arxiv_id": "3204.00002"})
    papers = make_papers(project, crane(), crane(title=KELP))
    edited = json.dumps({"title": TITLE, "arxiv_id": "3102.00001", "year": 1999})
    other = json.dumps({"title": KELP, "arxiv_id": "3204.00002"})

    class BusyPerson(FakeClock):
        def today(self) -> str:  # After the file was read, before anything is written.
            project.facts.write_text(f"\n{edited}\n{other}\n", "utf-8")
            return super().today()

    with playing("arxiv-two-ids"):
        report = fetch_papers(project, papers, only=["arxiv"], clock=BusyPerson())
    first, _, rest = project.facts.read_text("utf-8").lstrip("\n").partition("\n")
    assert first == edited
    assert json.loads(rest)["authors"] == ["Cy Nobody"]
    (trouble,) = report.troubles
    assert "book/corpus/facts.jsonl was edited during the run; run the command again" in trouble


def test_papers_that_share_only_a_title_are_skipped_and_reported(tmp_path: Path) -> None:
    project = start(tmp_path)
    of_steel = "Cranes of steel are folded by the harbour's own machines, and no one there knows why."
    of_paper = "We fold birds from paper with two robot arms, and count how many of the birds can stand up."
    with playing():
        report = run(project, crane(abstract=of_paper), crane(abstract=of_steel), only=["arxiv"])
    assert len(report.troubles) == 2
    assert all(
        "another paper has the same title; add an identifier to its record" in trouble for trouble in report.troubles
    )


def test_a_paper_known_only_by_doi_gets_one_line(tmp_path: Path) -> None:
    project = start(tmp_path)
    record = crane(title="", doi="10.99999/crane.2032.7")
    with playing("crossref-doi"):
        run(project, record, only=["crossref"])
    with playing("crossref-doi"):
        run(project, record, only=["crossref"], scope=Scope.NAMED)
    assert [line["doi"] for line in read_lines(project)] == ["10.99999/crane.2032.7"]


def test_one_rejected_question_does_not_affect_others_in_its_batch(tmp_path: Path) -> None:
    with playing("arxiv-error") as mock:
        report = run(start(tmp_path), crane(arxiv="3102.00001"), only=["arxiv"])
        assert len(mock.calls) == 1
    assert report.troubles == ["cranefoldfoldingpaper: arxiv: it answered with status 400"]
    with playing("semanticscholar-refused"):
        report = run(start(tmp_path), crane(arxiv="3102.00001"), only=["semanticscholar"])
    assert report.troubles == ["cranefoldfoldingpaper: semanticscholar: it answered with status 400"]


def test_batch_answers_are_written_before_searches_start(tmp_path: Path) -> None:
    project = start(tmp_path)
    unheard = crane(title="An Unheard Kelp", doi="10.99999/unheard.1")
    with playing("semanticscholar-batch") as mock:
        mock.get("https://api.semanticscholar.org/graph/v1/paper/search/match", status=429)
        report = run(project, unheard, crane(arxiv="3102.00001"), only=["semanticscholar"])
    assert report.troubles == ["semanticscholar skipped: it answered with status 429, 4 times in a row"]
    assert [line["doi"] for line in read_lines(project)] == ["10.99999/crane.2032.7"]


def test_one_invalid_identifier_does_not_affect_the_others(tmp_path: Path) -> None:
    project = start(tmp_path)
    with playing("arxiv-id") as mock:
        for names, count in (("3102.00001,9912.99999", "2"), ("9912.99999", "1")):
            query = {"id_list": names, "max_results": count}
            mock.get("https://export.arxiv.org/api/query", status=400, match=[query_param_matcher(query)])
        report = run(project, crane(title=KELP, arxiv="9912.99999"), crane(arxiv="3102.00001"), only=["arxiv"])
    assert [line["arxiv_id"] for line in read_lines(project)] == ["3102.00001"]
    assert len(report.troubles) == 1


def test_a_service_is_skipped_after_three_unusable_answers(tmp_path: Path) -> None:
    records = [crane(title=f"Kelp Bed {number}", arxiv=f"3204.0000{number}") for number in range(4)]
    with playing() as mock:
        for at in range(3):
            mock.get(f"https://huggingface.co/api/papers/3204.0000{at}", body="<html>log in first</html>")
        report = run(start(tmp_path), *records, only=["huggingface"])
    assert len(report.troubles) == 4
    assert report.troubles[-1] == "huggingface skipped: 3 unusable answers in a row"


def test_one_service_that_is_down_does_not_stop_the_others(tmp_path: Path) -> None:
    project = start(tmp_path)
    with playing("huggingface-paper") as mock:
        mock.get("https://export.arxiv.org/api/query", status=503)
        report = run(project, crane(arxiv="3102.00001"), only=["arxiv", "huggingface"])
    assert report.troubles == ["arxiv skipped: it answered with status 503, 4 times in a row"]
    (line,) = read_lines(project)
    assert line["fetched"] == {"huggingface": "2031-12-01"}


def test_a_line_that_cannot_be_rewritten_without_loss_is_a_fault(tmp_path: Path) -> None:
    project = start(tmp_path)
    lines = ['{"title": "A"}', '{"title": "B", "year": 1, "year": 2}', '{"title": "C", "fetched": "today"}']
    project.facts.write_text("\n".join(lines), "utf-8")
    with pytest.raises(CorpusError) as raised:
        FactsFile(project)
    assert [fault.line for fault in raised.value.faults] == [2, 3]
    assert "duplicate name in one object" in str(raised.value)


def test_without_a_network_nothing_changes_and_one_line_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = start(tmp_path, {"title": TITLE, "arxiv_id": "3102.00001"})
    before = project.facts.read_bytes()
    cut_off(monkeypatch)
    with pytest.raises(OfflineError) as raised:
        run(project, crane())
    names = "arxiv, huggingface, semanticscholar, crossref, openalex"
    why = "no route to the host, or its name is unknown"
    assert str(raised.value) == f"offline: {names} cannot be reached ({why}); nothing was changed"
    assert project.facts.read_bytes() == before
