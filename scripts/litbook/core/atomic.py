"""Atomic file writes that leave unchanged files alone."""

from __future__ import annotations

import os
import re
import time
from contextlib import suppress
from pathlib import Path

_DRAFT = re.compile(r"\..+\.\d+\.draft")
_ABANDONED = 3600  # seconds; no run takes this long to finish a draft


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
    """
    if _holds(path, content):
        return False
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    try:
        try:
            draft.write_bytes(content)
        except FileNotFoundError:  # the folder is missing, which is seldom so
            path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(content)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return True


def _holds(path: Path, content: bytes) -> bool:
    """Return whether a file has this content; one of another size is not read."""
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False


def sweep(folder: Path) -> None:
    """Delete drafts that killed runs left behind in a folder.

    Drafts less than an hour old are kept, because another run may still be writing them.
    """
    for path in folder.glob(".*.draft"):
        with suppress(FileNotFoundError):
            if _DRAFT.fullmatch(path.name) and path.stat().st_mtime < time.time() - _ABANDONED:
                path.unlink()
