"""What spares Sphinx work changes no result. The documents are made by chance."""

from __future__ import annotations

import logging
import random
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from docutils import nodes
from docutils.utils import new_document
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser
from sphinx.highlighting import PygmentsBridge
from sphinx.util.logging import VERBOSE
from toybook import copy_toy

from litbook.site.navigation import navigation as nav
from litbook.sphinxext.performance.findall import find_instances, walk_quickly
from litbook.sphinxext.performance.memoize import _remember_checksums
from litbook.sphinxext.performance.sentence_rule import read_sentences_at_once
from litbook.sphinxext.performance.shortcuts import skip_unshown_remarks, take_short_ways

walk_quickly()
take_short_ways()

KINDS = (nodes.paragraph, nodes.emphasis, nodes.section, nodes.bullet_list, nodes.inline)


def make_tree(chance: random.Random, depth: int = 0) -> nodes.Element:
    element = chance.choice(KINDS)("")
    for _ in range(chance.randrange(4) if depth < 6 else 0):
        element += make_tree(chance, depth + 1) if chance.random() < 0.7 else nodes.Text("text")
    return element


def walk(root: nodes.Node) -> list[nodes.Node]:
    """Return all nodes by the recursion that docutils documents: a node, then each child with what is below it."""
    return [root, *(below for child in root.children for below in walk(child))]


@pytest.mark.parametrize("seed", range(30))
def test_nodes_are_found_in_the_order_of_the_document(seed: int) -> None:
    root = new_document("x")
    root += make_tree(random.Random(seed))
    assert list(map(id, root.findall())) == list(map(id, walk(root)))
    for cls in (nodes.Text, nodes.Element, nodes.inline, nodes.table):
        expected = [id(node) for node in walk(root) if isinstance(node, cls)]
        assert list(map(id, root.findall(cls))) == expected
        assert list(map(id, root.findall(lambda node, cls=cls: isinstance(node, cls)))) == expected
        assert list(map(id, root.findall(condition=cls))) == expected
    below = [id(node) for node in walk(root)[1:]]
    assert list(map(id, root.findall(include_self=False))) == below
    assert list(map(id, root.findall(None, False))) == below
    first = root.children[0]
    assert list(map(id, first.findall(descend=False, siblings=True))) == list(map(id, root.children))


def test_what_is_put_into_a_node_while_it_is_looked_at_is_found() -> None:
    root = nodes.section("", nodes.paragraph("", "one"), nodes.paragraph("", "two"))
    found = []
    for paragraph in find_instances(root, nodes.paragraph):
        found.append(paragraph.astext())
        if len(found) == 1:
            paragraph.append(nodes.paragraph("", " inner"))
    assert found == ["one", " inner", "two"]


@given(st.text(st.characters(codec="utf-8"), max_size=60))
@example("@article{key,\n  title = {{A & B: \"quoted\" and 'this' < 3 > 1}},\n}\n")
@example("\n\n  indented\r\nand\rmore\t\x0b\x0c\x1c\u2028 \n\n")
@example("")
def test_plain_text_is_written_as_pygments_writes_it(source: str) -> None:
    bridge = PygmentsBridge("html", "sphinx")
    as_before = PygmentsBridge.highlight_block.litbook_replaces  # type: ignore[attr-defined]
    for options in ({}, {"linenos": False}, {"linenos": True}):
        expected = as_before(bridge, source, "text", **options).replace("&quot;", '"').replace("&#39;", "'")
        assert bridge.highlight_block(source, "text", **options) == expected


# A build in which nobody looks for garbage; it tells which papers' pages are still in memory at its end.
_WITHOUT_COLLECTOR = """
import gc, sys
from docutils import nodes
from markdown_it.tree import SyntaxTreeNode
from jupyter_book.cli.main import main
from litbook.sphinxext import quick, released
quick.calm_garbage_collector = gc.disable
released._MOST_DOCUMENTS = 0
main(["build", sys.argv[1]], standalone_mode=False)
kept = [item for item in gc.get_objects() if isinstance(item, (nodes.section, SyntaxTreeNode))]
papers = {item.source for item in kept if isinstance(item, nodes.section) and "/papers/" in str(item.source)}
print(f"kept {len(papers)} papers, {sum(isinstance(item, SyntaxTreeNode) for item in kept)} tokens")
"""


