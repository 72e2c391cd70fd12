"""The sentences of a page as readers see them, each with the papers that it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from litbook.core.identity import once_per_object
from litbook.model.pages import HOLE, Block, Page, Role
from litbook.model.statements import CELLS, CITED_CELL
from litbook.text.sentences import split_sentences

__all__ = ["HOLE", "Sentence", "read_sentences", "show_sentence"]

_CITE = re.compile(r"cite(?::\w+)?|claim")
_AROUND = re.compile(r"\{[^{}]*\}")
_LABELLED = re.compile(r"(?P<words>.*\S)\s*<[^<>]*>", re.DOTALL)
# A citation or a formula leaves the space before it.
_STRAY_SPACE = re.compile(r"\s+(?=[.,;:!?)])|(?<=\()\s+")
# The visible text leaves code and formulas out; the source between two of its characters can have them.
_ROLE = re.compile(r"\{[\w:.+-]+\}(`+).+?\1(?!`)", re.DOTALL)
_LEFT_OUT = re.compile(r"(?P<ticks>`+)(?P<code>.+?)(?P=ticks)(?!`)|(?<![\\$])\$(?P<maths>[^$]+)\$", re.DOTALL)
_LEFT_OUT_BEFORE = re.compile(r"(?:\$[^$\n]+\$|(?<![}`])`[^`\n]+`)[ ]*\Z")
_EMPTY_CELL = "–"


@dataclass(frozen=True, slots=True)
class Sentence:
    """Hold one sentence in one line.

    For each character of `text`, `places` gives its place in the page's source and `lines` its line, from 1. `cited`
    are the keys that the sentence cites, in their order, and `citations` their roles; a claim, which names a sentence
    of a paper, cites the paper. `claimed` are the sentences of abstracts that the claims name, as citekey and number,
    and `claimed_text` those of texts, as citekey and place. `block` counts
    the blocks of the page from 0, and `kind` is that of the block.
    """

    text: str
    lines: tuple[int, ...]
    places: tuple[int, ...] = ()
    cited: tuple[str, ...] = ()
    citations: tuple[Role, ...] = ()
    claimed: tuple[tuple[str, int], ...] = ()
    claimed_text: tuple[tuple[str, str], ...] = ()
    kind: str = "paragraph"
    block: int = 0


@once_per_object(most=256)
def read_sentences(page: Page) -> tuple[Sentence, ...]:
    """Return the sentences of a page in their order, without the page's title; each block ends one."""
    return tuple(
        sentence
        for number, block in enumerate(page.blocks)
        if block.kind != "page-title"
        for sentence in _split(page, block, number)
    )


def _split(page: Page, block: Block, number: int) -> Iterator[Sentence]:
    # A row is one statement; a sentence may begin with a role.
    whole = block.kind == "row"
    spans = [(0, len(block.text))] if whole else split_sentences(block.text.replace(HOLE, "0"))
    places, lines = _spread(block)
    roles = [page.roles[index] for _, index in block.roles if _CITE.fullmatch(page.roles[index].name)]
    for at, (start, end) in enumerate(spans, start=1):
        # A citation behind the full stop belongs to the sentence before it, so a sentence reaches to the next one.
        reach = places[spans[at][0]] if at < len(spans) else len(page.source)
        own = [role for role in roles if role.start < reach]
        roles = roles[len(own) :]
        yield Sentence(
            text=block.text[start:end],
            lines=lines[start:end],
            places=places[start:end],
            cited=tuple(key for role in own for key in read_keys(role)),
            citations=tuple(own),
            claimed=tuple(pair for role in own if role.name == "claim" for pair in _read_claims(role)),
            claimed_text=tuple(pair for role in own if role.name == "claim" for pair in _read_text_claims(role)),
            kind=block.kind,
            block=number,
        )


