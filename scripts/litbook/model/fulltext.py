"""Parsed papers: what their text is made of, and what a review keeps of it.

A `FullText` has the whole text and stays on the machine of the person who has the file. A `Parsed` is one line of
`parsed.jsonl`: headings, the list of references, and single sentences.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry of a paper's list of references.

    `author` is the family name of the first author. `text` is the whole entry as printed, kept only where no parser
    has found its title. `sections` counts the sections that cite it from 1; it is empty if the text is not known.
    """

    title: str = ""
    year: int | None = None
    author: str = ""
    links: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    sections: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of one line, and where it cites: pairs of an offset and the place of a reference, from 0."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class TextSection:
    """A section without its subsections, which are sections of their own; text before any heading has none.

    `level` counts from 1; `role` says what sections with such a heading are about, or is empty.
    """

    heading: str
    level: int
    passages: tuple[Passage, ...]
    role: str = ""


@dataclass(frozen=True, slots=True)
class FullText:
    """The text of one parsed paper, without its abstract. `captions` are whole; `tool` names the parser."""

    sections: tuple[TextSection, ...]
    references: tuple[Listed, ...] = ()
    captions: tuple[str, ...] = ()
    tool: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a section, and its role as in `TextSection`."""

    text: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class TextSentence:
    """A sentence of a paper's text: its section and its number in this section, both from 1.

    `about` says why it is kept: "limitations", "availability", "sample", or "claim" if a page rests on it.
    """

    section: int
    number: int
    text: str
    about: str

    @property
    def place(self) -> str:
        """Return section and number as claims name them, such as "3.12"."""
        return f"{self.section}.{self.number}"


@dataclass(frozen=True, slots=True)
class Parsed:
    """What the review keeps of a paper's text, or a list of references that a service gave.

    `line` is the line in the file that it was read from, `file` the name of the parsed file below
    `book/corpus/texts`, `digest` its SHA-256, and `tool` the parser or the service.
    """

    line: int
    citekey: str
    tool: str
    file: str = ""
    digest: str = ""
    licence: str = ""
    headings: tuple[Heading, ...] = ()
    references: tuple[Listed, ...] = ()
    captions: tuple[str, ...] = ()
    sentences: tuple[TextSentence, ...] = ()
