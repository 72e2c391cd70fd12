"""Read the text of a paper in LaTeXML's HTML, as arXiv and ar5iv publish it."""

from __future__ import annotations

from collections import defaultdict
from html.parser import HTMLParser

from litbook.ingest.fulltext.runs import Found, Runs, make_full_text, make_listed
from litbook.model.fulltext import FullText, Passage, TextSection
from litbook.text.escape import VOID_ELEMENTS

_LEVELS = {
    "ltx_title_section": 1, "ltx_title_appendix": 1, "ltx_title_subsection": 2, "ltx_title_subsubsection": 3,
    "ltx_title_paragraph": 4, "ltx_title_acknowledgements": 1,
}  # fmt: skip
_SKIPPED = frozenset(("annotation", "annotation-xml", "script", "style", "nav", "svg"))
_SKIPPED_CLASSES = frozenset(
    "ltx_note ltx_equation ltx_equationgroup ltx_tabular ltx_abstract ltx_authors ltx_tag_section ltx_tag_subsection "
    "ltx_tag_bibitem ltx_title_document ltx_dates".split()
)
_VOID = VOID_ELEMENTS | {"param"}  # in HTML 4


def read_html(text: str) -> FullText:
    """Return the text of a page that LaTeXML made; of any other page, nothing."""
    page = _Page()
    page.feed(text)
    page.close()
    places = {name: at for at, name in enumerate(page.items)}
    sections = (
        TextSection(
            heading,
            level,
            tuple(
                Passage(said.text, tuple((at, places[page.names[mark]]) for at, mark in said.marks
                                         if page.names[mark] in places))
                for said in passages
            ),
        )
        for heading, level, passages in page.sections
    )  # fmt: skip
    references = [make_listed(Found(text=" ".join(said))) for said in page.items.values()]
    return make_full_text(sections, references, page.captions)


class _Page(HTMLParser):
    """Gather headings, paragraphs, captions and the list of references."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sections: list[tuple[str, int, list[Passage]]] = []
        self.captions: list[str] = []
        self.items: dict[str, list[str]] = defaultdict(list)
        self.names: list[str] = []  # of the references that marks point to
        self._runs = Runs()
        self._open: list[tuple[str, str]] = []
        self._item = ""
        self._level = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _VOID:
            return
        classes = set(given.get("class", "").split())
        if tag == "math" and given.get("alttext") and self._is_open():
            self._runs.add(given["alttext"])
        skipped = tag in _SKIPPED or tag == "math" or classes & _SKIPPED_CLASSES
        part = "skip" if skipped else self._name_part(classes)
        if part in ("heading", "p", "caption", "block"):
            self._runs = Runs()
        if "ltx_bibitem" in classes:
            self._item = given.get("id", "")
        if part == "heading":
            self._level = next(level for name, level in _LEVELS.items() if name in classes)
        if tag == "a" and "#bib." in (address := given.get("href", "")) and self._is_open():
            self.names.append(address.partition("#")[2])
            self._runs.mark(len(self.names) - 1)
        self._open.append((tag, part))

    def _name_part(self, classes: set[str]) -> str:
        if classes & _LEVELS.keys():
            return "heading"
        if "ltx_caption" in classes:
            return "caption"
        if "ltx_bibblock" in classes:
            return "block"
        return "p" if "ltx_p" in classes and not self._is_open() else ""

    def _is_open(self) -> bool:
        parts = {part for _, part in self._open}
        return "skip" not in parts and bool(parts & {"heading", "p", "caption", "block"})

    def handle_endtag(self, tag: str) -> None:
        at = next((at for at in range(len(self._open) - 1, -1, -1) if self._open[at][0] == tag), -1)
        if at < 0:
            return
        inside = any(part == "skip" for _, part in self._open[:at])
        for _, part in reversed(self._open[at:]):
            if not inside and part:
                self._end(part)
        del self._open[at:]

    def _end(self, part: str) -> None:
        if part == "skip":
            return
        said = self._runs.take()
        if part == "heading":
            self.sections.append((said.text, self._level, []))
        elif part == "caption":
            self.captions.append(said.text)
        elif part == "block" and self._item:
            self.items[self._item].append(said.text)
        elif part == "p" and said.text:
            if not self.sections:
                self.sections.append(("", 1, []))
            self.sections[-1][2].append(said)

    def handle_data(self, data: str) -> None:
        if self._is_open():
            self._runs.add(data)
