"""Mark every test by what it needs: `build`, `browser`, `slow`; a test that needs none of them is `fast`.

What a test needs is read from its own code, its fixtures and the helpers of the tests that they call. Where it cannot
be read there, the test bears the mark itself; `require` fails any test that builds or browses without its mark.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType

import pytest

TESTS = Path(__file__).parents[1]
# What in a test's code says so: a method or a function that is called, or a fixture that is asked for.
SIGNS = {
    "build": frozenset({"build", "build_cold", "toy"}),
    "browser": frozenset({"find_chromium", "open_browser", "browser"}),
}
# Helpers of the tests that have a method `build`; others of that name build no book.
_BUILDERS = frozenset({"Review", "Built", "Toy", "copy_toy", "make_screened", "make_hostile_review"})
_running: set[str] = set()


def mark(items: list[pytest.Item]) -> None:
    """Mark collected tests, and put modules with the longest tests first: the last of several workers ends sooner."""
    for item in items:
        for kind in sorted(_find_kinds(item) - marks_of(item)):
            item.add_marker(kind)
        if not marks_of(item) & {*SIGNS, "slow"}:
            item.add_marker("fast")
    ranks: dict[Path, int] = {}
    for item in items:
        ranks[item.path] = min(_rank(marks_of(item)), ranks.get(item.path, len(_ORDER)))
    items.sort(key=lambda item: ranks[item.path])


_ORDER = ("slow", "build", "browser", "fast")


def _rank(marks: set[str]) -> int:
    return next(number for number, kind in enumerate(_ORDER) if kind in marks)


def marks_of(item: pytest.Item) -> set[str]:
    return {mark.name for mark in item.iter_markers()}


def begin(item: pytest.Item) -> None:
    """Remember the marks of the test that runs now, fixtures included."""
    _running.clear()
    _running.update(marks_of(item))


def require(kind: str) -> None:
    """Fail a test that does what a mark is for and does not bear it; outside of tests nothing is required."""
    if _running and kind not in _running:
        pytest.fail(f"this test needs @pytest.mark.{kind}: nothing in its code says so", pytrace=False)


def _find_kinds(item: pytest.Item) -> set[str]:
    if not isinstance(item, pytest.Function):
        return set()
    # pytest has no public way from a test to the functions of its fixtures.
    info = item._fixtureinfo
    functions = [item.function, *(fixture.func for known in info.name2fixturedefs.values() for fixture in known[-1:])]
    names = set(info.names_closure).union(*(names_in(function) for function in functions))
    return {kind for kind, signs in SIGNS.items() if names & signs}


def names_in(function: object) -> frozenset[str]:
    """Return the names that a function and the helpers of the tests that it calls use."""
    return _reach(function) if isinstance(function, FunctionType) else frozenset()


@cache
def _reach(function: FunctionType) -> frozenset[str]:
    found: set[str] = set()
    seen, waiting = {function}, [function]
    while waiting:
        current = waiting.pop()
        names = set(_names_of(current.__code__))
        if not _BUILDERS & current.__globals__.keys():
            names -= SIGNS["build"]
        found |= names
        for other in map(current.__globals__.get, names):
            if isinstance(other, FunctionType) and other not in seen and _is_ours(other):
                seen.add(other)
                waiting.append(other)
    return frozenset(found)


def _is_ours(function: FunctionType) -> bool:
    return Path(function.__code__.co_filename).is_relative_to(TESTS)


def _names_of(code: CodeType) -> Iterator[str]:
    """Return the names that code uses, that of functions within it included."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names_of(constant)
