"""Atomic file writes that leave unchanged files alone."""

from __future__ import annotations

import errno
import os
import re
import stat
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePath

_DRAFT = re.compile(r"\..+\.\d+\.draft")
_ABANDONED = 3600  # seconds; no run takes this long to finish a draft
# Windows lets no one replace or delete a file that a program has open, as scanners for viruses do for moments:
# ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION.
_IN_USE = {5, 32, 33}
_PAUSES = (0.01, 0.03, 0.1, 0.3, 1.0)  # seconds


class UnsafePathError(OSError):
    """A path that litbook must not write or delete."""

    def __init__(self, path: PurePath, reason: str) -> None:
        super().__init__(errno.EPERM, reason, str(path))


def write_text(path: Path, text: str) -> bool:
    """Write a text file atomically, only if its content changes, and return whether it was written.

    Text is encoded as UTF-8. Lone surrogates, which represent bytes that were not valid UTF-8 when they were read, are
    written back as the same bytes.
    """
    return write_bytes(path, text.encode("utf-8", "surrogateescape"))


def write_bytes(path: Path, content: bytes) -> bool:
    """Write a file atomically, only if its content changes, and return whether it was written.

    The content goes to a draft beside the file, which then replaces it, so that readers and killed runs never see half
    a file. Missing parent folders are created. Unchanged files keep their modification time: Sphinx rebuilds by it.
    A link is refused, since it would be replaced by a file: raise `UnsafePathError`. Any `OSError` names the path.
    """
    with _naming(path):
        if _holds(path, content):
            return False
        _replace(path, content)
    return True


def write_all(files: Mapping[Path, bytes | None]) -> None:
    """Write all files, or leave all as they were; None deletes one. Raise `OSError` for one that cannot be written.

    All contents are on the disk, in drafts, before the first file is replaced: a full disk, or a folder in which
    nothing may be written, changes nothing.
    """
    before = {path: path.read_bytes() if check_regular(path) is not None else None for path in files}
    drafts: dict[Path, Path] = {}
    try:
        for path, content in files.items():
            if content is not None and content != before[path]:
                with _naming(path):
                    drafts[path] = _write_draft(path, content)
        for path, draft in drafts.items():
            with _naming(path):
                _put_in_place(draft, path)
        for path in (path for path, content in files.items() if content is None):  # what goes, goes last
            path.unlink(missing_ok=True)
    except BaseException:
        for draft in drafts.values():
            with suppress(OSError):
                draft.unlink(missing_ok=True)
        for path, content in before.items():
            with suppress(OSError):  # the error that stopped the first write is the one to report
                _put(path, content)
        raise


def _put(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
    else:
        write_bytes(path, content)


def _replace(path: Path, content: bytes) -> None:
    draft = _write_draft(path, content)
    try:
        _put_in_place(draft, path)
    except BaseException:
        with suppress(OSError):  # what stopped the write may stop this, too
            draft.unlink(missing_ok=True)
        raise


def _put_in_place(draft: Path, path: Path) -> None:
    """Let a draft replace a file; while another program has the file open on Windows, try again for some moments."""
    for pause in _PAUSES:
        try:
            draft.replace(path)
        except PermissionError as error:
            if getattr(error, "winerror", None) not in _IN_USE:
                raise
            time.sleep(pause)
        else:
            return
    draft.replace(path)


def _write_draft(path: Path, content: bytes) -> Path:
    """Write what a file will hold beside it, and return where."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    try:
        try:
            draft.write_bytes(content)
        except FileNotFoundError:  # the folder is missing, which is seldom so
            path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(content)
    except BaseException:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
    return draft


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Name the file, not its draft, in errors of the system."""
    try:
        yield
    except UnsafePathError:
        raise
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(path)) from error


def _holds(path: Path, content: bytes) -> bool:
    """Return whether a file has this content; one of another size is not read."""
    size = check_regular(path)
    return size == len(content) and path.read_bytes() == content


def check_regular(path: Path) -> int | None:
    """Return the size of a file that litbook may replace, None if it is missing; raise `OSError` for anything else.

    Links, pipes and devices raise `UnsafePathError`: opening one could block.
    """
    try:
        status = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    if stat.S_ISLNK(status.st_mode):
        raise UnsafePathError(path, "is a link, where litbook writes a file")
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, "is a folder, where litbook writes a file", str(path))
    if not stat.S_ISREG(status.st_mode):
        raise UnsafePathError(path, "is not a regular file, where litbook writes one")
    return status.st_size


def sweep(folder: Path) -> None:
    """Delete drafts that killed runs left behind in a folder.

    Drafts less than an hour old are kept, because another run may still be writing them.
    """
    for path in folder.glob(".*.draft"):
        with suppress(FileNotFoundError):
            if _DRAFT.fullmatch(path.name) and path.stat().st_mtime < time.time() - _ABANDONED:
                path.unlink()
