"""A source is read when its content, what a person says of it, or the limits change, and not otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented import put

from litbook.core.cache import Cache
from litbook.core.project import Project
from litbook.ingest.formats import choice
from litbook.ingest.formats.limits import VARIABLE
from litbook.ingest.formats.wishes import Refused, Wish
from litbook.ingest.sources import KnownReadings, read_sources

FILE = "book/corpus/sources/tides.bib"
TEXT = "@article{a, title = {Tides in sheltered bays}, author = {Holm, Ada}, year = {2031}}\n"


def read_titles(project: Project) -> list[str]:
    cache = Cache(project.cache)
    readings, faults = read_sources(project, cache)
    cache.save()
    assert not faults
    return [record.title for reading in readings for record in reading.records]


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the files that are read, as they are read."""
    made: list[str] = []
    read = choice.choose

    def choose(source: str, content: bytes, wish: Wish) -> choice.Reading | Refused:
        made.append(source)
        return read(source, content, wish)

    monkeypatch.setattr(choice, "choose", choose)
    return made


def test_a_source_is_read_once_until_it_changes(tmp_path: Path, readings: list[str]) -> None:
    project = put(tmp_path, {FILE: TEXT})
    assert read_titles(project) == read_titles(project) == ["Tides in sheltered bays"]
    assert readings == ["tides.bib"]
    (tmp_path / FILE).write_text(TEXT.replace("sheltered", "open"), "utf-8")
    assert read_titles(project) == ["Tides in open bays"]
    assert readings == ["tides.bib"] * 2


def test_other_limits_give_another_reading(
    tmp_path: Path, readings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    project = put(tmp_path, {FILE: TEXT})
    read_titles(project)
    monkeypatch.setenv(VARIABLE, "10")
    read_titles(project)
    assert readings == ["tides.bib"] * 2


def test_the_same_source_at_an_earlier_commit_is_not_read_again(tmp_path: Path, readings: list[str]) -> None:
    now, before = put(tmp_path / "now", {FILE: TEXT}), put(tmp_path / "before", {FILE: TEXT})
    assert read_titles(now)
    known = KnownReadings()
    found, _ = read_sources(now, Cache(now.cache), known)
    assert read_sources(before, known=known) == (found, [])
    assert readings == ["tides.bib"]
