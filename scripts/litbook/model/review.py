"""The values that pass between the stages.

Nothing here reads, writes or knows Sphinx. All values are frozen; collections are tuples, or mappings that nobody
writes to once they are made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from litbook.model.editorial import Correction, Editorial, ReadingPath, Tension
from litbook.model.faults import Fault
from litbook.model.pages import Citation, Claim, Excused, KeptClaim, Page
from litbook.model.stated import Stated, StatedCorrection

KINDS = ("method", "analysis", "benchmark-or-dataset", "survey", "theory", "position")
LINKS = ("arxiv", "doi", "openreview", "acl", "code", "project")


@dataclass(frozen=True, slots=True)
class Record:
    """Hold one entry as one source gave it, with the lines that it came from.

    `source` is the file's path below `book/corpus/sources`, with forward slashes. `first_line` and `last_line` count
    from 1 and are both part of the record. `raw` is the verbatim text of these lines, line ends included. `title`
    and `abstract` are as read: lines joined by one space, not repaired. What the source does not give is absent.
    `links` maps a name of `LINKS` to an identifier or address; `extra` keeps every other value. `offset` is where `raw`
    starts in the file, in characters, for formats in which several entries can share a line.
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


@dataclass(frozen=True, slots=True)
class Unread:
    """Hold lines of a source that are no part of a record, and why: page furniture, or not understood.

    Without any text it is a remark on an entry that was read all the same.
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
        return not self.raw


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold all that one source file gave: joined in their order, the raw texts are the file."""

    source: str
    records: tuple[Record, ...]
    unread: tuple[Unread, ...]

    def text(self) -> str:
        """Return the text of the source, character for character."""
        pieces: list[Record | Unread] = [*self.records, *self.unread]
        return "".join(piece.raw for piece in sorted(pieces, key=lambda piece: (piece.offset, piece.first_line)))


@dataclass(frozen=True, slots=True)
class Text:
    """Hold repaired text: plain characters, and the half-open ranges of them that are in italics."""

    plain: str
    italics: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Hold what was looked up for one paper, with its origins; `line` is the place in `facts.jsonl`."""

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


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """Bind a citekey to the identity of the records that it stands for; once written it is never changed.

    `title` is the title when first seen, `arxiv`, `doi`, `openreview` and `acl` are the identifiers known then,
    `sketch` is a MinHash of the abstract's words (see `citekey.make_sketch`), `first_seen` an ISO date.
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
    """Say that a case which looks like this theme belongs to another."""

    case: str
    goes_to: str


@dataclass(frozen=True, slots=True)
class Theme:
    """Describe one theme; its slug is also the name of its chapter's file."""

    slug: str
    title: str
    scope: str
    belongs: tuple[str, ...] = ()
    does_not_belong: tuple[Redirection, ...] = ()
    phrases: tuple[str, ...] = ()
    key_questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Group themes under a title, in the order of the book."""

    title: str
    themes: tuple[Theme, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """Hold what a person decided about one paper; `line` is the place in `decisions.csv`."""

    line: int
    citekey: str
    theme: str | None
    also: tuple[str, ...] = ()
    kind: str | None = None
    status: str = "include"
    reason: str = ""
    by: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Hold what a person decided about two papers that look alike; the same work keeps the citekey `one`."""

    line: int
    one: str
    other: str
    same: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Hold the theme that the machine proposes, the phrases that counted for it, and how close the next one came.

    `margin` is the difference between the scores of the first and the second theme, in 0 … 1.
    """

    theme: str
    phrases: tuple[str, ...]
    runner_up: str | None
    margin: float


@dataclass(frozen=True, slots=True)
class Placement:
    """Hold where a paper stands in the book, and whether a person put it there."""

    theme: str
    also: tuple[str, ...]
    kind: str | None
    decided: bool
    reason: str
    suggestion: Suggestion


@dataclass(frozen=True, slots=True)
class Related:
    """Point from one paper to another, with the phrases that both share."""

    citekey: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """Hold one work: its records, what was looked up for it, and its repaired text."""

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


@dataclass(frozen=True, slots=True)
class Evidence:
    """Quote one sentence of an abstract; `sentence` counts from 1."""

    quote: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Inputs:
    """Hold everything that people and the network put into the repository, read and checked for form."""

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
    pages: tuple[Page, ...] = ()
    kept_claims: tuple[KeptClaim, ...] = ()
    excused: tuple[Excused, ...] = ()
    stated_corrections: tuple[StatedCorrection, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """Count how records became papers of the review, in the layers of PRISMA 2020.

    `sources` and `reasons` are pairs of a name and a number. `works` is how many works the records are of; `waiting`
    holds the citekeys of those that have no decision by a person, and are kept until then.
    """

    sources: tuple[tuple[str, int], ...] = ()
    duplicates: int = 0
    works: int = 0
    waiting: tuple[str, ...] = ()
    reasons: tuple[tuple[str, int], ...] = ()
    included: int = 0

    @property
    def identified(self) -> int:
        return sum(number for _, number in self.sources)

    @property
    def screened(self) -> int:
        return self.works - len(self.waiting)

    @property
    def excluded(self) -> int:
        return sum(number for _, number in self.reasons)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Hold a paper that a person excluded, and the decision; it has no page of its own."""

    paper: Paper
    decision: Decision


@dataclass(frozen=True, slots=True)
class Outlier:
    """Name a paper that is little like the rest, and the decision of a person who gave a reason to keep it, if any.

    `likeness` is its mean similarity to all other papers, in 0 … 1.
    """

    citekey: str
    likeness: float
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class Touched:
    """Say what happened to one paper; `how` is a name of `changes.HOWS`, `detail` a sentence or nothing."""

    how: str
    citekey: str
    title: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """Hold what happened to the collection on one day."""

    date: str
    touched: tuple[Touched, ...]


@dataclass(frozen=True, slots=True)
class History:
    """Hold what changed day by day, the newest first, and one sentence on where the history begins."""

    days: tuple[Changes, ...] = ()
    beginning: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """Name the state of the review: its date or nothing, and its version.

    The version is that of a commit, `changed` says that later changes are in it too; or it is that of the collection.
    """

    date: str = ""
    version: str = ""
    what: str = "collection"
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Corpus:
    """Hold the whole review as the pages and the exports need it; the papers are in the order of their citekeys.

    `sentences` gives for each paper the ranges of its abstract's sentences, `claims` where pages tie a statement to one
    of them, in the order of the pages. `stated` gives what each paper's title and abstract state.
    """

    papers: tuple[Paper, ...]
    parts: tuple[Part, ...]
    placements: Mapping[str, Placement]
    related: Mapping[str, tuple[Related, ...]]
    gists: Mapping[str, Evidence]
    evidence: Mapping[str, tuple[Evidence, ...]]
    citations: Mapping[str, tuple[Citation, ...]]
    notes: frozenset[str]
    flow: Flow = Flow()
    excluded: tuple[Exclusion, ...] = ()
    edge: tuple[Outlier, ...] = ()
    history: History = History()
    state: State = State()
    editorial: Editorial = field(default_factory=Editorial)
    sentences: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    claims: Mapping[str, tuple[Claim, ...]] = field(default_factory=dict)
    stated: Mapping[str, Stated] = field(default_factory=dict)
    kept_claims: tuple[KeptClaim, ...] = ()

    def themes(self) -> tuple[Theme, ...]:
        """Return all themes in the order of the book."""
        return tuple(theme for part in self.parts for theme in part.themes)
