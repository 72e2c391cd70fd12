"""Sections: what the chapters and the pages about the review say, read from their HTML as Sphinx wrote it.

A section is found by its heading and its own text, a figure by its caption and its description, a term of a glossary by
the term and its explanation. Lists of papers, navigation and code are left out: the papers are found by themselves.

A sentence that cites a paper says in other words what that paper is about. Readers may ask in these words too, so each
section also tells which sentences cite which papers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote

from litbook.text.escape import VOID_ELEMENTS

SECTION, FIGURE, TERM = "section", "figure", "term"
_SKIPPED_TAGS = frozenset({"script", "style", "form", "nav", "noscript", "template", "svg", "math", "thead"})
# What is elsewhere in the index too, such as quotations, and what is not prose.
_SKIPPED_CLASSES = frozenset(
    "headerlink litbook-beside litbook-papers litbook-themes citation-list cell_input highlight litbook-claim "
    "litbook-chapter-line litbook-contents litbook-coverage litbook-defined litbook-evidence litbook-questions "
    "litbook-evidence-caption litbook-exports litbook-path-skips litbook-path-time litbook-references litbook-sides "
    "litbook-tension litbook-tensions-overview".split()
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Most bytes of a page are drawings, tables of evidence and lists of papers: a parser would read them for nothing.
_SKIPPED_WHOLE = re.compile(
    r"""<(?P<tag>svg|script|style|math|nav|form|template)\b.*?</(?P=tag)>"""
    r"""|<(?P<block>table|ul)\ class="[^"]*\blitbook-(?:evidence|papers|references)\b[^"]*"[^>]*>"""
    r"""(?P<inside>.*?)</(?P=block)>""",
    re.DOTALL | re.VERBOSE,
)
_PAPER = re.compile(r"(?:^|/)papers/([^/#?]+)\.html(?:[#?]|$)")
_MARK = "\x00"  # encloses a citekey; HTML cannot hold it
_MARKED = re.compile(r"\s*\x00([^\x00]*)\x00")
_BREAK = " \x01 "  # between two blocks: no sentence goes on there
_SENTENCE_END = re.compile(r"\x01|(?<=[.!?:;])\s+(?=[\"“(]?[A-Z0-9])")
_BLOCKS = frozenset(
    {"p", "li", "div", "dd", "dt", "td", "th", "tr", "figure", "figcaption", "blockquote", "aside", "summary"}
)


@dataclass(slots=True)
class Section:
    """Hold one thing that a search can find on a page; `anchor` is empty at the top of the page."""

    kind: str
    anchor: str
    heading: str = ""
    text: str = ""
    cited: tuple[tuple[str, str], ...] = ()  # citekey and sentence


@dataclass(slots=True)
class _Frame:
    """Remember an open element: what it adds to, and whether its text counts."""

    tag: str
    target: Section
    into: str  # "heading" or "text"
    skipped: bool
    cites: bool = False


@dataclass
class _Reader(HTMLParser):
    """Walk through a page with the open elements as a stack; elements that are never closed do no harm."""

    found: list[Section] = field(default_factory=list)
    stack: list[_Frame] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        classes = set(values.get("class", "").split())
        if not self.stack:
            if tag == "article" and "litbook-article" in classes:
                self.stack.append(_Frame(tag, self._add(SECTION, ""), "text", False))
            return
        if tag == "img":
            self._add_figure(values)
        elif tag == "div" and values.get("id", "").startswith("figure-"):
            self._add_figure({**values, "alt": values.get("aria-label", "")})
        if tag in _BLOCKS:
            self.handle_data(_BREAK)
        if tag == "a" and self.stack[-1].cites:
            self._mark_citation(values.get("href", ""))
        if tag not in VOID_ELEMENTS:
            self.stack.append(self._enter(tag, values, classes))

    def _enter(self, tag: str, values: dict[str, str], classes: set[str]) -> _Frame:
        outer = self.stack[-1]
        folded = tag == "table" and any(frame.tag == "details" for frame in self.stack)
        skipped = outer.skipped or folded or tag in _SKIPPED_TAGS or bool(classes & _SKIPPED_CLASSES)
        if tag == "section" and not skipped:
            top = len(self.found) == 1 and not self.found[0].heading
            target = self.found[0] if top else self._add(SECTION, values.get("id", ""))
            return _Frame(tag, target, "text", False)
        if tag == "dt" and values.get("id", "").startswith("term-"):
            return _Frame(tag, self._add(TERM, values["id"]), "heading", skipped)
        if tag == "dd" and self.found[-1].kind == TERM:
            return _Frame(tag, self.found[-1], "text", skipped)
        if tag == "figcaption" and self.found[-1].kind == FIGURE:
            return _Frame(tag, self.found[-1], "text", skipped)
        cites = not skipped and "bibtex-citation" in classes
        return _Frame(tag, outer.target, "heading" if tag in _HEADINGS else outer.into, skipped or cites, cites)

    def _add(self, kind: str, anchor: str) -> Section:
        section = Section(kind, anchor)
        self.found.append(section)
        return section

    def _add_figure(self, values: dict[str, str]) -> None:
        described = values.get("alt", "").strip()
        if described and not self.stack[-1].skipped and not described.startswith(("http:", "https:", "../", "_images")):
            figure = self._add(FIGURE, values.get("id") or self.stack[-1].target.anchor)
            figure.heading = described

    def _mark_citation(self, address: str) -> None:
        found = _PAPER.search(unquote(address))
        if found:
            self.stack[-1].target.text += f"{_MARK}{found[1]}{_MARK}"

    def handle_endtag(self, tag: str) -> None:
        at = next((at for at in range(len(self.stack) - 1, -1, -1) if self.stack[at].tag == tag), None)
        if at is not None and tag not in VOID_ELEMENTS:
            del self.stack[at:]

    def handle_data(self, data: str) -> None:
        if self.stack and not self.stack[-1].skipped:
            frame = self.stack[-1]
            if frame.into == "heading":
                frame.target.heading += data
            else:
                frame.target.text += data


def read_sections(html: str) -> list[Section]:
    """Return what a page holds, in its order; the first section is the top of the page, under the page's title."""
    reader = _Reader()
    article = html[max(0, html.find("<article")) : html.rfind("</article>")]  # only that counts, and it ends there
    reader.feed(_SKIPPED_WHOLE.sub(_drop_skipped, article))
    reader.close()
    for section in reader.found:
        section.heading = " ".join(_clean(section.heading).split())
        section.cited = tuple(_find_citing(section.text))
        section.text = " ".join(_clean(section.text).split())
    return [section for section in reader.found if section.heading]


def _drop_skipped(found: re.Match[str]) -> str:
    """Leave out an element that is skipped as a whole; one with another of its kind inside ends later than it seems."""
    inside = found["inside"] or ""
    return found[0] if "<ul" in inside or "<table" in inside else ""


def read_all(pages: Mapping[str, str]) -> dict[str, list[Section]]:
    """Return what each of some pages holds, by their addresses."""
    return {address: read_sections(html) for address, html in pages.items()}


def collect_citing(pages: Iterable[Iterable[Section]]) -> dict[str, str]:
    """Return for each citekey all sentences that cite it, as one text."""
    said: dict[str, dict[str, None]] = {}
    for section in (section for sections in pages for section in sections):
        for citekey, sentence in section.cited:
            said.setdefault(citekey, {})[sentence] = None
    return {citekey: " ".join(sentences) for citekey, sentences in said.items()}


def _clean(text: str) -> str:
    return _MARKED.sub("", text).replace("\x01", " ")


def _find_citing(text: str) -> Iterator[tuple[str, str]]:
    for sentence in _SENTENCE_END.split(text):
        plain = " ".join(_clean(sentence).split())
        yield from ((citekey, plain) for citekey in dict.fromkeys(_MARKED.findall(sentence)))
