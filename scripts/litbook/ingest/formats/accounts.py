"""How much of a file a reading accounts for, held against a count that knows no format.

The count sees lines that are not blank, and identifiers that can be nothing else: addresses of papers, arXiv ids with
their prefix, DOIs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from litbook.model.review import Reading, Record, Unread
from litbook.text.identifiers import ARXIV, links_of, read_address, trim

_NAMED = re.compile(
    rf"(?:arxiv\.org|alphaxiv\.org|ar5iv\.[a-z.]+)/[a-z]+/({ARXIV})|huggingface\.co/papers/({ARXIV})"
    rf"|(?<![\w./])arxiv\s?:\s?({ARXIV})"
    r"|((?:openreview\.net/(?:forum|pdf)\?id=|aclanthology\.org/|aclweb\.org/anthology/)[\w.-]{6,40})"
    r"|(?:doi\.org/|(?<![\w./-]))(10\.\d{4,9}/[^\s\"'<>\]}|,;]{2,200})",
    re.IGNORECASE,
)
# More loose lines than this, and more than those of the records: the file is something else that holds some records.
_MOST_LOOSE = 20
# The reason of lines that are neither papers nor part of a list's frame; where most are such, it is not a list.
LOOSE = "a line without a paper"
_IDENTIFIERS = ("arxiv", "doi", "openreview", "acl")


def find_all(text: str) -> frozenset[str]:
    """Return the identifiers of papers in any text, such as "arxiv:2310.12345", in lower case."""
    found: set[str] = set()
    for match in _NAMED.finditer(text):
        arxiv = match[1] or match[2] or match[3]
        if arxiv:
            found.add(f"arxiv:{arxiv.lower()}")
        elif match[4]:
            address = read_address(match[4])
            found |= {f"{address[0]}:{address[1].lower()}"} if address else set()
        else:
            found |= {f"{name}:{value.lower()}" for name, value in links_of(trim(match[5])).items()}
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Account:
    """What became of the lines and identifiers of a file.

    `taken` and `lost` count lines that are not blank; a line of the format's own frame is neither. `missed` are the
    identifiers that no record has, of `named` ones.
    """

    records: int
    taken: int
    lost: int
    named: int
    missed: frozenset[str]

    @property
    def lines(self) -> float:
        """Return the share of lines that are accounted for."""
        return self.taken / (self.taken + self.lost) if self.taken else 0.0

    @property
    def identifiers(self) -> float:
        """Return the share of identifiers that records have."""
        return 1 - len(self.missed) / self.named if self.named else 1.0

    def describe(self) -> str:
        """Return both shares in words."""
        total = self.taken + self.lost
        said = f"{self.taken} of {total} lines"
        return f"{said} and {self.named - len(self.missed)} of {self.named} identifiers" if self.named else said


def account_for(reading: Reading, structured: bool) -> Account:
    """Count what a reading takes and what it loses."""
    taken = sum(count_lines(record.raw) for record in reading.records)
    skipped = [(piece, count_lines(piece.raw)) for piece in reading.unread if piece.raw.strip()]
    reported = sum(number for piece, number in skipped if not piece.understood)
    beside_records = [piece for piece, _ in skipped if piece.understood and (structured or piece.reason == LOOSE)]
    loose = sum(_count_loose(piece.raw) for piece in beside_records)
    lost = (0 if structured else reported) + (loose if loose > max(_MOST_LOOSE, taken * (1 + (not structured))) else 0)
    beside = find_all("\n".join(piece.raw for piece, _ in skipped if piece.understood or not structured))
    if not beside:
        return Account(len(reading.records), taken + reported * structured, lost, 0, frozenset())
    held = _find_held(reading.records, structured)
    frame = 0 if structured else sum(number for piece, number in skipped if piece.understood)
    return Account(len(reading.records), taken + frame + reported * structured, lost, len(held | beside), beside - held)


def _find_held(records: Iterable[Record], structured: bool) -> frozenset[str]:
    """Return the identifiers of records: in a structured format, those anywhere in them."""
    own = {
        f"{name}:{record.links[name].lower()}" for record in records for name in _IDENTIFIERS if name in record.links
    }
    return frozenset(own) | (find_all("\n".join(record.raw for record in records)) if structured else frozenset())


def count_lines(text: str) -> int:
    """Return how many lines of a text are not blank."""
    return sum(1 for line in text.splitlines() if line.strip())


def _count_loose(text: str) -> int:
    """Return how many lines outside of records are neither comments nor markup."""
    lines = (line.strip() for line in text.splitlines())
    return sum(1 for line in lines if line and not line.startswith(("%", "@", "#", "<", "{", "}", "[", "]", '"', "//")))


def report_skipped(reading: Reading) -> Reading:
    """Report the lines that a reader skipped as frame or comment although they hold identifiers that no record has."""
    skipped = [piece for piece in reading.unread if piece.understood and find_all(piece.raw)]
    if not skipped:
        return reading
    held = _find_held(reading.records, structured=True)
    reports = {id(piece): _report(piece, missed) for piece in skipped if (missed := find_all(piece.raw) - held)}
    return replace(reading, unread=tuple(reports.get(id(piece), piece) for piece in reading.unread))


def _report(piece: Unread, missed: frozenset[str]) -> Unread:
    lines, number = count_lines(piece.raw), len(missed)
    kinds = {name.partition(":")[0] for name in missed}
    what = {"arxiv": "arXiv id", "doi": "DOI"}.get(next(iter(kinds)), "identifier") if len(kinds) == 1 else "identifier"
    few = ", ".join(sorted(name.partition(":")[2] for name in missed)[:3])
    said = f"{lines} line{'s' * (lines > 1)} with {number} {what}{'s' * (number > 1)} skipped ({few}"
    reason = f"{said}{', …' if number > 3 else ''}); add them in a file of their own"
    return replace(piece, reason=reason, understood=False)
