"""Faults in a review, worded so that a newcomer can fix them."""

from __future__ import annotations

import difflib
import errno
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault: where it is, what is wrong, and what to do about it.

    `file` is relative to the root of the review; `line` counts from 1, and 0 refers to the whole file. Printed as
    `file:line: what; remedy`.
    """

    file: str
    line: int
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.what}" + (f"; {self.remedy}" if self.remedy else "")


class CorpusError(Exception):
    """All faults that were found in a review, sorted by file and line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__(str(self))

    def __str__(self) -> str:
        count = len(self.faults)
        head = f"{count} fault{'s' if count != 1 else ''} found; nothing was written:"
        return "\n".join([head, *(f"  {fault}" for fault in self.faults)])


_REMEDIES = {
    errno.ENOSPC: "free some space, and run the command again: nothing was lost",
    errno.EDQUOT: "free some space, and run the command again: nothing was lost",
    errno.EROFS: "the disk is read-only: work on a copy of the review",
    errno.EACCES: "check who may read and write it",
    errno.EPERM: "put a file or folder of its own in its place",
    errno.EISDIR: "move the folder away",
    errno.ENOTDIR: "move the file away",
    errno.ENAMETOOLONG: "shorten the names of the folders above it",
}


def is_of_disk(error: OSError) -> bool:
    """Return whether an error says that the disk is full, or that a file or folder there cannot be read or written."""
    return error.errno in _REMEDIES


def describe_file_error(error: OSError, root: str = "", place: str = "") -> Fault:
    """Return the fault of a file that cannot be read or written; its name is relative to `root` if it is below it.

    The system does not name the file to which a write fails; then `place` is where the fault is.
    """
    file = str(error.filename or place)
    prefix = f"{root}/" if root else ""
    name = file.removeprefix(prefix).replace("\\", "/")
    return Fault(name, 0, error.strerror or str(error), _REMEDIES.get(error.errno or 0, "check the disk"))


@contextmanager
def naming_files(root: str = "") -> Iterator[None]:
    """Raise `CorpusError` with one fault for an error of the system about a file; errors about others pass through."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            raise
        raise CorpusError([describe_file_error(error, root)]) from error


def nearest(word: str, known: Iterable[str]) -> str:
    """Return "did you mean '…'?" with the known word most similar to `word`, or an empty string if none is close."""
    close = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"did you mean '{close[0]}'?" if close else ""
