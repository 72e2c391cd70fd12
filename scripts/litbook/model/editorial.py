"""What people write beside the papers: tensions, highlights, reading paths, concepts, works outside, acronyms.

In all classes `line` is the line in the file that the value was read from, counted from 1.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from litbook.model.reference import PersonName

_NAMED = re.compile(r"(?P<words>[^<>]+?) ?<(?P<id>[^<>]+)>")
# The statuses of a tension, with what readers see of each.
STATUS_WORDS = {
    "candidate": "candidate",
    "confirmed": "confirmed",
    "scope": "both hold, within a known boundary",
    "resolved": "resolved",
}
STATUSES = tuple(STATUS_WORDS)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation from a paper's abstract: a whole sentence, or a part of one."""

    citekey: str
    quote: str
    line: int


@dataclass(frozen=True, slots=True)
class Tension:
    """Findings of different papers that disagree: a question, and two or more sides with their quotations.

    `status` is one of `STATUSES`; with "scope", both findings hold, and `note` says where the boundary is. `by` and
    `on` name the person who judged it and the date, `how` says what resolved it. `would_decide` describes the
    observation that would settle the question, `note` how the settings differ. `answers` holds what
    each side answers, in order; it is empty where people did not say.
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
    answers: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """Return the HTML id of the tension."""
        return f"tension-{self.id}"

    def quotations(self) -> tuple[Quotation, ...]:
        """Return the quotations of all sides, in order."""
        return tuple(quotation for side in self.sides for quotation in side)

    def citekeys(self) -> tuple[str, ...]:
        """Return the citekeys of the quoted papers, each once, in order of first appearance."""
        return tuple(dict.fromkeys(quotation.citekey for quotation in self.quotations()))


def read_named(text: str) -> tuple[str, str]:
    """Return the words that a role shows, or none, and the id that it names, as `labels` or `why not <labels>`."""
    match = _NAMED.fullmatch(" ".join(text.split()))
    return (match["words"], match["id"]) if match else ("", text.strip())


@dataclass(frozen=True, slots=True)
class Highlight:
    """A finding or an open question for the front page, as one sentence, and what it rests on.

    That is the tension with the id `tension`, or else `quotations` from abstracts.
    """

    id: str
    says: str
    line: int
    tension: str = ""
    quotations: tuple[Quotation, ...] = ()


@dataclass(frozen=True, slots=True)
class Concept:
    """A term that the review explains, its other forms, and the sentence that explains it.

    `place` is the slug of a theme whose chapter explains the term where it first marks it by italics or bold, or the
    citekey of a paper, with the number of the sentence in its abstract. `definition` is the sentence itself, without
    what only marks up; it is empty where none was found.
    """

    term: str
    also: tuple[str, ...]
    place: str
    sentence: int
    line: int
    definition: str = ""

    @property
    def anchor(self) -> str:
        """Return the HTML id of the concept's explanation."""
        return f"term-concept-{'-'.join(self.term.lower().split())}"

    @property
    def forms(self) -> tuple[str, ...]:
        """Return the term and its other forms."""
        return self.term, *self.also


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's correction to the list of acronyms: keep what the rules miss, or drop what they got wrong.

    When dropping, an empty `expansion` or `citekey` matches every one.
    """

    acronym: str
    expansion: str
    citekey: str
    keep: bool
    reason: str
    line: int


@dataclass(frozen=True, slots=True)
class Meaning:
    """One meaning of an acronym: its long form, word for word as the first of `citekeys` writes it.

    `written` is the acronym as that paper spells it.
    """

    expansion: str
    citekeys: tuple[str, ...]
    written: str


@dataclass(frozen=True, slots=True)
class Acronym:
    """An acronym and its meanings, most common first; one with several meanings is ambiguous."""

    name: str
    meanings: tuple[Meaning, ...]

    @property
    def anchor(self) -> str:
        """Return the HTML id of the acronym's explanation."""
        return f"term-{self.name.lower()}"


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of a reading path, and why to read it.

    `kind` is "page", "paper" or "tension"; `target` is a page's path below `book/` without `.md`, a citekey, or the id
    of a tension; `section` is the anchor of a section of the page, or empty for the whole page.
    """

    kind: str
    target: str
    why: str
    line: int
    section: str = ""


@dataclass(frozen=True, slots=True)
class ReadingPath:
    """A route through the review: whom it is for, how many minutes it may take, and its stops."""

    id: str
    title: str
    whom: str
    minutes: int
    stops: tuple[Stop, ...]
    line: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlannedStop:
    """A stop with what it resolves to: title, number of words, and address.

    `docname` is the page's path from the root of the review without `.md`; `anchor` may be empty.
    """

    stop: Stop
    title: str
    words: int
    docname: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class PlannedPath:
    """A reading path with its stops resolved, and the slugs of the themes whose chapters it skips."""

    path: ReadingPath
    stops: tuple[PlannedStop, ...]
    skipped: tuple[str, ...]

    @property
    def words(self) -> int:
        """Return the number of words at all stops."""
        return sum(stop.words for stop in self.stops)


@dataclass(frozen=True, slots=True)
class Outside:
    """A work outside the collection that the editors name from their own knowledge; it is not evidence.

    `key` is its key in `outside.bib`. `links` maps names such as "doi" to identifiers, as those of a paper.
    """

    key: str
    authors: tuple[PersonName, ...]
    year: int
    title: str
    links: Mapping[str, str]
    line: int


@dataclass(frozen=True, slots=True)
class Editorial:
    """All editorial material of one review.

    `homes` maps the name of a directive that renders a whole list, such as "tensions", to the page that contains it,
    relative to `book/`; links to entries of the list lead there. A directive that no page uses is absent.
    """

    tensions: tuple[Tension, ...] = ()
    acronyms: tuple[Acronym, ...] = ()
    corrections: tuple[Correction, ...] = ()
    paths: tuple[PlannedPath, ...] = ()
    homes: Mapping[str, str] = field(default_factory=dict)
    highlights: tuple[Highlight, ...] = ()
    concepts: tuple[Concept, ...] = ()
    outside: tuple[Outside, ...] = ()
