"""Measure work without a clock: machines differ and are noisy, the number of calls does not."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_ENDLESS = 120


def count_calls(function: Callable[[], object]) -> int:
    """Return how many functions, of Python and of C, a function calls in total."""
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
    """Fail if work that should take moments uses more than two minutes of CPU time.

    Such work never ends: it backtracks or expands exponentially. The inputs are so large that quadratic work fails too.
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
