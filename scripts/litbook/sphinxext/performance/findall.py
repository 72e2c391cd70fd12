"""Let docutils look through a document without a generator for each node in it, in the same order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from docutils import nodes

from litbook.sphinxext.performance.patch import replace_once


def walk_quickly() -> None:
    """Give the nodes of docutils a quick `findall`; what is asked for seldom is still answered by their own."""
    replace_once(nodes.Node, "findall", _make_findall)


def _make_findall(find_slowly: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    def findall(self: Any, condition: Any = None, *where: bool, **options: bool) -> Iterator[Any]:
        if where or options:
            return find_slowly(self, condition, *where, **options)
        if condition is None or isinstance(condition, type):
            return find_instances(self, condition or nodes.Node)
        return filter(condition, find_instances(self, nodes.Node))

    return findall


def find_instances(root: Any, cls: type | tuple[type, ...]) -> Iterator[Any]:
    """Yield of a node and what is below it the instances of a class.

    The children of a node are asked for after the node was used, as docutils does.
    """
    if isinstance(root, cls):
        yield root
    stack = [iter(root.children)]
    while stack:
        for child in stack[-1]:
            if isinstance(child, cls):
                yield child
            if child.children:
                stack.append(iter(child.children))
                break
        else:
            stack.pop()
