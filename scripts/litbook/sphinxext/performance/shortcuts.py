"""Look for cyclic garbage seldom: what a build makes lives until its end."""

from __future__ import annotations

import gc


def calm_garbage_collector() -> None:
    """Raise the thresholds of the garbage collector; the default ones cost a tenth of a build."""
    gc.freeze()
    gc.set_threshold(30_000, 10, 1_000)
