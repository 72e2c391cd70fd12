"""Text that was UTF-8 and was decoded as something else on its way: "JÃ¶rg" for "Jörg"."""

from __future__ import annotations

import re
from dataclasses import replace

import ftfy

from litbook.model.reference import PartialDate, PersonName, Reference
from litbook.model.review import Reading, Record, Unread
from litbook.text.repair import normalise

# A lead byte of UTF-8 and one that continues it, as Windows-1252 and its kin show them.
_SIGN = re.compile(
    "[\u00c2-\u00f4\u0102\u0103\u0110\u0111][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
# Control characters among these are lost as soon as white space is put in order.
_CONTROLS = re.compile("[\u00c2-\u00f4][\u0080-\u009f]")
_EDGES = '\r\n{"-='
_LONGEST_PIECE = 200
_FIRST_REPORT = "text that was encoded twice, such as '{}', was read as '{}'; export the file again as UTF-8{}"


def repair_text(text: str) -> str:
    """Return a text as it was before it was decoded wrongly, where that is certain."""
    return ftfy.fix_encoding(text) if not text.isascii() and _SIGN.search(text) else text


def repair_reading(reading: Reading) -> Reading:
    """Return a reading with the values of its records repaired, and a remark where that changed one."""
    records = tuple(_repair_record(record) if _needs_repair(record) else record for record in reading.records)
    changed = [
        (old, pair) for old, new in zip(reading.records, records, strict=True) if (pair := _find_change(old, new))
    ]
    if not changed:
        return reading
    old, (before, after) = changed[0]
    more = f" ({len(changed)} entries of this file)" if len(changed) > 1 else ""
    remark = _FIRST_REPORT.format(before[:60], after[:60], more)
    report = Unread(reading.source, old.first_line, old.first_line, "", remark, offset=old.offset)
    return replace(reading, records=records, unread=(*reading.unread, report))


def _needs_repair(record: Record) -> bool:
    return not record.raw.isascii() and bool(_SIGN.search(record.raw))


def repair_controls(text: str) -> str:
    """Return a text repaired that a reader is about to clean: it would lose the control characters that tell."""
    return repair_text(text) if not text.isascii() and _CONTROLS.search(text) else text


def _find_change(old: Record, new: Record) -> tuple[str, str] | None:
    """Return a text before and after its repair, by `repair_reading` or already by a reader of names or controls."""
    if old != new:
        return next(pair for pair in _pairs(old, new) if pair[0] != pair[1])
    if not old.raw.isascii() and (found := _SIGN.search(old.raw)):
        start = max(old.raw.rfind(sign, 0, found.start()) for sign in _EDGES) + 1
        piece = old.raw[start : start + _LONGEST_PIECE].splitlines()[0].rstrip(" ,{}")
        if repair_text(piece) != piece:
            return normalise(piece), normalise(repair_text(piece))
    return None


def _pairs(old: Record, new: Record) -> list[tuple[str, str]]:
    names = ("title", "abstract", "venue")
    texts = [(getattr(old, name) or "", getattr(new, name) or "") for name in names]
    return [*texts, *zip(old.authors, new.authors, strict=True), ("", "values")]


def _repair_record(record: Record) -> Record:
    return replace(
        record,
        title=repair_text(record.title),
        abstract=repair_text(record.abstract),
        authors=tuple(map(repair_text, record.authors)),
        venue=repair_text(record.venue) if record.venue else record.venue,
        reference=_repair_reference(record.reference),
    )


def _repair_reference(known: Reference) -> Reference:
    return replace(
        known,
        names={role: tuple(map(_repair_name, people)) for role, people in known.names.items()},
        dates={name: _repair_date(date) for name, date in known.dates.items()},
        fields={name: repair_text(value) for name, value in known.fields.items()},
        others={name: repair_text(value) for name, value in known.others.items()},
    )


def _repair_name(name: PersonName) -> PersonName:
    return replace(
        name,
        family=repair_text(name.family),
        given=repair_text(name.given),
        particle=repair_text(name.particle),
        literal=repair_text(name.literal),
    )


def _repair_date(date: PartialDate) -> PartialDate:
    return replace(date, literal=repair_text(date.literal))
