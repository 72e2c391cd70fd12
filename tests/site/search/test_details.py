"""The details of papers in the search index: bounded files, found by the citekey, with citations that read back."""

from __future__ import annotations

import csv
import io
import zlib
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import rispy
from indexed import HOSTILE, read_part
from invented import make_corpus_of, make_paper
from pybtex.database import parse_string

from litbook.model.extraction import Column, Extracted, Extraction
from litbook.model.review import Corpus, Paper, Text
from litbook.model.stated import Evidence, Finding, Stated
from litbook.site.search.index.details import MOST, count_files, find_file, render_details
from litbook.site.search.index.write import FOLDER, index
from litbook.write.bibliography import render_bibtex
from litbook.write.catalogue import COLUMNS

ABSTRACT = "We fold a paper crane. It flies 12% further than a boat, and 3 points beyond a hat."


def fold(number: int, **known: object) -> Paper:
    values: dict[str, object] = {"authors": ("Ada Invented", "Bo Made"), "year": 2031, "venue": "Crane Conference"}
    return make_paper(f"made2031crane{number}", f"Crane {number}", ABSTRACT, **{**values, **known})


def test_details_hold_what_was_extracted_with_its_quotation() -> None:
    column = Column("height", "Height", "How high?", "number", 1, "m")
    row = Extracted(2, "made2031crane0", "height", "12", "It flies 12% further", "A. Reader", sentence=2)
    extraction = Extraction((column,), (row,), {("made2031crane0", "height"): (row,)})
    known = read_all(render_details(replace(make_corpus(2), extraction=extraction)))
    assert known["made2031crane0"]["extracted"] == [["Height (m)", [["12", "It flies 12% further", 2]]]]
    assert "extracted" not in known["made2031crane1"]


def make_corpus(count: int) -> Corpus:
    return make_corpus_of([fold(number) for number in range(count)])


def read_all(texts: dict[str, str]) -> dict[str, dict[str, Any]]:
    parts = [read_part(text) for name, text in texts.items() if name != "details"]
    return {citekey: detail for part in parts for citekey, detail in part["papers"]}


@pytest.mark.parametrize("count", [0, 1, 64, 65, 500, 5000])
def test_no_file_holds_more_papers_than_it_may_and_none_is_nearly_empty(count: int) -> None:
    keys = [f"made2031crane{number}" for number in range(count)]
    total = count_files(keys)
    held = Counter(find_file(key, total) for key in keys)
    assert max(held.values(), default=0) <= MOST
    assert total <= max(1, count / 10)


def test_papers_whose_sums_are_alike_do_not_hang_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("litbook.site.search.index.details.find_file", lambda key, total: 0)
    assert count_files([f"k{number}" for number in range(70)]) == 128


def test_the_file_of_a_paper_is_its_sum_modulo_the_number_of_files() -> None:
    texts = render_details(make_corpus(200))
    head = read_part(texts["details"])
    total = len(head["files"])
    assert total == len(texts) - 1 > 1
    for number in range(total):
        part = read_part(texts[f"details-{number}"])
        assert part["number"] == number
        assert {zlib.crc32(citekey.encode()) % total for citekey, _ in part["papers"]} == {number}
    assert len(read_all(texts)) == 200


def test_a_detail_tells_what_is_known_and_leaves_out_what_is_not() -> None:
    corpus = make_corpus_of([fold(1), make_paper("bare", "")])
    stated = Stated(("CRANE",), ("BOAT",), ("HAT",), (Finding(2, "", "3 points"), Finding(2, "flies", "12%")))
    corpus = replace(corpus, stated={"made2031crane1": stated}, gists={"made2031crane1": Evidence("We fold", 1)})
    found = read_all(render_details(corpus))
    quote = "It flies 12% further than a boat, and 3 points beyond a hat."
    assert {name: value for name, value in found["made2031crane1"].items() if name not in ("bibtex", "ris", "csv")} == {
        "title": "Crane 1",
        "authors": ["Ada Invented", "Bo Made"],
        "year": 2031,
        "venue": "Crane Conference",
        "theme": "paper-folding",
        "themeTitle": "Folding paper",
        "kind": "method",
        "gist": "We fold",
        "gistSentence": 1,
        "method": ["CRANE"],
        "models": ["BOAT"],
        "benchmarks": ["HAT"],
        "findings": [
            {"number": "3 points", "sentence": 2, "quote": quote},
            {"measured": "flies", "number": "12%", "sentence": 2, "quote": quote},
        ],
    }
    assert set(found["bare"]) == {"theme", "themeTitle", "kind", "bibtex", "ris", "csv"}


