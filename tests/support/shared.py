"""What is made once in a run of the tests, whichever worker asks first, and read by all of them."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from filelock import FileLock

_Made = TypeVar("_Made")


@dataclass(frozen=True)
class Shared:
    """Know the folder that all workers of a run have in common."""

    folder: Path

    def make(self, name: str, make: Callable[[Path], _Made]) -> _Made:
        """Return what a function makes in a folder of that name; only the first worker that asks calls it.

        The others wait, and read its result, which is pickled. They must leave the folder as it is.
        """
        kept = self.folder / f"{name}.pickle"
        with FileLock(self.folder / f"{name}.lock"):
            if not kept.exists():
                made = make(self.folder / name)
                kept.write_bytes(pickle.dumps(made))
            result: _Made = pickle.loads(kept.read_bytes())
        return result
