"""Count the words of a page or a section, for reading times."""

from __future__ import annotations

from litbook.model.pages import Page, Section


def count_words(page: Page, section: Section | None = None) -> int:
    """Return how many words a page or one of its sections has, without citations, code blocks and addresses."""
    first, last = (section.first_line, section.last_line) if section else (1, page.source.count("\n") + 1)
    return sum(block.words for block in page.blocks if first <= block.line <= last)
