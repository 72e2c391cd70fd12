"""The updating status of a review, as PRISMA-LSR asks for it, and the grades that editors give.

PRISMA-LSR: Akl et al., "Extension of the PRISMA 2020 statement for living systematic reviews", BMJ 387 (2024) e079183.
PRISMA 2020: Page et al., BMJ 372 (2021) n71.
"""

from __future__ import annotations

from dataclasses import dataclass

MODES = ("living", "paused", "retired", "one-off")
# For a search whose day no record has, and for a reporting item without an answer.
NOT_RECORDED = "not recorded"
# The four words of GRADE, for a review that defines no scale.
GRADE_WORDS = ("high", "moderate", "low", "very low")
# Items of PRISMA 2020, and in between those that PRISMA-LSR adds, with short names.
ITEMS = {
    "1": "Title", "2": "Abstract", "3": "Rationale", "4": "Objectives", "L1": "Living mode parameters",
    "5": "Eligibility criteria", "6": "Information sources", "7": "Search strategy", "8": "Selection process",
    "9": "Data collection process", "10": "Data items", "11": "Study risk of bias assessment",
    "12": "Effect measures", "13": "Synthesis methods", "14": "Reporting bias assessment",
    "15": "Certainty assessment", "L2": "Changes to the methods", "16": "Study selection",
    "17": "Study characteristics", "18": "Risk of bias in studies", "19": "Results of individual studies",
    "20": "Results of syntheses", "21": "Reporting biases", "22": "Certainty of evidence",
    "L3": "Changes to the results", "23": "Discussion", "24": "Registration and protocol", "25": "Support",
    "26": "Competing interests", "L4": "Authors and their roles", "27": "Availability of data, code and materials",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reported:
    """What an editor wrote for one reporting item, and where in the review it is reported, or nothing."""

    item: str
    says: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """The updating status: the question, the mode with its reason, and when the review was searched and is due again.

    Dates are ISO dates; `searched` is empty if the day is not recorded, `due` for a review that is not living. `who`
    updates it; `schedule`, `retire` and
    `search` say how often, until when, and with which query, or are empty. `due_line` is the line of `due` in
    `status.yml`.
    """

    question: str
    mode: str
    searched: str
    due: str = ""
    reason: str = ""
    who: tuple[str, ...] = ()
    schedule: str = ""
    retire: str = ""
    search: str = ""
    reported: tuple[Reported, ...] = ()
    due_line: int = 0


@dataclass(frozen=True, slots=True)
class Grade:
    """An editor's grade of a tension, a highlight or a row of a table; `line` is the row's line in `grades.csv`."""

    line: int
    of: str
    id: str
    grade: str
    reason: str
    by: str
    date: str
