"""Cells that spreadsheets would compute: marked as text, and the same text again when they are read."""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from urllib.parse import unquote

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import make_corpus_of, make_paper

from litbook.figures.show import render_data_link
from litbook.ingest.sources import read_source
from litbook.model.extraction import Column, Extracted, Extraction
from litbook.text.escape import guard_cell, unguard_cell
from litbook.write.catalogue import render_csv
from litbook.write.extraction import render_effects, render_extraction

FORMULAS = ('=HYPERLINK("http://example.org")', "=1+1", "+cmd|' /C calc'!A0", "-rf", "@SUM(A1)", "\t=1", "\r=1")


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_formula_is_marked_as_text(cell: str) -> None:
    assert guard_cell(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "A paper", "-1", "+3.5", "-2e-7", "'quoted'", "a=b", "2031"])
def test_text_and_numbers_stay_as_they_are(cell: str) -> None:
    assert guard_cell(cell) == cell


@given(st.text(st.sampled_from("=+-@\t\r'a1. "), max_size=5))
def test_a_guarded_cell_is_read_as_it_was(cell: str) -> None:
    guarded = guard_cell(cell)
    assert guarded[:1] not in set("=@\t\r")
    if guarded != cell:
        assert unguard_cell(guarded) == cell


@pytest.mark.parametrize("title", FORMULAS[:5])
def test_no_export_has_a_formula_and_none_loses_a_title(title: str) -> None:
    paper = make_paper("cranes", title, "We fold an invented crane.", authors=("=Ada()", "@Bo"), venue="+Venue")
    table = render_csv(make_corpus_of([paper]))
    cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
    assert not [cell for cell in cells if cell[:1] in set("=+-@")]
    reading = read_source("papers.csv", table.encode())
    assert reading
    assert [record.title for record in reading.records] == [title]


def test_the_data_of_a_figure_has_no_formula() -> None:
    link = unquote(render_data_link("x", pd.DataFrame({"name": ["=1+1", "kelp"], "papers": [-1, 2]})))
    assert "'=1+1,-1\nkelp,2" in link


@pytest.mark.parametrize("text", FORMULAS[:5])
def test_what_people_extract_is_exported_without_a_formula(text: str) -> None:
    column = Column("gain", text, "How much?", "interval", 1, unit=text, null=Fraction(1))
    row = Extracted(2, "cranes", "gain", text, quote=text, by=text, note=text, where=text)
    extraction = Extraction((column,), (row,), {("cranes", "gain"): (row,)})
    tables = (render_extraction((extraction, (("cranes", text),))), render_effects(extraction))
    cells = [cell for table in tables for line in csv.reader(io.StringIO(table)) for cell in line]
    assert cells.count(f"'{text}") == 10
    assert not [cell for cell in cells if cell[:1] in set("=+@") or cell == text]
