"""A review says whether it is kept up to date, and what it reports, from its records. All of it is invented."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from click.testing import CliRunner
from invented import SOUND, put

from litbook.__main__ import main
from litbook.analyse.living.due import describe_briefly, describe_status, find_late, find_stale_watch
from litbook.core.project import Project
from litbook.model.faults import CorpusError
from litbook.model.history import ReviewVersion
from litbook.model.living import ITEMS, Status
from litbook.model.review import Paper, Text
from litbook.model.site import Site
from litbook.model.statements import Audit
from litbook.pipeline import prepare
from litbook.site.status.audit import describe_audit, describe_earlier, render_found, select_audit
from litbook.site.status.citation_file import render_citation
from litbook.site.status.page import render_status
from litbook.write.reference import Cited

LIVING = """question: Which paper folds best?
mode: living
reason: Ten papers on folding appear every month.
searched: 2033-05-01
due: 2033-08-01
who: [An Editor, Another Editor]
schedule: every three months
reporting:
  25: No one paid for it.
  7: {says: The query is with the sources., place: book/chapters/paper-folding.html}
"""
STATUS = Status("Which paper folds best?", "living", "2033-05-01", "2033-08-01", due_line=5)


@pytest.fixture
def review(tmp_path: Path) -> Path:
    shutil.copytree(SOUND / "book", tmp_path / "book")
    put(tmp_path, {"book/corpus/status.yml": LIVING})
    return tmp_path


def check(review: Path, day: str, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    monkeypatch.setattr("litbook.pipeline.today", lambda: day)
    monkeypatch.setattr("litbook.commands.todo.today", lambda: day)
    done = CliRunner().invoke(main, ["check", "--due", "--root", str(review)], catch_exceptions=False)
    return done.exit_code, done.output


@pytest.mark.parametrize(
    ("day", "code"), [("2033-07-31", 0), ("2033-08-02", 0), ("2033-08-31", 0), ("2033-09-01", 1), ("2034-01-01", 1)]
)
def test_an_update_may_be_thirty_days_late(review: Path, day: str, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    found, output = check(review, day, monkeypatch)
    assert found == code
    assert ("late: book/corpus/status.yml:5: the update due on 2033-08-01 is" in output) == bool(code)


@pytest.mark.parametrize("mode", ["paused", "retired", "one-off"])
def test_only_a_living_review_can_be_late(mode: str) -> None:
    assert find_late(STATUS, "2040-01-01") is not None
    assert find_late(replace(STATUS, mode=mode, due=""), "2040-01-01") is None
    assert find_late(None, "2040-01-01") is None


@pytest.mark.parametrize(
    ("known", "line"),
    [
        ({}, "Living review: last searched on 1 May 2033; next update due on 1 August 2033"),
        (
            {"mode": "paused", "due": "", "reason": "We look for an editor."},
            "Living review, paused: last searched on 1 May 2033. We look for an editor",
        ),
        ({"mode": "one-off", "due": ""}, "Review without planned updates: last searched on 1 May 2033"),
        (
            {"mode": "one-off", "due": "", "searched": "", "reason": "Made from one page."},
            "Review without planned updates: the day of the search is not recorded. Made from one page",
        ),
    ],
)
def test_one_line_says_the_status(known: dict[str, str], line: str) -> None:
    assert describe_status(replace(STATUS, **known)) == line  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "line"),
    [
        ({}, "Living review: last searched on 1 May 2033; next update due on 1 August 2033"),
        ({"mode": "paused", "due": "", "reason": "We look."}, "Living review, paused: last searched on 1 May 2033"),
        (
            {"mode": "one-off", "due": "", "reason": "Made once."},
            "One search on 1 May 2033, first versions to March 2033",
        ),
        ({"mode": "one-off", "due": "", "searched": ""}, "One search, first versions to March 2033"),
    ],
)
def test_pages_say_the_status_in_a_few_words(known: dict[str, str], line: str) -> None:
    papers = [Paper(key, (), Text(key), Text(""), published=day) for key, day in (("a", "2033-03-02"), ("b", None))]
    assert describe_briefly(replace(STATUS, **known), papers) == line  # type: ignore[arg-type]


def test_the_newest_paper_is_looked_for_once_for_all_pages() -> None:
    class Looked(tuple[Paper, ...]):
        times = 0

        def __iter__(self) -> Iterator[Paper]:
            Looked.times += 1
            return super().__iter__()

    papers = Looked([Paper("a", (), Text("a"), Text(""), published="2033-03-02")])
    lines = {describe_briefly(replace(STATUS, mode="one-off", due=""), papers) for _ in range(3)}
    assert lines == {"One search on 1 May 2033, first versions to March 2033"}
    assert Looked.times == 1


def test_without_dated_papers_one_search_is_all_there_is_to_say() -> None:
    assert describe_briefly(replace(STATUS, mode="one-off", due="", searched=""), ()) == "One search"


def test_the_day_of_the_search_may_be_unrecorded_unless_the_review_is_living(review: Path) -> None:
    put(review, {"book/corpus/status.yml": "question: Which?\nmode: one-off\nsearched: not recorded\n"})
    prepared = prepare(Project(review))
    assert prepared.corpus.status is not None
    page = BeautifulSoup(render_status(prepared, prepared.corpus.status), "html.parser")
    assert "Last searchednot recorded" in page.select_one("dl").get_text()  # type: ignore[union-attr]
    assert "The day of the search is not recorded." in page.get_text()
    put(review, {"book/corpus/status.yml": LIVING.replace("2033-05-01", "not recorded")})
    with pytest.raises(CorpusError, match=r"status\.yml:4: a living review needs the day of its last search"):
        prepare(Project(review))


def test_each_item_is_answered_from_a_record_or_by_an_editor_or_not_recorded(review: Path) -> None:
    prepared = prepare(Project(review))
    assert prepared.corpus.status is not None
    page = BeautifulSoup(render_status(prepared, prepared.corpus.status), "html.parser")
    rows = {row.select("th")[0].get_text(): [cell.get_text() for cell in row.select("td")]
            for row in page.select("tbody tr")}  # fmt: skip
    assert list(rows) == list(ITEMS)
    assert rows["4"][1] == "Which paper folds best?"
    assert rows["7"][1:] == ["The query is with the sources.", "Folding paper"]
    assert rows["25"][1] == "No one paid for it."
    assert rows["L1"][1].startswith("Mode: living. Schedule: every three months. Last searched on 1 May 2033.")
    assert rows["L4"][1] == "Updated by An Editor, Another Editor."
    assert rows["16"][1] == "4 records, 4 works, 0 excluded, 4 included."
    silent = [item for item, (_, says, _) in rows.items() if says == "not recorded"]
    assert {"11", "12", "18", "24", "26"} <= set(silent)
    assert f"{len(silent)} of {len(ITEMS)} are not recorded" in page.get_text()


def test_the_citation_file_can_be_read_and_says_the_status() -> None:
    cited = Cited(Site("Folding: a review", "An Editor", "https://example.org/"), ReviewVersion("2033-05-02", "abc"), 4)
    read = yaml.safe_load(render_citation(cited, STATUS))
    assert read["cff-version"] == "1.2.0"
    assert read["message"].endswith(f"{describe_status(STATUS)}.")
    assert (read["title"], read["authors"]) == ("Folding: a review", [{"name": "An Editor"}])


def test_a_citation_file_without_the_status_is_a_task(review: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(review, {"CITATION.cff": "cff-version: 1.2.0\nmessage: Cite it.\n"})
    output = check(review, "2033-06-01", monkeypatch)[1]
    assert "to do: CITATION.cff: does not give the updating status; write in 'message': Living review: last" in output


@pytest.mark.parametrize(("day", "stale"), [("2033-06-14", False), ("2033-06-16", True)])
def test_a_watch_that_missed_a_month_is_a_task(day: str, stale: bool) -> None:
    papers = [Paper("a", (), Text("A"), Text("")), Paper("b", (), Text("B"), Text(""), watched={"arxiv": "2033-05-01"})]
    assert (find_stale_watch(papers, day) is not None) == stale
    assert find_stale_watch(papers[:1], day) is None


def test_the_result_of_an_audit_is_said_with_its_interval() -> None:
    verdicts = (("supported", 99), ("overstated", 1), ("unsupported", 0), ("wrong", 0))
    audit = Audit(100, verdicts, 0.00025, 0.05446, ("A Reader",), "2033-01-02", "2033-01-02", 98, 582)
    assert describe_audit(audit) == (
        "A Reader compared 100 of 582 sentences with their sources on 2 January 2033: 99 supported (its sources say "
        "so), 1 overstated (its sources say less). The share not supported is 1.0 % (95 % interval 0.0 % to 5.4 %, "
        "Clopper and Pearson); 98 of these sentences are still in the review with the same words and sources."
    )


def test_a_sample_gives_its_own_size_if_it_is_not_recorded_from_how_many_it_was_drawn() -> None:
    audit = Audit(1, (("supported", 1),), 0.0, 0.975, ("A Reader",), "2033-01-02", "2033-01-02", 1)
    assert describe_audit(audit).startswith("A Reader compared 1 sentence with their sources on 2 January 2033: ")


def test_an_audit_of_all_sentences_says_so_and_needs_no_interval() -> None:
    verdicts = (("supported", 581), ("overstated", 1), ("unsupported", 0), ("wrong", 0))
    said = describe_audit(Audit(582, verdicts, 0.0, 0.01, ("A Reader",), "2033-01-02", "2033-01-02", 570, 582))
    assert said == (
        "A Reader compared all 582 sentences that the review then had with their sources on 2 January 2033: 581 "
        "supported (its sources say so), 1 overstated (its sources say less). The share not supported is 0.2 %; "
        "570 of these sentences are still in the review with the same words and sources."
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ([3, 0], "2 earlier readings, which found 0.0 to 3.0 % not fully supported"),
        ([2], "1 earlier reading, which found 2.0 % not fully supported"),
    ],
)
def test_earlier_readings_are_folded_behind_what_they_found(wrong: list[int], said: str) -> None:
    samples = [
        (
            Audit(
                100, (("wrong", number), ("supported", 100 - number)), 0.0, 0.1, ("A",), "2033-01-02", "2033-01-02", 100
            ),
            [],
        )
        for number in wrong
    ]
    assert describe_earlier(samples) == said


def test_what_an_audit_found_is_listed_worst_first_as_it_was_read(review: Path) -> None:
    (statement, *_) = prepare(Project(review)).corpus.statements
    rows = [
        "id,sentence,verdict,by,date,remark",
        f"{statement.id},{statement.text},overstated,A Reader,2033-01-02,Said of one crane.",
        "0123456789ab,Cranes <b>swim</b>.,wrong,A Reader,2033-01-02,They fly.",
        "0123456789ac,Cranes fly.,supported,A Reader,2033-01-02,",
    ]
    put(review, {"book/corpus/audit.csv": "\n".join(rows) + "\n"})
    ((audit, found),), _ = select_audit.select(prepare(Project(review)), "")
    assert audit.checked == 3
    page = BeautifulSoup(render_found(found), "html.parser")
    assert [item.get_text() for item in page.select("li")] == [
        "wrong: Cranes <b>swim</b>. They fly.",
        f"overstated (still in the review): {statement.text} Said of one crane.",
    ]
