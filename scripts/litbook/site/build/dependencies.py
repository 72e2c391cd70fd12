"""Which values of the review each document shows, so that it is read again when one of them changes.

A directive or role asks for its value with `ask` and draws from nothing else; the digest of that very value is what the
next build compares. There is no second list of what a page depends on that could miss a field.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from litbook.pipeline import Prepared
from litbook.site.build.review import review_of
from litbook.site.build.state import state_of

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Query(Generic[_Value]):
    """Select a value of the review; the value holds what is shown, and its `repr` shows all of it."""

    name: str
    select: Callable[[Prepared, str], _Value]


_QUERIES: dict[str, Query[Any]] = {}


def query(name: str) -> Callable[[Callable[[Prepared, str], _Value]], Query[_Value]]:
    """Make a query of a function of the review and an argument, such as the slug of a theme."""

    def register(select: Callable[[Prepared, str], _Value]) -> Query[_Value]:
        _QUERIES[name] = Query(name, select)
        return _QUERIES[name]

    return register


def ask(env: BuildEnvironment, asked: Query[_Value], argument: str = "") -> _Value:
    """Return a value for the document that is being read, and record that the document shows it."""
    value = asked.select(review_of(env.app).prepared, argument)
    state_of(env).shown.setdefault(env.docname, {})[asked.name, argument] = digest_value(value)
    return value


def find_outdated(prepared: Prepared, shown: dict[str, dict[tuple[str, str], str]]) -> list[str]:
    """Return the documents of which a value is no longer what they show."""
    now: dict[tuple[str, str], str] = {}
    outdated = []
    for docname, values in sorted(shown.items()):
        for key in values.keys() - now.keys():
            now[key] = _digest_now(prepared, *key)
        if any(now[key] != digest for key, digest in values.items()):
            outdated.append(docname)
    return outdated


def _digest_now(prepared: Prepared, name: str, argument: str) -> str:
    asked = _QUERIES.get(name)
    try:
        return digest_value(asked.select(prepared, argument)) if asked else ""
    except (LookupError, ValueError):  # the argument names nothing any more: reading the document again reports where
        return ""


def digest_value(value: object) -> str:
    """Return a digest of a value that its `repr` shows whole."""
    return hashlib.sha256(repr(value).encode("utf-8", "replace")).hexdigest()[:16]
