"""What abstracts state: names, results with numbers, and people's corrections to both."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

# Sets of what rules find, of which a review shows those that its abstracts state.
MACHINE_LEARNING, STUDIES = "machine learning", "studies"
# What the rules look for in abstracts of studies, with the heads of their columns.
STUDY_FIELDS = {
    "design": "Design",
    "sample": "Sample",
    "population": "Population",
    "country": "Country",
    "comparison": "Comparison",
    "outcome": "Outcome",
    "effect": "Effect",
    "p-value": "P value",
}
# The sorts of what authors introduce, with the heads of their columns.
SORTS = {"method": "Method", "dataset": "New data set", "task": "New task"}
# All that holds names: also of other people's work.
NAME_FIELDS = {**SORTS, "models": "Models", "benchmarks": "Benchmarks"}
# All that a column may show as a draft.
DRAFT_FIELDS = {**NAME_FIELDS, "findings": "Results in numbers", **STUDY_FIELDS}


# How a sentence without its opening begins: with a common word, not a name.
_LATE_START = re.compile(
    r"(?:we|our|the|this|an?|as|in|on|with|when|if|there|most|many|some|only|both|not|even|large|language|models?)\b"
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence quoted from an abstract; `sentence` counts from 1, `is_cut` says that the sentence goes on."""

    quote: str
    sentence: int
    is_cut: bool = False

    @property
    def shown(self) -> str:
        """Return the quotation with an ellipsis where the sentence goes on.

        A sentence that lost its opening, such as "In this paper, we", begins in upper case.
        """
        whole = self.quote[:1].upper() + self.quote[1:] if _LATE_START.match(self.quote) else self.quote
        return f"{whole} …" if self.is_cut else whole


@dataclass(frozen=True, slots=True)
class Finding:
    """One number that states a result, with its unit, and what it measures; both verbatim from the sentence.

    `measured` is empty where the rules cannot identify what the number measures; `sentence` counts from 1.
    """

    sentence: int
    measured: str
    number: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What rules found of a study: a piece of a sentence, verbatim, under one of `STUDY_FIELDS`.

    `sentence` counts from 1; 0 is the title.
    """

    field: str
    value: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Stated:
    """What a paper's title and abstract state; every value occurs verbatim in one of them.

    `method`, `dataset` and `task` hold the authors' names for what they introduce: a method, model, tool or metric; a
    data set, benchmark or test; a problem to solve. `models` and `benchmarks` hold names of other people's work;
    `study` what is said of a study. An empty field means that nothing is stated.
    """

    method: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    benchmarks: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    study: tuple[Draft, ...] = ()
    dataset: tuple[str, ...] = ()
    task: tuple[str, ...] = ()

    @property
    def introduced(self) -> tuple[str, ...]:
        """Return all names of what the authors introduce."""
        return (*self.method, *self.dataset, *self.task)


def keep_sets(stated: Stated, sets: Collection[str]) -> Stated:
    """Return what belongs to some sets; the authors' own names and results in numbers belong to every set."""
    kept = stated if MACHINE_LEARNING in sets else replace(stated, models=(), benchmarks=())
    return kept if STUDIES in sets else replace(kept, study=())


def drop_fields(stated: Stated, fields: Collection[str]) -> Stated:
    """Return what is stated without some of `DRAFT_FIELDS`."""
    dropped = {name: () for name in (*NAME_FIELDS, "findings") if name in fields}
    return replace(stated, study=tuple(draft for draft in stated.study if draft.field not in fields), **dropped)


@dataclass(frozen=True, slots=True)
class StatedCorrection:
    """One row of `findings.csv`: a value to add, drop or replace among those that the rules found.

    `field` is one of `NAME_FIELDS` or "finding"; `action` is "add", "drop" or "replace". `value` is the
    name, or the number of a finding; `sentence` and `measured` belong to a finding. `line` is the row's line in the
    file.
    """

    line: int
    citekey: str
    field: str
    action: str
    value: str
    sentence: int = 0
    measured: str = ""
    reason: str = ""
