"""Write files whole or not at all, and only when their bytes change."""

from __future__ import annotations

import os
import re
import time
from contextlib import suppress
from pathlib import Path

_DRAFT = re.compile(r"\..+\.\d+\.draft")
_ABANDONED = 3600  # seconds after which nobody will finish a draft


def write_text(path: Path, text: str) -> bool:
    """Write a file if its bytes differ, whole or not at all, and tell whether it was written.

    Lone surrogates stand for bytes that were no UTF-8 when they were read; they go back as these bytes.
    """
    return write_bytes(path, text.encode("utf-8", "surrogateescape"))


def write_bytes(path: Path, content: bytes) -> bool:
    """Write a file if its bytes differ, whole or not at all, and tell whether it was written."""
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return True


def sweep(folder: Path) -> None:
    """Delete the drafts that killed runs left in a folder; those of the last hour may be of a run that goes on."""
    for path in folder.glob(".*.draft"):
        with suppress(FileNotFoundError):
            if _DRAFT.fullmatch(path.name) and path.stat().st_mtime < time.time() - _ABANDONED:
                path.unlink()
