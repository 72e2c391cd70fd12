"""The values that the stages exchange, from records of sources to the whole corpus.

All values are frozen; collections are tuples, or mappings that are never modified after construction.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from litbook.model.citing import NO_CITING, Citing
from litbook.model.editorial import Concept, Correction, Editorial, Highlight, Outside, ReadingPath, Tension
from litbook.model.extraction import Extraction
from litbook.model.faults import Fault
from litbook.model.flow import Flow
from litbook.model.fulltext import Parsed
from litbook.model.history import History, Release, ReviewVersion
from litbook.model.living import Grade, Status
from litbook.model.notices import KeptSentence, Notice
from litbook.model.pages import Citation, Claim, Excused, KeptClaim, Mention, Page
from litbook.model.reference import NO_REFERENCE, Reference
from litbook.model.screening import Pair, Screening
from litbook.model.stated import MACHINE_LEARNING, STUDIES, Evidence, Stated, StatedCorrection
from litbook.model.statements import Audit, Check, Statement

KINDS = ("method", "analysis", "benchmark-or-dataset", "survey", "theory", "position")
LINKS = ("arxiv", "doi", "openreview", "acl", "code", "project")


@dataclass(frozen=True, slots=True)
class Record:
    """One entry of a source, with the lines it was read from.

    `source` is the file's path below `book/corpus/sources`, with forward slashes. `first_line` and `last_line` count
    from 1 and are inclusive. `raw` is the verbatim text of these lines, line ends included. `title` and `abstract` are
    as read: lines joined by single spaces, not repaired. Fields that the source does not give are empty or None.
    `links` maps a name in `LINKS` to an identifier or address; `extra` holds all other values. `offset` is the position
    of `raw` in the file in characters, for formats that can have several entries on one line. `reference` holds
    the entry with the parts of names and dates; `authors` are its authors as they are shown. `added` numbers sources
    that were added to the review later, in their order from 1; 0 marks those it started with.
    """

    source: str
    first_line: int
    last_line: int
    raw: str
    title: str
    abstract: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    published: str | None = None
    venue: str | None = None
    links: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)
    offset: int = 0
    reference: Reference = NO_REFERENCE
    added: int = 0


@dataclass(frozen=True, slots=True)
class Unread:
    """Lines of a source that belong to no record, and the reason: page chrome, or text that was not understood.

    `understood` is true for lines that can be skipped safely, such as comments and page chrome. Without any text it is
    a remark on an entry that was read.
    """

    source: str
    first_line: int
    last_line: int
    raw: str
    reason: str
    understood: bool = False
    offset: int = 0

    @property
    def is_remark(self) -> bool:
        """Return whether this is a remark on an entry that was read, rather than lines that were not."""
        return not self.raw


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read from one source file; the raw texts, joined in order, give back the file exactly."""

    source: str
    records: tuple[Record, ...]
    unread: tuple[Unread, ...]

    def text(self) -> str:
        """Return the text of the source file, character for character."""
        pieces: list[Record | Unread] = [*self.records, *self.unread]
        return "".join(piece.raw for piece in sorted(pieces, key=lambda piece: (piece.offset, piece.first_line)))


