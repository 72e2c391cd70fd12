"""Read invented files as `litbook new` does: by the reader that accounts for them."""

from __future__ import annotations

from litbook.ingest.formats.choice import choose
from litbook.ingest.formats.wishes import NO_WISH, Refused, Wish
from litbook.model.review import Reading, Record


def read_file(text: str, name: str = "x", wish: Wish = NO_WISH) -> Reading:
    """Return the reading of a text, which gives back the text, or fail with the refusal."""
    made = choose(name, text.encode(), wish)
    assert isinstance(made, Reading), made
    assert made.text() == text
    return made


def read_single(text: str, name: str = "x") -> Record:
    """Return the only record of a text."""
    (record,) = read_file(text, name).records
    return record


def read_titles(text: str, name: str = "x") -> list[str]:
    return [record.title for record in read_file(text, name).records]


def refuse(content: str | bytes, name: str = "x") -> Refused:
    """Return how a file is refused, or fail with what was read."""
    made = choose(name, content.encode() if isinstance(content, str) else content)
    assert isinstance(made, Refused), made
    return made


def find_reports(reading: Reading) -> list[str]:
    """Return what a reading says of what was not understood, remarks included."""
    return [piece.reason for piece in reading.unread if not piece.understood]
