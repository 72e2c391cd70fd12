"""What people write beside the papers: tensions between findings, reading paths, and words about acronyms.

As in `model`, everything is frozen and nothing here reads or writes; `line` is the place in the file that holds it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

STATUSES = ("candidate", "confirmed", "resolved")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quote a paper's abstract: a whole sentence, or a part of one."""

    citekey: str
    quote: str
    line: int


@dataclass(frozen=True, slots=True)
class Tension:
    """Hold findings that pull apart: a question, and two or more sides with their quotations.

    `status` is one of `STATUSES`; `by` and `on` tell who confirmed or resolved it and when, `how` what resolved it.
    `would_decide` asks for the observation that would decide it; `note` tells how the settings differ.
    """

    id: str
    question: str
    sides: tuple[tuple[Quotation, ...], ...]
    status: str
    would_decide: str
    line: int
    themes: tuple[str, ...] = ()
    by: str = ""
    on: str = ""
    how: str = ""
    note: str = ""

    @property
    def anchor(self) -> str:
        """Return the name of the place where the tension is drawn."""
        return f"tension-{self.id}"

    def quotations(self) -> tuple[Quotation, ...]:
        """Return the quotations of all sides in their order."""
        return tuple(quotation for side in self.sides for quotation in side)

    def citekeys(self) -> tuple[str, ...]:
        """Return the quoted papers, each once, in their order."""
        return tuple(dict.fromkeys(quotation.citekey for quotation in self.quotations()))


@dataclass(frozen=True, slots=True)
class Correction:
    """Hold what a person says about an acronym: keep what the rules miss, or drop what they got wrong.

    To drop, an empty `expansion` or `citekey` stands for all of them.
    """

    acronym: str
    expansion: str
    citekey: str
    keep: bool
    reason: str
    line: int


@dataclass(frozen=True, slots=True)
class Meaning:
    """Hold one meaning of an acronym, word for word as the first of `citekeys` writes it, and how that one is spelt."""

    expansion: str
    citekeys: tuple[str, ...]
    written: str


@dataclass(frozen=True, slots=True)
class Acronym:
    """Hold an acronym with its meanings, the commonest first; two or more of them collide."""

    name: str
    meanings: tuple[Meaning, ...]

    @property
    def anchor(self) -> str:
        """Return the name of the place where the acronym is explained."""
        return f"term-{self.name.lower()}"


@dataclass(frozen=True, slots=True)
class Stop:
    """Hold one stop of a reading path, and why to make it.

    `kind` is "page", "paper" or "tension"; `target` is a page's path below `book/` without `.md`, a citekey or the id
    of a tension; `section` is the anchor of a section of the page, or empty for all of it.
    """

    kind: str
    target: str
    why: str
    line: int
    section: str = ""


@dataclass(frozen=True, slots=True)
class ReadingPath:
    """Hold a way through the review: for whom it is, how long it may take in minutes, and its stops."""

    id: str
    title: str
    whom: str
    minutes: int
    stops: tuple[Stop, ...]
    line: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlannedStop:
    """Hold a stop with the title of what it leads to, the words there, and its address.

    `docname` is the page's path from the root of the review without `.md`; `anchor` may be empty.
    """

    stop: Stop
    title: str
    words: int
    docname: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class PlannedPath:
    """Hold a reading path with what its stops were found to be, and the themes whose chapters it skips."""

    path: ReadingPath
    stops: tuple[PlannedStop, ...]
    skipped: tuple[str, ...]

    @property
    def words(self) -> int:
        return sum(stop.words for stop in self.stops)


@dataclass(frozen=True, slots=True)
class Editorial:
    """Hold all of it for one review.

    `homes` maps the name of a directive that draws a whole list ("tensions") to the page that draws it, relative to
    `book/`: what leads to one entry of the list leads there. A name without a page is absent.
    """

    tensions: tuple[Tension, ...] = ()
    acronyms: tuple[Acronym, ...] = ()
    corrections: tuple[Correction, ...] = ()
    paths: tuple[PlannedPath, ...] = ()
    homes: Mapping[str, str] = field(default_factory=dict)