@dataclass(frozen=True, slots=True)
class Text:
    """Repaired text: plain characters, and the half-open ranges `(start, end)` of them that are in italics."""

    plain: str
    italics: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Values that were looked up for one paper, with their origins; `line` is the line in `facts.jsonl`.

    `watched` gives the ISO date on which each service was last asked for notices.
    """

    line: int
    title: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    published: str | None = None
    venue: str | None = None
    venue_year: int | None = None
    links: Mapping[str, str] = field(default_factory=dict)
    confidence: str | None = None
    origins: tuple[str, ...] = ()
    notes: str | None = None
    abstract: str = ""
    notices: tuple[Notice, ...] = ()
    watched: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """The identity behind a citekey; once written it never changes.

    `title` is the title when the work was first seen; `arxiv`, `doi`, `openreview` and `acl` are the identifiers it had
    then; `sketch` is a MinHash of the abstract's words (see `text.citekey.make_sketch`); `first_seen` is an ISO date.
    """

    citekey: str
    title: str
    arxiv: str | None
    doi: str | None
    sketch: str
    first_seen: str
    openreview: str | None = None
    acl: str | None = None


@dataclass(frozen=True, slots=True)
class Redirection:
    """A boundary rule of a theme: papers of this case belong to the theme `goes_to` instead."""

    case: str
    goes_to: str


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of the review; its slug is also the file name of its chapter.

    `short` is its name in navigation and figures, `line` says what it is about; both may be empty. `was`: former slugs.
    """

    slug: str
    title: str
    scope: str
    belongs: tuple[str, ...] = ()
    does_not_belong: tuple[Redirection, ...] = ()
    phrases: tuple[str, ...] = ()
    key_questions: tuple[str, ...] = ()
    short: str = ""
    line: str = ""
    was: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return the short name, or else the title."""
        return self.short or self.title

    @property
    def summary(self) -> str:
        """Return the line, or else the first sentence of the scope."""
        return self.line or re.split(r"(?<=[.!?])\s", self.scope, maxsplit=1)[0]


@dataclass(frozen=True, slots=True)
class Part:
    """A titled group of themes, in the order of the book."""

    title: str
    themes: tuple[Theme, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's decision about one paper; `line` is the line in `decisions.csv`.

    `stage` is one of `screening.DECIDED_AT`; empty means by title and abstract, unless judgements in full text agree.
    """

    line: int
    citekey: str
    theme: str | None
    also: tuple[str, ...] = ()
    kind: str | None = None
    status: str = "include"
    reason: str = ""
    by: str = ""
    date: str = ""
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The theme that the classifier suggests, the phrases that spoke for it, and the runner-up.

    `margin` is the first theme's lead over the second as a share of its lead over the last, in 0 … 1.
    """

    theme: str
    phrases: tuple[str, ...]
    runner_up: str | None
    margin: float


@dataclass(frozen=True, slots=True)
class Placement:
    """A paper's place in the book, and whether a person decided it or it follows the suggestion."""

    theme: str
    also: tuple[str, ...]
    kind: str | None
    decided: bool
    reason: str
    suggestion: Suggestion
    by: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """A recommendation of another paper, with the phrases that both papers share.

    `likeness` is the cosine of the texts; `reason` says what people wrote about both papers, or is empty.
    """

    citekey: str
    why: tuple[str, ...]
    likeness: float = 0.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """One work: its records, its facts, its repaired title and abstract, and the reference joined from its records.

    `year` and `published` are of the first version, `venue_year` of the version of record where they differ. `notices`
    and `watched` are those of the facts.
    """

    citekey: str
    records: tuple[Record, ...]
    title: Text
    abstract: Text
    authors: tuple[str, ...] = ()
    year: int | None = None
    published: str | None = None
    venue: str | None = None
    venue_year: int | None = None
    links: Mapping[str, str] = field(default_factory=dict)
    facts: Facts | None = None
    reference: Reference = NO_REFERENCE
    notices: tuple[Notice, ...] = ()
    watched: Mapping[str, str] = field(default_factory=dict)

    @property
    def cited_year(self) -> int | None:
        """Return the year by which the paper is cited and listed: the venue's, or else that of the first version."""
        return self.venue_year or self.year


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that people and look-ups put into the repository, with syntax checked and all faults found so far."""

    readings: tuple[Reading, ...]
    facts: tuple[Facts, ...]
    parts: tuple[Part, ...]
    decisions: tuple[Decision, ...]
    ledger: tuple[LedgerEntry, ...]
    notes: tuple[str, ...]
    citations: Mapping[str, tuple[Citation, ...]]
    faults: tuple[Fault, ...] = ()
    pairs: tuple[Pair, ...] = ()
    tensions: tuple[Tension, ...] = ()
    corrections: tuple[Correction, ...] = ()
    paths: tuple[ReadingPath, ...] = ()
    outside: tuple[Outside, ...] = ()
    pages: tuple[Page, ...] = ()
    kept_claims: tuple[KeptClaim, ...] = ()
    excused: tuple[Excused, ...] = ()
    stated_corrections: tuple[StatedCorrection, ...] = ()
    highlights: tuple[Highlight, ...] = ()
    concepts: tuple[Concept, ...] = ()
    kept_sentences: tuple[KeptSentence, ...] = ()
    checks: tuple[Check, ...] = ()
    status: Status | None = None
    grades: tuple[Grade, ...] = ()
    extraction: Extraction = field(default_factory=Extraction)
    exports_notes: bool = False
    has_ledger: bool = True
    parsed: tuple[Parsed, ...] = ()
    references: tuple[Parsed, ...] = ()
    releases: tuple[Release, ...] = ()
    screening: Screening = field(default_factory=Screening)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A paper that a person excluded, with the decision."""

    paper: Paper
    decision: Decision


@dataclass(frozen=True, slots=True)
class Outlier:
    """A paper that has little in common with the rest, and the decision to keep it, if a person gave a reason.

    `likeness` is its mean cosine similarity to all other papers, in 0 … 1.
    """

    citekey: str
    likeness: float
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class Corpus:
    """The whole review, as pages and exports need it; papers are sorted by citekey.

    `sentences` gives, for each paper, the ranges of the sentences in its abstract; `claims` the places where pages tie
    a statement to one of them, in page order; `mentions` the sentences of pages that cite a paper; `stated` what each
    paper's title and abstract state; pages show the `sets` of it. `parsed` is what is kept of papers' texts,
    `text_claims` are the places that tie a statement to a sentence of one, and `citing` says which papers cite which.
    """

    papers: tuple[Paper, ...]
    parts: tuple[Part, ...]
    placements: Mapping[str, Placement]
    related: Mapping[str, tuple[Related, ...]]
    gists: Mapping[str, Evidence]
    evidence: Mapping[str, tuple[Evidence, ...]]
    citations: Mapping[str, tuple[Citation, ...]]
    notes: frozenset[str]
    flow: Flow = field(default_factory=Flow)
    excluded: tuple[Exclusion, ...] = ()
    edge: tuple[Outlier, ...] = ()
    history: History = field(default_factory=History)
    state: ReviewVersion = field(default_factory=ReviewVersion)
    editorial: Editorial = field(default_factory=Editorial)
    sentences: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    claims: Mapping[str, tuple[Claim, ...]] = field(default_factory=dict)
    mentions: Mapping[str, tuple[Mention, ...]] = field(default_factory=dict)
    stated: Mapping[str, Stated] = field(default_factory=dict)
    kept_claims: tuple[KeptClaim, ...] = ()
    kept_sentences: tuple[KeptSentence, ...] = ()
    statements: tuple[Statement, ...] = ()
    checks: tuple[Check, ...] = ()
    audits: tuple[Audit, ...] = ()
    status: Status | None = None
    grades: tuple[Grade, ...] = ()
    extraction: Extraction = field(default_factory=Extraction)
    sets: tuple[str, ...] = (MACHINE_LEARNING, STUDIES)
    parsed: Mapping[str, Parsed] = field(default_factory=dict)
    text_claims: Mapping[str, tuple[Claim, ...]] = field(default_factory=dict)
    citing: Citing = NO_CITING

    def themes(self) -> tuple[Theme, ...]:
        """Return all themes, in the order of the book."""
        return tuple(theme for part in self.parts for theme in part.themes)
