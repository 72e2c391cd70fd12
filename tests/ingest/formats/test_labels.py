"""The decisions of screening that exports carry. All papers are invented."""

from __future__ import annotations

import pytest
from readings import read_file

from litbook.ingest.formats.labels import Label, join_labels, read_label


def label_of(header: str, row: str) -> Label | None:
    (record,) = read_file(f"title,year,{header}\nOwls,2031,{row}\n").records
    return read_label(record)


@pytest.mark.parametrize(
    ("header", "row", "label"),
    [
        ("included", "1", Label(True, "", "the export's label")),
        ("included", "0", Label(False, "", "the export's label")),
        ("included", "", None),
        ("label_included", "0.0", Label(False, "", "ASReview")),
        ("asreview_label", "1", Label(True, "", "ASReview")),
        ("asreview_label", "-1", Label(False, "", "ASReview")),
        ("I/E/D/S flag", "I", Label(True, "", "the export's label")),
        ("I/E/D/S flag", "D", None),
        ("consensus", "-1", Label(False, "", "the export's label")),
        ("consensus", "0", None),
        ("consensus", "o", None),
        ("decision,exclusion reason,reviewer", "Exclude,wrong animal,Ann", Label(False, "wrong animal", "Ann")),
        ("decision,exclusion reason,reviewer", "Include,,Ann", Label(True, "", "Ann")),
        ("decision", "Poster", None),
        ("notes", '"RAYYAN-INCLUSION: {""Ann""=>""Included"", ""Bob""=>""Included""}"', Label(True, "", "Ann, Bob")),
        ("notes", '"RAYYAN-INCLUSION: {""Ann""=>""Included"", ""Bob""=>""Excluded""}"', None),
        ("notes", '"RAYYAN-INCLUSION: {""Ann""=>""Maybe""}"', None),
        ("notes", '"RAYYAN-INCLUSION: {""Ann""=>""Excluded""} | RAYYAN-EXCLUSION-REASONS: wrong animal"',
         Label(False, "wrong animal", "Ann")),
        ("Notes", '"Exclusion reason: Wrong animal; "', Label(False, "Wrong animal", "Covidence")),
        ("Notes", "A note on owls", None),
    ],
)  # fmt: skip
def test_labels_of_tables_are_read(header: str, row: str, label: Label | None) -> None:
    assert label_of(header, row) == label


@pytest.mark.parametrize(("note", "included"), [("ASReview_irrelevant", False), ("ASReview_relevant", True)])
def test_labels_in_the_notes_of_ris_are_read(note: str, included: bool) -> None:
    (record,) = read_file(f"TY  - JOUR\nTI  - Owls\nN1  - {note}\nER  - \n").records
    assert read_label(record) == Label(included, "", "ASReview")


def test_copies_that_disagree_give_no_decision() -> None:
    records = read_file("title,year,included\nOwls,2031,1\nOwls,2031,0\nOwls,2031,\n").records
    assert join_labels(records) is None
    assert join_labels(records[1:]) == Label(False, "", "the export's label")
    assert join_labels(records[2:]) is None
