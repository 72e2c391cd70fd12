"""Read the text of papers in TEI, as GROBID writes it, and in JATS."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from xml.etree.ElementTree import Element

from litbook.ingest.formats.xmltree import attribute, cut_elements, every, first, local, name_of, parse, text_of
from litbook.ingest.fulltext.runs import Found, Runs, make_full_text, make_listed
from litbook.model.fulltext import FullText, Listed, Passage, TextSection

_TEI_NAMES, _JATS_NAMES = ("TEI", "TEI.2"), ("article",)
_TEI_BLOCKS = ("p", "list", "item", "quote", "ab")
_JATS_BLOCKS = ("p", "list", "disp-quote", "def-list", "boxed-text")
_NO_TEXT = frozenset("figure table formula note table-wrap fig fn disp-formula tex-math footnote label".split())
_MOST_DEPTH = 60


def read_xml(text: str) -> FullText | None:
    """Return the text of the first paper in XML, or None if it has none or is damaged."""
    cut = next(iter(cut_elements(text, (*_TEI_NAMES, *_JATS_NAMES))), None)
    root = parse(text[cut.start : cut.end]) if cut and cut.closed else None
    if not isinstance(root, Element):
        return None
    return _read_jats(root) if local(root.tag) in _JATS_NAMES else _read_tei(root)


def _child(element: Element | None, name: str) -> Element | None:
    return first(element, name)


def _children(element: Element | None) -> Iterator[tuple[str, Element]]:
    for item in element if element is not None else ():
        if name := name_of(item):
            yield name, item


# -- TEI ------------------------------------------------------------------------------------------------------------


def _read_tei(root: Element) -> FullText:
    text = _child(root, "text")
    body, back = _child(text, "body"), _child(text, "back")
    listed = [*_all(text, "**/listBibl/**/biblStruct"), *_all(text, "**/listBibl/**/bibl")]
    places = {f"#{attribute(item, 'id')}": at for at, item in enumerate(listed) if attribute(item, "id")}
    sections = [*_tei_sections(body, places, 1)]
    for kind, division in _children(back):
        name = attribute(division, "type")
        if kind == "div" and name != "references":
            sections += _tei_division(division, places, 1, "" if name == "annex" else name.capitalize())
    captions = (text_of(item, "figDesc") or text_of(item, "head") for item in _all(text, "**/figure"))
    return make_full_text(sections, [_tei_reference(item) for item in listed], captions)


def _all(element: Element | None, path: str) -> list[Element]:
    return list(every(element, path)) if element is not None else []


def _tei_sections(body: Element | None, places: Mapping[str, int], level: int) -> Iterator[TextSection]:
    """Yield the sections of a body; paragraphs before the first division are a section without heading."""
    loose = [item for kind, item in _children(body) if kind in _TEI_BLOCKS]
    if loose:
        yield TextSection("", level, tuple(passages_of(loose, places, "target")))
    for kind, item in _children(body):
        if kind == "div":
            yield from _tei_division(item, places, level)


def _tei_division(division: Element, places: Mapping[str, int], level: int, name: str = "") -> Iterator[TextSection]:
    head = _child(division, "head")
    number = attribute(head, "n").strip(". ")
    heading = text_of(head) or name
    deep = max(level, 1 + number.count("."))
    blocks = [item for kind, item in _children(division) if kind in _TEI_BLOCKS]
    inner = [item for kind, item in _children(division) if kind == "div"]
    if heading or blocks:
        yield TextSection(heading, deep, tuple(passages_of(blocks, places, "target")))
    for item in inner:
        yield from _tei_division(item, places, deep + bool(heading or blocks), name if not heading else "")


def _tei_reference(item: Element) -> Listed:
    identifiers = {attribute(idno, "type").lower(): text_of(idno) for idno in _all(item, "**/idno")}
    date = next(iter(_all(item, "**/date")), None)
    titles = [text_of(title) for title in _all(item, "analytic/title") if text_of(title)]
    titles += [text_of(title) for title in _all(item, "monogr/title") if text_of(title)]
    titles += [text_of(title) for title in _all(item, "title") if text_of(title)]
    names = [text_of(name) for name in _all(item, "**/author/**/surname") if text_of(name)]
    raw = next((text_of(note) for note in _all(item, "note") if attribute(note, "type") == "raw_reference"), "")
    return make_listed(
        Found(
            title=titles[0] if titles else "",
            year=attribute(date, "when") or text_of(date),
            author=names[0] if names else "",
            doi=identifiers.get("doi", ""),
            arxiv=identifiers.get("arxiv", ""),
            text=raw or ("" if titles else text_of(item)),
        )
    )


# -- JATS -----------------------------------------------------------------------------------------------------------


def _read_jats(root: Element) -> FullText:
    body, back = _child(root, "body"), _child(root, "back")
    listed = _all(back, "**/ref-list/ref") or _all(body, "**/ref-list/ref")
    places = {attribute(item, "id"): at for at, item in enumerate(listed) if attribute(item, "id")}
    sections = [*_jats_sections(body, places, 1)]
    for kind, item in _children(back):
        if kind in ("sec", "ack", "notes", "app", "app-group"):
            sections += _jats_section(item, places, 1, {"ack": "Acknowledgements", "app": "Appendix"}.get(kind, ""))
    captions = [
        text_of(item, "caption/title") or text_of(item, "caption/p", "caption")
        for kind in ("fig", "table-wrap")
        for item in _all(root, f"**/{kind}")
    ]
    return make_full_text(sections, [_jats_reference(item) for item in listed], captions)


def _jats_sections(body: Element | None, places: Mapping[str, int], level: int) -> Iterator[TextSection]:
    loose = [item for kind, item in _children(body) if kind in _JATS_BLOCKS]
    if loose:
        yield TextSection("", level, tuple(passages_of(loose, places, "rid")))
    for kind, item in _children(body):
        if kind == "sec":
            yield from _jats_section(item, places, level)


def _jats_section(section: Element, places: Mapping[str, int], level: int, name: str = "") -> Iterator[TextSection]:
    if level > _MOST_DEPTH:
        return
    blocks = [item for kind, item in _children(section) if kind in _JATS_BLOCKS]
    heading = text_of(_child(section, "title")) or name
    if heading or blocks:
        yield TextSection(heading, level, tuple(passages_of(blocks, places, "rid")))
    for kind, item in _children(section):
        if kind in ("sec", "app"):
            yield from _jats_section(item, places, level + 1)


def _jats_reference(item: Element) -> Listed:
    kinds = ("element-citation", "mixed-citation", "citation", "nlm-citation", "citation-alternatives/element-citation",
             "citation-alternatives/mixed-citation")  # fmt: skip
    cited = next((found for kind in kinds if (found := first(item, kind)) is not None), item)
    identifiers = {attribute(found, "pub-id-type").lower(): text_of(found) for found in _all(cited, "**/pub-id")}
    links = " ".join(text_of(found) or attribute(found, "href") for found in _all(cited, "**/ext-link"))
    doi = identifiers.get("doi", "") or next(iter(re.findall(r"10\.\d{4,9}/\S+", links)), "")
    return make_listed(
        Found(
            title=text_of(cited, "article-title", "chapter-title", "data-title", "source"),
            year=text_of(cited, "year"),
            author=text_of(cited, "**/surname", "**/collab"),
            doi=doi,
            arxiv=identifiers.get("arxiv", ""),
            text=text_of(cited),
        )
    )


# -- both -----------------------------------------------------------------------------------------------------------


def passages_of(blocks: Iterable[Element], places: Mapping[str, int], target: str) -> Iterator[Passage]:
    """Yield the text of each block, with the references that the attribute `target` of elements in it names."""
    runs = Runs()
    for block in blocks:
        _gather(block, places, target, runs, 0)
        yield runs.take()


def _gather(element: Element, places: Mapping[str, int], target: str, runs: Runs, depth: int) -> None:
    """Add an element's text to a passage, without figures and notes, and mark the references that it cites."""
    for named in attribute(element, target).split():
        if named in places:
            runs.mark(places[named])
    runs.add(element.text)
    for child in element if depth < _MOST_DEPTH else ():
        name = name_of(child)
        if name and name not in _NO_TEXT:
            if name in ("p", "item", "list-item", "para", "simple-para"):
                runs.add(" ")
            _gather(child, places, target, runs, depth + 1)
        runs.add(child.tail)
