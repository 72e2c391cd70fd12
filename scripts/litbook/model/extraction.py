"""Columns of a review's own, and the values that people extracted for its papers.

In all classes `line` is the line in the file that the value was read from, counted from 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

TEXT, NUMBER, CHOICE, YES_NO, INTERVAL = "text", "number", "choice", "yes-no", "interval"
COLUMN_KINDS = (TEXT, NUMBER, CHOICE, YES_NO, INTERVAL)
YES_NO_CHOICES = ("yes", "no")
# What an extractor writes where the paper does not say; it needs no quotation.
NOT_REPORTED = "not reported"
# The name under which extractors record the value that they agreed on after they had differed.
AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values of a choice column; a quotation must hold one of `words`, if there are any."""

    name: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pooling:
    """An author's request to summarise the effects of a column, and why the studies are comparable."""

    because: str
    line: int


@dataclass(frozen=True, slots=True)
class Column:
    """A question that the review asks of every paper, and the form of its answers.

    `unit` belongs to numbers and intervals, where it names the measure: "mg", "odds ratio". `choices` are those of a
    choice column, in order. Without `themes` the column is asked of all papers. Columns of one `group`, such as
    "Risk of bias", are shown together. `draft` names what the rules find in abstracts (a key of
    `model.stated.DRAFT_FIELDS`), to show until a person has extracted a value. `level` is that of the
    intervals, in percent.
    """

    id: str
    name: str
    question: str
    kind: str
    line: int
    unit: str = ""
    choices: tuple[Choice, ...] = ()
    several: bool = False
    themes: tuple[str, ...] = ()
    group: str = ""
    draft: str = ""
    level: int = 95
    null: Fraction | None = None
    pooling: Pooling | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Return the values of a choice or yes-no column in order; other kinds have none."""
        return YES_NO_CHOICES if self.kind == YES_NO else tuple(choice.name for choice in self.choices)

    @property
    def heading(self) -> str:
        """Return the name with its unit, as the head of a table's column."""
        return f"{self.name} ({self.unit})" if self.unit else self.name

    def asks(self, theme: str) -> bool:
        """Return whether the column is asked of the papers of a theme."""
        return not self.themes or theme in self.themes


@dataclass(frozen=True, slots=True)
class Effect:
    """An estimate with the limits of its interval."""

    estimate: Fraction
    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class Extracted:
    """One row of `extraction.csv`: what a person read in a paper, and the words that it rests on.

    `quote` is a quotation from title or abstract, and `sentence` the number of the abstract's sentence in which it
    begins, from 1, or 0 for the title. A row with `where`, a place in the full text such as "Table 2", quotes that
    text, which the build does not have; its `sentence` is -1. `number` and `effect` are what `value` says, in columns
    of these kinds.
    """

    line: int
    citekey: str
    column: str
    value: str
    quote: str = ""
    by: str = ""
    date: str = ""
    note: str = ""
    where: str = ""
    sentence: int = -1
    number: Fraction | None = None
    effect: Effect | None = None

    @property
    def is_reported(self) -> bool:
        """Return whether the paper answers the column's question at all."""
        return self.value != NOT_REPORTED


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two extractors agree on a column.

    `statistic` is "kappa" or "ICC"; `value` is None if it is not defined, as where both always say the same. `same` of
    `pairs` papers have equal values from both.
    """

    column: str
    extractors: tuple[str, str]
    pairs: int
    same: int
    statistic: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A paper on which extractors differ, with the rows of the column."""

    citekey: str
    column: str
    rows: tuple[Extracted, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """A random-effects summary of a column's effects, on the column's own scale.

    `tau_squared` is the variance between studies on the scale of the analysis (the logarithm, for ratios), `i_squared`
    the share of the variation that is not chance, in 0 … 1, and `q` Cochran's Q with `p` on `studies` - 1 degrees of
    freedom.
    """

    column: str
    studies: int
    estimate: float
    low: float
    high: float
    tau_squared: float
    i_squared: float
    q: float
    p: float


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything that people extracted: the columns in order, and the rows of papers in the review.

    `of` maps a citekey and the id of a column to the values that are shown: the agreed ones, or else those of all
    extractors, equal ones once.
    """

    columns: tuple[Column, ...] = ()
    rows: tuple[Extracted, ...] = ()
    of: Mapping[tuple[str, str], tuple[Extracted, ...]] = field(default_factory=dict)
    agreements: tuple[Agreement, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    summaries: Mapping[str, Summary] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.columns)

    def column(self, name: str) -> Column | None:
        """Return the column with an id, or None."""
        return next((column for column in self.columns if column.id == name), None)
