"""Decode a source: UTF-8, UTF-16 and UTF-32, and an older encoding where one alone makes sense of the whole file.

Older reference managers and databases still export the encodings of one script, and files that were put together from
several hold UTF-8 and Windows-1252 side by side; these are read sequence by sequence. The first place is reported, for
a person to look at. A file that no encoding makes sense of is refused. The file itself keeps its bytes.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from litbook.ingest.formats.charsets import BYTE_BY_BYTE, NAMES, recognise

_MARKS = (  # the longer ones first: that of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEAD = 4000
_ISO_2022 = re.compile(rb"\x1b\$[@B(]")  # the shift to Japanese characters in text of seven bits
_WORD = re.compile(r"[^\W_]*\Z"), re.compile(r"[^\W_]*")
_LONGEST_WORD = 30
_UNKNOWN = "text in an unknown encoding; save the file as UTF-8 and add it again"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Hold a text, and what to report of its decoding with the place of the first doubtful character, if anything.

    The text of a refused file is not fit to be read.
    """

    text: str
    remark: str = ""
    offset: int = 0
    refused: bool = False


def decode(content: bytes) -> Decoded:
    """Return the text of a file, which may be refused."""
    if _ISO_2022.search(content) and (text := _decode_2022(content)):
        remark = "bytes with the shifts of ISO 2022 were read as Japanese; if that is wrong, save the file as UTF-8"
        return Decoded(text, remark, next((at for at, sign in enumerate(text) if not sign.isascii()), 0))
    encoding = _find_encoding(content)
    try:
        return Decoded(content.decode(encoding))
    except UnicodeDecodeError as error:
        if encoding == "utf-8":
            return _decode_older(content, error.start)
        before = content[: error.start].decode(encoding, "replace")
        remark = f"bytes that are not {encoding.upper()}; the file is cut short or damaged here, export it again"
        return Decoded(content.decode(encoding, "replace"), remark, len(before))


def _decode_2022(content: bytes) -> str:
    try:
        return content.decode("iso2022_jp_2004")
    except UnicodeDecodeError:
        return ""


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


def _decode_older(content: bytes, start: int) -> Decoded:
    """Return the text of a file that is not UTF-8 from a byte on."""
    encoding = recognise(content)
    text = content.decode(encoding or "utf-8", BYTE_BY_BYTE)
    first = len(content[:start].decode(encoding or "utf-8", "ignore"))
    if not encoding:
        return Decoded(text, _UNKNOWN, first, refused=True)
    before, after = (pattern.search(part) for pattern, part in zip(_WORD, (text[:first], text[first:]), strict=True))
    word = (before.group() if before else "")[-_LONGEST_WORD:] + (after.group() if after else "")[:_LONGEST_WORD]
    example = f", here in '{word}'" if len(word) > 1 else ""
    remark = (
        f"bytes that are not UTF-8 were read as {NAMES[encoding]}{example}; if that is wrong, save the file as UTF-8"
    )
    return Decoded(text, remark, first)
