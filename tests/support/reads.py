"""What every reader of a format must do: lose no character, and claim no file of another format."""

from __future__ import annotations

import json
import random
import re
from bisect import bisect_right
from collections.abc import Callable
from pathlib import Path

from litbook.ingest.formats import arxiv_atom, crossref, csljson, hfjson, hfpapers, idlist, openalex, semanticscholar
from litbook.model.review import Reading, Record, Unread

SAMPLES = Path(__file__).parents[1] / "samples"
Read = Callable[[str, str], Reading]
MATCHES: dict[str, Callable[[str], float]] = {
    "arxiv_atom": arxiv_atom.matches,
    "crossref": crossref.matches,
    "csljson": csljson.matches,
    "hfjson": hfjson.matches,
    "hfpapers": hfpapers.matches,
    "idlist": idlist.matches,
    "openalex": openalex.matches,
    "semanticscholar": semanticscholar.matches,
}


def sample(name: str) -> str:
    """Return a sample with its line ends unchanged."""
    return (SAMPLES / name).read_bytes().decode()


def check(read: Read, text: str) -> Reading:
    """Read a text and check what every reading guarantees."""
    reading = read("a/file", text)
    assert reading.text() == text
    done, ends = 0, [match.end() for match in re.finditer(r"\r\n|\r|\n", text)]
    pieces: list[Record | Unread] = [*reading.records, *reading.unread]
    for piece in sorted(pieces, key=lambda piece: (piece.offset, len(piece.raw))):
        assert piece.source == "a/file"
        assert text[piece.offset : piece.offset + len(piece.raw)] == piece.raw
        assert piece.first_line == 1 + bisect_right(ends, piece.offset)
        assert piece.last_line == max(piece.first_line, 1 + bisect_right(ends, piece.offset + len(piece.raw) - 1))
        if isinstance(piece, Unread):
            assert piece.reason
            assert "\n" not in piece.reason
        if piece.raw:
            assert piece.offset == done
            done = piece.offset + len(piece.raw)
    assert done == len(text)
    return reading


def faults(reading: Reading) -> list[tuple[int, str]]:
    """Return line and reason of everything that was not understood."""
    return [(piece.first_line, piece.reason) for piece in reading.unread if not piece.understood]


def titles(reading: Reading) -> list[str]:
    return [record.title for record in reading.records]


def claims(text: str) -> str:
    """Return the format that claims a text, by a clear margin."""
    sure = {name: matches(text) for name, matches in MATCHES.items()}
    assert all(0 <= value <= 1 for value in sure.values())
    best = max(sure, key=lambda name: sure[name])
    assert sorted(sure.values())[-2] <= sure[best] - 0.2, sure
    return best


def minified(text: str) -> str:
    return json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"))


def lines_of(text: str, name: str | None = None) -> str:
    """Return the entries of a document as JSON Lines."""
    value = json.loads(text)
    return "".join(json.dumps(entry) + "\n" for entry in (value[name] if name else value))


def garble(text: str, seed: int) -> str:
    """Return a text with a few characters dropped, doubled or replaced by troublesome ones."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(text) + 1)
        size = chance.choice([0, 1, 1, 2, 30])
        text = (
            text[:at]
            + chance.choice(["", *'"{}[]\\,:<>&\x00\r\n', "\ud800", "\udcff", text[at : at + 9]])
            + text[at + size :]
        )
    return text
