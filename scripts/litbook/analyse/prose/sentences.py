"""The sentences of a page as readers see them, each with the papers that it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from litbook.core.identity import once_per_object
from litbook.model.pages import HOLE, Block, Page, Role
from litbook.text.sentences import split_sentences

__all__ = ["HOLE", "Sentence", "read_sentences", "show_sentence"]

_CITE = re.compile(r"cite(?::\w+)?|claim")
_AROUND = re.compile(r"\{[^{}]*\}")
_LABELLED = re.compile(r"(?P<words>.*\S)\s*<[^<>]*>", re.DOTALL)
# A citation leaves the space before it, an empty cell of a table its bars.
_BEFORE_MARK = re.compile(r"\s+(?=[.,;:!?)])")
_CELLS = re.compile(r"(?:\s*\|\s*)+")


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
    spans = split_sentences(block.text.replace(HOLE, "0"))  # a sentence may begin with a role
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
    """Return a sentence of a page in one line; what only the build knows, such as a count, is "…"."""
    shown = {role.start: _show_role(role) for role in page.roles} if HOLE in sentence.text else {}
    text = "".join(
        shown.get(place, "…") if character == HOLE else character
        for character, place in zip(sentence.text, sentence.places, strict=True)
    )
    if sentence.kind == "row":
        text = _CELLS.sub(" · ", text).strip(" ·")
    return _BEFORE_MARK.sub("", " ".join(text.split()))


def _show_role(role: Role) -> str:
    """Return the words of a role that has them before its target, the citekeys of a citation, or "…"."""
    if _CITE.fullmatch(role.name):
        return ", ".join(read_keys(role))
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
