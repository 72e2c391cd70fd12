"""The reader of the Atom feed that the arXiv API answers with.

Entries are cut out of the text first, and each is read as a document of its own: a damaged one harms no other, and
what comes before the first, where a document type could define entities, is never read at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from litbook.ingest.formats.fields import prose
from litbook.ingest.formats.pieces import Entry, Piece, assemble
from litbook.ingest.formats.values import one_line, read_date
from litbook.model.reference import Reference
from litbook.model.review import LINKS, Reading
from litbook.text.identifiers import find_arxiv, find_doi, in_order, links_of

_HEAD = 200_000
_MARK = re.compile(r"<!--|-->|<!\[CDATA\[|\]\]>|<(?P<end>/?)(?:[\w.-]+:)?(?P<name>entry|feed)(?=[\s/>])")
_NAMESPACE = re.compile(r"\bxmlns:([A-Za-z_][\w.-]*)\s*=\s*(\"[^\"<&]*\"|'[^'<&]*')")
# Characters that XML has not, and bytes that were no text.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PREFIXES = {
    "arxiv": '"http://arxiv.org/schemas/atom"',
    "opensearch": '"http://a9.com/-/spec/opensearch/1.1/"',
    "atom": '"http://www.w3.org/2005/Atom"',
    "dc": '"http://purl.org/dc/elements/1.1/"',
}
_FRAME = "the frame around the entries"
_UNCLOSED = "an entry without </entry>; add it, or fetch the feed again"
_CUT_OFF = "the file ends inside of this entry; fetch the feed again"
_LOST_END = "</entry> without an entry before it; delete it"


@dataclass(frozen=True, slots=True)
class _Cut:
    """Hold the range of an entry, and what is wrong with its ends."""

    start: int
    end: int
    fault: str = ""


def matches(text: str) -> float:
    """Return how sure it is that a text is such a feed: by its elements and the addresses in it."""
    head = text[:_HEAD].lstrip("\ufeff \t\r\n")
    if not head.startswith("<") or not re.search(r"<(?:[\w.-]+:)?(?:feed|entry)[\s>]", head):
        return 0.0
    is_atom = "http://www.w3.org/2005/Atom" in head or re.search(r"<(?:[\w.-]+:)?summary[\s>]", head)
    if not is_atom:
        return 0.0
    return 0.95 if re.search(r"arxiv\.org/(?:abs|api|schemas)/|oai:arXiv\.org:", head) else 0.0


def read_arxiv_atom(source: str, text: str) -> Reading:
    """Return the entries of a feed; each is read for itself."""
    opening = _make_opening(text)
    pieces = [_make_piece(text, cut, opening) for cut in _cut_entries(text)]
    return assemble(source, text, pieces, _FRAME)


def _cut_entries(text: str) -> Iterator[_Cut]:
    """Find the entries by their tags, outside of comments and of marked sections that are closed."""
    start, skipped_to = -1, 0
    closers = {"<!--": "-->", "<![CDATA[": "]]>"}
    lost = dict.fromkeys(closers.values(), False)
    for mark in _MARK.finditer(text):
        sign = mark[0]
        if mark.start() < skipped_to or sign in lost:
            continue
        if sign in closers:
            closer = closers[sign]
            end = -1 if lost[closer] else text.find(closer, mark.end())
            lost[closer] = end < 0
            skipped_to = max(skipped_to, end)
        elif start >= 0 and (not mark["end"] or mark["name"] == "feed"):
            yield _Cut(start, mark.start(), _UNCLOSED)
            start = mark.start() if mark["name"] == "entry" else -1
        elif mark["name"] == "entry" and not mark["end"]:
            start = mark.start()
        elif mark["name"] == "entry":
            end = text.find(">", mark.end()) + 1 or len(text)
            yield _Cut(start, end) if start >= 0 else _Cut(mark.start(), end, _LOST_END)
            start = -1
    if start >= 0:
        yield _Cut(start, len(text), _CUT_OFF)


@lru_cache(maxsize=4)
def _make_opening(text: str) -> str:
    """Return a start tag with the prefixes that the feed declares, and with those that it should."""
    tag = re.search(r"<(?:[\w.-]+:)?feed\s[^>]{0,5000}>", text[:_HEAD])
    declared = dict(_NAMESPACE.findall(tag[0])) if tag else {}
    prefixes = {**_PREFIXES, **{name: value for name, value in declared.items() if not name.startswith("xml")}}
    return f"<feed {' '.join(f'xmlns:{name}={value}' for name, value in prefixes.items() if len(value) > 2)}>"


def _make_piece(text: str, cut: _Cut, opening: str) -> Piece:
    if cut.fault:
        return Piece(cut.start, cut.end, reason=cut.fault)
    whole = _FORBIDDEN.sub("\ufffd", text[cut.start : cut.end])
    try:
        root = fromstring(f"{opening}{whole}</feed>")
    except ParseError as error:
        return Piece(cut.start, cut.end, reason=f"an entry that is not XML ({_explain(error, opening)}); repair it")
    except (DefusedXmlException, ValueError):
        return Piece(cut.start, cut.end, reason="an entry that defines entities; delete the definitions")
    made = _read_entry(root[0])
    return Piece(cut.start, cut.end, reason=made) if isinstance(made, str) else Piece(cut.start, cut.end, made)


def _explain(error: ParseError, opening: str) -> str:
    line, column = error.position
    what = str(error).partition(":")[0]
    return f"{what}, line {line} of it" if line > 1 else f"{what}, column {max(1, column - len(opening) + 1)} of it"


def _read_entry(element: Element) -> Entry | str:
    """Return what an entry says; names are given without their namespaces."""
    texts: dict[str, list[str]] = {}
    for child in element:
        name = _name(child)
        texts.setdefault(name, []).append(_text(child) if name != "author" else "")
    first = {name: found[0] for name, found in texts.items()}
    if "/api/errors" in first.get("id", ""):
        return f"arXiv reports an error ({first.get('summary', '')[:200]}); ask it again"
    arxiv = find_arxiv(first.get("id", "").removeprefix("oai:arXiv.org:"))
    title, doi = prose(first.get("title", "")), find_doi(first.get("doi", ""))
    if not title and not arxiv:
        return "an entry without a title and without an id; add one"
    return Entry(
        title=title,
        abstract=prose(first.get("summary", "")),
        authors=tuple(filter(None, (_text(name) for name in element.findall("{*}author/{*}name")))),
        published=read_date(first.get("published", "")),
        links=in_order([("arxiv", arxiv), *links_of(doi).items()], LINKS),
        extra=_gather_rest(element, texts, {"id": bool(arxiv), "doi": bool(doi)}),
        reference=Reference("article", "arxiv:"),
    )


def _gather_rest(element: Element, texts: dict[str, list[str]], held: dict[str, bool]) -> dict[str, str]:
    """Return all that no attribute holds, under the elements' names; the version is in the id."""
    versioned = re.search(r"v\d+$", texts.get("id", [""])[0])
    used = {"title", "summary", "author", *(name for name, is_held in held.items() if is_held)}
    used -= {"id"} if versioned else set()
    extra = {name: "; ".join(filter(None, found)) for name, found in texts.items() if name not in used}
    extra |= {name: "; ".join(texts[name][1:]) for name in used & texts.keys() if name != "author"}
    for author in element.findall("{*}author"):
        for part in author:
            if _name(part) != "name" and (said := _text(part)):
                key = f"author {_name(part)}"
                extra[key] = "; ".join(filter(None, (extra.get(key), f"{_text(author[0])}: {said}")))
    return {name: value for name, value in extra.items() if value}


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _text(element: Element) -> str:
    """Return the text of an element, or of an empty one the attributes that say something."""
    text = one_line("".join(element.itertext()))
    values = (element.get("term"), element.get("href"))
    return text or one_line(next((value for value in values if value), ""))
