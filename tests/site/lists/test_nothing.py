"""Sections with nothing to list become one paragraph; those that hold anything else stay."""

from __future__ import annotations

from docutils import nodes
from docutils.utils import new_document

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
