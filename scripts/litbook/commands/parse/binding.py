"""Find the paper of the review to which a parsed file belongs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from litbook.enrich.titles import is_generic
from litbook.model.review import Paper, Record
from litbook.text.citekey import normalise_title

_IDENTIFIERS = ("doi", "arxiv", "openreview", "acl")


@dataclass(frozen=True, slots=True)
class Bound:
    """Hold the paper of a record, or the reason in words why it has none; `candidates` are papers that it might be."""

    citekey: str = ""
    why: str = ""
    candidates: tuple[str, ...] = ()


class Binder:
    """Bind records of parsed files to papers: by identifier, by a title that only one paper has, or by a person."""

    def __init__(self, papers: Iterable[Paper], by_hand: Mapping[str, str]) -> None:
        """Take the papers, and the citekeys that people gave for names of files."""
        self._by_hand = by_hand
        self._citekeys: set[str] = set()
        self._by_identifier: dict[str, set[str]] = defaultdict(set)
        self._by_title: dict[str, set[str]] = defaultdict(set)
        for paper in papers:
            self._citekeys.add(paper.citekey)
            for links in (paper.links, *(record.links for record in paper.records)):
                for name in _IDENTIFIERS:
                    if name in links:
                        self._by_identifier[f"{name}:{links[name].casefold()}"].add(paper.citekey)
            titles = {paper.title.plain, *(record.title for record in paper.records)}
            for title in filter(None, map(normalise_title, titles)):
                self._by_title[title].add(paper.citekey)

    def bind(self, record: Record, file: str) -> Bound:
        """Return the paper of a record; `file` is the name under which people know its file."""
        if file in self._by_hand:
            citekey = self._by_hand[file]
            return Bound(citekey) if citekey in self._citekeys else Bound(why=f"no paper '{citekey}'")
        named = (f"{name}:{record.links[name].casefold()}" for name in _IDENTIFIERS if name in record.links)
        found = sorted(set[str]().union(*(self._by_identifier.get(key, set()) for key in named)))
        if len(found) == 1:
            return Bound(found[0])
        if not found and record.title and not is_generic(record.title):
            found = sorted(self._by_title.get(normalise_title(record.title), ()))
            if len(found) == 1:
                return Bound(found[0])
        if found:
            return Bound(why=f"{len(found)} papers have its identifier or title", candidates=tuple(found))
        return Bound(why="no paper of the review has its identifier or title")
