"""Limits for a file and for the fields of its records, so that no source costs unbounded time or memory.

They are far above what exports hold. `LITBOOK_LIMITS=10` in the environment makes all of them ten times as large.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from litbook.model.review import Reading, Record, Unread

VARIABLE = "LITBOOK_LIMITS"
MOST_BYTES = 100_000_000
MOST_RECORDS = 100_000
LONGEST_ABSTRACT = 30_000
LONGEST_FIELD = 5_000


def _scale(limit: int) -> int:
    """Return a limit as the environment scales it; what is not a positive number scales by 1."""
    factor = os.environ.get(VARIABLE, "")
    return limit * max(1, int(factor)) if factor.isdecimal() and len(factor) < 7 else limit


def describe_scale() -> str:
    """Return what the environment says of the limits: readings made under other limits may be others."""
    return os.environ.get(VARIABLE, "")


def refuse_size(size: int) -> tuple[str, str]:
    """Return what is wrong with a file of so many bytes and what to do about it, or two empty strings."""
    most = _scale(MOST_BYTES)
    if size <= most:
        return "", ""
    factor = -(-size // MOST_BYTES)
    return (
        f"a file of {size / 1e6:,.0f} MB; at most {most / 1e6:,.0f} MB are read",
        f"split it, or set the environment variable {VARIABLE}={factor} if there is memory for it",
    )


def refuse_file(path: Path) -> tuple[str, str]:
    """Return what is wrong with the size of a file, before it is read."""
    return refuse_size(path.stat().st_size)


def refuse_records(number: int) -> tuple[str, str]:
    """Return what is wrong with so many records in one file."""
    most = _scale(MOST_RECORDS)
    if number <= most:
        return "", ""
    remedy = f"split it, or set the environment variable {VARIABLE}={-(-number // MOST_RECORDS)}"
    return f"a file of {number:,} entries; at most {most:,} are read", remedy


def bound_fields(reading: Reading) -> Reading:
    """Cut the fields that are too long, each with a remark."""
    if not any(map(_is_long, reading.records)):
        return reading
    remarks: list[Unread] = []
    others: dict[str, list[Record]] = {}
    records = tuple(_bound(record, remarks, others) if _is_long(record) else record for record in reading.records)
    remarks += [_sum_up(name, cut) for name, cut in others.items()]
    return replace(reading, records=records, unread=(*reading.unread, *remarks))


def _sum_up(name: str, records: Sequence[Record]) -> Unread:
    """Return one remark on a field that litbook only keeps, such as a list of references."""
    first, number = records[0], len(records)
    reason = (
        f"'{name}' of {number} {'entry' if number == 1 else 'entries'} is kept only up to {_scale(LONGEST_FIELD):,}"
    )
    return Unread(first.source, first.first_line, first.last_line, "", f"{reason} characters")


def _is_long(record: Record) -> bool:
    field = _scale(LONGEST_FIELD)
    return len(record.abstract) > _scale(LONGEST_ABSTRACT) or any(len(value) > field for value in _list_fields(record))


def _list_fields(record: Record) -> Iterator[str]:
    yield record.title
    yield record.venue or ""
    yield from record.authors
    yield from record.links.values()
    yield from record.extra.values()


def _bound(record: Record, remarks: list[Unread], others: dict[str, list[Record]]) -> Record:
    def cut(name: str, value: str, most: int = _scale(LONGEST_FIELD)) -> str:
        if len(value) > most:
            reason = (
                f"'{name}' has {len(value):,} characters, of which the first {most:,} are read; set the environment "
                f"variable {VARIABLE}={-(-len(value) * _scale(1) // most)} to read all"
            )
            remarks.append(Unread(record.source, record.first_line, record.last_line, "", reason))
        return value[:most].rstrip() if len(value) > most else value

    most = _scale(LONGEST_FIELD)
    for name in (name for name, value in record.extra.items() if len(value) > most):
        others.setdefault(name, []).append(record)
    return replace(
        record,
        title=cut("title", record.title),
        abstract=cut("abstract", record.abstract, _scale(LONGEST_ABSTRACT)),
        authors=tuple(cut("author", author) for author in record.authors),
        venue=record.venue and cut("venue", record.venue),
        links={name: cut(name, value) for name, value in record.links.items()},
        extra={name: value[:most].rstrip() for name, value in record.extra.items()},
    )
