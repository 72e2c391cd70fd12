"""Results cached on disk, invalidated when their arguments or the code behind them change.

A result that is missing, damaged or made by other code is recomputed: the cache folder can be deleted at any time. On a
read-only disk nothing is cached: a reader of a review may check it without the right to change it.
"""

from __future__ import annotations

import errno
import hashlib
import json
import pickle
from collections.abc import Callable, Iterable
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any, TypeVar, TypeVarTuple, Unpack

from litbook.core.atomic import write_bytes
from litbook.core.code import digest_code
from litbook.core.identity import once_per_object

_Value = TypeVar("_Value")
_Arguments = TypeVarTuple("_Arguments")


class Cache:
    """A folder that caches what functions return, one file per function; a `folder` of None disables it.

    A result is stale if the `repr` of the function's arguments changes, or the code of its module or of anything that
    this imports. Pass a function no more than it needs, so that nothing else makes its results stale. Results are
    pickled behind a digest of the file, so that a truncated file is never loaded. Nothing is written before
    `save`: a run that stops at a fault changes no file.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._new: dict[Path, tuple[str, dict[bytes, Any]]] = {}

    def once(self, function: Callable[[Unpack[_Arguments]], _Value], *arguments: *_Arguments) -> _Value:
        """Return `function(*arguments)`, from the cache or else computed."""
        return self.each(function, [arguments])[0]

    def each(
        self, function: Callable[[Unpack[_Arguments]], _Value], inputs: Iterable[tuple[*_Arguments]]
    ) -> list[_Value]:
        """Return the function's results for many inputs, such as the papers of a collection, in order.

        Only new inputs are computed; results of inputs that are no longer given are dropped.
        """
        path = self._find_path(function)
        code = digest_code(function.__module__) if path else ""
        before: dict[bytes, _Value] = (self._new[path][1] if path in self._new else _read(path, code)) if path else {}
        now: dict[bytes, _Value] = {}
        results = []
        for arguments in inputs:
            key = _make_key(arguments)
            if key not in now:
                now[key] = before[key] if key in before else function(*arguments)
            results.append(now[key])
        if path and (now.keys() != before.keys() or not path.is_file()):
            self._new[path] = code, now
        return results

    def store(self, value: _Value, function: Callable[[Unpack[_Arguments]], _Value], *arguments: *_Arguments) -> None:
        """Cache a value as the only result of a function, for arguments that are known to return it."""
        if path := self._find_path(function):
            self._new[path] = digest_code(function.__module__), {_make_key(arguments): value}

    def _find_path(self, function: Callable[..., object]) -> Path | None:
        return self._folder and self._folder / f"{function.__module__.rpartition('.')[2]}.{function.__name__}.pickle"

    def save(self) -> None:
        """Write what is new since the last time."""
        for path, (code, values) in self._new.items():
            content = code.encode("ascii") + pickle.dumps(values, pickle.HIGHEST_PROTOCOL)
            name = hashlib.sha256(content).digest()
            _store(path, name + content)
            _loaded[path] = name, values
        self._new.clear()


NO_CACHE = Cache(None)
# What the files hold, with the digest of each: a process that builds again and again need not unpickle them again, and
# gets the same objects, whose digests and sentences it also knows.
_loaded: dict[Path, tuple[bytes, dict[bytes, Any]]] = {}


def _make_key(arguments: tuple[object, ...]) -> bytes:
    return digest_parts(arguments)


def digest_parts(parts: Iterable[object]) -> bytes:
    """Return the SHA-256 of values, as their `repr` shows them; one that was digested before is not spelt again."""
    whole = hashlib.sha256()
    for part in parts:
        if is_dataclass(part):
            whole.update(_digest_value(part))
        elif isinstance(part, tuple) and part and is_dataclass(part[0]):
            whole.update(b"(%d" % len(part))
            whole.update(b"".join(map(_digest_value, part)))
        else:
            spelt = repr(part).encode("utf-8")
            whole.update(b"%d " % len(spelt))
            whole.update(spelt)
    return whole.digest()


@once_per_object(most=1 << 16)
def _digest_value(value: object) -> bytes:
    return hashlib.sha256(repr(value).encode("utf-8")).digest()


def _read(path: Path, code: str) -> dict[bytes, Any]:
    """Return the cached results, or nothing if other code made them: its classes may no longer be there to load."""
    try:
        content = path.read_bytes()
    except OSError:
        return {}
    size = hashlib.sha256().digest_size
    if content[:size] != hashlib.sha256(content[size:]).digest():
        return {}
    known = code.encode("ascii")
    if content[size : size + len(known)] != known:
        return {}
    if _loaded.get(path, (b"", {}))[0] != content[:size]:
        _loaded[path] = content[:size], pickle.loads(memoryview(content)[size + len(known) :])
    return _loaded[path][1]


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
        _store(path, f"{name}\n{text}".encode("utf-8", "surrogateescape"))


def _store(path: Path, content: bytes) -> None:
    try:
        write_bytes(path, content)
    except OSError as error:
        if error.errno not in (errno.EROFS, errno.EACCES):
            raise
