"""A disk that fails: from some change of files on, the system refuses every further one."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import nothing_lost

# Where nothing new may be written, files can still be renamed and deleted.
_GROWING = {"os.mkdir", "os.link", "os.symlink"}


@dataclass
class Disk:
    """What a program may still do below a folder, and the changes it asked for."""

    folder: str
    left: int
    code: int
    asked: list[str] = field(default_factory=list)


_disks: list[Disk] = []
_watched: list[bool] = []


def _watch(event: str, args: tuple[object, ...]) -> None:
    if not _disks or not (event in _GROWING or (event == "open" and nothing_lost.is_write(args))):
        return
    disk = _disks[-1]
    paths = [os.fspath(path) for path in args[:2] if isinstance(path, str | os.PathLike)]
    if not any(str(path).startswith(disk.folder) for path in paths):
        return
    disk.asked.append(f"{event} {str(paths[0]).removeprefix(disk.folder)}")
    if len(disk.asked) > disk.left:
        raise OSError(disk.code, os.strerror(disk.code), paths[0])


@contextmanager
def failing_after(folder: Path, changes: int, code: int = errno.ENOSPC) -> Iterator[Disk]:
    """Let this process make some changes to files below a folder; the system refuses all further ones."""
    if not _watched:
        sys.addaudithook(_watch)
        _watched.append(True)
    _disks.append(Disk(str(folder), changes, code))
    try:
        yield _disks[-1]
    finally:
        _disks.pop()
