"""Count the words that a page, or a section of it, gives to read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from litbook.model.pages import Page

_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_HEADING = re.compile(r"^(?P<marks>#{1,6})[ \t]+(?P<text>.+?)[ \t#]*$", re.MULTILINE)
_OPTION = re.compile(r"^[ >]*:[\w-]+:.*$", re.MULTILINE)
# A citation shows names that a reader skips, a claim a mark; what another role shows is about as long as its text.
_CITATION = re.compile(r"\{(?:claim|cite(?::\w+)?)\}(`+).*?\1", re.DOTALL)
_ROLE = re.compile(r"\{[\w:+.-]+\}(?=`)")
_ADDRESS = re.compile(r"\]\([^()\s]*\)|https?://\S+|\{[.#][^{}\n]*\}|^ *\([\w-]+\)=$", re.MULTILINE)
_WORD = re.compile(r"[^\W_](?:[\w'’.,-]*\w)?")


@dataclass(frozen=True, slots=True)
class Section:
    """Hold one section of a page: its anchor, its heading and its lines, subsections included."""

    anchor: str
    heading: str
    first_line: int
    last_line: int


def count_words(text: str) -> int:
    """Return how many words a text has; citations, addresses and the marks of Markdown are none."""
    for pattern in (_FRONT, _OPTION, _CITATION, _ROLE, _ADDRESS):
        text = pattern.sub(" ", text)
    return len(_WORD.findall(text))


def find_sections(page: Page) -> Iterator[Section]:
    """Yield the sections of a page; the first one is the page."""
    headings = [(len(match["marks"]), match) for match in _HEADING.finditer(page.prose)]
    last = page.prose.count("\n") + 1
    for at, (level, match) in enumerate(headings):
        after = next((other for deep, other in headings[at + 1 :] if deep <= level), None)
        end = _line(page, after) - 1 if after else last
        heading = plain_heading(match["text"])
        anchor = "" if _ROLE.search(match["text"]) else make_anchor(heading)  # what a role shows is not known here
        yield Section(anchor, heading, _line(page, match), end)


def text_of(page: Page, section: Section | None) -> str:
    """Return the text of a section, or of the whole page."""
    lines = page.prose.split("\n")
    return page.prose if section is None else "\n".join(lines[section.first_line - 1 : section.last_line])


def plain_heading(text: str) -> str:
    """Return a heading without its roles, links and emphasis."""
    return re.sub(r"\{[\w:+.-]+\}(?=`)|\]\([^()]*\)|[`*\[\]\\]", "", text)


def make_anchor(heading: str) -> str:
    """Return the anchor that a section with this heading has on its page, by the rules of docutils for identifiers."""
    ascii_only = unicodedata.normalize("NFKD", heading.lower()).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"^[-0-9]+|-+$", "", re.sub(r"[^a-z0-9]+", "-", " ".join(ascii_only.split())))


def _line(page: Page, match: re.Match[str]) -> int:
    return page.prose.count("\n", 0, match.start()) + 1
