"""Results in the cache folder, kept until what they were made from changes.

Whatever is lost, damaged or from other code is made again: nothing in that folder is ever needed.
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
    """Return a digest of values that JSON can hold."""
    return hashlib.sha256(json.dumps(values, ensure_ascii=True).encode("ascii")).hexdigest()


def digest_files(paths: Iterable[Path]) -> str:
    """Return a digest of the content of files, such as the modules that a result comes from."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def recall(path: Path | None, name: str, read: Callable[[str], _Value]) -> _Value | None:
    """Return what `read` makes of the text that was kept under the digest `name`; None if there is none, or no whole.

    `read` raises `ValueError`, `KeyError`, `TypeError` or `AttributeError` for a text that is damaged.
    """
    try:
        known, _, text = path.read_text("utf-8").partition("\n") if path else ("", "", "")
        return read(text) if known == name else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def keep(path: Path | None, name: str, text: str) -> None:
    """Keep a text under the digest of what it was made from; it takes the place of the one before."""
    if path:
        write_text(path, f"{name}\n{text}")


def learn_once(path: Path | None, name: str, read: Callable[[str], _Value], learn: Callable[[], str]) -> _Value:
    """Return what `read` makes of the text kept under the digest `name`, or else of one that `learn` makes now."""
    known = recall(path, name, lambda text: (read(text),))
    if known is not None:
        return known[0]
    text = learn()
    keep(path, name, text)
    return read(text)


class Shelf(Generic[_Value]):
    """Keep one result for each of many inputs, such as the papers of a collection, in one file.

    `code` is a digest of the code that makes them. The file is pickled, behind a digest of its content: one that was
    cut short is not read.
    """

    def __init__(self, path: Path | None, code: str) -> None:
        self._path = path
        self._code = code
        self._before: dict[str, _Value] = self._read()
        self._now: dict[str, _Value] = {}

    def get(self, name: str, make: Callable[[], _Value]) -> _Value:
        """Return the result for the input with the digest `name`, from the file or made now."""
        if name not in self._now:
            self._now[name] = self._before[name] if name in self._before else make()
        return self._now[name]

    def save(self) -> None:
        """Write the results that were asked for; those of inputs that are gone are forgotten."""
        if self._path and (self._now.keys() != self._before.keys() or not self._path.is_file()):
            content = pickle.dumps((self._code, self._now))
            write_bytes(self._path, hashlib.sha256(content).hexdigest().encode("ascii") + b"\n" + content)

    def _read(self) -> dict[str, _Value]:
        try:
            known, _, content = self._path.read_bytes().partition(b"\n") if self._path else (b"", b"", b"")
        except OSError:
            return {}
        if known != hashlib.sha256(content).hexdigest().encode("ascii"):
            return {}
        code, values = pickle.loads(content)
        return values if code == self._code else {}
