"""Measure how much work a function does without a clock: machines differ and are noisy, the work is the same."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_ENDLESS = 120


def count_calls(function: Callable[[], object]) -> int:
    """Return how many functions, of Python and of C, a function calls in all."""
    calls = 0

    def count(_frame: FrameType, event: str, _value: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        function()
    finally:
        sys.setprofile(before)
    return calls


@contextmanager
def coming_to_an_end() -> Iterator[None]:
    """Fail where work that takes moments is still not done after two minutes of the processor: it never will be.

    Backtracking and entities grow exponentially; texts are so large that squares take longer, too.
    """

    def give_up(_signal: int, _frame: FrameType | None) -> None:
        raise AssertionError(f"no end after {_ENDLESS} seconds of work")

    before = signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, _ENDLESS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
