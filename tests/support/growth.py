"""Runs of one piece of text, as an attacker or a broken export writes them, and how effort grows with them."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from types import FrameType

# Each has been slow in some pattern: spaces before what does not come, digits, marks of several formats, beginnings.
PIECES = (
    *(" ", "\n", "\xa0", " \n", "1", "1.", "1,", "10.", "1/", "1-", "1%", "1x", "a", "A", "a ", "A ", "A. ", "A,"),
    *("a-", "A-", "é", "\\", "\\a{", "\\frac{", "{", "}", "{a", "(", ")", "(A", "[", "]", "[a](", "![", "$", "$a"),
    *("\\(", "-", ".", ". ", ",", ";", ":", "/", "|", "&", "&amp;", "<", "<a ", "<?", "<!--", '"', "'", "`", "*", "_"),
    *("=", "%", "@", "#", "~", "^", "http://", "doi:", "10.1/", "arXiv:", "and ", "one ", "et al. ", "hundred "),
    *("up to ", "we ", "to that that that, ", "“", "(c) 2020 ", "Copyright "),
)
_SHORT, _LONG = 4_000, 16_000
_FEW, _ENDLESS = 0.25, 6  # seconds of CPU time of this process
_MOST_RATIO = 9


class _TooSlowError(Exception):
    pass


def find_slow(function: Callable[[str], object], before: str = "We find ", after: str = " x") -> list[str]:
    """Return the pieces of which a run four times as long costs a function more than nine times as much.

    Linear effort gives a ratio of 4, quadratic 16. Only CPU time of this process counts, and only if it is notable: a
    busy machine changes nothing.
    """
    function(f"{before}x{after}")  # load what the first call loads: that is not an effort for the text
    return [piece for piece in PIECES if _grows(function, piece, before, after)]


def _grows(function: Callable[[str], object], piece: str, before: str, after: str) -> bool:
    spent = _measure(function, f"{before}{piece * (_LONG // len(piece))}{after}")
    if spent < _FEW:
        return False
    short = _measure(function, f"{before}{piece * (_SHORT // len(piece))}{after}")
    return spent > _MOST_RATIO * max(short, _FEW / _MOST_RATIO)


def _measure(function: Callable[[str], object], text: str) -> float:
    """Return the seconds of CPU time that a call takes, at most `_ENDLESS`."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise _TooSlowError

    handler = signal.signal(signal.SIGPROF, stop)
    start = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, _ENDLESS)
    try:
        function(text)
    except _TooSlowError:
        return _ENDLESS * 1_000
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, handler)
    return time.process_time() - start
