"""A notebook is executed again when what it reads has changed: a file of the data, or the columns that it names."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from invented import put
from jupyter_cache import get_cache

from litbook.core.project import Project
from litbook.site.notebooks.execution import digest_data, forget_results

HEAD = "citekey,title,year,theme\n"
TABLE = HEAD + 'nobody2031tides,"Tides, Invented",2031,gardens\nsomeone2030cranes,Cranes,2030,crafts\n'
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


WATCHED = {
    "loads a file": ("```{code-cell}\n:load: other.py\n```\n", "other.py"),
    "imports a module": ("```{code-cell}\nimport other\n```\n", "other.py"),
    "imports from a module": ("```{code-cell}\nfrom other import x\n```\n", "other.py"),
    "imports several": ("```{code-cell}\nimport json, other\n```\n", "other.py"),
    "imports a package": ("```{code-cell}\nfrom kelp.other import x\n```\n", "kelp/other.py"),
    "reads a table": ("```{code-cell}\npd.read_csv('tides.csv')\n```\n", "tides.csv"),
    "reads a table in a folder": ('```{code-cell}\nopen(Path("own") / "x", "own/tides.csv")\n```\n', "own/tides.csv"),
    "reads from the root": ('```{code-cell}\nopen("book/own.csv")\n```\n', "../own.csv"),
    "runs a script": ("```{code-cell}\n%run other.py\n```\n", "other.py"),
    "joins a path": ('```{code-cell}\nopen(Path("own") / f"{name}.csv")\n```\n', "own/tides.csv"),
    "lists a folder": ('```{code-cell}\nsorted(Path("own").glob("*.csv"))\n```\n', "own/tides.csv"),
    "imports from a folder": ('```{code-cell}\nsys.path.append("../lib")\nimport other\n```\n', "../lib/other.py"),
    "includes a file": ("```{literalinclude} other.py\n```\n", "other.py"),
}


@pytest.mark.parametrize("case", WATCHED)
def test_a_notebook_is_out_of_date_when_a_file_that_it_names_changed(case: str, tmp_path: Path) -> None:
    text, file = WATCHED[case]
    digests = []
    for content in ("one = 1\n", "one = 2\n"):
        put(tmp_path, {"book/analysis/own.md": f"# Own\n\n{text}", f"book/analysis/{file}": content})
        digests.append(dict(digest_data(Project(tmp_path))))
    assert digests[0].keys() == {"book/analysis/own"}
    assert digests[0] != digests[1]


def test_what_an_imported_module_reads_is_watched_too(tmp_path: Path) -> None:
    put(tmp_path, {"book/analysis/own.md": "```{code-cell}\nimport one\n```\n", "book/analysis/tides.csv": "a"})
    put(tmp_path, {"book/analysis/one.py": "import two\n", "book/analysis/two.py": "import one\nopen('tides.csv')\n"})
    before = dict(digest_data(Project(tmp_path)))
    put(tmp_path, {"book/analysis/tides.csv": "b"})
    assert dict(digest_data(Project(tmp_path))) != before


def test_a_notebook_of_jupyter_is_watched_too(tmp_path: Path) -> None:
    cell = {"cell_type": "code", "source": ["import other\n", 'open("tides.csv")']}
    digests = []
    for content in ("a", "b"):
        put(tmp_path, {"book/analysis/own.ipynb": json.dumps({"cells": [cell]}, indent=1)})
        put(tmp_path, {"book/analysis/tides.csv": content})
        digests.append(dict(digest_data(Project(tmp_path))))
    assert digests[0] != digests[1]


def test_naming_other_columns_is_a_change(tmp_path: Path) -> None:
    one, other = (digest(tmp_path, f'read_papers("../data/papers.csv", ["{name}"])', TABLE) for name in ("year", "x"))
    assert one != other


def test_results_are_forgotten_also_where_the_folder_of_the_review_was_renamed(tmp_path: Path) -> None:
    cache = get_cache(tmp_path / "cache")
    for number, name in enumerate(("tides", "years", "own-years")):
        cell = nbformat.v4.new_code_cell(f"{number}", execution_count=1)  # type: ignore[no-untyped-call]
        notebook = nbformat.v4.new_notebook(cells=[cell])  # type: ignore[no-untyped-call]
        nbformat.write(notebook, tmp_path / f"{name}.ipynb")  # type: ignore[no-untyped-call]
        cache.cache_notebook_file(tmp_path / f"{name}.ipynb", uri=f"/an/earlier/name/book/analysis/{name}.md")
    forget_results(tmp_path / "cache", ["book/analysis/years"])
    assert sorted(Path(record.uri).stem for record in cache.list_cache_records()) == ["own-years", "tides"]
