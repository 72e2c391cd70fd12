"""The values of the pages that people write: what stands on them, what they cite, what they claim."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Role:
    """Hold one role of a page, as in {name}`text`; `start` and `end` are its place in the page's prose.

    `text_start` is where its text begins there, `line` counts from 1.
    """

    name: str
    text: str
    start: int
    end: int
    text_start: int
    line: int


@dataclass(frozen=True, slots=True)
class Directive:
    """Hold the opening of one directive of a page: its name, what stands behind it, and its options."""

    name: str
    argument: str
    line: int
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """Hold a page that a person wrote; `file` is relative to `book/`.

    `prose` is its text in which the lines of code blocks, of fences and of comments are empty, so that lines count as
    in the file.
    """

    file: str
    title: str
    prose: str
    roles: tuple[Role, ...] = ()
    directives: tuple[Directive, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """Say that a page which a person wrote cites a paper; `file` is relative to `book/`, `line` counts from 1."""

    citekey: str
    file: str
    line: int
    title: str


TIES = ("claim", "quote")  # the roles that tie a page to a sentence of an abstract


@dataclass(frozen=True, slots=True)
class Claim:
    """Say that a page ties a statement to one sentence of a paper's abstract; `sentence` and `line` count from 1."""

    citekey: str
    sentence: int
    file: str
    line: int
    title: str


@dataclass(frozen=True, slots=True)
class KeptClaim:
    """Hold the sentence that a claim was tied to when it was first seen; `line` is the place in `claims.jsonl`."""

    line: int
    citekey: str
    sentence: int
    quote: str


@dataclass(frozen=True, slots=True)
class Excused:
    """Hold a number of a page that a person excuses from being checked; `line` is the place in the file `source`.

    `file` is the page as faults name it, `number` the number as they show it.
    """

    source: str
    line: int
    file: str
    number: str
    reason: str
