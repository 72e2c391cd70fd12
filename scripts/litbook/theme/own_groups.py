"""The groups into which authors have put their papers: JabRef's groups, and collections or sections of an export."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

from litbook.model.review import Paper

# Names of the values that hold groups, in lower case.
_NAMES = ("groups", "group", "collections", "collection", "folders", "folder", "section", "sections", "theme", "themes")
_HEADINGS = ("section", "sections")  # one heading of a list below another, which may have commas in it
_BELOW = " / "
_FEWEST_PAPERS = 2
_FEWEST_GROUPS, _MOST_GROUPS = 2, 40
_SHARE = 0.5  # of all papers; with fewer in groups, they are not how the collection is sorted


def find_own_groups(papers: Sequence[Paper]) -> Mapping[str, tuple[str, ...]]:
    """Return the names of the groups of each paper by citekey, or nothing if the papers are not sorted into groups."""
    found = {paper.citekey: tuple(dict.fromkeys(_read_groups(paper))) for paper in papers}
    sizes = Counter(name for names in found.values() for name in names)
    kept = {name for name, number in sizes.items() if number >= _FEWEST_PAPERS}
    short = _drop_common(kept)
    placed = {citekey: tuple(short[name] for name in names if name in kept) for citekey, names in found.items()}
    placed = {citekey: names for citekey, names in placed.items() if names}
    sorted_out = len(placed) >= max(1, _SHARE * len(papers)) and _FEWEST_GROUPS <= len(kept) <= _MOST_GROUPS
    return placed if sorted_out else {}


def _read_groups(paper: Paper) -> Iterator[str]:
    for record in paper.records:
        for name, value in record.extra.items():
            if name.casefold() in _NAMES:
                separator = ";" if ";" in value or name.casefold() in _HEADINGS else ","
                yield from filter(None, (group.strip() for group in re.split(separator, value)))


def _drop_common(names: Iterable[str]) -> dict[str, str]:
    """Return each path of headings without those at its beginning that all have, such as the title of a list."""
    paths = {name: name.split(_BELOW) for name in names}
    same = sum(1 for _ in takewhile(lambda parts: len(set(parts)) == 1, zip(*paths.values(), strict=False)))
    dropped = min([same, *(len(path) - 1 for path in paths.values())])
    return {name: _BELOW.join(path[dropped:]) for name, path in paths.items()}
