"""What is written at a place of a page: the role or directive, and the part of its text at the cursor."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LONGEST = 2000  # characters of a role that an editor looks at
# The text of a role may span lines, but not paragraphs.
_OPEN_ROLE = re.compile(r"\{(?P<name>[\w:-]+)\}`(?P<text>(?:(?!\n[ \t]*\n)[^`])*)\Z")
_OPEN_DIRECTIVE = re.compile(r"^[ \t]*(?:`{3,}|:{3,})\{(?P<name>[\w-]+)\}[ \t]+(?P<text>[^\n]*)\Z", re.MULTILINE)
_REST = re.compile(r"[\w-]*(?::\d*)?")


@dataclass(frozen=True, slots=True)
class Place:
    """A place inside a role or behind a directive: its name, and the part of its text up to the cursor.

    In lists, as in {cite}`one,two`, the part begins behind the last comma. `rest` is what follows of the same word.
    """

    name: str
    text: str
    rest: str = ""

    @property
    def is_citation(self) -> bool:
        return self.name == "cite" or self.name.startswith("cite:")

    @property
    def whole(self) -> str:
        """The word at the cursor, from its beginning to its end."""
        return self.text + self.rest


def find_place(text: str, offset: int) -> Place | None:
    """Return what the cursor at an offset of a text is in, or None for running text."""
    before = text[max(0, offset - _LONGEST) : offset]
    found = _OPEN_ROLE.search(before) or _OPEN_DIRECTIVE.search(before)
    if not found:
        return None
    rest = _REST.match(text, offset)
    return Place(found["name"], found["text"].rpartition(",")[2].lstrip(), rest[0] if rest else "")
