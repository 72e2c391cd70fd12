"""Sections with nothing to list become one paragraph; those that hold anything else stay."""

from __future__ import annotations

from docutils import nodes
from docutils.utils import new_document

from litbook.core.figure_marks import NOTHING
from litbook.site.lists.nothing import fold_empty_sections, say_nothing


def make_section(title: str, *content: nodes.Node) -> nodes.section:
    return nodes.section("", nodes.title("", title), *content, ids=[title.lower()])


def make_page(*sections: nodes.Node) -> nodes.section:
    document = new_document("page")
    page = make_section("Page", *sections)
    document += page
    fold_empty_sections(document)
    return page


def test_neighbours_without_a_list_become_one_paragraph_at_the_place_of_the_first_and_keep_their_anchors() -> None:
    page = make_page(
        make_section("Found", nodes.paragraph("", "Two sources.")),
        make_section("Duplicates", nodes.paragraph("", "How they are joined."), say_nothing("None was found twice.")),
        make_section("Outliers", nodes.bullet_list()),
        make_section("Excluded", say_nothing("None has been excluded.")),
    )
    assert [child.astext().split("\n")[0] for child in page.children] == [
        "Page",
        "Found",
        "None was found twice. None has been excluded.",
        "Outliers",
    ]
    assert [anchor for node in page[2].findall(nodes.inline) for anchor in node["ids"]] == ["duplicates", "excluded"]


def test_a_section_with_a_list_beside_the_sentence_stays_as_does_a_whole_page() -> None:
    mixed = make_section("Lists", say_nothing("None yet."), nodes.bullet_list())
    assert mixed in make_page(mixed).children
    document = new_document("page")
    document += make_section("Page", say_nothing("None yet."))
    fold_empty_sections(document)
    assert document[0].astext() == "Page\n\nNone yet."


def make_cell(*outputs: nodes.Node, executed: bool = True) -> nodes.container:
    """Return a cell of a notebook as the parser makes it, with outputs of one form each, and without its code."""
    count = 1 if executed else None
    cell = nodes.container(nb_element="cell_code", exec_count=count)
    for output in outputs:
        kind = "text/html" if isinstance(output, nodes.raw) else "text/markdown"
        as_text = nodes.container("", nodes.literal_block("", "<object>"), mime_type="text/plain")
        bundle = nodes.container("", as_text, nodes.container("", output, mime_type=kind), nb_element="mime_bundle")
        cell += nodes.container("", bundle, nb_element="cell_code_output")
    return cell


def say_in_notebook(sentence: str) -> nodes.paragraph:
    return nodes.paragraph("", "", nodes.Text(sentence), nodes.raw("", NOTHING, format="html"))


def test_sections_of_notebooks_without_a_figure_become_one_paragraph() -> None:
    page = make_page(
        make_section("Kinds", nodes.paragraph("", "How."), make_cell(say_in_notebook("No kind is decided."))),
        make_section("Work", make_cell(), make_cell()),
        make_section("Venues", make_cell(say_in_notebook("No venue is known."), say_in_notebook("No year is known."))),
    )
    assert [child.astext() for child in page.children] == [
        "Page", "No kind is decided. No venue is known. No year is known.",
    ]  # fmt: skip
    assert [anchor for node in page[1].findall(nodes.inline) for anchor in node["ids"]] == ["kinds", "venues"]


def test_sections_of_notebooks_that_show_something_or_were_not_executed_stay() -> None:
    figure = make_section("Drawn", make_cell(say_in_notebook("None.")), make_cell(nodes.raw("", "<figure>")))
    found = make_section("Found", make_cell(nodes.paragraph("", "Twelve papers are from 2031.")))
    waiting = make_section("Waiting", make_cell(executed=False))
    page = make_page(figure, found, waiting)
    assert page.children[1:] == [figure, found, waiting]
    assert NOTHING not in page.astext()
