"""What another part of this process is to learn of a build while it runs, such as which pages it has written.

It may also say which pages a person looks at: the build writes them first.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

# Events of Sphinx. The name of a page, when its file has changed; the rest of the build is still to come.
PAGE_WRITTEN = "litbook-page-written"
# The names of the pages that are looked at, when all documents have been read and none is written.
PAGES_WANTED = "litbook-pages-wanted"
Connect = Callable[["Sphinx"], None]
_OBSERVERS: list[Connect] = []
_WANTED: list[frozenset[str]] = []


@contextmanager
def observe_builds(connect: Connect, wanted: Collection[str] = ()) -> Iterator[None]:
    """Call `connect` with the application of each build that begins in the block, before anything is read.

    The pages in `wanted`, by their names, are written before all others.
    """
    _OBSERVERS.append(connect)
    _WANTED.append(frozenset(wanted))
    try:
        yield
    finally:
        _OBSERVERS.remove(connect)
        _WANTED.pop()


def connect_observers(app: Sphinx) -> None:
    """Let the observers connect to the events of a build."""
    for connect in _OBSERVERS:
        connect(app)


def list_wanted() -> frozenset[str]:
    """Return the names of the pages that are to be written first."""
    return frozenset().union(*_WANTED)
