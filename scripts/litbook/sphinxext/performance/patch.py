"""Put a function of ours where a library keeps its own, once in a process, however many books are built in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def replace_once(owner: Any, name: str, make: Callable[[Any], Any]) -> None:
    """Replace a function of a module or class by what `make` makes of it, unless that was done before."""
    function = getattr(owner, name)
    if not hasattr(function, "litbook_replaces"):
        replacement = make(function)
        replacement.litbook_replaces = function
        setattr(owner, name, replacement)
