"""Cached results: reused for the same input and code, recomputed when missing, stale or damaged."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from toybook import copy_toy

from litbook.core.cache import Shelf, digest, keep, recall
from litbook.core.project import Project
from litbook.pipeline import prepare


class Maker:
    """A factory of results that records which ones it was asked to make."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def of(self, name: str) -> Callable[[], str]:
        def make() -> str:
            self.asked.append(name)
            return f"made of {name}"

        return make


def ask(path: Path, code: str, *names: str) -> list[str]:
    """Return the names for which a shelf had to make the result, after checking that each result is right."""
    shelf: Shelf[str] = Shelf(path, code)
    maker = Maker()
    for name in names:
        assert shelf.get(name, maker.of(name)) == f"made of {name}"
    shelf.save()
    return maker.asked


def test_a_shelf_makes_only_missing_results_and_drops_unrequested_ones(tmp_path: Path) -> None:
    path = tmp_path / "shelf.pickle"
    assert ask(path, "code", "a", "b", "a") == ["a", "b"]
    assert ask(path, "code", "b", "c") == ["c"]
    assert ask(path, "code", "a", "b", "c") == ["a"]


def test_a_shelf_written_by_other_code_is_ignored(tmp_path: Path) -> None:
    path = tmp_path / "shelf.pickle"
    ask(path, "code", "a")
    assert ask(path, "other code", "a") == ["a"]


@pytest.mark.parametrize("place", [0, 10, 64, 65, 80, -1])
def test_a_truncated_shelf_is_rebuilt(tmp_path: Path, place: int) -> None:
    path = tmp_path / "shelf.pickle"
    ask(path, "code", "a", "b")
    whole = path.read_bytes()
    path.write_bytes(whole[:place])
    assert ask(path, "code", "a", "b") == ["a", "b"]
    assert path.read_bytes() == whole


def test_a_shelf_without_a_path_works_without_a_file() -> None:
    shelf: Shelf[str] = Shelf(None, "code")
    assert shelf.get("a", Maker().of("a")) == "made of a"
    shelf.save()


def test_an_unchanged_shelf_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "shelf.pickle"
    ask(path, "code", "a", "b")
    before = path.stat().st_mtime_ns
    ask(path, "code", "b", "a")
    assert path.stat().st_mtime_ns == before


def test_a_text_is_recalled_only_under_its_own_digest(tmp_path: Path) -> None:
    path, name = tmp_path / "text.json", digest("input", 1)
    assert recall(path, name, json.loads) is None
    keep(path, name, '{"a": 1}')
    assert recall(path, name, json.loads) == {"a": 1}
    assert recall(path, digest("input", 2), json.loads) is None
    path.write_text(f'{name}\n{{"a": ', "utf-8")
    assert recall(path, name, json.loads) is None
    assert recall(None, name, json.loads) is None


def test_an_empty_shelf_is_written_too(tmp_path: Path) -> None:
    path = tmp_path / "shelf"
    Shelf[str](path, "code").save()
    assert path.is_file()
    assert Shelf[str](path, "code").get("one", lambda: "made") == "made"


def test_cached_results_of_a_deleted_page_are_dropped(tmp_path: Path) -> None:
    review = copy_toy(tmp_path)
    project = Project(review.root)
    prepare(project)
    review.path("book/about/method.md").unlink()
    prepare(project)
    cached = (project.cache / "prose.json").read_bytes()
    assert b"method.md" not in cached
    shutil.rmtree(project.cache)
    prepare(project)
    assert (project.cache / "prose.json").read_bytes() == cached
