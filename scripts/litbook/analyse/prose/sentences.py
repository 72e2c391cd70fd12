"""The sentences of a page as a reader sees them, each with the papers that it cites.

Code, comments, addresses, options of directives and the numbers of list items are no prose. A role that is no citation
in brackets leaves `HOLE`, so that nothing joins across it. The page's title is a name, and no sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from litbook.analyse.evidence import split_sentences
from litbook.model.pages import Page, Role

HOLE = "\ufffc"
_CITE = re.compile(r"cite(?::\w+)?|claim")
# Citations that stand behind what they are for; one that is part of the sentence, as {cite:t}, is read like a word.
_BEHIND = frozenset({"claim", "cite", "cite:p", "cite:ps", "cite:cp", "cite:cps"})
# Directives whose argument is a title that readers see.
_TITLED = frozenset({"admonition", "card", "dropdown", "margin", "sidebar", "tab-item", "topic"})
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---[ \t]*(?:\n|\Z)", re.DOTALL)
# What Markdown or a browser takes for itself; each is blanked, in this order.
_UNSEEN = tuple(
    re.compile(pattern, re.DOTALL | re.MULTILINE)
    for pattern in (
        r"<!--.*?-->",
        r"`+[^`]+`+",
        r"\$\$.+?\$\$|(?<![\\$\d])\$(?=\S)[^$\n]+?(?<=\S)\$(?!\d)",
        r"(?<=\])\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)",
        r"(?<=\])\[[^\]\n]*\]|\[\^[^\]\n]+\]:?",
        r"^ {0,3}\[[^\]\n]+\]:[ \t].*$",
        r"<?\b(?:https?|ftp|mailto)://?[^\s>)]+>?",
        r"</?[a-zA-Z][^<>]*>|&#?\w+;",
        r"^\([\w-]+\)=[ \t]*$",
    )
)
_ITEM = re.compile(r"^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+")
_TITLE = re.compile(r"^#[ \t]+.*$", re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+")
_BLOCK_END = re.compile(r"\n[ \t]*(?:\n|\Z)|\n[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]|\n {0,3}#|\n[ \t]*\|")
_LINE_END = re.compile(r"\n")
_RULE = re.compile(r"^[ \t|:+=-]*$")
_OPTION = re.compile(r"^[ \t]*:[\w-]+:")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Hold one sentence in one line, and where it stands.

    For each character of `text`, `places` gives its place in the page's prose and `lines` its line in the file, from 1;
    the title of a box has no place in the prose, only a line. `cited` are the keys that the sentence cites, in their
    order, and `citations` their roles; a claim, which names a sentence of a paper, cites the paper.
    """

    text: str
    lines: tuple[int, ...]
    places: tuple[int, ...] = ()
    cited: tuple[str, ...] = ()
    citations: tuple[Role, ...] = ()


def read_sentences(page: Page) -> tuple[Sentence, ...]:
    """Return the sentences of a page in their order; a list item, a heading, a table's row and a title end one."""
    lines = [match.end() for match in re.finditer("\n", page.prose)]
    found = [sentence for block in _find_blocks(page) for sentence in _split(page, block, lines)]
    for directive in page.directives:
        if directive.name in _TITLED and directive.argument:
            text = " ".join(directive.argument.split())
            found.append(Sentence(text, (directive.line,) * len(text)))
    return tuple(sorted(found, key=lambda sentence: sentence.lines[0]))


@dataclass(frozen=True, slots=True)
class _Block:
    """Hold characters that run on, each with its place in the page's prose; `alone` if they end with their line."""

    text: str
    places: tuple[int, ...]
    alone: bool


