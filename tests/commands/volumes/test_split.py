"""Splitting a corpus into the exports of volumes."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from litbook.commands.volumes.settings import read_volumes
from litbook.commands.volumes.split import Plan, split_corpus
from litbook.ingest import KnownReadings
from litbook.ingest.formats.wishes import Wish
from litbook.model.faults import CorpusError
from litbook.model.review import Reading

FIELDS = ("bread", "bread", "Boats & <ropes>", "bread", "", "Boats & <ropes>")


def make_rows() -> list[dict[str, str]]:
    """Return six invented papers."""
    return [
        {
            "title": f"Invented study number {word} of {field or 'nothing'}",
            "abstract": f'We invented {word}, "quoted", over\ntwo lines.',
            "year": str(2020 + number),
            "field": field,
        }
        for number, (word, field) in enumerate(zip(("one", "two", "three", "four", "five", "six"), FIELDS, strict=True))
    ]


def write_csv(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    return path


def write_bib(path: Path, rows: list[dict[str, str]]) -> Path:
    entries = [
        f"@article{{invented{number},\n  title = {{{row['title']}}},\n  year = {row['year']},\n}}\n"
        for number, row in enumerate(rows)
    ]
    path.write_text("% A comment at the top.\n@string{pub = {Invented Press}}\n\n" + "\n".join(entries), "utf-8")
    return path


def write_jsonl(path: Path, rows: list[dict[str, str]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def write_json(path: Path, rows: list[dict[str, str]]) -> Path:
    path.write_text(json.dumps(rows, indent=1), "utf-8")
    return path


def write_ris(path: Path, rows: list[dict[str, str]]) -> Path:
    texts = [f"TY  - JOUR\nTI  - {row['title']}\nPY  - {row['year']}\nER  - \n\n" for row in rows]
    path.write_text("".join(texts), "utf-8")
    return path


WRITERS = {"papers.csv": write_csv, "papers.bib": write_bib, "papers.jsonl": write_jsonl, "papers.json": write_json,
           "papers.ris": write_ris}  # fmt: skip


def read_titles(folder: Path) -> list[str]:
    titles = []
    for path in sorted(folder.rglob("*.*")):
        reading = KnownReadings().read(path.name, path.read_bytes())
        assert isinstance(reading, Reading)
        titles += [record.title for record in reading.records]
    return titles


@pytest.mark.parametrize("name", WRITERS)
def test_every_record_is_in_one_volume_whatever_the_format(tmp_path: Path, name: str) -> None:
    rows = make_rows()
    source = WRITERS[name](tmp_path / name, rows)
    done = split_corpus(tmp_path / "library", [source], Plan("Invented", size=2))
    assert list(done.papers.values()) == [2, 2, 2]
    found = [read_titles(tmp_path / "library/sources" / volume) for volume in done.papers]
    assert [title for titles in found for title in titles] == [row["title"] for row in rows]


def test_a_column_makes_volumes_with_safe_names_and_one_for_papers_without(tmp_path: Path) -> None:
    source = write_csv(tmp_path / "papers.csv", make_rows())
    split_corpus(tmp_path / "library", [source], Plan("Invented", column="Field"))
    volumes = read_volumes(tmp_path / "library").volumes
    assert [(volume.name, volume.title) for volume in volumes] == [
        ("boats-ropes", "Boats & <ropes>"),
        ("bread", "bread"),
        ("others", "Others"),
    ]
    assert len(read_titles(tmp_path / "library/sources/bread")) == 3


def test_records_of_one_work_stay_together(tmp_path: Path) -> None:
    rows = make_rows()
    rows[5] = {**rows[0], "year": ""}
    done = split_corpus(tmp_path / "library", [write_csv(tmp_path / "papers.csv", rows)], Plan("Invented", size=1))
    assert list(done.papers.values()) == [1] * 5
    assert read_titles(tmp_path / "library/sources/volume-1") == [rows[0]["title"]] * 2


def test_a_column_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    source = write_csv(tmp_path / "papers.csv", make_rows())
    with pytest.raises(CorpusError, match=r"unknown column 'topic'; use one of: source, venue, year, field"):
        split_corpus(tmp_path / "library", [source], Plan("Invented", column="topic"))
    assert not (tmp_path / "library").exists()


def test_a_folder_with_files_is_left_alone(tmp_path: Path) -> None:
    source = write_csv(tmp_path / "papers.csv", make_rows())
    with pytest.raises(CorpusError, match="already exists and is not an empty folder"):
        split_corpus(tmp_path, [source], Plan("Invented", size=2))
    assert [path.name for path in tmp_path.iterdir()] == ["papers.csv"]


def test_what_is_said_of_columns_is_kept_for_the_start_of_each_volume(tmp_path: Path) -> None:
    rows = [{"Caption": row["title"], "summary": row["abstract"]} for row in make_rows()]
    source = write_csv(tmp_path / "papers.csv", rows)
    wish = Wish("", {"title": "Caption"})
    split_corpus(tmp_path / "library", [source], Plan("Invented", size=3, wish=wish))
    assert read_volumes(tmp_path / "library").wish == wish
