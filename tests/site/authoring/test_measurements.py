"""Committed figures are read with their commit, and drawn with their command. All figures are invented."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from docutils import nodes

from litbook.analyse.history.measured import read_measured
from litbook.core.project import Project
from litbook.model.faults import CorpusError
from litbook.site.authoring.measurements import draw_table, say_spans

SAVED = {
    "what": "how kettles boil",
    "command": "litbook kettle-bench",
    "date": "2031-05-03",
    "values": {"boiled": "0.981"},
    "tables": {"kettles": {"heads": ["Kettle", "Boiled"], "rows": [["green", "12"]]}},
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    write(tmp_path, SAVED)
    return Project(tmp_path)


def write(root: Path, content: object, name: str = "kettle") -> None:
    (root / "tests").mkdir(exist_ok=True)
    (root / f"tests/{name}-figures.json").write_text(json.dumps(content), "utf-8")


def git(root: Path, *words: str) -> str:
    who = ("-c", "user.name=Invented", "-c", "user.email=invented@example.org")
    return subprocess.run(["git", *who, *words], cwd=root, check=True, capture_output=True, text=True).stdout.strip()


def test_figures_are_read_by_the_name_of_their_file(project: Project) -> None:
    (measured,) = read_measured(project).values()
    assert (measured.name, measured.what, measured.date, measured.commit) == (
        "kettle", "how kettles boil", "2031-05-03", "",
    )  # fmt: skip
    assert measured.values == {"boiled": "0.981"}
    assert measured.tables["kettles"].rows == (("green", "12"),)


def test_the_commit_is_the_last_one_of_that_file_and_none_while_it_is_changed(project: Project) -> None:
    git(project.root, "init", "-q")
    git(project.root, "add", ".")
    git(project.root, "commit", "-qm", "Boil")
    commit = git(project.root, "rev-parse", "HEAD")
    write(project.root, SAVED, "teapot")
    git(project.root, "add", ".")
    git(project.root, "commit", "-qm", "Pour")
    assert read_measured(project)["kettle"].commit == commit[:10]
    assert read_measured(project)["teapot"].commit == git(project.root, "rev-parse", "HEAD")[:10]
    write(project.root, SAVED | {"date": "2031-05-04"})
    assert read_measured(project)["kettle"].commit == ""


def test_a_damaged_file_is_a_fault_that_names_it(project: Project) -> None:
    write(project.root, {"what": "nothing"})
    with pytest.raises(CorpusError) as error:
        read_measured(project)
    assert str(error.value.faults[0]).startswith("tests/kettle-figures.json")


def test_a_review_without_figures_has_none(tmp_path: Path) -> None:
    assert read_measured(Project(tmp_path)) == {}


def test_a_table_shows_texts_and_code() -> None:
    table = draw_table(("Kettle", "Command"), [("green", nodes.literal("", "boil"))])
    rows = [[cell.astext() for cell in row.findall(nodes.entry)] for row in table.findall(nodes.row)]
    assert rows == [["Kettle", "Command"], ["green", "boil"]]
    assert len(list(table.findall(nodes.literal))) == 1


def test_a_sentence_gives_the_least_and_the_most_of_columns_and_skips_cells_without_a_number() -> None:
    heads, rows = ("Kettle", "Boiled", "Share"), [("green", "0.9", "–"), ("blue", "0.12", "1.00"), ("red", "–", "0.5")]
    assert (
        say_spans(heads, rows, ("Boiled", "Share"))
        == "Boiled is between 0.12 and 0.9, and share is between 0.5 and 1.00."
    )
    assert say_spans(heads, rows[2:], ("Boiled",)) == ""
