"""The only place where untrusted text becomes Markdown.

Every title, abstract, name and address that did not come from the review's own authors must pass through here before it
is written to a page.
"""

from __future__ import annotations

import re
import string
from urllib.parse import quote, urlsplit

from litbook.model.review import Text
from litbook.text.repair import find_urls

# Elements of HTML that enclose nothing and have no end tag (https://html.spec.whatwg.org/#void-elements).
VOID_ELEMENTS = frozenset("area base br col embed hr img input link meta source track wbr".split())
_PUNCTUATION = {ord(mark): f"\\{mark}" for mark in string.punctuation}
# Between two letters these have no meaning in any extension of MyST, and most punctuation of prose is in such a place.
# The pattern starts with the backslash, so that the search skips directly from one to the next.
_HARMLESS = re.compile(r"\\(?<=[A-Za-z]\\)([,.:;] |-)(?=[A-Za-z])")
# C0 and C1 controls, line and paragraph separators, byte order mark, lone surrogates, non-characters.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]+")
_SPACES = re.compile(r"[ ]{2,}")
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SAFE_IN_ADDRESS = "/:?=&%+,;@~#!$'*-._"


def clean(text: str) -> str:
    """Return the text on one line: unprintable characters become spaces, and runs of spaces a single one."""
    shown = text if text.isprintable() else _UNPRINTABLE.sub(" ", text)
    return (_SPACES.sub(" ", shown) if "  " in shown else shown).strip(" ")


def escape(text: str) -> str:
    """Return Markdown that shows exactly the characters of `clean(text)` and has no markup.

    Every ASCII punctuation character gets a backslash (CommonMark 0.31, section 2.4), so that no role, directive,
    comment, list, heading, link, HTML or formula can begin. For speed, harmless marks stay bare: a hyphen between
    letters, and a comma, colon, semicolon or full stop between a letter and a space. Unicode spaces at either end,
    which Markdown would strip, become character references.
    """
    shown = clean(text)
    inner = shown.strip()
    start = shown[: len(shown) - len(shown.lstrip())]
    end = shown[len(start) + len(inner) :]
    return _as_references(start) + _set_backslashes(inner) + _as_references(end)


def _set_backslashes(text: str) -> str:
    return _HARMLESS.sub(r"\1", text.translate(_PUNCTUATION))


def _as_references(spaces: str) -> str:
    return "".join(f"&#{ord(space)};" for space in spaces)


def escape_text(text: Text) -> str:
    """Return Markdown for repaired text, with its italics as emphasis."""
    if not text.italics:
        return escape(text.plain)
    pieces: list[str] = []
    position = 0
    for start, end in text.italics:
        pieces += [_escape_inside(text.plain[position:start]), _emphasise(text.plain[start:end])]
        position = end
    return "".join([*pieces, _escape_inside(text.plain[position:])])


def _escape_inside(text: str) -> str:
    return _set_backslashes(_UNPRINTABLE.sub(" ", text))


def _emphasise(text: str) -> str:
    """Wrap text in asterisks if it starts and ends with a letter or digit; elsewhere they might not open emphasis."""
    escaped = _escape_inside(text)
    return f"*{escaped}*" if text[:1].isalnum() and text[-1:].isalnum() else escaped


def escape_prose(text: Text) -> str:
    """Return Markdown for repaired running text, with italics as emphasis and web addresses as links."""
    pieces: list[str] = []
    position = 0
    for start, end in find_urls(text.plain):
        address = text.plain[start:end]
        pieces += [_escape_part(text, position, start), link(_escape_inside(address), address)]
        position = end
    return "".join([*pieces, _escape_part(text, position, len(text.plain))]) if position else escape_text(text)


def escape_part(text: Text, start: int, end: int) -> str:
    """Return Markdown for a part of a text, as `escape_prose` does; the part must not cut through an address."""
    inside = tuple((a - start, b - start) for a, b in text.italics if start <= a and b <= end)
    return escape_prose(Text(text.plain[start:end], inside))


def _escape_part(text: Text, start: int, end: int) -> str:
    """Escape a part of a text, with the italics that lie entirely within it."""
    inside = tuple((a - start, b - start) for a, b in text.italics if start <= a and b <= end)
    part = text.plain[start:end]
    return escape_text(Text(part, inside)) if inside else _escape_inside(part)


def link(label: str, address: str) -> str:
    """Return a Markdown link; `label` is Markdown already, and an address that is not http(s) gives the label alone."""
    safe = safe_address(address)
    return f"[{label}]({safe})" if safe else label


def safe_address(address: str) -> str:
    """Return a percent-encoded http or https address, or an empty string for anything else."""
    text = clean(address)
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not host:
        return ""
    return _LONE_PERCENT.sub("%25", quote(text, safe=_SAFE_IN_ADDRESS))


# -- cells of tables that spreadsheets open ----------------------------------------------------------------------------

# A cell that begins with one of these is a formula to Excel, LibreOffice and Google Sheets, and may ask other sites for
# data (OWASP, "CSV Injection"). An apostrophe before it makes it text in all of them, and they do not show it.
_FORMULA = re.compile(r"[=+\-@\t\r]")
_GUARDED = re.compile(r"'(?=[=+\-@\t\r])")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?", re.IGNORECASE)


def guard_cell(cell: str) -> str:
    """Return a cell with an apostrophe before what a spreadsheet would compute; numbers stay numbers."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def unguard_cell(cell: str) -> str:
    """Return a cell without the apostrophe of `guard_cell`."""
    return _GUARDED.sub("", cell, count=1) if cell.startswith("'") else cell
