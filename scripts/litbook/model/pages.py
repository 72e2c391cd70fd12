"""Pages that people write: their blocks of text, roles and directives, what they cite and what they claim."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

HOLE = "\ufffc"  # what a role shows, where only the build knows it
TIES = ("claim", "quote")  # the roles that tie a page to a sentence of an abstract


@dataclass(frozen=True, slots=True)
class Role:
    """Hold one role of a page, as in {name}`text`.

    `source[start:end]` of its page is the role, and its text begins at `text_start`; `line` counts from 1. Lines of the
    text are parted as in the source, without the marks of a quotation or a list.
    """

    name: str
    text: str
    start: int
    end: int
    text_start: int
    line: int


@dataclass(frozen=True, slots=True)
class Directive:
    """Hold the opening of one directive of a page: its name, its argument and its options."""

    name: str
    argument: str
    line: int
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Block:
    """Hold text that runs on as readers see it: a paragraph, heading, list item, row of a table, term or title.

    `kind` is "page-title" (the first heading of level 1), "heading" (of a section), "paragraph", "row", "title" (of a
    directive) or "caption" (of a figure). Code, mathematics and roles that cite leave nothing in `text`, other roles
    leave `HOLE`. `pieces` maps `text` to the source: the offset of each piece in `text`, its place in the page's
    source, and its line from 1. `roles` holds the offset in `text` and the index in `Page.roles` of each role. `words`
    counts those that a reader reads, in code spans and roles too.
    """

    kind: str
    text: str
    line: int
    pieces: tuple[tuple[int, int, int], ...] = ()
    roles: tuple[tuple[int, int], ...] = ()
    words: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """Hold one section of a page with its subsections; `anchor` is empty where a role is part of the heading."""

    anchor: str
    heading: str
    first_line: int
    last_line: int


@dataclass(frozen=True, slots=True)
class Page:
    """Hold a page that a person wrote; `file` is relative to `book/`, `source` has line feeds as its only line ends."""

    file: str
    title: str
    source: str
    blocks: tuple[Block, ...] = ()
    roles: tuple[Role, ...] = ()
    directives: tuple[Directive, ...] = ()
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """Hold one citation of a paper on a page that a person wrote; `file` is relative to `book/`, `line` from 1."""

    citekey: str
    file: str
    line: int
    title: str


@dataclass(frozen=True, slots=True)
class Claim:
    """Hold one tie of a statement to a sentence of a paper's abstract; `sentence` and `line` count from 1."""

    citekey: str
    sentence: int
    file: str
    line: int
    title: str


@dataclass(frozen=True, slots=True)
class KeptClaim:
    """Hold the sentence that a claim was tied to when it was first seen; `line` is its line in `claims.jsonl`."""

    line: int
    citekey: str
    sentence: int
    quote: str


@dataclass(frozen=True, slots=True)
class Excused:
    """Hold a number of a page that a person excuses from the check; `line` is its line in the file `source`.

    `file` is the page as faults name it, `number` the number as they show it.
    """

    source: str
    line: int
    file: str
    number: str
    reason: str
