"""Single-threaded linear algebra, so that sums are the same on any machine with the same processor."""

from __future__ import annotations

from contextlib import AbstractContextManager

from threadpoolctl import threadpool_limits


def one_thread() -> AbstractContextManager[object]:
    """Return a context in which numpy's linear algebra uses one thread.

    The order of a sum, hence its last digits, depends on the number of threads; on small matrices threads mostly wait
    for each other.
    """
    limits: AbstractContextManager[object] = threadpool_limits(limits=1, user_api="blas")
    return limits
