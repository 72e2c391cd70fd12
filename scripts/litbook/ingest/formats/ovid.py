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
_NO_TITLE = "a record without a title; add a line 'Title' and the title below it"


def matches(text: str) -> float:
    """Return how sure it is that a text has this form: by numbered records with a label for the title."""
    head = text[:200_000]
    is_one = _START.match(head) and re.search(r"^(?:Title|Article Title)\s*:?\s*$", head, re.MULTILINE)
    return 0.94 if is_one else 0.0


def read_ovid(source: str, text: str) -> Reading:
    """Return the records of Ovid's labelled text."""
    starts = [start for start, _, line in split_lines(text) if _START.match(line)]
    pieces = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        inside = text[start:end].rstrip()
        fields: dict[str, str] = {}
        last = ""
        for line in inside.splitlines()[1:]:
            if line[:1].strip() and _LABEL.match(line):
                last = line.strip().rstrip(":")
            elif last and line.strip():
                fields[last] = one_line(f"{fields.get(last, '')} {line}")
        if (where := _WHERE.match(fields.get("Source", ""))) and "Year" not in fields:
            fields |= {"Journal": where[1], "Year": where[2]}
        roles = name_roles(list(fields))
        stop = start + len(inside)
        if "title" in roles:
            pieces.append(Piece(start, stop, make_entry(list(fields.values()), list(fields), roles)))
        else:
            pieces.append(Piece(start, stop, reason=_NO_TITLE))
    return assemble(source, text, pieces, _BETWEEN)
