"""Read the text of a paper in Markdown or plain text, as docling, marker, MinerU and pdftotext write it.

Such text is of low trust: headings are recognised by their form, references by their numbers, and nothing is known of
what a parser has lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from litbook.ingest.fulltext.headings import level_of, plain_heading, role_of
from litbook.ingest.fulltext.runs import Found, Runs, make_full_text, make_listed
from litbook.model.fulltext import FullText, Listed, Passage, TextSection

_MARK = re.compile(r"\s{0,3}(#{1,6})\s+(.*\S)\s*")
_BARE = re.compile(r"\s*(?:\*\*)?((?:\d{1,2}(?:\.\d{1,2})*\.?|[IVX]{1,4}\.)?\s*[A-Z][^.!?]{2,60}?)(?:\*\*)?\s*:?\s*")
_NOISE = re.compile(r"<!--.*?-->|!\[[^\]]*\]\([^)]*\)|<img[^>]*>|</?(?:sup|sub|span|i|b)[^>]*>", re.DOTALL)
_LINK = re.compile(r"\[([^\[\]]+)\]\([^()\s]*\)")
_CAPTION = re.compile(r"\s*(?:\*\*|__)?((?:Figure|Fig\.?|Table)\s*\d+[.:|]?.*)", re.IGNORECASE)
_NUMBERED = re.compile(r"\s*(?:[-*+]\s+)?(?:\[(\d{1,3})\]|\((\d{1,3})\)|(\d{1,3})\.(?=\s))\s*")
_BULLET = re.compile(r"\s*[-*+]\s+")
_CITED = re.compile(r"\[(\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*)\]")
_MOST_CITED = 30  # references in one pair of brackets; more is a range of numbers, such as an interval
_ABSTRACT = re.compile(r"(?:abstract|summary)\W*", re.IGNORECASE)


def read_markdown(text: str) -> FullText:
    """Return the text from the first section after the abstract to the list of references."""
    blocks = [_clean(block) for block in re.split(r"\n\s*\n|\n(?=\s{0,3}#{1,6}\s)|(?<=\S)\n(?=\s*[-*]\s)", text)]
    sections: list[tuple[str, int, list[str]]] = []
    listed: list[str] = []
    captions: list[str] = []
    for block in filter(None, blocks):
        head, rest = _split_heading(block)
        if head is not None:
            sections.append((head[1], head[0], []))
        for said in filter(None, [rest]):
            if sections and role_of(sections[-1][0]) == "references":
                listed += said.split("\n")
            elif caption := _CAPTION.match(said):
                captions.append(" ".join(caption[1].split()))
            elif sections and not said.startswith("|"):
                sections[-1][2].append(said)
    references = _join_entries(listed)
    places = {number: at for at, (number, _) in enumerate(references) if number}
    made = (
        TextSection(heading, level, tuple(_mark(said, places) for said in passages))
        for heading, level, passages in _after_abstract(sections)
    )
    return make_full_text(made, [_read_entry(entry) for _, entry in references], captions)


def _clean(block: str) -> str:
    return _LINK.sub(r"\1", _NOISE.sub("", block)).strip("\n")


def _split_heading(block: str) -> tuple[tuple[int, str] | None, str]:
    """Return level and heading of a block that begins with one, and the rest of the block."""
    line, _, rest = block.partition("\n")
    if marked := _MARK.fullmatch(line):
        return (max(1, level_of(marked[2])), marked[2].strip("*_ ")), rest.strip()
    bare = _BARE.fullmatch(line) if len(line) < 80 else None
    if bare and role_of(bare[1]):
        return (level_of(bare[1]), bare[1]), rest.strip()
    return None, block


def _after_abstract(sections: Sequence[tuple[str, int, list[str]]]) -> Sequence[tuple[str, int, list[str]]]:
    """Return the sections behind the title and the abstract."""
    named = [at for at, (heading, _, _) in enumerate(sections) if _ABSTRACT.fullmatch(plain_heading(heading))]
    known = [at for at, (heading, _, _) in enumerate(sections) if role_of(heading)]
    start = named[0] + 1 if named else next(iter(known), 0)
    return sections[start:]


def _mark(said: str, places: dict[int, int]) -> Passage:
    runs, done = Runs(), 0
    for cited in _CITED.finditer(said):
        numbers = list(_read_numbers(cited[1]))
        if numbers and len(numbers) <= _MOST_CITED and all(number in places for number in numbers):
            runs.add(said[done : cited.start()])
            for number in numbers:
                runs.mark(places[number])
            done = cited.start()
    runs.add(said[done:].replace("**", ""))
    return runs.take()


def _read_numbers(text: str) -> Iterator[int]:
    """Yield the numbers of "3, 5–7"."""
    for part in re.split(r"\s*[,;]\s*", text):
        start, _, end = re.sub(r"\s*[–-]\s*", "-", part).partition("-")
        yield from range(int(start), int(end or start) + 1)


def _join_entries(lines: Sequence[str]) -> list[tuple[int, str]]:
    """Return the entries of a list of references with their numbers; lines without a mark go on with the entry."""
    found: list[tuple[int, str]] = []
    numbered = sum(1 for line in lines if _NUMBERED.match(line)) * 2 > sum(1 for line in lines if line.strip())
    for line in lines:
        mark = _NUMBERED.match(line)
        if not line.strip() or line.lstrip().startswith("|"):
            continue
        if mark:
            found.append((int(mark[1] or mark[2] or mark[3]), line[mark.end() :].strip()))
        elif numbered and found:
            found[-1] = (found[-1][0], f"{found[-1][1]} {line.strip()}")
        else:
            found.append((0, _BULLET.sub("", line).strip()))
    return found


def _read_entry(entry: str) -> Listed:
    return make_listed(Found(text=entry.replace("*", "").replace("_ ", " ")))
