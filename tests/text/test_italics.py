"""Italics of titles, from the sources through pages to the exports."""

from __future__ import annotations

import pytest

from litbook.enrich.merge import enrich
from litbook.ingest.sources import read_source
from litbook.model.review import Paper, Text
from litbook.text.italics import mark_italics
from litbook.write.bibliography import cite_in_words, render_bibtex, render_csl, render_ris

PLAIN = "A Laminaria model of H₂O, in situ & more"
SOURCES = {
    "x.bib": r"@book{k, title={A \emph{Laminaria} model of H$_2$O, {\em in {situ}} \& more}, author={Made, Bo}}",
    "x.ris": "TY  - BOOK\nAU  - Made, Bo\nTI  - A <i>Laminaria</i> model of H₂O, <em>in situ</em> & more\nER  - \n",
    "x.json": '[{"id": "k", "type": "book", "author": [{"family": "Made", "given": "Bo"}],'
    ' "title": "A <i>Laminaria</i> model of H<sub>2</sub>O, &lt;i&gt;in situ&lt;/i&gt; & more"}]',
}


def read(name: str, text: str) -> Paper:
    reading = read_source(name, text.encode())
    assert reading is not None
    (paper,) = enrich(reading.records, (), (), "2031-01-01").papers
    return paper


@pytest.mark.parametrize("name", SOURCES)
def test_italics_of_a_title_leave_as_they_came(name: str) -> None:
    paper = read(name, SOURCES[name])
    assert paper.title.plain == PLAIN
    assert [PLAIN[start:end] for start, end in paper.title.italics] == ["Laminaria", "in situ"]
    assert r"title = {{A \textit{Laminaria} model of H₂O, \textit{in situ} \& more}}" in render_bibtex(paper)
    marked = "A <i>Laminaria</i> model of H₂O, <i>in situ</i> & more"
    assert f'"title": "{marked}"' in render_csl([paper])
    assert f"TI  - {marked}\n" in render_ris([paper])
    assert f"{PLAIN}." in cite_in_words(paper)
    for form, render in (("x.bib", render_bibtex), ("x.json", lambda one: render_csl([one]))):
        assert read(form, render(paper)).title == paper.title


@pytest.mark.parametrize("title", ["a < b and i > c", "<i>not closed", "<b>bold</b> <i></i>", "if <i> then {x}</i>"])
def test_what_is_not_italics_takes_no_letter_away(title: str) -> None:
    paper = read("x.ris", f"TY  - BOOK\nAU  - Made, Bo\nTI  - {title} kelp\nER  - \n")
    assert paper.title.plain.endswith("kelp")
    assert "textit" not in paper.title.plain


def test_white_space_between_pieces_stays() -> None:
    text = Text("On kelp beds", ((3, 7),))
    assert mark_italics(text, lambda piece: piece.strip().upper(), "<", ">") == "ON <KELP> BEDS"
