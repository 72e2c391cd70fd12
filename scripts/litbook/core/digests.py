"""Digests of many files, each read again only if its size or time has changed."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from litbook.core.atomic import write_text

_held: dict[str, tuple[tuple[int, ...], str]] = {}


def digest_file(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest_again(path: str, find: Callable[[], Path]) -> str:
    """Return the SHA-256 of a file that `find` returns; a process reads it again only if its status has changed."""
    status = os.lstat(path)
    seen = (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    held = _held.get(path)
    if held is None or held[0] != seen:
        held = _held[path] = seen, digest_file(find())
    return held[1]


def digest_tree(paths: Mapping[str, Path], known: Path) -> dict[str, str]:
    """Return the SHA-256 of files by their names, in order; `known` keeps size, time and digest for the next call."""
    before = _read(known)
    now: dict[str, list[object]] = {}
    for name, path in sorted(paths.items()):
        status = path.stat()
        seen = [status.st_size, status.st_mtime_ns]
        held = before.get(name, [])
        now[name] = held if held[:2] == seen else [*seen, digest_file(path)]
    if now != before:
        write_text(known, json.dumps(now, indent=0))
    return {name: str(held[2]) for name, held in now.items()}


def _read(known: Path) -> dict[str, list[object]]:
    with suppress(OSError, ValueError):
        found = json.loads(known.read_text("utf-8"))
        if isinstance(found, dict):
            return {name: held for name, held in found.items() if isinstance(held, list) and len(held) == 3}
    return {}
