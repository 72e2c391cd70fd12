"""A notebook is executed again when what it reads has changed: a file of the data, or the columns that it names."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented import put

from litbook.core.project import Project
from litbook.site.notebooks.execution import digest_data

HEAD = "citekey,title,year,theme\n"
TABLE = HEAD + 'nobody2031tides,"Tides, Told",2031,gardens\nsomeone2030cranes,Cranes,2030,crafts\n'
EDITS = {
    "title": TABLE.replace("Cranes", "Swans"),
    "year": TABLE.replace("2030,", "2029,"),
    "theme": TABLE.replace("crafts", "gardens"),
    "number of papers": HEAD + TABLE.splitlines(keepends=True)[1],
    "column of its own": TABLE.replace("year", "month"),
}


def digest(folder: Path, cell: str, table: str) -> dict[str, str]:
    put(folder, {"book/analysis/years.md": f"# Years\n\n```{{code-cell}}\n{cell}\n```\n"})
    put(folder, {"book/data/papers.csv": table})
    return dict(digest_data(Project(folder)))


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize(
    ("cell", "reads"),
    [
        ('read_papers("../data/papers.csv", ["year", "theme"])', set(EDITS) - {"title"}),
        ("read_papers('../data/papers.csv',\n    ['title'])", {"title", "number of papers"}),
        ('read_papers("../data/papers.csv")', set(EDITS)),
        ('read_papers("../data/papers.csv", ["year"])\nopen("../data/papers.csv")', set(EDITS)),
        ('read_papers("../data/papers.csv", COLUMNS)', set(EDITS)),
        ("print(1)", set()),
    ],
)
def test_a_notebook_is_out_of_date_when_a_column_that_it_names_changed(
    cell: str, reads: set[str], edit: str, tmp_path: Path
) -> None:
    before = digest(tmp_path, cell, TABLE)
    assert list(before) == ["book/analysis/years"]
    assert (digest(tmp_path, cell, EDITS[edit]) != before) == (edit in reads)


def test_naming_other_columns_is_a_change(tmp_path: Path) -> None:
    one, other = (digest(tmp_path, f'read_papers("../data/papers.csv", ["{name}"])', TABLE) for name in ("year", "x"))
    assert one != other
