"""Anchors of marks, and of headings: made of a heading's own words, so that nothing added elsewhere moves them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable


def make_anchor(heading: str) -> str:
    """Return the anchor of a heading by itself: docutils' identifier, or its letters where that would drop some.

    Latin letters lose their accents; letters of other scripts stay, in lower case.
    """
    words = " ".join(heading.lower().split())
    ascii_only = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode("ascii")
    if sum(map(str.isalpha, ascii_only)) == sum(map(str.isalpha, unicodedata.normalize("NFC", words))):
        return re.sub(r"^[-0-9]+|-+$", "", re.sub(r"[^a-z0-9]+", "-", ascii_only))
    # The vowels and tones of Thai and the scripts of India are marks, which are not word characters to `re`.
    kept = (sign if sign.isalnum() or unicodedata.category(sign)[0] == "M" else "-" for sign in
            unicodedata.normalize("NFC", words))  # fmt: skip
    return re.sub(r"-+", "-", "".join(kept)).strip("-")


class Anchors:
    """Hand out the anchors of a page, heading by heading."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._above: list[tuple[int, str]] = []

    def take(self, level: int, text: str) -> str:
        """Return the anchor of the next heading; one without words has none.

        The first of equal headings has the anchor of its words; the others add those of the heading above, or a number.
        """
        self._above = [item for item in self._above if item[0] < level]
        plain = anchor = make_anchor(text)
        if anchor in self._taken and self._above and self._above[-1][0] > 1 and self._above[-1][1]:
            anchor = f"{self._above[-1][1]}-{plain}"
        number = 2
        while plain and anchor in self._taken:
            anchor, number = f"{plain}-{number}", number + 1
        self._taken.add(anchor)
        self._above.append((level, anchor))
        return anchor


def make_anchors(headings: Iterable[tuple[int, str]]) -> list[str]:
    """Return the anchor of each heading of a page, given by level and text."""
    anchors = Anchors()
    return [anchors.take(level, text) for level, text in headings]


def claim_anchor(citekey: str, sentence: int, nth: int = 1) -> str:
    """Return the anchor of a page's n-th mark, from 1, that rests on a sentence; sentences count from 1."""
    return _number(make_anchor(f"claim {citekey} {sentence}"), nth)


def cite_anchor(citekey: str, nth: int = 1) -> str:
    """Return the anchor of a page's n-th citation of a paper, from 1."""
    return _number(make_anchor(f"cite {citekey}"), nth)


def _number(anchor: str, nth: int) -> str:
    return anchor if nth == 1 else f"{anchor}--{nth}"
