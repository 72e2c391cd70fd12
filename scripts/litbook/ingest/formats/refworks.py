"""The reader of RefWorks' tagged form: `T1 Title`, a tag a line; each record begins with its type, `RT`."""

from __future__ import annotations

import re
from collections import defaultdict

from litbook.ingest.formats.pieces import Piece, assemble
from litbook.ingest.formats.ris import make_ris_entry
from litbook.ingest.formats.tagged import Shape, cut_blocks, read_tags
from litbook.model.review import Reading

_BETWEEN = "white space between the records"
_SHAPE = Shape(opens=re.compile(r"RT [A-Z]"), closes=None, tag=re.compile(r"([A-Z][A-Z0-9])(?: (.*)|$)"))
_NO_TITLE = "a record without a title; add a line 'T1 …'"
_TAGS = {"A1": "AU", "T1": "TI", "JF": "T2", "YR": "PY", "VO": "VL", "OP": "EP", "K1": "KW", "UL": "UR", "LK": "UR",
         "PP": "CY", "ED": "ET", "A2": "A2", "FD": "DA"}  # fmt: skip
_TYPES = {"Journal Article": "JOUR", "Journal": "JOUR", "Magazine Article": "MGZN", "Newspaper Article": "NEWS",
          "Book, Whole": "BOOK", "Book, Section": "CHAP", "Book, Edited": "EDBOOK", "Conference Proceedings": "CONF",
          "Dissertation/Thesis": "THES", "Report": "RPRT", "Web Page": "ELEC", "Patent": "PAT"}  # fmt: skip


def matches(text: str) -> float:
    """Return how sure it is that a text has this form: by a first line with a type, and titles."""
    head = text[:200_000].replace("\r", "\n").lstrip("\ufeff \t\n")
    return 0.95 if re.match(r"RT [A-Z]", head) and re.search(r"^(?:T1|A1|JF) ", head, re.MULTILINE) else 0.0


def read_refworks(source: str, text: str) -> Reading:
    """Return the records of RefWorks' tagged form."""
    pieces = []
    for block in cut_blocks(text, _SHAPE):
        tags: dict[str, list[str]] = defaultdict(list)
        for tag, values in read_tags(text[block.start : block.end], _SHAPE).items():
            tags["TY" if tag == "RT" else _TAGS.get(tag, tag)] += values
        tags["TY"] = [_TYPES.get(kind, "GEN") for kind in tags["TY"]]
        entry = make_ris_entry({tag: values for tag, values in tags.items() if values})
        made = Piece(block.start, block.end, entry) if entry.title else Piece(block.start, block.end, reason=_NO_TITLE)
        pieces.append(made)
    return assemble(source, text, pieces, _BETWEEN)
