"""Tell titles from abstracts among the blocks of a text, for all of them together (Viterbi's algorithm).

Only `hfpapers` uses this.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

TITLE, ABSTRACT = "title", "abstract"


@dataclass(frozen=True, slots=True)
class Block:
    """Hold the text of adjacent lines, from index `first` to index `last`, that belong together."""

    first: int
    last: int
    text: str
    heading: int = 0
    paper: str = ""

    @property
    def indexes(self) -> range:
        return range(self.first, self.last + 1)

    @property
    def marked(self) -> bool:
        return bool(self.heading or self.paper)


def share_pairs(labels: Sequence[str]) -> float:
    """Return the share of the blocks that are part of a title followed by an abstract."""
    pairs = sum(pair == (TITLE, ABSTRACT) for pair in pairwise(labels))
    return 2 * pairs / len(labels) if labels else 0.0


OPENING = re.compile(
    r"(?:We|This (?:\w+ )?(?:paper|work|article|survey|study|report)|In this|In recent|Recent(?:ly)?|Here|Despite"
    r"|Although|While|Existing|Large language models|Our|To [a-z]+|The [a-z]+|With the|As|It|There)\b"
)
# What it costs to see two titles, or two abstracts, in a row: less than to see a clear title as an abstract.
# Where titles have headings, a text without one is rather an abstract, or neither.
_NO_ABSTRACT, _NO_TITLE, _NO_HEADING = 1.5, 2.0, 1.5


_END_SEEN = 500


def lean(text: str) -> float:
    """Return how much more a text looks like an abstract (above 0) than like a title (below 0).

    Length counts most; then whether it ends as a sentence, holds several, begins as abstracts do, or has the
    capitals of a title.
    """
    size = len(text)
    found = min(max((size - 200) / 80, -1.5), 5.0)
    end = text[-_END_SEEN:]
    found += 2.5 if re.search(r"[^.]\.[\"'”’)\]]*$", end) else 0.0 if re.search(r"https?://\S+$", end) else -1.0
    found += min(3.0, 1.5 * len(re.findall(r"[a-z)\]%]\. [A-Z]", text[:5000])))
    found += 1.5 if OPENING.match(text) else 0.0
    return found - (1.5 if size < 250 and _is_capitalised(text) else 0.0)


def _is_capitalised(text: str) -> bool:
    words = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    return len(words) > 1 and sum(word[0].isupper() for word in words) >= 0.6 * len(words)


def label_blocks(blocks: Sequence[Block]) -> list[str]:
    """Choose titles and abstracts for all blocks at once, as cheaply as possible (Viterbi's algorithm)."""
    headed = any(block.heading for block in blocks)
    costs = {TITLE: 0.0, ABSTRACT: 1.0}
    steps: list[dict[str, str]] = []
    for at, block in enumerate(blocks):
        before = blocks[at - 1] if at else None
        reached: dict[str, float] = {}
        step: dict[str, str] = {}
        for label in (TITLE, ABSTRACT):
            ways = {past: costs[past] + (_transit(before, past, block, label) if before else 0.0) for past in costs}
            step[label] = min(ways, key=ways.__getitem__)
            reached[label] = ways[step[label]] + _cost(block, label, headed)
        costs = reached if at else {label: _cost(block, label, headed) + (label == ABSTRACT) for label in costs}
        steps.append(step)
    return _walk_back(steps, min(costs, key=costs.__getitem__))


def _walk_back(steps: list[dict[str, str]], label: str) -> list[str]:
    labels: list[str] = []
    for step in reversed(steps):
        labels.append(label)
        label = step[label]
    return labels[::-1]


def _cost(block: Block, label: str, headed: bool) -> float:
    if block.heading:
        return 0.0 if label == TITLE else 50.0
    leaning = lean(block.text)
    return (max(0.0, leaning) + (_NO_HEADING if headed else 0.0)) if label == TITLE else max(0.0, -leaning)


def _transit(before: Block, past: str, block: Block, label: str) -> float:
    if past == label:
        return _NO_ABSTRACT if label == TITLE else _NO_TITLE
    if past == TITLE and before.paper and block.paper:
        return -6.0 if before.paper == block.paper else 8.0
    return 0.0