def show_sentence(page: Page, sentence: Sentence) -> str:
    """Return a sentence of a page in one line, with formulas in TeX; what only the build knows is "…".

    The cells of a row are separated by " · "; one with nothing but citations is "[cited]", an empty one "–".
    """
    if sentence.kind == "row":
        return CELLS.join(_show_cells(page, sentence))
    first = sentence.places[0] if sentence.places else 0
    begun = _LEFT_OUT_BEFORE.search(page.source, page.source.rfind("\n", 0, first) + 1, first)
    return _tidy(_show_left_out(begun.group() if begun else "") + _show_text(page, sentence, 0, len(sentence.text)))


def _show_cells(page: Page, sentence: Sentence) -> Iterator[str]:
    """Yield the cells of a row, whose text has a bar on each side of a cell."""
    bars = [at for at, character in enumerate(sentence.text) if character == "|"]
    for number, (start, end) in enumerate(pairwise(bars), start=2):
        places = sentence.places[start], len(page.source) if number == len(bars) else sentence.places[end]
        cited = any(places[0] <= role.start < places[1] for role in sentence.citations)
        shown = _tidy(_show_text(page, sentence, start + 1, end))
        yield shown or (CITED_CELL if cited else _EMPTY_CELL)


def _show_text(page: Page, sentence: Sentence, start: int, end: int) -> str:
    """Return the characters from `start` to `end` with what the roles, the code and the formulas among them show."""
    shown = {role.start: _show_role(role) for role in page.roles} if HOLE in sentence.text else {}
    parts: list[str] = []
    for at in range(start, end):
        place, character = sentence.places[at], sentence.text[at]
        if at:
            last = sentence.places[at - 1]
            # What is left out can begin where a space or a hole stands for it.
            parts.append(_show_left_out(page.source[last + (page.source[last] == sentence.text[at - 1]) : place]))
        parts.append(shown.get(place, "…") if character == HOLE else character)
    return "".join(parts)


def _show_left_out(source: str) -> str:
    """Return the code and the formulas in a piece of source that the visible text leaves out."""
    if "$" not in source and "`" not in source:
        return ""
    shown, behind = "", 0
    source = _ROLE.sub("", source)
    for match in _LEFT_OUT.finditer(source):
        shown += f" {match['code'] or '$' + match['maths'] + '$'}"
        behind = match.end()
    return shown + " " * any(map(str.isspace, source[behind:])) if shown else ""


def _tidy(text: str) -> str:
    return _STRAY_SPACE.sub("", " ".join(text.split()))


def _show_role(role: Role) -> str:
    """Return the words of a role that has them before its target, a formula, the citekeys of a citation, or "…"."""
    if _CITE.fullmatch(role.name):
        return ", ".join(read_keys(role))
    if role.name == "math":
        return f"${role.text}$"
    labelled = _LABELLED.fullmatch(role.text)
    return labelled["words"] if labelled else "…"


def _spread(block: Block) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the place and the line of each character of a block."""
    places: list[int] = []
    lines: list[int] = []
    for (start, place, line), (end, _, _) in pairwise([*block.pieces, (len(block.text), 0, 0)]):
        places += range(place, place + max(end - start, 0))
        lines += [line] * max(end - start, 0)
    return tuple(places), tuple(lines)


def _read_claims(role: Role) -> Iterator[tuple[str, int]]:
    """Yield the citekeys and sentences of a claim; what is malformed is left out, because `check_claims` reports it."""
    for item in role.text.split(","):
        key, _, number = item.strip().partition(":")
        if key and number.isdecimal():
            yield key, int(number)


def _read_text_claims(role: Role) -> Iterator[tuple[str, str]]:
    for item in role.text.split(","):
        key, _, place = item.strip().partition(":")
        if key and "." in place:
            yield key, place


def read_keys(role: Role) -> list[str]:
    """Return the citekeys that a citation or a claim names, in their order."""
    keys = [key.strip() for key in _AROUND.sub("", role.text).split(",")]
    return [key.partition(":")[0] if role.name == "claim" else key for key in keys if key]
