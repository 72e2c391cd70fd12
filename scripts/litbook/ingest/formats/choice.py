"""Choose the reader of a source: the surest one that accounts for nearly all of the file, or none.

A file that no reader accounts for is refused by what it is, with the way on: a wrong guess would fill a review with
papers that do not exist.
"""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath

from litbook.ingest.formats.accounts import Account, account_for, report_skipped
from litbook.ingest.formats.encoding import Decoded, decode
from litbook.ingest.formats.limits import bound_fields, refuse_records, refuse_size
from litbook.ingest.formats.readers import Reader, all_readers, find_reader, known_formats, known_keys
from litbook.ingest.formats.refusals import name_binary, name_shape, name_text
from litbook.ingest.formats.wishes import NO_WISH, Refused, Wish
from litbook.ingest.formats.xmltree import is_data, root_name
from litbook.model.faults import nearest
from litbook.model.review import Reading, Unread

# A reader must account for so large a share of lines and of identifiers, or for all but so few lines.
_NEARLY_ALL, _FEW_LINES = 0.85, 3
# In a structured format, records are certain; what else the file holds is reported, up to half of its identifiers.
_HALF = 0.5
# From this score on, a file of which nothing could be read is a damaged one of the format.
_LIKELY, _CERTAIN = 0.6, 0.95
# A part that was skipped counts as another format only from this score and length on: shorter ones match by chance.
_SURE, _SHORTEST_PART = 0.9, 40


def choose(source: str, content: bytes, wish: Wish = NO_WISH) -> Reading | Refused:
    """Read one export with the reader that accounts for it, or with the one that was wished for."""
    if (too_large := refuse_size(len(content)))[0]:
        return Refused(*too_large)
    binary = name_binary(content, PurePath(source).suffix.lower())
    if binary:
        return Refused(*binary)
    decoded = decode(content)
    if decoded.refused:
        return Reading(source, (), (replace(_make_remark(source, decoded), raw=decoded.text),))
    found = _read_as(source, decoded, wish) if wish.form or wish.columns else _read_surest(source, decoded)
    if isinstance(found, Refused):
        return found
    if (too_many := refuse_records(len(found[0].records)))[0]:
        return Refused(*too_many)
    return _finish(source, decoded, *found)


def _read_as(source: str, decoded: Decoded, wish: Wish) -> tuple[Reading, Reader] | Refused:
    """Read a text as a person says; columns alone choose the surest of the readers that know columns."""
    reader = find_reader(wish.form) if wish.form else None
    if wish.form and reader is None:
        return Refused(f"unknown format '{wish.form}'", nearest(wish.form, known_keys()) or _list_keys())
    if not wish.columns:
        return (reader.read(source, decoded.text), reader) if reader else Refused("no format named", _list_keys())
    able = [reader] if reader else [other for other in all_readers() if other.read_mapped]
    tried = ((other, other.read_mapped(source, decoded.text, wish.columns)) for other in able if other.read_mapped)
    best = max(((reading, other) for other, reading in tried), key=lambda pair: len(pair[0].records), default=None)
    if best is None or not best[0].records:
        named = ", ".join(f"'{name}'" for name in wish.columns.values())
        return Refused(f"no rows with {named}", "check the names of the columns with those in the file")
    return best


def _list_keys() -> str:
    return f"use one of {', '.join(known_keys())}"


def _read_surest(source: str, decoded: Decoded) -> tuple[Reading, Reader] | Refused:
    accounts: list[tuple[Account, Reader]] = []
    damaged: tuple[Reading, Reader] | None = None
    for sure, reader in _rank(decoded.text):
        reading = reader.read(source, decoded.text)
        account = account_for(reading, reader.structured)
        if _is_enough(account, reader, sure):
            return reading, reader
        needed = _LIKELY if reader.structured and account.taken else _CERTAIN
        if sure >= needed and not account.records and not account.lost:
            damaged = damaged or (reading, reader)
        accounts.append((account, reader))
    if damaged:
        return damaged  # nothing in it is a paper, and the reader says where and why
    return _refuse(decoded.text, accounts)


def _rank(text: str) -> Iterator[tuple[float, Reader]]:
    """Yield the readers that recognise a text, the surest first; of equally sure ones the first of the list.

    A reader that can at most be as sure as `Reader.most` is asked only when all that are surer have been tried.
    """
    readers = [reader for reader in all_readers() if reader.structured] if is_data(text) else all_readers()
    waiting = sorted(((reader.most, -at, reader) for at, reader in enumerate(readers)), key=lambda one: one[:2])
    found: list[tuple[float, int, Reader]] = []
    while found or waiting:
        while waiting and (not found or waiting[-1][0] >= found[-1][0]):
            _, place, reader = waiting.pop()
            if (sure := reader.matches(text)) > 0:
                insort(found, (sure, place, reader), key=lambda one: one[:2])
        if found:
            sure, _, reader = found.pop()
            yield sure, reader


def _is_enough(account: Account, reader: Reader, sure: float) -> bool:
    """Return whether a reader accounts for nearly all of a file; a page that is certain may have much around it."""
    needed = _HALF if sure >= _CERTAIN else _NEARLY_ALL
    if not account.records or (account.lines < needed and account.lost > _FEW_LINES):
        return False
    if reader.structured:
        return account.identifiers >= _HALF or len(account.missed) <= account.records
    return account.identifiers >= _NEARLY_ALL


def _refuse(text: str, accounts: list[tuple[Account, Reader]]) -> Refused:
    named = name_text(text)
    if named:
        return Refused(*named)
    tried = [(account, reader) for account, reader in accounts if account.records]
    if not tried:
        return Refused(*(name_shape(text) or ("unknown format", f"supported: {known_formats()}")))
    account, reader = max(tried, key=lambda one: one[0].lines * one[0].identifiers)
    what = f"no known format: as {reader.name}, only {account.describe()} would be read"
    key = reader.key or reader.name.lower()
    return Refused(what, f"save the papers in a supported format, or use '--as {key}' if that is enough")


def _finish(source: str, decoded: Decoded, reading: Reading, reader: Reader) -> Reading:
    unread = [_flag_other_format(piece, reader) for piece in report_skipped(reading).unread]
    if decoded.remark:
        unread.append(_make_remark(source, decoded))
    return bound_fields(replace(reading, unread=tuple(unread)))


def _flag_other_format(piece: Unread, best: Reader) -> Unread:
    """Mark a part that its reader skipped as not understood if it is clearly in another format."""
    if not piece.understood or len(piece.raw.strip()) < _SHORTEST_PART or piece.raw.lstrip().startswith("|"):
        return piece
    root = root_name(piece.raw) if is_data(piece.raw) else ""
    if root and not re.search(rf"</(?:[\w.-]+:)?{re.escape(root)}\s*>\s*\Z", piece.raw):
        return piece  # the frame of a file in XML is open
    sure = (reader for reader in all_readers() if reader is not best and reader.matches(piece.raw) >= _SURE)
    other = next(sure, None)
    if other is None:
        return piece
    what = f"this part is {other.name}, the rest of the file {best.name}; move it to a file of its own"
    return replace(piece, reason=what, understood=False)


def _make_remark(source: str, decoded: Decoded) -> Unread:
    line = len(re.findall(r"\r\n|\r|\n", decoded.text[: decoded.offset])) + 1
    return Unread(source, line, line, "", decoded.remark, offset=decoded.offset)
