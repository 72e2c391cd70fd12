"""The reader of the page of one paper: LaTeXML's HTML (arXiv, ar5iv), and any page that states its paper in meta tags.

Publishers, repositories and arXiv state title, authors and identifiers for Google Scholar (`citation_title` …).
"""

from __future__ import annotations

import re
from collections import defaultdict
from html.parser import HTMLParser

from litbook.ingest.formats.paper_xml import date_parts, make_paper
from litbook.ingest.formats.people import read_name
from litbook.ingest.formats.pieces import Entry, Piece, assemble
from litbook.ingest.formats.values import one_line
from litbook.model.review import Reading
from litbook.text.escape import VOID_ELEMENTS
from litbook.text.identifiers import ARXIV, find_arxiv, find_doi

_META = re.compile(r"<meta[^>]{1,600}?=[\"']?citation_title(?=[\"'\s/>])", re.IGNORECASE)
_LATEXML = re.compile(r"class=[\"'][^\"']*\bltx_document\b")
_WATERMARK = re.compile(
    rf"(?:arXiv:|/html/|ar5iv\.[\w.]+/(?:html|abs)/|arxiv\.org/(?:abs|html|pdf)/)({ARXIV})", re.IGNORECASE
)
_PARTS = {
    "ltx_title_document": "title", "ltx_personname": "author", "ltx_abstract": "abstract", "ltx_keywords": "keywords",
}  # fmt: skip
_VOID = VOID_ELEMENTS | {"param"}  # in HTML 4
_LICENCE = re.compile(r"https?://creativecommons\.org/(?:licenses|publicdomain)/[\w./-]+")


def matches(text: str) -> float:
    """Return how sure it is that a text is the page of one paper: by LaTeXML's classes, or a title in a meta tag."""
    head = text[:400_000]
    if not head.lstrip("\ufeff \t\r\n").startswith("<"):
        return 0.0
    return 0.95 if len(_META.findall(head)) == 1 or len(_LATEXML.findall(head)) == 1 else 0.0


def read_paper_html(source: str, text: str) -> Reading:
    """Return one record for the paper of a page."""
    page = _Page()
    page.feed(text)
    page.close()
    entry = _make_entry(page, text)
    if not (entry.title or entry.links):
        reason = "a page of a paper without a title and an identifier; add its DOI or arXiv id instead"
        return assemble(source, text, [Piece(0, len(text), reason=reason)], "")
    return assemble(source, text, [Piece(0, len(text), entry)], "")


class _Page(HTMLParser):
    """Gather meta tags and the parts of LaTeXML's header."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.meta: dict[str, list[str]] = defaultdict(list)
        self.parts: dict[str, list[str]] = defaultdict(list)
        self._open: list[tuple[str, str]] = []
        self._text: list[str] = []
        self._skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "meta":
            name = (given.get("name") or given.get("property") or "").lower()
            if name and given.get("content"):
                self.meta[name].append(one_line(given["content"]))
        if tag in _VOID:
            if tag == "br" and self._open:
                self._text.append(" ; ")
            return
        classes = given.get("class", "").split()
        part = next((_PARTS[name] for name in classes if name in _PARTS), "") if not self._inside() else ""
        skip = self._inside() and (tag in ("sup", "annotation", "annotation-xml") or "ltx_note" in classes)
        heading = self._inside() == "abstract" and "ltx_title_abstract" in classes
        self._skipped += bool(skip or heading)
        self._open.append((tag, part or ("-" if skip or heading else "")))

    def handle_endtag(self, tag: str) -> None:
        at = next((at for at in range(len(self._open) - 1, -1, -1) if self._open[at][0] == tag), -1)
        for _, part in reversed(self._open[at:] if at >= 0 else ()):
            if part == "-":
                self._skipped -= 1
            elif part:
                self.parts[part].append(one_line("".join(self._text)))
                self._text = []
        if at >= 0:
            del self._open[at:]

    def handle_data(self, data: str) -> None:
        if self._inside() and not self._skipped:
            self._text.append(data)

    def _inside(self) -> str:
        return next((part for _, part in reversed(self._open) if part and part != "-"), "")


def _make_entry(page: _Page, text: str) -> Entry:
    meta, parts = page.meta, page.parts

    def said(*names: str) -> str:
        return next((meta[name][0] for name in names if meta.get(name)), "")

    shown = [name for cell in parts["author"] for name in re.split(r"\s*(?:;|&|,|\band\b)\s*", cell)]
    names = [name for cell in meta.get("citation_author", []) or shown if (name := read_name(cell))]
    stamp = _WATERMARK.search(text[:400_000]) if not meta.get("citation_title") else None
    licence = _LICENCE.search(text)
    abstract = next(iter(parts["abstract"]), "") or said("citation_abstract", "dc.description", "dcterms.abstract")
    start, end = said("citation_firstpage"), said("citation_lastpage")
    return make_paper(
        {
            "type": "article-journal" if said("citation_journal_title") else "article",
            "title": next(iter(parts["title"]), "") or said("citation_title"),
            "author": [
                {"literal": name.literal}
                if name.literal
                else {"family": name.family, "given": name.given, "non-dropping-particle": name.particle}
                for name in names
            ],
            "abstract": abstract,
            "issued": date_parts(
                said("citation_publication_date", "citation_date", "citation_online_date", "dc.date").replace("/", "-")
            ),
            "container-title": said("citation_journal_title", "citation_conference_title", "citation_inbook_title"),
            "volume": said("citation_volume"),
            "issue": said("citation_issue"),
            "page": f"{start}-{end}" if start and end and start != end else start,
            "DOI": find_doi(said("citation_doi", "dc.identifier", "prism.doi")),
            "arxiv": find_arxiv(said("citation_arxiv_id")) or (stamp[1] if stamp else ""),
            "PMID": said("citation_pmid"),
            "keyword": ", ".join(dict.fromkeys(meta.get("citation_keywords", []))),
            "licence": licence[0] if licence else "",
            "parsed by": "LaTeXML" if parts["title"] else "HTML",
        }
    )
