"""What spares Sphinx work changes no result. The documents are made by chance."""

from __future__ import annotations

import random

import pytest
from docutils import nodes
from docutils.utils import new_document

from litbook.sphinxext.quick import _find_all, _find_instances

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
    assert list(map(id, _find_all(root))) == list(map(id, walk(root)))
    for cls in (nodes.Text, nodes.Element, nodes.inline, nodes.table):
        assert list(map(id, _find_instances(root, cls))) == [id(node) for node in walk(root) if isinstance(node, cls)]
        assert list(map(id, root.findall(cls))) == list(map(id, _find_instances(root, cls)))


def test_what_is_put_into_a_node_while_it_is_looked_at_is_found() -> None:
    root = nodes.section("", nodes.paragraph("", "one"), nodes.paragraph("", "two"))
    found = []
    for paragraph in _find_instances(root, nodes.paragraph):
        found.append(paragraph.astext())
        if len(found) == 1:
            paragraph.append(nodes.paragraph("", " inner"))
    assert found == ["one", " inner", "two"]