def _find_blocks(page: Page) -> Iterator[_Block]:
    """Yield paragraphs, list items, headings and rows, in one line each."""
    seen = _blank(page)
    options = _find_options(page, seen)
    pieces: list[tuple[int, str]] = []
    start = 0
    for number, line in enumerate(seen.split("\n"), start=1):
        begins = _ITEM.match(line) or _HEADING.match(line)
        row = line.lstrip().startswith("|")
        if begins or row or not line.strip() or number in options or _RULE.match(line):
            yield from _join(pieces)
            pieces = []
        if number not in options and not _RULE.match(line):
            skipped = begins.end() if begins else len(line) - len(line.lstrip(" \t>"))
            pieces.append((start + skipped, line[skipped:]))
        if row or _HEADING.match(line):
            yield from _join(pieces, alone=True)
            pieces = []
        start += len(line) + 1
    yield from _join(pieces)


def _join(pieces: list[tuple[int, str]], alone: bool = False) -> Iterator[_Block]:
    text: list[str] = []
    places: list[int] = []
    for start, line in pieces:
        for at, character in enumerate(line + " "):
            dropped = character in "*_\\" and _marks(line, at)
            if not dropped and not (
                character.isspace() and character not in "\u2009\u202f" and text[-1:] in ([" "], [])
            ):
                text.append(" " if character in " \t\n\xa0" else character)
                places.append(start + at)
    while text and text[-1] == " ":
        text.pop()
        places.pop()
    if text:
        yield _Block("".join(text), tuple(places), alone)


def _marks(line: str, at: int) -> bool:
    """Tell whether a character marks emphasis or escapes the next one, and is not seen itself."""
    inner = line[at - 1 : at].isalnum() and line[at + 1 : at + 2].isalnum()
    return line[at] != "_" or not inner


def _blank(page: Page) -> str:
    """Return the page's prose with everything unseen as spaces, and a role that is no citation as one `HOLE`."""
    characters = list(page.prose)
    for role in page.roles:
        for at in range(role.start, role.end):
            if characters[at] != "\n":
                characters[at] = " "
        if role.name not in _BEHIND:
            characters[role.start] = HOLE
    seen = _FRONT_MATTER.sub(_as_spaces, "".join(characters))
    seen = _TITLE.sub(_as_spaces, seen, count=1)
    for pattern in _UNSEEN:
        seen = pattern.sub(_as_spaces, seen)
    return seen


def _as_spaces(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())


def _find_options(page: Page, seen: str) -> frozenset[int]:
    """Return the numbers of the lines that are options of a directive, as `:class: tip`."""
    lines = seen.split("\n")
    found: set[int] = set()
    for directive in page.directives:
        number = directive.line + 1
        while number <= len(lines) and _OPTION.match(lines[number - 1]):
            found.add(number)
            number += 1
    return frozenset(found)


def _split(page: Page, block: _Block, lines: list[int]) -> Iterator[Sentence]:
    spans = split_sentences(block.text.replace(HOLE, "0"))  # a sentence may begin with a role
    for number, (start, end) in enumerate(spans):
        # A citation behind the full stop belongs to the sentence before it, so a sentence reaches to the next one.
        reach = block.places[spans[number + 1][0]] if number + 1 < len(spans) else _find_end(page, block)
        begins = block.places[start] if number else _find_start(page, block.places[0])
        roles = [role for role in page.roles if begins <= role.start < reach and _CITE.fullmatch(role.name)]
        places = block.places[start:end]
        yield Sentence(
            text=block.text[start:end],
            lines=tuple(bisect_right(lines, place) + 1 for place in places),
            places=places,
            cited=tuple(key for role in roles for key in _read_keys(role)),
            citations=tuple(roles),
        )


def _find_start(page: Page, place: int) -> int:
    """Return where the line of a place begins: a citation may stand before the first word."""
    return page.prose.rfind("\n", 0, place) + 1


def _find_end(page: Page, block: _Block) -> int:
    """Return where a block ends: citations may stand behind its last word, on more lines."""
    end = (_LINE_END if block.alone else _BLOCK_END).search(page.prose, block.places[-1])
    return end.start() if end else len(page.prose)


def _read_keys(role: Role) -> list[str]:
    keys = [key.strip() for key in re.sub(r"\{[^{}]*\}", "", role.text).split(",")]
    return [key.partition(":")[0] if role.name == "claim" else key for key in keys if key]
