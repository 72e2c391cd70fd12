"""An evidence table is the same as HTML and as nodes of docutils. All rows are invented."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from docutils.core import publish_from_doctree
from docutils.utils import new_document
from hypothesis import given
from hypothesis import strategies as st
from sphinx import addnodes

from litbook.model.extraction import Column
from litbook.model.review import Text
from litbook.model.stated import STUDY_FIELDS, Draft, Finding, Stated
from litbook.site.authoring.evidence_drawing import TEXT_HEADS, Row, TextQuote, draw_table, render_table
from litbook.site.authoring.evidence_table import Evidence, ExpandEvidence
from litbook.site.authoring.own_columns import draw_own, render_own
from litbook.site.lists.extracted import Row as ExtractedRow
from litbook.site.lists.extracted import Table, Value

words = st.text("aé <>&\"'@$*_-“", min_size=1, max_size=8).map(lambda text: f"x{text}x")
findings = st.lists(st.tuples(st.integers(1, 3), words | st.just(""), words), max_size=4)


@st.composite
def rows(draw: st.DrawFn) -> Row:
    found = sorted(draw(findings))
    stated = Stated(
        method=tuple(draw(st.lists(words, max_size=1))),
        models=tuple(draw(st.lists(words, max_size=2))),
        benchmarks=tuple(draw(st.lists(words, max_size=2))),
        findings=tuple(Finding(*values) for values in found),
        study=tuple(
            Draft(field, draw(words), draw(st.integers(0, 3)))
            for field in draw(st.lists(st.sampled_from(list(STUDY_FIELDS)), max_size=3))
        ),
    )
    quotes = tuple((number, f"Sentence {number} & more") for number in {sentence for sentence, *_ in found})
    title = draw(words)
    texts = tuple(
        TextQuote(about, draw(words), draw(words | st.just("")), "2.1")
        for about in draw(st.lists(st.sampled_from(list(TEXT_HEADS)), max_size=2))
    )
    return Row("madeup2031", Text(title, ((0, 1),) if draw(st.booleans()) else ()), stated, quotes, texts=texts)


def write(table: nodes.table) -> BeautifulSoup:
    """Write nodes with the writer of docutils; links to documents lead where the site has them."""
    document = new_document("table")
    document += table
    for link in list(document.findall(addnodes.pending_xref)):
        target = f"{link['reftarget'].rpartition('/')[2]}.html"
        link.replace_self(nodes.reference("", "", *link.children, refuri=target))
    return BeautifulSoup(publish_from_doctree(document, writer_name="html5"), "html.parser")


def cells_of(soup: BeautifulSoup) -> list[list[Any]]:
    """Return of each cell its lines with their text, emphasis and links."""
    return [
        [
            (line.get_text(), [piece.get_text() for piece in line.select("em, strong")],
             [(link["href"], link.get_text()) for link in line.select("a")])
            for line in cell.select("p")
        ]
        for cell in soup.select("table tr > *")
    ]  # fmt: skip


def to_document(_docname: str, target: str) -> str:
    return f"{target.rpartition('/')[2]}.html"


@pytest.mark.slow
@given(st.lists(rows(), min_size=1, max_size=3))
def test_html_and_nodes_show_the_same(values: list[Row]) -> None:
    html = BeautifulSoup(render_table(values, lambda citekey: f"{citekey}.html"), "html.parser")
    assert cells_of(html) == cells_of(write(draw_table(values, "book/chapters/any", to_document)))


def test_other_formats_get_nodes_and_the_site_keeps_its_own() -> None:
    for kind, expected in (("latex", nodes.table), ("html", Evidence)):
        document: Any = new_document("chapter")
        builder = SimpleNamespace(format=kind, get_relative_uri=to_document)
        document.settings.env = SimpleNamespace(docname="book/any", app=SimpleNamespace(builder=builder))
        document += Evidence("", rows=(Row("madeup2031", Text("Made Up"), Stated(), ()),))
        transform = ExpandEvidence(document)
        transform.run()
        assert isinstance(document[0], expected)


def test_extracted_values_are_the_same_as_html_and_as_nodes() -> None:
    columns = (Column("dose", "Dose <b>", "", "number", 1, unit="mg"), Column("where", "Where", "", "text", 2))
    value, found = Value("5", "5 & 6", "sentence-2", "sentence 2", "a reader"), Value("a <b>", "", "", "", "")
    other = Value("6", "", "", "", "another reader")
    table = Table(
        columns,
        (
            ExtractedRow("madeup2031", "", Text("Made & Up"), "any", ((value, found), (value, other))),
            ExtractedRow("made2032", "", Text("More"), "any", ((), (found,))),
        ),
        3,
    )
    html = BeautifulSoup(render_own(table, lambda citekey: f"{citekey}.html"), "html.parser")
    assert cells_of(html) == cells_of(write(draw_own(table, "book/chapters/any", to_document)))
    assert [head.get_text() for head in html.select("th")] == ["Paper", "Dose <b> (mg)", "Where"]
