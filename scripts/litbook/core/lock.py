"""One run at a time changes a review: a lock that the system releases when a process ends, however it ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from filelock import FileLock, Timeout

from litbook.core.project import Project


def lock(project: Project, tell: Callable[[str], object]) -> Callable[[], None]:
    """Lock a review and return what unlocks it; `tell` is given a message if another run has to end first.

    The same process may lock a review several times.
    """
    project.cache.mkdir(parents=True, exist_ok=True)
    held = FileLock(project.cache / "lock", is_singleton=True)
    try:
        held.acquire(timeout=0)
    except Timeout:
        tell("another run of litbook is changing this review; waiting until it ends")
        held.acquire()
    return partial(_release, held)


@contextmanager
def locked(project: Project, tell: Callable[[str], object]) -> Iterator[None]:
    """Hold the lock of a review during a block."""
    release = lock(project, tell)
    try:
        yield
    finally:
        release()


def _release(held: FileLock) -> None:
    held.release()
