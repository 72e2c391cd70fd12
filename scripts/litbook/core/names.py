"""Names that become parts of paths: one gate for all of them.

A review is cloned to file systems that ignore case, that normalise Unicode, or that reserve the names of devices. A
name passes only if it is the name of one file on each of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

LONGEST_NAME = 120  # most file systems hold 255 bytes; the rest is for endings, drafts and the folders above
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file: reserved with any ending, in any case.
_RESERVED = frozenset(
    {
        "con",
        "prn",
        "aux",
        "nul",
        "conin$",
        "conout$",
        *(f"{device}{n}" for device in ("com", "lpt") for n in "0123456789¹²³"),
    }
)
_UNPORTABLE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\ud800-\udfff]')
_LONGEST_FILE_NAME = 200  # bytes


def find_flaw(name: str) -> str:
    """Return why a name cannot become part of a path on every system, or an empty string if it can."""
    if not _SAFE.fullmatch(name):
        return "only letters a to z, digits, hyphens and underscores are allowed, with a letter or digit first"
    if len(name) > LONGEST_NAME:
        return f"it has {len(name)} characters, and at most {LONGEST_NAME} are allowed"
    if is_reserved(name):
        return "Windows reserves this name for a device"
    return ""


def is_reserved(name: str) -> bool:
    """Return whether Windows reserves a file name, whatever its ending."""
    return name.partition(".")[0].rstrip(" ").lower() in _RESERVED


def fold_name(name: str) -> str:
    """Return a name as the least discerning file system compares it: without case, in one Unicode form."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def find_clashes(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each name that some file system cannot tell from an earlier one, behind that one."""
    first: dict[str, str] = {}
    for name in names:
        other = first.setdefault(fold_name(name), name)
        if other != name:
            yield other, name


def make_portable(name: str) -> str:
    """Return the name of a person's file as every system can hold it, in the person's own script.

    Characters that Windows forbids become hyphens, leading dots and trailing dots and spaces go, a reserved name gets
    an underscore, and a long name is cut before its ending. A name of which nothing is left becomes "source".
    """
    plain = _UNPORTABLE.sub("-", unicodedata.normalize("NFC", name)).lstrip(". ").rstrip(". ")
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending.encode()) > 20:
        stem, dot, ending = plain, "", ""
    room = _LONGEST_FILE_NAME - len(f"{dot}{ending}".encode())
    stem = stem.encode()[:room].decode("utf-8", "ignore").rstrip(". ")
    plain = f"{stem}{dot}{ending}".lstrip(".") or "source"
    return f"_{plain}" if is_reserved(plain) else plain
