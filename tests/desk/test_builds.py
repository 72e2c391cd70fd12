"""What a build that runs again and again says of faults and warnings. The review is invented."""

from __future__ import annotations

import logging
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sphinx.util.logging import WarningLogRecordTranslator
from toybook import copy_toy

from litbook.core.project import Project
from litbook.desk.builds import _Listener, explain
from litbook.model.faults import Fault


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
