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
    """Select a value of the review; the value holds what is shown, and its `repr` shows all of it.

    A document that shows a value `at_last` asks for it again when it is written: it need not be read again.
    """

    name: str
    select: Callable[[Prepared, str], _Value]
    at_last: bool = False


_QUERIES: dict[str, Query[Any]] = {}
Shown = dict[str, dict[tuple[str, str], str]]  # digests by document, and by query and argument


def query(name: str, *, at_last: bool = False) -> Callable[[Callable[[Prepared, str], _Value]], Query[_Value]]:
    """Make a query of a function of the review and an argument, such as the slug of a theme."""

    def register(select: Callable[[Prepared, str], _Value]) -> Query[_Value]:
        _QUERIES[name] = Query(name, select, at_last)
        return _QUERIES[name]

    return register


def ask(env: BuildEnvironment, asked: Query[_Value], argument: str = "") -> _Value:
    """Return a value for the document that is being read, and record that the document shows it."""
    value = asked.select(review_of(env.app).prepared, argument)
    state_of(env).shown.setdefault(env.docname, {})[asked.name, argument] = digest_value(value)
    return value


def find_outdated(prepared: Prepared, shown: Shown) -> list[str]:
    """Return the documents to read again: a value is no longer what they show."""
    now: dict[tuple[str, str], str] = {}
    outdated = []
    for docname, values in sorted(shown.items()):
        read = {key: digest for key, digest in values.items() if not _is_at_last(key)}
        for key in read.keys() - now.keys():
            now[key] = _digest_now(prepared, *key)
        if any(now[key] != digest for key, digest in read.items()):
            outdated.append(docname)
    return outdated


def update_at_last(prepared: Prepared, shown: Shown) -> list[str]:
    """Return the documents to write again, since a value differs that is asked for at last; remember the new ones."""
    outdated = []
    for docname, values in sorted(shown.items()):
        now = {key: _digest_now(prepared, *key) for key in values if _is_at_last(key)}
        if any(values[key] != digest for key, digest in now.items()):
            outdated.append(docname)
            shown[docname] = {**values, **now}
    return outdated


def _is_at_last(key: tuple[str, str]) -> bool:
    return key[0] in _QUERIES and _QUERIES[key[0]].at_last


def _digest_now(prepared: Prepared, name: str, argument: str) -> str:
    asked = _QUERIES.get(name)
    try:
        return digest_value(asked.select(prepared, argument)) if asked else ""
    except (LookupError, ValueError):  # the argument names nothing any more: reading the document again reports where
        return ""


def digest_value(value: object) -> str:
    """Return a digest of a value that its `repr` shows whole."""
    return hashlib.sha256(repr(value).encode("utf-8", "replace")).hexdigest()[:16]
