"""The reader of a plain list of identifiers: arXiv ids, DOIs, those of the ACL Anthology and OpenReview, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from litbook.ingest.formats.pieces import Entry, Piece, assemble, split_lines
from litbook.model.review import LINKS, Reading
from litbook.text.identifiers import ACL, ARXIV, find_arxiv, find_doi, in_order, links_of, read_address, trim

_HEAD = 200_000
_SITES = r"arxiv\.org|alphaxiv\.org|(?:dx\.)?doi\.org|aclanthology\.org|openreview\.net|huggingface\.co/papers"
_NEXT = r"(?![,;|]\s*(?:10\.\d|doi:|https?:|arxiv:|\d{4}\.\d{4,5}(?!\d)))"
_SIGN = rf"(?:{_NEXT}[^\s<>\"'|\ud800-\udfff])"
_TOKEN = re.compile(
    rf"(?P<address>https?://{_SIGN}+|(?<![\w./@-])(?:www\.)?(?:{_SITES})/{_SIGN}+)"
    rf"|(?<![\w./-])(?P<doi>(?:doi:\s?)?10\.\d{{4,9}}/{_SIGN}{{1,300}})"
    rf"|(?<![\w./-])(?P<arxiv>(?:arxiv[:.]?\s?)?{ARXIV}(?:v\d+)?(?:\s?\[[a-z-]+(?:\.[A-Z]{{2}})?\])?)(?![\w/-]|\.\d)"
    rf"|(?<![\w./-])(?P<acl>(?:acl:)?{ACL})(?![\w/-]|\.\d)"
    r"|(?<![\w./-])(?P<openreview>(?:openreview:)?[\w-]{9,14})(?![\w./-])",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"(?:^|(?<=\s))(?:#|//|%).*", re.DOTALL)
_SEPARATORS = re.compile(r"[\s.,:;|\"'\[\](){}<>*•·\ufeff-]*")
_UNKNOWN = "no identifier of arXiv, the ACL Anthology or OpenReview and no DOI; repair it, or put # before it"
_REMARK = "a comment"
_BETWEEN = "between the identifiers"
MOST = 0.85  # how sure a list without anything else can be: texts of all formats hold identifiers


def matches(text: str) -> float:
    """Return how sure it is that a text is such a list: by the share of it that is identifiers."""
    head = text[:_HEAD]
    if re.match(r"[\s\ufeff\x1e]*(?:\{\s*\"|\[\s*[\[{]|<[?!]|<[A-Za-z][\w:.-]*[\s>])", head):
        return 0.0  # what is in JSON or XML has a structure that says more
    pieces = list(_find_pieces(head if len(head) == len(text) else head[: head.rfind("\n") + 1] or head))
    found = [piece for piece in pieces if piece.entry]
    missed = [piece for piece in pieces if not piece.entry and not piece.understood]
    size = sum(piece.end - piece.start for piece in found)
    lost = sum(piece.end - piece.start for piece in missed)
    if not found or len(found) < len(missed) or size < 0.2 * (size + lost):
        return 0.0
    return MOST * len(found) / (len(found) + len(missed))


def read_idlist(source: str, text: str) -> Reading:
    """Return a record without a title for each identifier; words between them are reported."""
    return assemble(source, text, _find_pieces(text), _BETWEEN)


def _find_pieces(text: str) -> Iterator[Piece]:
    for start, _, line in split_lines(text):
        comment = _COMMENT.search(line)
        end = comment.start() if comment else len(line)
        for piece in _read_line(line[:end]):
            yield replace(piece, start=start + piece.start, end=start + piece.end)
        if comment:
            yield Piece(start + end, start + len(line.rstrip("\r\n")), reason=_REMARK, understood=True)


def _read_line(line: str) -> Iterator[Piece]:
    """Find the identifiers of a line, and what is left between them."""
    done = 0
    for match in _TOKEN.finditer(line):
        size = len(trim(match[0]))
        links = _read_token(match[0][:size], match.lastgroup or "")
        if links:
            yield from _read_words(line, done, match.start())
            done = match.start() + size
            yield Piece(match.start(), done, Entry("", links=in_order(links.items(), LINKS)))
    yield from _read_words(line, done, len(line))


def _read_words(line: str, start: int, end: int) -> Iterator[Piece]:
    """Return what is between two identifiers without the separators around it, if anything is left."""
    separators = _SEPARATORS.match(line, start, end)
    start = separators.end() if separators else start
    words = line[start:end].rstrip(" \t\r\n.,:;|\"'[](){}<>*-")
    if words:
        yield Piece(start, start + len(words), reason=_UNKNOWN)


def _read_token(token: str, kind: str) -> dict[str, str]:
    if kind == "address":
        found = read_address(token)
        return {} if not found or found[0] == "code" else links_of(found[1]) if found[0] == "doi" else dict([found])
    if kind == "arxiv":
        return {"arxiv": find_arxiv(token)}
    if kind == "doi":
        return links_of(find_doi(token))
    name, _, identity = token.rpartition(":")
    if kind == "acl":
        return {"acl": identity if "." in identity else identity.upper()}
    return {"openreview": identity} if name or _is_forum(identity) else {}


def _is_forum(token: str) -> bool:
    """Tell the id of a forum, letters of either case and digits at random, from a word."""
    rises = len(re.findall(r"[a-z\d_-][A-Z]", token))
    mixed = re.search(r"[a-z]", token) and re.search(r"[A-Z]", token)
    return bool(mixed) and len(token) > 8 and (rises > 1 or bool(re.search(r"[A-Za-z]\d|\d[A-Za-z]", token)))