def test_citations_read_back_and_hold_no_abstract() -> None:
    papers = [fold(1, links={"doi": "10.5555/crane"}), fold(2)]
    details = read_all(render_details(make_corpus_of(papers)))
    for paper in papers:
        detail = details[paper.citekey]
        assert detail["bibtex"] == render_bibtex(paper)
        assert list(parse_string(detail["bibtex"], "bibtex").entries) == [paper.citekey]
        (ris,) = rispy.loads(detail["ris"])
        assert (ris["id"], ris["title"], ris["authors"]) == (
            paper.citekey,
            paper.title.plain,
            ["Invented, Ada", "Made, Bo"],
        )
        assert detail["ris"].startswith("TY  - ")
        assert detail["ris"].endswith("\nER  - ")
        assert "crane. It" not in detail["bibtex"] + detail["ris"] + detail["csv"]


def test_a_row_of_csv_is_text_to_a_spreadsheet() -> None:
    titles = ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "a = b", 'A "quoted", title']
    papers = [replace(fold(number), title=Text(title)) for number, title in enumerate(titles)]
    texts = render_details(make_corpus_of(papers))
    rows = [detail["csv"] for detail in read_all(texts).values()]
    table = "\r\n".join([read_part(texts["details"])["columns"], *rows])
    found = {row["citekey"]: row for row in csv.DictReader(io.StringIO(table, newline=""))}
    assert all(tuple(row) == COLUMNS for row in found.values())
    shown = [found[f"made2031crane{number}"]["title"] for number in range(len(titles))]
    assert shown == ["'=HYPERLINK(1)", "+1", "-1", "'@SUM(1)", "a = b", 'A "quoted", title']


def test_untrusted_text_cannot_leave_the_script() -> None:
    texts = render_details(make_corpus_of([replace(fold(1), title=Text(HOSTILE), authors=(HOSTILE,))]))
    assert not set("<>&\u2028\u2029\ud800") & set("".join(texts.values()))
    assert read_all(texts)["made2031crane1"]["title"] == HOSTILE


@pytest.mark.slow
def test_an_unchanged_build_writes_nothing_and_a_changed_paper_one_file(tmp_path: Path) -> None:
    corpus = make_corpus(200)
    assert FOLDER in {path.parent.name for path in index(corpus, tmp_path)}
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / FOLDER).iterdir()}
    assert index(corpus, tmp_path) == ()
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / FOLDER).iterdir()} == before
    key = corpus.papers[7].citekey
    changed = index(replace(corpus, stated={key: Stated(("CRANE",))}), tmp_path)
    total = len(list((tmp_path / FOLDER).glob("details-*.js")))
    assert {path.name for path in changed} == {"details.js", f"details-{find_file(key, total)}.js"}


@pytest.mark.parametrize("change", ["gist", "sentence", "finding", "link", "theme"])
def test_a_change_in_any_source_of_the_details_rebuilds_them(tmp_path: Path, change: str) -> None:
    corpus = replace(make_corpus(3), stated={"made2031crane1": Stated(findings=(Finding(2, "", "12%"),))})
    index(corpus, tmp_path)
    key, paper = "made2031crane1", corpus.papers[1]
    theme = replace(corpus.parts[0].themes[0], title="Other")
    others = {
        "gist": {"gists": {key: Evidence("It flies", 2)}},
        "sentence": {"sentences": {**corpus.sentences, key: ((0, 5), (5, 20))}},
        "finding": {"stated": {key: Stated(findings=(Finding(2, "", "3 points"),))}},
        "link": {"papers": (corpus.papers[0], replace(paper, links={"doi": "10.5555/x"}), corpus.papers[2])},
        "theme": {"parts": (replace(corpus.parts[0], themes=(theme,)), *corpus.parts[1:])},
    }
    changed: dict[str, Any] = others[change]
    assert "details-0.js" in {path.name for path in index(replace(corpus, **changed), tmp_path)}


@pytest.mark.slow
@pytest.mark.parametrize("lost", ["details.js", "details-0.js", "details.txt"])
def test_a_lost_file_comes_back_and_one_that_is_no_longer_made_goes(tmp_path: Path, lost: str) -> None:
    index(make_corpus(3), tmp_path)
    content = (tmp_path / FOLDER / lost).read_bytes()
    (tmp_path / FOLDER / lost).unlink()
    index(make_corpus(3), tmp_path)
    assert (tmp_path / FOLDER / lost).read_bytes() == content
    index(make_corpus(200), tmp_path)
    assert (tmp_path / FOLDER / "details-1.js").is_file()
    index(make_corpus(3), tmp_path)
    assert not (tmp_path / FOLDER / "details-1.js").exists()
