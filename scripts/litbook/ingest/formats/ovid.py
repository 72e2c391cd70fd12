"""The reader of Ovid's labelled text: `<1>`, then labels on lines of their own and values indented below them."""

from __future__ import annotations

import re

from litbook.ingest.formats.columns import make_entry, name_roles
from litbook.ingest.formats.pieces import Piece, assemble, split_lines
from litbook.ingest.formats.values import one_line
from litbook.model.review import Reading

_BETWEEN = "white space between the records"
_START = re.compile(r"\s*<\s?\d+\s?\.?\s?>\s*(?=[\r\n]|$)")
_LABEL = re.compile(r"[A-Z][A-Za-z /()-]{1,40}:?\s*$")
# "Journal of Owls. 3(2):10-19, 2031 Feb."
_WHERE = re.compile(r"([^.]{3,150})\.\s.*?((?:19|20)\d\d)\b")
_BEHIND_NAME = re.compile(
    r"(?:[\s,]+(?:\d{1,2}|[*+#]|MD|PhD|DPhil|DSc|MSc|MPH|MA|BSc|RN|FAAN|FRCP|Dr|Prof|\[Ed\]))+\s*$"
)
_TYPE = re.compile(r"\s*\[[A-Z][\w ]{2,30}\]\.?$")
_NO_TITLE = "a record without a title; add a line 'Title' and the title below it"


def matches(text: str) -> float:
    """Return how sure it is that a text has this form: by numbered records with a label for the title."""
    head = text[:200_000].lstrip("\ufeff\r\n")
    is_one = re.search(r"^(?:Title|Article Title)\s*:?\s*$", head, re.MULTILINE) and (
        _START.match(head)
        or (_LABEL.match(head.split("\n", 1)[0]) and re.search(r"^(?:Author|Source)s?\s*$", head, re.M))
    )
    return 0.94 if is_one else 0.0


def _find_starts(text: str) -> list[int]:
    """Return where records begin: at their numbers, or else at the label that comes first in each."""
    lines = [(start, line.strip("\ufeff\r\n")) for start, _, line in split_lines(text)]
    if numbered := [start for start, line in lines if _START.match(line)]:
        return numbered
    first = next((line for _, line in lines if line.strip()), "")
    return [start for start, line in lines if line == first]


def _clean(name: str, value: str) -> str:
    """Return authors without degrees and marks of footnotes, and a title without its type, as in "Owls.[Article]"."""
    if name.startswith("Author") and "eyword" not in name:
        return "; ".join(filter(None, (_BEHIND_NAME.sub("", part).strip() for part in value.split(";"))))
    return _TYPE.sub("", value) if name.endswith("Title") else value


def read_ovid(source: str, text: str) -> Reading:
    """Return the records of Ovid's labelled text."""
    starts = _find_starts(text)
    pieces = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        inside = text[start:end].rstrip()
        fields: dict[str, str] = {}
        last = ""
        for line in inside.splitlines():
            if line[:1].strip() and _LABEL.match(line):
                last = line.strip().rstrip(":")
            elif last and line.strip():
                fields[last] = one_line(f"{fields.get(last, '')} {line}")
        fields |= {name: _clean(name, value) for name, value in fields.items()}
        if (where := _WHERE.match(fields.get("Source", ""))) and "Year" not in fields:
            fields |= {"Journal": where[1], "Year": where[2]}
        roles = name_roles(list(fields))
        stop = start + len(inside)
        if "title" in roles:
            pieces.append(Piece(start, stop, make_entry(list(fields.values()), list(fields), roles)))
        else:
            pieces.append(Piece(start, stop, reason=_NO_TITLE))
    return assemble(source, text, pieces, _BETWEEN)
