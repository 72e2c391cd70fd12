"""Find out which papers of the review cite which, what they share, and what the review lacks.

Lists of references come from parsed texts and from services. An entry is a paper of the review if they have an
identifier in common, or else if they have a distinctive title in common and nothing speaks against it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from litbook.model.citing import CitedHere, Citing, LackedWork
from litbook.model.fulltext import Listed, Parsed
from litbook.model.review import Paper
from litbook.text.citekey import family_name, normalise_title, significant_words

FEWEST_CITING = 3  # papers that cite a work which the review lacks
FEWEST_SHARED = 3  # references in common that relate two papers
_MOST_SHARED = 10  # papers that are kept for each as sharing references
_MOST_HOLDERS = 300  # a work that more papers cite tells nothing about two of them
_YEARS_APART = 3  # a preprint and its publication
_START = 16  # letters by which titles are looked up in printed entries
_SHORTEST_TITLE, _FEWEST_WORDS = 24, 3  # letters and words of a title that two works hardly share
_IDENTIFIERS = ("arxiv", "doi", "openreview", "acl")
_ONE_EACH = ("arxiv", "openreview", "acl")


@dataclass(slots=True)
class _Work:
    """A cited work: the paper of the review that it is, or what lists say of it, and who cites it in which sections."""

    citekey: str
    title: str
    year: int | None
    links: dict[str, str]
    authors: Counter[str]  # the first authors by their family names
    citing: dict[str, tuple[str, ...]]


def find_citations(papers: Sequence[Paper], kept: Iterable[Parsed]) -> Citing:
    """Return all citations between the papers; `kept` holds the lists of references, several for a paper at most."""
    citekeys = {paper.citekey for paper in papers}
    lists = [item for item in kept if item.citekey in citekeys and item.references]
    if not lists:
        return Citing()
    works = _Works(papers)
    # Entries whose titles are known come first: printed ones are then looked up among them.
    ordered = [(item, listed) for item in lists for listed in item.references]
    for item, listed in sorted(ordered, key=lambda pair: not (pair[1].title or pair[1].links)):
        works.add(item, listed)
    held = works.merge()
    cites: dict[str, list[CitedHere]] = defaultdict(list)
    cited_by: dict[str, list[CitedHere]] = defaultdict(list)
    for work in held:
        for citing, sections in work.citing.items() if work.citekey else ():
            if citing != work.citekey:
                cites[citing].append(CitedHere(work.citekey, sections))
                cited_by[work.citekey].append(CitedHere(citing, sections))
    counted = Counter(citing for work in held for citing in work.citing)
    return Citing(
        listed=dict(sorted(counted.items())),
        cites=_sort(cites),
        cited_by=_sort(cited_by),
        shared=_find_shared(held),
        lacking=tuple(_find_lacking(held)),
    )


class _Works:
    """The works that are cited, by identifiers and titles."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        self._works: list[_Work] = []
        self._by_key: dict[str, int] = {}
        self._starts: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._same: dict[int, int] = {}
        titles = Counter(normalise_title(paper.title.plain) for paper in papers)
        for paper in papers:
            own = {name: paper.links[name] for name in _IDENTIFIERS if name in paper.links}
            title = normalise_title(paper.title.plain)
            first = Counter(paper.authors[:1])
            at = self._append(_Work(paper.citekey, paper.title.plain, paper.year, own, first, {}))
            self._name(at, own, paper.title.plain if titles[title] == 1 else "")

    def _append(self, work: _Work) -> int:
        self._works.append(work)
        return len(self._works) - 1

    def _name(self, at: int, links: Mapping[str, str], title: str) -> None:
        for key in _list_keys(links):
            self._by_key.setdefault(key, at)
        key = _title_key(title)
        if key and key not in self._by_key:
            self._by_key[key] = at
            bare = key.removeprefix("title:")
            self._starts[bare[:_START]].append((bare, at))

    def add(self, item: Parsed, listed: Listed) -> None:
        """Add an entry of a list to the work that it names, which may be new."""
        at = self._find(listed)
        if at is None:
            at = self._append(_Work("", listed.title, listed.year, dict(listed.links), Counter(), {}))
        work = self._works[at]
        if not work.citekey:
            work.title = work.title or listed.title
            work.year = work.year or listed.year
            work.links = {**listed.links, **work.links}
            work.authors[listed.author] += bool(listed.author)
        self._name(at, listed.links, listed.title)
        sections = tuple(heading for number in listed.sections if (heading := item.headings[number - 1].text))
        known = work.citing.get(item.citekey, ())
        work.citing[item.citekey] = tuple(dict.fromkeys((*known, *sections)))

    def _find(self, listed: Listed) -> int | None:
        named = [self._by_key[key] for key in _list_keys(listed.links) if key in self._by_key]
        if named:
            for other in named[1:]:
                self._unite(named[0], other)
            return self._root(named[0])
        at = self._by_key.get(_title_key(listed.title)) if listed.title else self._find_printed(listed.text)
        if at is None:
            return None
        work = self._works[self._root(at)]
        return self._root(at) if _agrees(work, listed) else None

    def _find_printed(self, text: str) -> int | None:
        """Return the work whose title an entry has as printed; the longest such title counts."""
        bare = normalise_title(text)
        found = [
            (len(title), at)
            for start in range(len(bare) - _START)
            for title, at in self._starts.get(bare[start : start + _START], ())
            if bare.startswith(title, start)
        ]
        return max(found)[1] if found else None

    def _root(self, at: int) -> int:
        while at in self._same:
            at = self._same[at]
        return at

    def _unite(self, one: int, other: int) -> None:
        """Make two works one, unless both are papers of the review."""
        one, other = self._root(one), self._root(other)
        if one == other or (self._works[one].citekey and self._works[other].citekey):
            return
        kept, gone = (other, one) if self._works[other].citekey else (min(one, other), max(one, other))
        self._same[gone] = kept
        held, lost = self._works[kept], self._works[gone]
        held.authors.update(lost.authors)
        for citing, sections in lost.citing.items():
            held.citing[citing] = tuple(dict.fromkeys((*held.citing.get(citing, ()), *sections)))
        if not held.citekey:
            held.links = {**lost.links, **held.links}
            held.title, held.year = held.title or lost.title, held.year or lost.year

    def merge(self) -> list[_Work]:
        """Return the works that someone cites."""
        return [work for at, work in enumerate(self._works) if at not in self._same and work.citing]


