"""Faults in a review, worded so that a newcomer can fix them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
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


def nearest(word: str, known: Iterable[str]) -> str:
    """Return "did you mean '…'?" with the known word most similar to `word`, or an empty string if none is close."""
    close = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"did you mean '{close[0]}'?" if close else ""
