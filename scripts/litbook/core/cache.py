"""Results in the cache folder, kept until the arguments or the code that they were made from change.

A result that is missing, damaged or made by other code is recomputed: the cache folder can be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import pickle
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar, TypeVarTuple, Unpack

from litbook.core.atomic import write_bytes, write_text
from litbook.core.code import digest_code

_Value = TypeVar("_Value")
_Arguments = TypeVarTuple("_Arguments")


class Cache:
    """Keep what functions return in a folder, one file a function; without a folder nothing is kept.

    What makes a result stale cannot be forgotten: it is the arguments that the function receives, by their `repr`, and
    the code of its module with all that this imports. So a function is given no more than it needs. Results are
    pickled, behind a digest of the file: one that was cut short is not read. Nothing is written before `save`, so that
    a run which stops at a fault leaves all as it was.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._new: dict[Path, tuple[str, dict[bytes, Any]]] = {}

    def once(self, function: Callable[[Unpack[_Arguments]], _Value], *arguments: *_Arguments) -> _Value:
        """Return `function(*arguments)`, from the folder or made now."""
        return self.each(function, [arguments])[0]

    def each(
        self, function: Callable[[Unpack[_Arguments]], _Value], inputs: Iterable[tuple[*_Arguments]]
    ) -> list[_Value]:
        """Return the function's results for many inputs, such as the papers of a collection, in their order.

        Only those of new inputs are made; those of inputs that are gone are forgotten.
        """
        path = self._folder and self._folder / f"{function.__module__.rpartition('.')[2]}.{function.__name__}.pickle"
        code = digest_code(function.__module__) if path else ""
        before: dict[bytes, _Value] = (self._new[path][1] if path in self._new else _read(path, code)) if path else {}
        now: dict[bytes, _Value] = {}
        results = []
        for arguments in inputs:
            key = hashlib.sha256(repr(arguments).encode("utf-8")).digest()
            if key not in now:
                now[key] = before[key] if key in before else function(*arguments)
            results.append(now[key])
        if path and (now.keys() != before.keys() or not path.is_file()):
            self._new[path] = code, now
        return results

    def save(self) -> None:
        """Write what is new since the last time."""
        for path, values in self._new.items():
            content = pickle.dumps(values, pickle.HIGHEST_PROTOCOL)
            write_bytes(path, hashlib.sha256(content).digest() + content)
        self._new.clear()


NO_CACHE = Cache(None)


def _read(path: Path, code: str) -> dict[bytes, Any]:
    try:
        content = path.read_bytes()
    except OSError:
        return {}
    size = hashlib.sha256().digest_size
    if content[:size] != hashlib.sha256(content[size:]).digest():
        return {}
    known, values = pickle.loads(memoryview(content)[size:])
    return values if known == code else {}


def digest(*values: object) -> str:
    """Return the SHA-256 hex digest of values that JSON can represent."""
    return hashlib.sha256(json.dumps(values, ensure_ascii=True).encode("ascii")).hexdigest()


def digest_files(paths: Iterable[Path]) -> str:
    """Return the SHA-256 hex digest of the joined contents of files, in the order given."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def recall(path: Path | None, name: str, read: Callable[[str], _Value]) -> _Value | None:
    """Return the text cached under the digest `name`, parsed by `read`; None if it is missing, stale or damaged.

    `read` signals damaged text by raising `ValueError`, `KeyError`, `TypeError` or `AttributeError`. A `path` of None
    disables the cache.
    """
    try:
        stored, _, text = path.read_text("utf-8").partition("\n") if path else ("", "", "")
        return read(text) if stored == name else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def keep(path: Path | None, name: str, text: str) -> None:
    """Cache a text under the digest `name` of its inputs, replacing the previous one.

    A `path` of None disables the cache.
    """
    if path:
        write_text(path, f"{name}\n{text}")
