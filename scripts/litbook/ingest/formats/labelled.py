"""The reader of records whose lines have labels in words: NoteExpress (`{Title}: …`), and CNKI (`Title-题名: …`)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from litbook.ingest.formats.pieces import Piece, assemble, split_lines
from litbook.ingest.formats.ris import make_ris_entry
from litbook.ingest.formats.tagged import Shape, cut_blocks, read_tags
from litbook.model.review import Reading

_BETWEEN = "white space between the records"
_NO_TITLE = "a record without a title; add a line with it"
_BRACED = Shape(
    opens=re.compile(r"\{Reference Type\}"), closes=None, tag=re.compile(r"\s{0,8}\{([^{}\n]{1,40})\}[:：]?[ \t]*(.*)")
)
_CNKI = re.compile(r"([A-Z][A-Za-z]{1,20})(?:-(?:[\u4e00-\u9fff]{1,8}|DOI))?\s?[:：][ \t]?(.*)")
_CNKI_TITLE = re.compile(r"^Title-题名\s?[:：]", re.MULTILINE)
# The tags of RIS by the labels of both, in lower case.
_TAGS = {
    "title": "TI", "题名": "TI", "author": "AU", "作者": "AU", "journal": "T2", "source": "T2", "来源": "T2",
    "secondary title": "T2", "year": "PY", "年": "PY", "date": "DA", "pubtime": "DA", "volume": "VL", "卷": "VL",
    "issue": "IS", "period": "IS", "期": "IS", "pages": "SP", "page": "SP", "页码": "SP", "keywords": "KW",
    "keyword": "KW", "关键词": "KW", "abstract": "AB", "summary": "AB", "摘要": "AB", "doi": "DO", "url": "UR",
    "link": "UR", "issn": "SN", "isbn/issn": "SN", "isbn": "SN", "publisher": "PB", "place published": "CY",
    "author address": "AD", "organ": "AD", "institution": "AD", "notes": "N1", "reference type": "TY",
    "srcdatabase": "TY", "secondary author": "A2", "database provider": "DP",
}  # fmt: skip
_TYPES = (
    ("期刊", "JOUR"), ("journal", "JOUR"), ("硕士", "THES"), ("博士", "THES"), ("学位", "THES"), ("thesis", "THES"),
    ("dissertation", "THES"), ("会议", "CONF"), ("conference", "CONF"), ("报纸", "NEWS"), ("newspaper", "NEWS"),
    ("图书", "BOOK"), ("book section", "CHAP"), ("book", "BOOK"), ("专利", "PAT"), ("patent", "PAT"),
    ("report", "RPRT"), ("web", "ELEC"),
)  # fmt: skip


def matches(text: str) -> float:
    """Return how sure it is that a text has one of the two forms: by the label that every record has."""
    head = text[:200_000].lstrip("\ufeff \t\r\n").replace("\r", "\n")
    if head.startswith("{Reference Type}"):
        return 0.97
    return 0.97 if _CNKI_TITLE.search(head) and _CNKI.match(head) else 0.0


def read_labelled(source: str, text: str) -> Reading:
    """Return the records of a file of NoteExpress or CNKI, and every other part with the reason it was skipped."""
    shape = _find_shape(text)
    pieces = []
    for block in cut_blocks(text, shape):
        entry = make_ris_entry(_to_ris(read_tags(text[block.start : block.end], shape)))
        made = Piece(block.start, block.end, entry) if entry.title else Piece(block.start, block.end, reason=_NO_TITLE)
        pieces.append(made)
    return assemble(source, text, pieces, _BETWEEN)


def _find_shape(text: str) -> Shape:
    """Return the shape of the lines: in CNKI's, a record begins with the label that begins the file."""
    lines = (line.lstrip("\ufeff") for _, _, line in split_lines(text))
    first = next((line for line in lines if line.strip()), "")
    found = _CNKI.match(first)
    if first.lstrip().startswith("{") or not found:
        return replace(_BRACED, opens=re.compile(r"\s{0,8}\{Reference Type\}"))
    return Shape(opens=re.compile(rf"{found[1]}(?:-|\s?[:：])"), closes=None, tag=_CNKI)


def _to_ris(said: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    tags: dict[str, list[str]] = defaultdict(list)
    for label, values in said.items():
        # "PageCount" holds the pages in one form of CNKI's, and how many there are in the other.
        is_range = label == "PageCount" and any("-" in value for value in values)
        tags["SP" if is_range else _TAGS.get(label.lower(), label)] += values
    kind = " ".join(tags["TY"]).lower()
    tags["TY"] = [next((code for word, code in _TYPES if word in kind), "GEN")]
    if tags["TY"] == ["THES"]:
        tags["PB"] += tags.pop("T2", [])
    for tag in ("AU", "KW"):
        tags[tag] = [part.strip() for value in tags[tag] for part in re.split(r"[;；]+", value) if part.strip()]
    return {tag: values for tag, values in tags.items() if values}
