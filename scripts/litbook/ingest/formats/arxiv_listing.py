"""The reader of arXiv's listings as text: copied from its pages of new papers, or sent as its daily mail."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litbook.ingest.formats.accounts import LOOSE
from litbook.ingest.formats.columns import split_authors
from litbook.ingest.formats.fields import prose
from litbook.ingest.formats.people import read_name
from litbook.ingest.formats.pieces import Entry, Piece, assemble, split_lines
from litbook.ingest.formats.values import one_line, read_date
from litbook.model.reference import Reference
from litbook.model.review import LINKS, Reading
from litbook.text.identifiers import ARXIV, find_doi, in_order, links_of

_START = re.compile(rf"\s*(?:\[\d+\]\s*)?arXiv:\s?({ARXIV})(?:v\d+)?\b", re.IGNORECASE)
_FIELD = re.compile(
    r"\s{0,3}(Title|Authors?|Comments?|Subjects?|Categories|Journal-ref|DOI|Date|Report-no|MSC-class|ACM-class|License"
    r"|Abstract)\s*:\s*(.*)",
    re.IGNORECASE,
)
_RULE = re.compile(r"\s*(?:\\\\.*|[-=%]{5,}.*)$")
_TITLE = re.compile(r"^\s{0,3}Title\s*:", re.IGNORECASE | re.MULTILINE)


def matches(text: str) -> float:
    """Return how sure it is that a text is such a listing: by lines with an arXiv id, each with a title below."""
    head = text[:200_000]
    starts = sum(bool(_START.match(line)) for line in head.splitlines())
    return 0.94 if starts and len(_TITLE.findall(head)) * 2 > starts else 0.0


def read_arxiv_listing(source: str, text: str) -> Reading:
    """Return a record for each paper of a listing."""
    return assemble(source, text, _make_pieces(text), LOOSE)


def _make_pieces(text: str) -> Iterator[Piece]:
    starts = [(start, match[1]) for start, _, line in split_lines(text) if (match := _START.match(line))]
    ends = [start for start, _ in starts[1:]] + [len(text)]
    for (start, arxiv), end in zip(starts, ends, strict=True):
        inside = re.sub(r"\s*(?:[-=%]{5,}\s*|\\\\\s*)*$", "", text[start:end])
        yield Piece(start, start + len(inside), _make_entry(arxiv, inside))


def _make_entry(arxiv: str, text: str) -> Entry:
    fields: dict[str, str] = {}
    last, headed = "", False
    abstract: list[str] = []
    for line in text.split("\n")[1:]:
        field = _FIELD.match(line)
        if field and not abstract:
            last = field[1].lower().rstrip("s").removesuffix("orie")
            fields.setdefault(last, field[2].strip())
        elif not line.strip() or _RULE.match(line):
            headed, last = headed or "title" in fields, ""
        elif last and (line[:1].isspace() or last != "title") and not headed:
            fields[last] = f"{fields[last]} {line.strip()}"
        elif last == "title" and "author" not in fields and not headed:
            fields["author"], last = line.strip(), "author"
        elif fields:
            abstract.append(line.strip())
    names = tuple(name for one in split_authors(fields.get("author", "")) if (name := read_name(one)))
    subjects = fields.get("subject", "") or fields.get("categ", "")
    published = read_date(fields.get("date", ""))
    held = {"title", "author", "doi", "abstract"}
    return Entry(
        title=prose(one_line(fields.get("title", ""))),
        abstract=prose(one_line(" ".join(abstract) or fields.get("abstract", ""))),
        authors=tuple(name.display for name in names),
        published=published,
        links=in_order([("arxiv", arxiv), *links_of(find_doi(fields.get("doi", ""))).items()], LINKS),
        extra={name: one_line(value) for name, value in fields.items() if value and name not in held},
        reference=Reference(
            "article", names={"author": names} if names else {}, fields={"keyword": subjects} if subjects else {}
        ),
    )
