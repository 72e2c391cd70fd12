"""The table of patches: every place where litbook changes code of another library.

It is empty. A new row needs a reason why no public extension point serves, and two tests: one that fails when the patch
no longer applies, and one that the toy book is the same bytes with the patch on and off. There are never more than 12.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patch:
    """Describe a patched place: the dotted name, the versions it was tried on, why, and what it saves."""

    target: str
    versions: str
    reason: str
    saves: str


MOST = 12
PATCHES: tuple[Patch, ...] = ()
