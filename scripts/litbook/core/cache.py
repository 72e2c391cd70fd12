"""Results cached on disk, invalidated when their inputs change.

A result that is missing, damaged or made by other code is recomputed: the cache folder can be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import pickle
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Generic, TypeVar

from litbook.core.atomic import write_bytes, write_text

_Value = TypeVar("_Value")


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


def learn_once(path: Path | None, name: str, read: Callable[[str], _Value], learn: Callable[[], str]) -> _Value:
    """Return `read(text)` for the text cached under the digest `name`, calling `learn` for the text if necessary."""
    cached = recall(path, name, lambda text: (read(text),))  # in a tuple, since `read` may return None
    if cached is not None:
        return cached[0]
    text = learn()
    keep(path, name, text)
    return read(text)


class Shelf(Generic[_Value]):
    """A file of cached results, one per input, such as one per paper of a collection.

    `code` is a digest of the code that makes the results; a file written by other code is ignored. Results are pickled
    behind a SHA-256 digest of the pickle, so that a truncated file is never loaded.
    """

    def __init__(self, path: Path | None, code: str) -> None:
        self._path = path
        self._code = code
        self._before: dict[str, _Value] = self._read()
        self._now: dict[str, _Value] = {}

    def get(self, name: str, make: Callable[[], _Value]) -> _Value:
        """Return the result for the input with the digest `name`, from the file or else by calling `make`."""
        if name not in self._now:
            self._now[name] = self._before[name] if name in self._before else make()
        return self._now[name]

    def save(self) -> None:
        """Write the results that were requested since the file was read, and drop all others."""
        if self._path and (self._now.keys() != self._before.keys() or not self._path.is_file()):
            content = pickle.dumps((self._code, self._now))
            write_bytes(self._path, hashlib.sha256(content).hexdigest().encode("ascii") + b"\n" + content)

    def _read(self) -> dict[str, _Value]:
        try:
            checksum, _, content = self._path.read_bytes().partition(b"\n") if self._path else (b"", b"", b"")
        except OSError:
            return {}
        if checksum != hashlib.sha256(content).hexdigest().encode("ascii"):
            return {}
        code, values = pickle.loads(content)
        return values if code == self._code else {}
