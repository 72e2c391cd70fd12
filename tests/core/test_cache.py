"""Kept results: the same input by the same code gives the kept one, and whatever is damaged is made again."""

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
    """Make a result of a name, and remember what was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def of(self, name: str) -> Callable[[], str]:
        def make() -> str:
            self.asked.append(name)
            return f"made of {name}"

        return make


def ask(path: Path, code: str, *names: str) -> list[str]:
    """Return for which names a shelf had to make the result; each result is right."""
    shelf: Shelf[str] = Shelf(path, code)
    maker = Maker()
    for name in names:
        assert shelf.get(name, maker.of(name)) == f"made of {name}"
    shelf.save()
    return maker.asked


def test_a_shelf_makes_only_what_it_has_not_and_forgets_what_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "shelf.pickle"
    assert ask(path, "code", "a", "b", "a") == ["a", "b"]
    assert ask(path, "code", "b", "c") == ["c"]
    assert ask(path, "code", "a", "b", "c") == ["a"]


def test_other_code_makes_all_anew(tmp_path: Path) -> None:
    path = tmp_path / "shelf.pickle"
    ask(path, "code", "a")
    assert ask(path, "other code", "a") == ["a"]


@pytest.mark.parametrize("place", [0, 10, 64, 65, 80, -1])
def test_a_damaged_shelf_is_made_again(tmp_path: Path, place: int) -> None:
    path = tmp_path / "shelf.pickle"
    ask(path, "code", "a", "b")
    whole = path.read_bytes()
    path.write_bytes(whole[:place])
    assert ask(path, "code", "a", "b") == ["a", "b"]
    assert path.read_bytes() == whole


def test_a_shelf_without_a_folder_keeps_nothing() -> None:
    shelf: Shelf[str] = Shelf(None, "code")
    assert shelf.get("a", Maker().of("a")) == "made of a"
    shelf.save()


def test_an_unchanged_shelf_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "shelf.pickle"
    ask(path, "code", "a", "b")
    before = path.stat().st_mtime_ns
    ask(path, "code", "b", "a")
    assert path.stat().st_mtime_ns == before


def test_a_text_is_recalled_under_its_digest_alone(tmp_path: Path) -> None:
    path, name = tmp_path / "text.json", digest("input", 1)
    assert recall(path, name, json.loads) is None
    keep(path, name, '{"a": 1}')
    assert recall(path, name, json.loads) == {"a": 1}
    assert recall(path, digest("input", 2), json.loads) is None
    path.write_text(f'{name}\n{{"a": ', "utf-8")
    assert recall(path, name, json.loads) is None
    assert recall(None, name, json.loads) is None


def test_a_shelf_of_nothing_is_written_too(tmp_path: Path) -> None:
    path = tmp_path / "shelf"
    Shelf[str](path, "code").save()
    assert path.is_file()
    assert Shelf[str](path, "code").get("one", lambda: "made") == "made"


def test_what_is_known_of_pages_is_forgotten_with_them(tmp_path: Path) -> None:
    review = copy_toy(tmp_path)
    project = Project(review.root)
    prepare(project)
    review.path("book/about/method.md").unlink()
    prepare(project)
    kept = (project.cache / "prose.json").read_bytes()
    assert b"method.md" not in kept
    shutil.rmtree(project.cache)
    prepare(project)
    assert (project.cache / "prose.json").read_bytes() == kept
