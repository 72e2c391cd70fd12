"""Statements of the review as data: sentences that cite, with their sources, and people's checks of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

CELLS = " · "  # between the cells of a table's row
CITED_CELL = "[cited]"  # stands for a cell with nothing but citations
# What a person who compares a sentence with its sources can find, from sound to worst.
VERDICTS = {
    "supported": "its sources say so",
    "overstated": "its sources say less",
    "unsupported": "its sources do not say so",
    "wrong": "its sources say otherwise",
}


@dataclass(frozen=True, slots=True)
class Source:
    """What a statement rests on: a sentence of an abstract, counted from 1, or with 0 the whole abstract.

    `quote` is the sentence; it is empty for a whole abstract. `digest` is the SHA-256 of the text in UTF-8, as
    hexadecimal digits.
    """

    citekey: str
    sentence: int
    quote: str
    digest: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of the review that cites papers, as readers see it, with formulas in TeX; or a row of a table.

    `file` is the page's, relative to `book/`; `anchor` is that of its section, or empty; `line` counts from 1. What
    only the build knows, such as a count, is "…". `heading` names the page and the section, and `before` is the
    sentence before this one in its paragraph, the header of its table, or empty.
    """

    text: str
    file: str
    anchor: str
    line: int
    sources: tuple[Source, ...]
    heading: str = ""
    before: str = ""

    @property
    def id(self) -> str:
        """Return twelve hexadecimal digits that change with the words of the sentence or of a source, not its place."""
        words = CELLS.join(cell for cell in self.text.split(CELLS) if cell != CITED_CELL)
        held = [words, *(f"{item.citekey}:{item.sentence}:{item.digest}" for item in self.sources)]
        return hashlib.sha256("\n".join(held).encode("utf-8")).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Check:
    """A person's verdict on a statement, by its id at that time; `line` is the row's line in `audit.csv`.

    `sentence` is the statement as it was read, or empty if the row does not have it. Rows with the same `sample` were
    drawn together, `of` so many statements as the review then had; it is empty if that was not recorded.
    """

    line: int
    id: str
    verdict: str
    by: str
    date: str
    remark: str = ""
    sentence: str = ""
    sample: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class Audit:
    """The result of a sample: how many there were, by verdict, and the share in error with its interval.

    `low` and `high` bound the share that is not "supported" with a confidence of 95 %, in 0 … 1. `current` counts the
    checked statements that are in the review unchanged. `statements` counts those from which the sample was drawn,
    or is 0 if that was not recorded.
    """

    checked: int
    verdicts: tuple[tuple[str, int], ...]
    low: float
    high: float
    by: tuple[str, ...]
    first: str
    last: str
    current: int = 0
    statements: int = 0

    @property
    def wrong(self) -> int:
        """Return the number of checks with any verdict but "supported"."""
        return sum(number for verdict, number in self.verdicts if verdict != "supported")

    @property
    def is_census(self) -> bool:
        """Return whether all statements were checked, so that the share in error has no error of sampling."""
        return self.checked == self.statements


def digest_text(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, as hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def list_samples(checks: Iterable[Check]) -> list[tuple[Check, ...]]:
    """Return the checks of each sample, in the order in which the samples begin in the file."""
    samples: dict[str, list[Check]] = {}
    for check in sorted(checks, key=lambda check: check.line):
        samples.setdefault(check.sample, []).append(check)
    return [tuple(sample) for sample in samples.values()]


def latest_checks(checks: Iterable[Check]) -> dict[str, Check]:
    """Return the newest check of each statement by id; of the same day, the one on the later line."""
    return {check.id: check for check in sorted(checks, key=lambda check: (check.date, check.line))}
