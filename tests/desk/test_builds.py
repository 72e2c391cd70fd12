"""What a build that runs again and again says of faults and warnings. The review is invented."""

from __future__ import annotations

import json
import logging
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sphinx.util.logging import WarningLogRecordTranslator
from toybook import Built, Review, copy_toy

from litbook.core.project import Project
from litbook.desk.builds import _Listener, explain
from litbook.desk.messages import Request, write_request
from litbook.model.faults import Fault

DECISIONS = "book/corpus/decisions.csv"


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("_toc.yml", "root: book/index", "root: [book/index", "_toc.yml:"),
        ("_config.yml", "title:", "title: {", "_config.yml:"),
    ],
)
def test_settings_that_cannot_be_read_are_named_with_their_line(
    file: str, old: str, new: str, message: str, tmp_path: Path
) -> None:
    review = copy_toy(tmp_path)
    review.edit(file, old, new)
    (fault,) = explain(RuntimeError("while parsing a flow node"), Project(review.root))
    assert str(fault).startswith(message)
    assert "invalid YAML" in str(fault)


def test_any_other_exception_says_what_it_says(tmp_path: Path) -> None:
    review = copy_toy(tmp_path)
    assert list(explain(RuntimeError("the oven is off"), Project(review.root))) == [
        Fault("build", 0, "the oven is off")
    ]


@pytest.mark.parametrize("times", [1, 2])
def test_a_warning_belongs_to_its_document_however_often_it_is_translated(times: int, tmp_path: Path) -> None:
    pages = {"book/map": str(tmp_path / "book/map.md")}
    env = SimpleNamespace(
        doc2path=lambda name: pages.get(name, f"{name}.rst"),
        path2doc=lambda path: next((name for name, known in pages.items() if known == path), None),
    )
    app: Any = SimpleNamespace(env=env, config=SimpleNamespace(show_warning_types=True))
    warnings: dict[str, list[Fault]] = {}
    record: Any = logging.LogRecord("sphinx", logging.WARNING, "", 0, "a cell failed", (), None)
    record.location = "book/map"
    for _ in range(times - 1):  # as Sphinx's own handler does before
        WarningLogRecordTranslator(app).filter(record)
    _Listener(app, Project(tmp_path), warnings).emit(record)
    assert warnings == {"book/map": [Fault("book/map.md", 0, "a cell failed")]}


def ask(process: subprocess.Popen[str], number: int, *wanted: str) -> list[dict[str, Any]]:
    """Ask for a build, and return what the process says until all notebooks are executed and the tasks are listed."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(write_request(Request(number, wanted)) + "\n")
    process.stdin.flush()
    said: list[dict[str, Any]] = []
    while True:
        said.append(json.loads(process.stdout.readline()))
        built = [message for message in said if message["kind"] == "Built"]
        if built and not built[-1]["waiting"] and any(message["kind"] == "Inspected" for message in said):
            return said


@pytest.mark.build
def test_a_decision_shows_its_paper_first_and_then_all_that_a_cold_build_shows(book: Built, tmp_path: Path) -> None:
    review = Review(tmp_path / "warm")
    shutil.copytree(book.review.root, review.root)
    executions = review.executions
    command = [sys.executable, "-P", "-m", "litbook.commands.serving.warm_builds", str(review.root)]
    pipes: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    paper, chapter = "book/papers/supposed2019should.html", "book/chapters/dough-forecasting.html"
    with subprocess.Popen(command, env=review._environment(), text=True, **pipes) as process:
        ask(process, 1)
        review.edit(DECISIONS, "supposed2019should,baking-agents,", "supposed2019should,dough-forecasting,")
        said = ask(process, 2, paper)
        built = [message for message in said if message["kind"] == "Built"]
        assert next(message["page"] for message in said if message["kind"] == "PageWritten") == paper
        assert [(message["answers"], message["waiting"], message["faults"]) for message in built] == [
            (2, 1, []),
            (2, 0, []),
        ]
        # The notebook follows the first end of the build; the other pages go before it.
        pages = [message.get("page", "ended") for message in said if message["kind"] != "Inspected"]
        assert pages.index(chapter) < pages.index("ended")
        assert review.executions == executions + 1
        review.edit(DECISIONS, "mock2024fermentation,dough-forecasting,", "mock2024fermentation,baking-agents,")
        review.edit("book/chapters/dough-forecasting.md", "## ", "A sentence without papers.\n\n## ")
        said = ask(process, 3, chapter)
        assert next(message["page"] for message in said if message["kind"] == "PageWritten") == chapter
        assert process.stdin is not None
        process.stdin.close()
    cold = Review(tmp_path / "cold")
    shutil.copytree(review.root, cold.root, ignore=shutil.ignore_patterns("_build", ".litbook", "papers", "data"))
    assert cold.build().code == 0
    assert cold.site() == review.site()


# Builds three times, and prints which pages were written, each with whether the table of papers was as before.
WATCH = """
import json, sys
from pathlib import Path
from litbook.core.project import Project
from litbook.desk.builds import Builds
from litbook.desk.messages import PageWritten

table, written = Path("book/data/papers.csv"), []
def receive(message):
    if isinstance(message, PageWritten):
        written.append((message.page, table.read_bytes() == before))

builds = Builds(Project(Path.cwd()), receive)
before = b""
for file, old, new, page in json.loads(sys.argv[1]):
    if file:
        path, before = Path(file), table.read_bytes()
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    written.clear()
    built = builds.build([page])
    print("built", json.dumps([list(map(str, built.faults)), written, table.read_bytes() == before]))
"""


@pytest.mark.build
def test_a_page_is_shown_before_files_that_it_does_not_need_and_never_with_a_fault(book: Built, tmp_path: Path) -> None:
    review = Review(tmp_path / "warm")
    shutil.copytree(book.review.root, review.root)
    paper, chapter = "book/papers/supposed2019should.html", "book/chapters/loaf-vision.html"
    for known in review.root.rglob("environment.pickle"):
        known.unlink()  # as after an update of litbook: all pages are read again
    edits = [
        ("", "", "", paper),
        (DECISIONS, "supposed2019should,baking-agents,", "supposed2019should,dough-forecasting,", paper),
        ("book/chapters/loaf-vision.md", "## ", "A sentence without papers.\n\n## ", chapter),
        ("book/chapters/loaf-vision.md", "without papers", "with {download}`gone <none.zip>`", chapter),
    ]
    run = review.run(sys.executable, "-P", "-c", WATCH, json.dumps(edits))
    found = [json.loads(line.removeprefix("built ")) for line in run.output.splitlines() if line.startswith("built ")]
    (first, _, _), (_, placed, is_old), (_, saved, _), (faults, faulty, _) = found
    assert first == []
    assert placed[0] == [paper, True]  # the table still has the old theme
    assert not is_old
    assert saved[0][0] == chapter
    assert "missing file 'none.zip'" in faults[0] or "none.zip" in faults[0]
    assert faulty == []
