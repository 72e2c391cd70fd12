"""What every reader of exports must do: lose no character, report damage, and claim no other format."""

from __future__ import annotations

import random
from collections.abc import Callable

from hypothesis import strategies as st
from reads import MATCHES, Read, check, sample

from litbook.ingest.formats import bibtex, csvtable, endnote_xml, nbib, ris
from litbook.model.review import Reading, Record

ALL: dict[str, Callable[[str], float]] = {
    **MATCHES,
    "bibtex": bibtex.matches,
    "csvtable": csvtable.matches,
    "endnote_xml": endnote_xml.matches,
    "nbib": nbib.matches,
    "ris": ris.matches,
}


def claims(text: str) -> str:
    """Return the format that claims a text, by a clear margin."""
    sure = {name: matches(text) for name, matches in ALL.items()}
    assert all(0 <= value <= 1 for value in sure.values())
    best = max(sure, key=lambda name: sure[name])
    assert sorted(sure.values())[-2] <= sure[best] - 0.2, sure
    return best


def read_sample(read: Read, name: str) -> Reading:
    """Read a sample with each kind of line end, and check that the records are the same."""
    text = sample(name)
    reading = check(read, text)
    for end in ("\n", "\r\n", "\r"):
        other = check(read, text.replace("\r\n", "\n").replace("\n", end))
        assert list(map(content_of, other.records)) == list(map(content_of, reading.records))
    return reading


def content_of(record: Record) -> tuple[object, ...]:
    """Return the values of a record, without its position."""
    links, extra = dict(record.links), dict(record.extra)
    return record.title, record.abstract, record.authors, record.year, record.published, record.venue, links, extra


def bad(reading: Reading) -> list[tuple[int, str]]:
    """Return first line and reason of everything that was not understood."""
    return [(piece.first_line, piece.reason) for piece in reading.unread if not piece.understood]


def damaged(text: str, signs: str) -> st.SearchStrategy[str]:
    """Return a strategy of truncated, spliced and garbled variants of a text, with characters special to its format."""

    def damage(seed: int) -> str:
        chance = random.Random(seed)
        result = text
        for _ in range(chance.randint(1, 5)):
            at = chance.randrange(len(result) + 1)
            end = min(len(result), at + chance.choice([0, 1, 2, 40, 400]))
            new = chance.choice(["", *signs, "\r", "\n", "\r\n", "\x00", "\udcff", "\ufeff", result[at:end] * 2])
            result = result[:at] + new + result[end:]
        return result[: chance.randrange(len(result) + 1)] if chance.random() < 0.3 else result

    return st.integers(0, 2**32).map(damage) | st.text(alphabet=signs + "\r\n aA1-\x00\udcff\ufeff", max_size=80)
