"""What the pages that people write contain: roles, directives, citations and claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Role:
    """One role on a page, as in {name}`text`.

    `start`, `end` and `text_start` are offsets into the page's `prose`: of the whole role and of its text. `line`
    counts from 1.
    """

    name: str
    text: str
    start: int
    end: int
    text_start: int
    line: int


@dataclass(frozen=True, slots=True)
class Directive:
    """The opening line and options of one directive on a page; `argument` is the text after its name."""

    name: str
    argument: str
    line: int
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """A page that a person wrote; `file` is its path relative to `book/`.

    `prose` is the page's text with the lines of code blocks, fences and comments blanked, so that its line numbers
    match the file's.
    """

    file: str
    title: str
    prose: str
    roles: tuple[Role, ...] = ()
    directives: tuple[Directive, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation of a paper on a page; `file` is relative to `book/`, `line` counts from 1, `title` is the page's."""

    citekey: str
    file: str
    line: int
    title: str


TIES = ("claim", "quote")  # roles that tie a page to a sentence of an abstract


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement on a page that is tied to one sentence of a paper's abstract.

    `sentence` and `line` count from 1; `file` is relative to `book/`, `title` is the page's.
    """

    citekey: str
    sentence: int
    file: str
    line: int
    title: str


@dataclass(frozen=True, slots=True)
class KeptClaim:
    """The sentence that a claim was tied to when it was first seen; `line` is its line in `claims.jsonl`."""

    line: int
    citekey: str
    sentence: int
    quote: str


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
