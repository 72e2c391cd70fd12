"""Read the text of papers in Elsevier's XML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from litbook.ingest.formats.elsevier import PAPERS
from litbook.ingest.formats.xmltree import attribute, cut_elements, every, name_of, parse, text_of
from litbook.ingest.fulltext.runs import Found, make_full_text, make_listed
from litbook.ingest.fulltext.xml import passages_of
from litbook.model.fulltext import FullText, Listed, TextSection

_BLOCKS = ("para", "simple-para", "list", "enunciation", "displayed-quote")
_SECTIONS = {"section": "", "acknowledgment": "Acknowledgements", "appendices": "", "conflict-of-interest": ""}
_CITING = "refid"
_MOST_DEPTH = 30


def read_elsevier(text: str) -> FullText | None:
    """Return the text of the first paper, or None if it has none or is damaged."""
    cut = next(iter(cut_elements(text, PAPERS)), None)
    root = parse(text[cut.start : cut.end]) if cut and cut.closed else None
    if not isinstance(root, Element):
        return None
    listed: list[Listed] = []
    places: dict[str, int] = {}
    for item in every(root, "**/bib-reference"):
        places[attribute(item, "id")] = len(listed)  # of several works under one number, the first
        listed += _references(item)
    body = [section for part in every(root, "**/body") for section in _sections(part, places, 1)]
    captions = (text_of(item, "caption") for kind in ("figure", "table") for item in every(root, f"**/{kind}"))
    return make_full_text(body, listed, captions)


def _sections(parent: Element, places: Mapping[str, int], level: int, name: str = "") -> Iterator[TextSection]:
    """Yield what an element has before its sections, under its own heading, and then its sections."""
    heading = text_of(parent, "section-title") or name
    blocks = [item for item in parent if name_of(item) in _BLOCKS]
    if heading or blocks:
        yield TextSection(heading, level, tuple(passages_of(blocks, places, _CITING)))
    deeper = level + bool(heading) if level < _MOST_DEPTH else 0
    for item in parent if deeper else ():
        if name_of(item) == "sections":
            yield from _sections(item, places, deeper)
        elif name_of(item) in _SECTIONS:
            yield from _sections(item, places, deeper, _SECTIONS[name_of(item)])


def _references(item: Element) -> Iterator[Listed]:
    """Yield the works under one number, taken apart by the journal, or else as printed."""
    printed = text_of(item, "source-text") or text_of(item, "other-ref/textref", "other-ref", "**/textref")
    works = list(every(item, "reference"))
    for work in works:
        linked = " ".join(attribute(link, "href") for link in every(work, "**/inter-ref"))
        title = text_of(work, "contribution/title/maintitle", "contribution/title")
        host = text_of(work, "host/**/book/title/maintitle", "host/**/edited-book/title/maintitle")
        whole = printed if len(works) == 1 and printed else text_of(work)
        yield make_listed(
            Found(
                title=title or host,
                year=text_of(work, "host/**/date", "**/date"),
                author=text_of(work, "**/author/surname", "**/collaboration"),
                doi=text_of(work, "**/doi") or linked,
                text=whole,
            )
        )
    if not works:
        yield make_listed(Found(text=printed or text_of(item)))
