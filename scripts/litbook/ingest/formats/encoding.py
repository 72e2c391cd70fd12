"""Decode a source: UTF-8, UTF-16 and UTF-32, and whatever is none of them as Windows-1252, byte by byte.

Older reference managers and databases still export Windows-1252 or its part Latin-1, and files that were put together
from several hold both. So every sequence that is UTF-8 is read as UTF-8, and every other byte as Windows-1252; the
first place is told, for a person to look at. The file itself keeps its bytes.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_MARKS = (  # the longer ones first: that of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEAD = 4000
_WORD = re.compile(r"[^\W_]*\Z"), re.compile(r"[^\W_]*")
_LONGEST_WORD = 30


@dataclass(frozen=True, slots=True)
class Decoded:
    """Hold a text, and what to tell of its decoding with the place of the first doubtful character, if anything."""

    text: str
    remark: str = ""
    offset: int = 0


def decode(content: bytes) -> Decoded:
    """Return the text of a file; no file is too damaged."""
    encoding = _find_encoding(content)
    try:
        return Decoded(content.decode(encoding))
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(encoding, "replace")
        if encoding == "utf-8":
            return _decode_bytewise(content, len(before))
        remark = f"bytes that are not {encoding.upper()}; the file is cut short or damaged here, export it again"
        return Decoded(content.decode(encoding, "replace"), remark, len(before))


def _find_encoding(content: bytes) -> str:
    """Return what the mark of byte order says; without one, text in UTF-16 has a zero in every other byte."""
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    if marked:
        return marked
    head = content[:_HEAD]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if min(even, odd) * 10 > len(head) or max(even, odd) * 3 < len(head):
        return "utf-8"
    return "utf-16-le" if odd > even else "utf-16-be"


def _decode_bytewise(content: bytes, first: int) -> Decoded:
    text = content.decode("utf-8", "litbook.windows-1252")
    before, after = (pattern.search(part) for pattern, part in zip(_WORD, (text[:first], text[first:]), strict=True))
    word = (before.group() if before else "")[-_LONGEST_WORD:] + (after.group() if after else "")[:_LONGEST_WORD]
    example = f", here in '{word}'" if len(word) > 1 else ""
    remark = f"bytes that are not UTF-8 were read as Windows-1252{example}; if that is wrong, save the file as UTF-8"
    return Decoded(text, remark, first)


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Stand in where a file is no UTF-8; the five bytes that Windows-1252 does not know become control characters."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    odd = error.object[error.start : error.end]
    return "".join(_WINDOWS_1252.get(byte, chr(byte)) for byte in odd), error.end


_WINDOWS_1252 = {byte: text for byte in range(128, 256) if (text := bytes([byte]).decode("cp1252", "ignore"))}
codecs.register_error("litbook.windows-1252", _as_windows_1252)
