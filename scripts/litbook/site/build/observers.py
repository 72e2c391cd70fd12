"""What another part of this process is to learn of a build while it runs, such as which pages it has written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

# An event of Sphinx with the name of a page, when its file has changed; the rest of the build is still to come.
PAGE_WRITTEN = "litbook-page-written"
Connect = Callable[["Sphinx"], None]
_OBSERVERS: list[Connect] = []


@contextmanager
def observe_builds(connect: Connect) -> Iterator[None]:
    """Call `connect` with the application of each build that begins in the block, before anything is read."""
    _OBSERVERS.append(connect)
    try:
        yield
    finally:
        _OBSERVERS.remove(connect)


def connect_observers(app: Sphinx) -> None:
    """Let the observers connect to the events of a build."""
    for connect in _OBSERVERS:
        connect(app)
