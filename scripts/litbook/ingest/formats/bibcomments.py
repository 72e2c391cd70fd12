"""Where entries of BibTeX begin, and comments in braces in which none does."""

from __future__ import annotations

import re

ENTRY_START = re.compile(
    r"^[ \t]*@(?:[A-Za-z]+[ \t]*[{(][ \t]*[^\s,{}()=\"#%]*[ \t]*(?:,|$)|(?:string|comment|preamble)\b)",
    re.MULTILINE | re.IGNORECASE,
)
_COMMENT = re.compile(r"^[ \t]*@comment\s*\{", re.MULTILINE | re.IGNORECASE)
_BRACE = re.compile(r"(?<!\\)[{}]")
_LONGEST = 200_000


def close_comments(flat: str) -> str:
    """Take the signs that open entries out of comments in braces: what is commented out is not an entry."""
    pieces: list[str] = []
    done = 0
    for start in _COMMENT.finditer(flat):
        end = _find_brace(flat, start.end()) if start.start() >= done else 0
        if end and ENTRY_START.search(flat, start.end(), end):
            pieces += [flat[done : start.end()], flat[start.end() : end].replace("@", " ")]
            done = end
    return "".join([*pieces, flat[done:]])


def _find_brace(flat: str, start: int) -> int:
    """Return where the brace that is open at a place is closed, or 0."""
    depth = 1
    for sign in _BRACE.finditer(flat, start, start + _LONGEST):
        depth += 1 if sign.group() == "{" else -1
        if not depth:
            return sign.start()
    return 0
