"""How papers were found and chosen: searches, judgements of screeners, and decisions on near-duplicates.

The words are those of PRISMA 2020 (Page et al., BMJ 372 (2021) n71) and of PRISMA-S, its extension for reporting
searches (Rethlefsen et al., Systematic Reviews 10 (2021) 39). In all classes `line` is the line in the file.
"""

from __future__ import annotations

from dataclasses import dataclass, field

# Where a search was made, with what readers see of it. PRISMA 2020 counts the first two apart from all others.
KINDS = {
    "database": "Database",
    "register": "Study register",
    "website": "Website",
    "organisation": "Organisation",
    "citations": "Citation searching",
    "contact": "Contact with people",
    "other": "Other method",
}
DATABASES = ("database", "register")

ABSTRACT, FULL_TEXT, RETRIEVAL = "abstract", "full-text", "retrieval"
# The stages of screening, with what readers see of them.
STAGES = {ABSTRACT: "Title and abstract", FULL_TEXT: "Full text"}
# Where a paper can leave the review: between the stages, its text may not be had.
DECIDED_AT = (ABSTRACT, RETRIEVAL, FULL_TEXT)

INCLUDE, EXCLUDE, MAYBE, NOT_RETRIEVED = "include", "exclude", "maybe", "not-retrieved"
JUDGEMENTS = (INCLUDE, EXCLUDE, MAYBE, NOT_RETRIEVED)


@dataclass(frozen=True, slots=True)
class Removed:
    """How many records of a search were removed before they came into the review, and why those for other reasons."""

    duplicates: int = 0
    automation: int = 0
    other: int = 0
    why: str = ""

    @property
    def total(self) -> int:
        """The number of all of them."""
        return self.duplicates + self.automation + self.other


@dataclass(frozen=True, slots=True)
class Search:
    """One search, as `searches.yml` records it.

    `kind` is a key of `KINDS`; `query` is word for word, with its line breaks; `found` is the number of records that
    the source gave; `files` are the sources of the review, below `book/corpus/sources`, that hold them. `date` is an
    ISO date. `review` says who reviewed the query, and `prior` on which earlier search it rests. What is not recorded
    is empty.
    """

    line: int
    id: str
    source: str
    found: int
    kind: str = "database"
    platform: str = ""
    date: str = ""
    query: str = ""
    files: tuple[str, ...] = ()
    removed: Removed = field(default_factory=Removed)
    limits: str = ""
    filters: str = ""
    by: str = ""
    review: str = ""
    prior: str = ""
    updates: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one screener thinks of one paper at one stage."""

    line: int
    citekey: str
    by: str
    judgement: str
    reason: str = ""
    date: str = ""
    stage: str = ABSTRACT


@dataclass(frozen=True, slots=True)
class Screening:
    """Everything that people recorded of searching and screening, besides their decisions."""

    searches: tuple[Search, ...] = ()
    judgements: tuple[Judgement, ...] = ()


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two screeners agree on the papers that both have judged; `kappa` is None where it says nothing."""

    stage: str
    one: str
    other: str
    both: int
    agreed: int
    kappa: float | None


@dataclass(frozen=True, slots=True)
class Screened:
    """How one stage was screened: how many papers by how many people, and how far they agree.

    `by` gives, for each number of people, how many papers so many judged; `conflicts` are the papers on which people
    disagree, or both are unsure, and `open_conflicts` how many of them no decision has settled.
    """

    stage: str
    screeners: tuple[str, ...]
    by: tuple[tuple[int, int], ...]
    agreements: tuple[Agreement, ...]
    conflicts: int
    open_conflicts: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A person's decision whether two similar papers are the same work; if so, the citekey `one` is kept."""

    line: int
    one: str
    other: str
    same: bool
    reason: str = ""
