"""Cached results: reused for the same input and code, recomputed when missing, stale or damaged."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from toybook import copy_toy

from litbook.core.cache import NO_CACHE, Cache, digest, digest_parts, keep, recall
from litbook.core.project import Project
from litbook.model.review import Text
from litbook.pipeline import prepare

asked: list[str] = []


def double(text: str, times: int = 2) -> str:
    """Repeat a text, and remember that it was asked for."""
    asked.append(text)
    return text * times


def ask(folder: Path, *texts: str) -> list[str]:
    """Return for which texts a cache had to make the result; each result is right."""
    asked.clear()
    cache = Cache(folder)
    assert cache.each(double, ((text,) for text in texts)) == [text * 2 for text in texts]
    cache.save()
    return list(asked)


def test_only_new_results_are_made_and_those_that_are_gone_are_forgotten(tmp_path: Path) -> None:
    assert ask(tmp_path, "a", "b", "a") == ["a", "b"]
    assert ask(tmp_path, "b", "c") == ["c"]
    assert ask(tmp_path, "a", "b", "c") == ["a"]


def test_all_arguments_count(tmp_path: Path) -> None:
    asked.clear()
    cache = Cache(tmp_path)
    assert [cache.once(double, "a", times) for times in (2, 2, 3, 2)] == ["aa", "aa", "aaa", "aa"]
    assert asked == ["a", "a", "a"]
    assert cache.once(double, "\ud800", 1) == "\ud800"


def test_nothing_is_written_before_it_is_saved(tmp_path: Path) -> None:
    asked.clear()
    cache = Cache(tmp_path)
    assert [cache.once(double, "a") for _ in range(2)] == ["aa", "aa"]
    assert asked == ["a"]
    assert list(tmp_path.iterdir()) == []
    cache.save()
    assert ask(tmp_path, "a") == []


def test_other_code_makes_all_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(tmp_path, "a")
    monkeypatch.setattr("litbook.core.cache.digest_code", lambda module: f"other code than {module}")
    assert ask(tmp_path, "a") == ["a"]


class Result:
    """A result whose class the next version of the code no longer has."""


def make_result(_text: str) -> Result:
    return Result()


def test_results_of_a_class_that_is_gone_are_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path)
    cache.once(make_result, "a")
    cache.save()
    monkeypatch.setattr("litbook.core.cache.digest_code", lambda module: f"other code than {module}")
    made = Result()
    monkeypatch.delattr(f"{__name__}.Result")
    monkeypatch.setattr(f"{__name__}.make_result", replacement := lambda _text: made)
    replacement.__module__, replacement.__name__ = __name__, "make_result"
    assert Cache(tmp_path).once(replacement, "a") is made


@pytest.mark.parametrize("place", [0, 10, 32, 33, 80, -1])
def test_a_damaged_file_is_made_again(tmp_path: Path, place: int) -> None:
    ask(tmp_path, "a", "b")
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    path.write_bytes(whole[:place])
    assert ask(tmp_path, "a", "b") == ["a", "b"]
    assert path.read_bytes() == whole


def test_without_a_folder_nothing_is_kept() -> None:
    asked.clear()
    assert [NO_CACHE.once(double, "a") for _ in range(2)] == ["aa", "aa"]
    assert asked == ["a", "a"]


def test_an_unchanged_file_is_not_written(tmp_path: Path) -> None:
    ask(tmp_path, "a", "b")
    (path,) = tmp_path.iterdir()
    before = path.stat().st_mtime_ns
    ask(tmp_path, "b", "a")
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


def test_results_for_no_input_are_kept_too(tmp_path: Path) -> None:
    ask(tmp_path)
    assert list(tmp_path.iterdir())
    assert ask(tmp_path, "a") == ["a"]


def test_cached_results_of_a_deleted_page_are_dropped(tmp_path: Path) -> None:
    review = copy_toy(tmp_path)
    project = Project(review.root)
    prepare(project)
    review.path("book/about/method.md").unlink()
    review.edit("_toc.yml", "      - file: book/about/method\n        title: Method\n", "")
    prepare(project)
    cached = (project.cache / "prose.json").read_bytes()
    assert b"method.md" not in cached
    shutil.rmtree(project.cache)
    prepare(project)
    assert (project.cache / "prose.json").read_bytes() == cached


def test_a_stored_value_is_the_only_result(tmp_path: Path) -> None:
    ask(tmp_path, "a", "b")
    cache = Cache(tmp_path)
    cache.store("cc", double, "c")
    cache.save()
    assert ask(tmp_path, "c") == []
    assert ask(tmp_path, "c", "a") == ["a"]


def test_results_that_were_saved_are_the_same_objects_afterwards(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    made = cache.once(make_list, "a")
    cache.save()
    assert Cache(tmp_path).once(make_list, "a") is made


def make_list(text: str) -> list[str]:
    return [text]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["a", "b"], ["ab"]),
        ([("a", "b")], ["a", "b"]),
        ([()], [""]),
        ([(Text("a"), Text("b"))], [(Text("a"),), (Text("b"),)]),
        ([Text("a")], [(Text("a"),)]),
        ([Text("a")], [Text("a", ((0, 1),))]),
    ],
)
def test_values_that_differ_have_other_digests(one: list[object], other: list[object]) -> None:
    assert digest_parts(one) != digest_parts(other)
    assert digest_parts(one) == digest_parts(one)


def test_equal_values_have_one_digest_whether_or_not_they_are_the_same_object() -> None:
    assert digest_parts([Text("a"), (Text("b"),)]) == digest_parts([Text("a"), (Text("b"),)])