def _list_keys(links: Mapping[str, str]) -> Iterator[str]:
    for name in _IDENTIFIERS:
        if name in links:
            yield f"{name}:{links[name].casefold()}"


def _title_key(title: str) -> str:
    """Return what a title is looked up by, or nothing for one that many works may have, such as "Introduction"."""
    bare = normalise_title(title)
    if len(bare) < _SHORTEST_TITLE or len(significant_words(title)) < _FEWEST_WORDS:
        return ""
    return f"title:{bare}"


def _agrees(work: _Work, listed: Listed) -> bool:
    """Return whether a work and an entry with one title may be the same.

    Two identifiers of a kind that names one work in all its versions must not differ, nor may the years by much. Two
    DOIs may, as those of a preprint and of its publication do, if the first author is the same.
    """
    if any(listed.links[name] != work.links[name] for name in _ONE_EACH if name in listed.links and name in work.links):
        return False
    if listed.year and work.year and abs(listed.year - work.year) > _YEARS_APART:
        return False
    own, other = listed.links.get("doi", "").casefold(), work.links.get("doi", "").casefold()
    if not own or not other or own == other:
        return True
    return bool(listed.author) and family_name(listed.author) in map(family_name, work.authors)


def _sort(found: Mapping[str, Sequence[CitedHere]]) -> dict[str, tuple[CitedHere, ...]]:
    return {key: tuple(sorted(found[key], key=lambda item: item.citekey)) for key in sorted(found)}


def _find_shared(works: Iterable[_Work]) -> dict[str, tuple[tuple[str, int], ...]]:
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for work in works:
        if 1 < len(work.citing) <= _MOST_HOLDERS:
            for one, other in combinations(sorted(work.citing), 2):
                counted[one][other] += 1
                counted[other][one] += 1
    shared = {
        key: sorted(
            ((other, number) for other, number in counted[key].items() if number >= FEWEST_SHARED),
            key=lambda pair: (-pair[1], pair[0]),
        )
        for key in sorted(counted)
    }
    return {key: tuple(pairs[:_MOST_SHARED]) for key, pairs in shared.items() if pairs}


def _find_lacking(works: Iterable[_Work]) -> Iterator[LackedWork]:
    """Yield the works outside of the review that enough papers cite, the most cited first."""
    found = [
        work for work in works if not work.citekey and len(work.citing) >= FEWEST_CITING and (work.title or work.links)
    ]
    for work in sorted(found, key=lambda work: (-len(work.citing), work.title, str(sorted(work.links.items())))):
        author = min(work.authors, key=lambda name: (-work.authors[name], name), default="")
        yield LackedWork(work.title, author, work.year, work.links, tuple(sorted(work.citing)))
