"""Put text together piece by piece, with white space reduced and the places of citations known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from litbook.ingest.fulltext.headings import assign_roles, plain_heading
from litbook.model.fulltext import FullText, Listed, Passage, TextSection
from litbook.text.identifiers import find_arxiv, find_doi, links_of

_SPACE = re.compile(r"\s+")
_ARXIV_MARK = re.compile(r"arxiv(?:\.org/(?:abs|pdf)/|\s*(?:preprint)?\s*:?\s*(?:arxiv:)?)\s*(\S+)", re.IGNORECASE)
_DOI_MARK = re.compile(r"10\.\d{4,9}/[^\s\"<>]{1,200}")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# What parts the two ends of "[3–7]": the first number, and a dash.
_TO = re.compile(r"\W*\d{1,3}\W{0,2}?\s?[-‐‑–—]\s?\W?")
_LONGEST_RANGE = 40
_LONGEST_ENTRY = 400  # characters kept of an entry that no parser has taken apart
_LONGEST_TITLE, _LONGEST_HEADING, _LONGEST_AUTHOR = 300, 160, 80
_NUMBERS = re.compile(r"10\.\d{4,9}/\S+|arxiv\S*", re.IGNORECASE)  # their digits do not state a year


@dataclass(frozen=True, slots=True)
class Found:
    """What a parser found of an entry of a list of references; `text` is the entry as printed."""

    title: str = ""
    year: str = ""
    author: str = ""
    doi: str = ""
    arxiv: str = ""
    text: str = ""


class Runs:
    """Gather one line of text from pieces, and the places in it at which references are cited."""

    def __init__(self) -> None:
        self._start()

    def _start(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._open = True  # whether a space at this place would be one too many
        self._marks: list[tuple[int, int]] = []
        self._marked = 0  # how many pieces there were at the last mark

    def add(self, text: str | None) -> None:
        """Append text, with each run of white space as one space."""
        flat = _SPACE.sub(" ", text or "")
        flat = flat.lstrip(" ") if self._open else flat
        if flat:
            self._parts.append(flat)
            self._length += len(flat)
            self._open = flat.endswith(" ")

    def mark(self, reference: int) -> None:
        """Note that the text cites this item of the list here, and those between the two ends of a range."""
        before = self._marks[-1][1] if self._marks else reference
        between = "".join(self._parts[self._marked :])
        cited = range(before + 1, reference) if _TO.fullmatch(between) and reference - before < _LONGEST_RANGE else ()
        self._marks += ((self._length, number) for number in (*cited, reference))
        self._marked = len(self._parts)

    def take(self) -> Passage:
        """Return the passage so far and begin a new one."""
        passage = Passage("".join(self._parts).rstrip(), tuple(dict.fromkeys(self._marks)))
        self._start()
        return passage


def make_full_text(
    sections: Iterable[TextSection], references: Sequence[Listed], captions: Iterable[str] = (), tool: str = "",
    licence: str = "",
) -> FullText:  # fmt: skip
    """Return a full text with the roles of its sections; those without heading and text are left out."""
    kept = [
        replace(section, heading=plain_heading(section.heading)[:_LONGEST_HEADING], passages=said)
        for section in sections
        if (said := tuple(item for item in section.passages if item.text)) or section.heading.strip()
    ]
    roles = assign_roles((section.level, section.heading) for section in kept)
    kept = [replace(section, role=role) for section, role in zip(kept, roles, strict=True)]
    body = tuple(section for section in kept if section.role != "references")
    return FullText(body, tuple(references), tuple(filter(None, captions)), tool, licence)


def make_listed(found: Found) -> Listed:
    """Return an entry of a list of references; the printed text supplies what the parser did not find."""
    links = dict(links_of(find_doi(found.doi)))
    if arxiv := find_arxiv(found.arxiv):
        links["arxiv"] = arxiv
    printed, title = _squeeze(found.text), _squeeze(found.title).strip(" .")[:_LONGEST_TITLE]
    if not links and printed:
        links = find_printed(printed)
    dated = _YEAR.search(found.year) or _YEAR.search(_NUMBERS.sub("", printed))
    return Listed(
        title=title,
        year=int(dated[0]) if dated else None,
        author=_squeeze(found.author)[:_LONGEST_AUTHOR],
        links={name: value.lower() if name == "doi" else value for name, value in links.items()},
        text="" if title else printed[:_LONGEST_ENTRY],
    )


def _squeeze(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def find_printed(text: str) -> dict[str, str]:
    """Return the identifiers that a printed entry states."""
    if doi := _DOI_MARK.search(text):
        links = links_of(find_doi(doi[0].rstrip(".,;)]")))
        if links:
            return dict(links)
    marked = _ARXIV_MARK.search(text)
    arxiv = find_arxiv(marked[1].rstrip(".,;)]").removesuffix(".pdf")) if marked else ""
    return {"arxiv": arxiv} if arxiv else {}
