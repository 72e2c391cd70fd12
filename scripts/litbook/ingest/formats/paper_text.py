"""The reader of one parsed paper as Markdown or plain text, as docling, marker, MinerU and pdftotext write it.

It is recognised by headings that only papers have together. Such text is of low trust: what is read from it is marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from litbook.ingest.formats.paper_xml import make_paper
from litbook.ingest.formats.pdf import find_in_page
from litbook.ingest.formats.people import read_only_names
from litbook.ingest.formats.pieces import Entry, Piece, assemble
from litbook.ingest.formats.values import one_line
from litbook.model.review import Reading
from litbook.text.identifiers import find_arxiv, find_doi

LOW_TRUST = "title, authors and abstract come from a text that was parsed from a PDF; compare them with the paper"
_NUMBER = r"(?:(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,4}|[A-Z])[.)]?\s+)?"
_SECTIONS = (
    r"introduction|related works?|background|(?:materials? and )?methods?|methodology|results?(?: and discussion)?"
    r"|discussion|conclusions?|limitations|experiments?|evaluation|references|bibliography|literature cited"
    r"|acknowledge?ments?"
)
_HEADING = re.compile(rf"\s*(?:#{{1,6}}\s+)?(?:\*\*|__)?{_NUMBER}({_SECTIONS})\s*:?(?:\*\*|__)?\s*", re.IGNORECASE)
_ABSTRACT = re.compile(
    r"\s*(?:#{1,6}\s+)?[*_]{0,3}(?:abstract|summary|a\s?b\s?s\s?t\s?r\s?a\s?c\s?t)[*_]{0,3}\s*(?:[.:—–-]+\s*[*_]{0,3}\s*(.*))?\s*",
    re.IGNORECASE,
)
_MARK = re.compile(r"\s*#{1,6}\s+(.*)")
_NOISE = re.compile(r"<!--.*?-->|!\[[^\]]*\]\([^)]*\)|<img[^>]*>|\*\*|__|(?<=\w)\*|\*(?=\w)", re.DOTALL)
_KEYWORDS = re.compile(r"\s*[*_]{0,3}(?:key ?words|index terms|ccs concepts)\b", re.IGNORECASE)
_GOES_ON = re.compile(r"\b(?:of|the|and|for|in|an?|to|with|on|by|from|via|is|are|or|its|their|that)\s*$|[:,-]\s*$")
_HEAD, _TOP = 400_000, 80
_LONGEST_TITLE, _LONGEST_ABSTRACT, _MOST_AUTHOR_LINES = 400, 6000, 12


def matches(text: str) -> float:
    """Return how sure it is that a text is one paper: by one abstract among its first lines, then other sections."""
    head = text[:_HEAD]
    if re.match(r"[\s\ufeff]*(?:@\w+\s*[{(]|TY\s+-|[{\[<]\s*[\"{\[?!A-Za-z]|%)", head):
        return 0.0
    lines = head.splitlines()
    abstracts = [at for at, line in enumerate(lines) if _ABSTRACT.fullmatch(line)]
    sections = {match[1].lower() for line in lines if len(line) < 80 and (match := _HEADING.fullmatch(line))}
    filled = sum(1 for line in lines[: abstracts[0]] if line.strip()) if abstracts else _TOP
    signs = len(sections) + any(map(_KEYWORDS.match, lines[:_TOP]))
    if len(abstracts) == 1 and filled < _TOP and sections and signs > 1:
        return 0.93
    # Some papers have no heading of the abstract; then more of the others must be there.
    return 0.88 if not abstracts and len(sections) > 3 and {"introduction", "references"} <= sections else 0.0


def read_paper_text(source: str, text: str) -> Reading:
    """Return one record for the whole text, with a remark that it is of low trust."""
    entry = make_text_paper(text, "parsed text")
    if not (entry.title or entry.links):
        reason = "a parsed paper without a title; add its DOI or arXiv id instead"
        return assemble(source, text, [Piece(0, len(text), reason=reason)], "")
    return assemble(source, text, [Piece(0, len(text), entry), Piece(0, 0, reason=LOW_TRUST)], "")


def make_text_paper(text: str, tool: str) -> Entry:
    """Return what the top of a paper says, up to its first section."""
    lines = [_NOISE.sub("", line).rstrip() for line in text.lstrip("\ufeff")[:_HEAD].splitlines()]
    start = next((at for at, line in enumerate(lines) if _ABSTRACT.fullmatch(line)), -1)
    first = next((at for at, line in enumerate(lines) if len(line) < 80 and _HEADING.fullmatch(line)), len(lines))
    top = lines[: start if 0 <= start < first else first]
    title_at, title = _find_title(top)
    page = "\n".join(lines[: min(first + 5, len(lines))])
    identifier = find_in_page(page)
    arxiv = find_arxiv(identifier)
    return make_paper(
        {
            "type": "article",
            "title": title,
            "author": list(_find_authors(top[title_at:])),
            "abstract": _find_abstract(lines, start) if start >= 0 else "",
            "DOI": "" if arxiv else find_doi(identifier),
            "arxiv": arxiv,
            "parsed by": tool,
            "trust": "low",
        }
    )


def _find_title(top: Sequence[str]) -> tuple[int, str]:
    """Return the title and where it ends: the first heading, or else the first lines up to a blank one."""
    for at, line in enumerate(top):
        mark = _MARK.fullmatch(line)
        if mark and mark[1].strip() and not re.match(r"(?:arxiv|published|journal of|proceedings)\b", mark[1], re.I):
            return at + 1, one_line(mark[1])[:_LONGEST_TITLE]
    filled = [at for at, line in enumerate(top) if len(line.strip()) > 9 and not _is_stamp(line)]
    if not filled:
        return 0, ""
    end = filled[0] + 1
    while (
        end < len(top)
        and top[end].strip()
        and end - filled[0] < 3
        and (_GOES_ON.search(top[end - 1]) or not _is_people(top[end]))
    ):
        end += 1
    return end, one_line(" ".join(top[filled[0] : end]))[:_LONGEST_TITLE]


def _is_stamp(line: str) -> bool:
    return bool(re.match(r"\s*(?:arXiv\s?:|https?://|doi\b|©|vol\.|\d+\s*$)", line, re.IGNORECASE))


def _is_people(line: str) -> bool:
    return bool(list(_read_people(line)))


def _find_authors(lines: Sequence[str]) -> Iterator[dict[str, str]]:
    """Yield the names in the lines below the title, up to the first line after them that has none."""
    found = False
    for line in [line for line in lines if line.strip()][:_MOST_AUTHOR_LINES]:
        names = list(_read_people(re.sub(r"^#{1,6}\s+", "", line)))
        if not names and found:
            return
        found = found or bool(names)
        yield from names


def _read_people(line: str) -> Iterator[dict[str, str]]:
    """Yield the names of a line of authors as CSL has them."""
    line = re.sub(r"\s*<sup>.*?</sup>\s*,?", ", ", line)
    plain = re.sub(r"\$\^?\{?.*?\}?\$|\[\d+\]|(?<=[a-z])\d(?:,\d)*", "", line)
    for name in read_only_names(plain):
        yield {"family": name.family, "given": name.given, "non-dropping-particle": name.particle}


def _find_abstract(lines: Sequence[str], start: int) -> str:
    """Return the text from the heading of the abstract to the next heading."""
    heading = _ABSTRACT.fullmatch(lines[start])
    said = [heading[1]] if heading and heading[1] else []
    for line in lines[start + 1 :]:
        if _MARK.fullmatch(line) or _HEADING.fullmatch(line) or _KEYWORDS.match(line):
            break
        said.append(line)
    text = one_line(" ".join(said))
    return text if len(text) <= _LONGEST_ABSTRACT else ""