def test_a_paper_s_page_goes_from_memory_without_a_search_for_garbage(tmp_path: Path) -> None:
    ended = copy_toy(tmp_path / "toy").run(sys.executable, "-c", _WITHOUT_COLLECTOR, ".")
    assert ended.code == 0, ended.output
    assert "\nkept 1 papers, 0 tokens\n" in ended.output  # the parser has the last page that it read


@pytest.mark.parametrize(
    ("verbosity", "shown"), [(0, logging.INFO), (1, VERBOSE), (2, logging.DEBUG), (3, logging.DEBUG)]
)
def test_what_a_reader_asks_sphinx_to_show_is_shown(verbosity: int, shown: int) -> None:
    logger = logging.getLogger("sphinx")
    before = logger.level
    try:
        skip_unshown_remarks(SimpleNamespace(verbosity=verbosity))  # type: ignore[arg-type]
        assert logger.getEffectiveLevel() == shown
    finally:
        logger.setLevel(before)


def make_parser() -> MarkdownIt:
    extensions = {"attrs_block", "attrs_inline", "colon_fence", "deflist"}
    return create_md_parser(MdParserConfig(enable_extensions=extensions), RendererHTML)


@given(
    st.lists(
        st.sampled_from(
            ["[", "]", "{.sentence-2}", "\\", "*", "`", "a b", "(x)", "\n", "<", "\\]", "!", "[A.]{.sentence-1}"]
        )
    )
)
@example(["[", "One ", "*", "two", "*", " \\[x\\]", "]", "{.sentence-2}"])
@example(["\\", "[", "no]", "{.sentence-2}"])
@example(["*", "[", "a*", "]", "{.sentence-2}"])
@example(["[", "`", "]", "{.sentence-2}", "`"])
def test_a_numbered_sentence_is_read_as_any_span(pieces: list[str]) -> None:
    quick = make_parser()
    read_sentences_at_once(quick)
    text = "".join(pieces)
    assert quick.render(text) == make_parser().render(text)


def test_the_checksum_of_a_file_that_changed_is_made_again(tmp_path: Path) -> None:
    asked = []

    def make(folder: Path, name: str) -> str:
        asked.append(name)
        return (folder / name).read_text() if (folder / name).exists() else ""

    checksum = _remember_checksums(make)
    (tmp_path / "a.css").write_text("one")
    assert [checksum(tmp_path, "a.css") for _ in range(3)] == ["one"] * 3
    assert asked == ["a.css"]
    (tmp_path / "a.css").write_text("another")
    assert checksum(tmp_path, "a.css") == "another"
    assert checksum(tmp_path, "lost.css") == ""
    assert checksum(tmp_path, "https://example.org/a.css") == ""


def test_other_templates_or_styles_of_litbook_write_every_page_again(monkeypatch: pytest.MonkeyPatch) -> None:
    site_map = SimpleNamespace(root=SimpleNamespace(subtrees=[]))
    env: Any = SimpleNamespace(
        external_site_map=site_map,
        titles={"book/index": "Home"},
        found_docs={"book/index", "book/papers/a"},
        config=SimpleNamespace(root_doc="book/index"),
    )
    app: Any = SimpleNamespace(litbook_places={})
    assert nav.find_stale_navigation(app, env) == ["book/index", "book/papers/a"]
    assert nav.find_stale_navigation(app, env) == []
    monkeypatch.setattr(nav, "_digest_own_files", lambda: "other files")
    assert nav.find_stale_navigation(app, env) == ["book/index", "book/papers/a"]
