"""What the pages that people write contain: blocks of text, roles, directives, citations and claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

HOLE = "\ufffc"  # replaces what a role shows, which only the build knows
TIES = ("claim", "quote")  # roles that tie a page to a sentence of an abstract


@dataclass(frozen=True, slots=True)
class Role:
    """One role on a page, as in {name}`text`.

    The role is `source[start:end]` of its page, and its text starts at `text_start`; `line` counts from 1. The text
    keeps the line breaks of the source, without the marks of a quotation or list.
    """

    name: str
    text: str
    start: int
    end: int
    text_start: int
    line: int


@dataclass(frozen=True, slots=True)
class Directive:
    """The opening line, options and last line of one directive on a page; `argument` is the text after its name."""

    name: str
    argument: str
    line: int
    options: Mapping[str, str] = field(default_factory=dict)
    last_line: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """A link or picture on a page; `target` is its address as written, `is_html` says that it is part of HTML."""

    target: str
    line: int
    is_picture: bool = False
    is_html: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Flaw:
    """Markdown that the build would not show as meant: line, what is wrong, and what to do."""

    line: int
    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Block:
    """Running text as readers see it: a paragraph, heading, list item, table row, term or title.

    `kind` is "page-title" (the first level-1 heading), "heading" (of a section), "paragraph", "row", "title" (of a
    directive) or "caption" (of a figure). Code, formulas and citing roles leave nothing in `text`, other roles leave
    `HOLE`. `pieces` maps `text` to the source: each piece's offset in `text`, offset in the page's source, and line
    from 1. `roles` holds each role's offset in `text` and index in `Page.roles`. `words` counts what readers read,
    including code spans and roles. `stressed` holds the ranges of `text` that are in italics or bold.
    """

    kind: str
    text: str
    line: int
    pieces: tuple[tuple[int, int, int], ...] = ()
    roles: tuple[tuple[int, int], ...] = ()
    words: int = 0
    stressed: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a page with its subsections; `anchor` is empty if its heading contains a role."""

    anchor: str
    heading: str
    first_line: int
    last_line: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page that a person wrote; `file` is relative to `book/`, and line feeds are the only line ends in `source`."""

    file: str
    title: str
    source: str
    blocks: tuple[Block, ...] = ()
    roles: tuple[Role, ...] = ()
    directives: tuple[Directive, ...] = ()
    sections: tuple[Section, ...] = ()
    links: tuple[Link, ...] = ()
    flaws: tuple[Flaw, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation of a paper on a page; `file` is relative to `book/`, `line` counts from 1, `title` is the page's."""

    citekey: str
    file: str
    line: int
    title: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A sentence of a page that cites a paper, as readers see it, and the anchor of its mark or citation.

    `file` is relative to `book/`, `title` is the page's.
    """

    citekey: str
    file: str
    title: str
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement on a page that is tied to one sentence of a paper's abstract or text.

    `sentence` and `line` count from 1; `file` is relative to `book/`, `title` is the page's. `section` counts the
    sections of the text, in which the sentence then has its number; 0 is the abstract.
    """

    citekey: str
    sentence: int
    file: str
    line: int
    title: str
    section: int = 0

    @property
    def place(self) -> str:
        """Return the sentence as claims name it: "3" of the abstract, "4.12" of section 4 of the text."""
        return f"{self.section}.{self.sentence}" if self.section else str(self.sentence)


@dataclass(frozen=True, slots=True)
class KeptClaim:
    """The sentence that a claim was tied to when it was first seen; `line` is its line in `claims.jsonl`."""

    line: int
    citekey: str
    sentence: int
    quote: str
    section: int = 0


@dataclass(frozen=True, slots=True)
class Excused:
    """A number on a page that a person exempted from the number check, and why.

    `file` is the page and `number` the number, both as faults print them; `line` is the row's line in the file
    `source`.
    """

    source: str
    line: int
    file: str
    number: str
    reason: str
