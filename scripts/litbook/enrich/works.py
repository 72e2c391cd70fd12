"""Group records into works: candidates by what they have in common, and joined from the strongest evidence on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from litbook.enrich.references import choose_authors, choose_title
from litbook.enrich.renewals import find_renewed, put_renewed_first
from litbook.enrich.sameness import Clues, Verdict, compare_records, may_be_same
from litbook.model.reference import PersonName
from litbook.model.review import Record
from litbook.text.boilerplate import rate_abstract
from litbook.text.citekey import normalise_title

IDENTIFIERS = ("arxiv", "doi", "openreview", "acl")
# Candidates are compared in pairs within a block of this size; in larger ones each with as many that follow it.
_LARGEST_BLOCK = 24
_PIECE = 20  # letters at either end of a title, and
_WORDS = 10  # words at either end of an abstract, that make records candidates
_RENEWED = Verdict(True, 100)


@dataclass(frozen=True, slots=True)
class Work:
    """The records of one work, the one with the longest abstract first."""

    records: tuple[Record, ...]

    @property
    def titles(self) -> tuple[str, ...]:
        """Return the distinct normalised titles, that of the fullest record first."""
        titles = (normalise_title(record.title) for record in self.records)
        return tuple(dict.fromkeys(title for title in titles if title))

    @property
    def title(self) -> str:
        return normalise_title(self.heading)

    @property
    def heading(self) -> str:
        """Return the title as in the fullest record; records known only by identifier have none."""
        return choose_title(self.records)

    @property
    def abstract(self) -> str:
        return next((record.abstract for record in self.records if record.abstract), "")

    @property
    def makers(self) -> tuple[PersonName | str, ...]:
        """Return the authors, or else the editors; a citekey starts with the first of them."""
        chosen = choose_authors(self.records)
        if chosen:
            return chosen.reference.names.get("author", ()) or chosen.authors
        editors = (record.reference.names.get("editor", ()) for record in self.records)
        return next((names for names in editors if names), ())

    def link(self, name: str) -> str | None:
        return next((record.links[name] for record in self.records if name in record.links), None)


def make_works(records: Iterable[Record]) -> list[Work]:
    """Group records of the same work, in an order that depends only on their content."""
    known = sorted(records, key=order_of)
    renewed = find_renewed(known)
    items = [renewed.get((record.source, record.offset), "") for record in known]
    groups = _Joining([Clues(record) for record in known], items).join()
    joined = [tuple(known[number] for number in group) for group in groups]
    places = {id(record): place for place, record in enumerate(known)}
    works = [Work(group) for group in put_renewed_first(joined)]
    return sorted(works, key=lambda work: (work.title, places[id(work.records[0])]))


def order_of(record: Record) -> tuple[int, str, str, str, int]:
    """Return the key that puts the best abstract first: clean before damaged, then long before short."""
    return -rate_abstract(record.abstract), record.abstract, record.title, record.source, record.first_line


def identifiers_of(records: Sequence[Record]) -> list[str]:
    """Return the identifiers of records that the ledger and facts know, each with its kind in front."""
    named = ((name, record.links[name]) for record in records for name in IDENTIFIERS if name in record.links)
    return sorted({f"{name}:{value.casefold()}" for name, value in named})


class _Joining:
    """Joins records pair by pair; a pair is not joined if any two records on its sides contradict each other."""

    def __init__(self, clues: Sequence[Clues], items: Sequence[str]) -> None:
        self._clues = clues
        self._items = items  # equal for records of one item in two exports of a library, or empty
        self._verdicts: dict[tuple[int, int], Verdict] = {}
        self._hosts: dict[int, list[int]] = {}

    def join(self) -> list[list[int]]:
        """Return the groups of record numbers, each in ascending order."""
        copies = _group_copies(self._clues)
        firsts = [numbers[0] for numbers in copies]
        self._hosts = {number: [number] for number in firsts}
        blocks = self._make_blocks(firsts)
        pairs = {pair for block in blocks for pair in _pair(block) if self._are_candidates(*pair)}
        same = [(-verdict.weight, pair) for pair in pairs if (verdict := self._compare(*pair)).same]
        for _, (one, other) in sorted(same):
            self._unite(self._hosts[one], self._hosts[other])
        groups = {id(host): host for host in self._hosts.values()}
        others = {numbers[0]: numbers for numbers in copies}
        return [sorted(number for first in host for number in others[first]) for host in groups.values()]

    def _unite(self, host: list[int], guest: list[int]) -> None:
        if host is guest or any(self._compare(one, other).same is False for one in host for other in guest):
            return
        host += guest
        self._hosts |= dict.fromkeys(guest, host)

    def _are_candidates(self, one: int, other: int) -> bool:
        renewed = bool(self._items[one]) and self._items[one] == self._items[other]
        return renewed or may_be_same(self._clues[one], self._clues[other])

    def _compare(self, one: int, other: int) -> Verdict:
        pair = (min(one, other), max(one, other))
        if pair not in self._verdicts:
            renewed = self._items[one] and self._items[one] == self._items[other]
            self._verdicts[pair] = _RENEWED if renewed else compare_records(self._clues[pair[0]], self._clues[pair[1]])
        return self._verdicts[pair]

    def _make_blocks(self, numbers: Iterable[int]) -> Iterator[list[int]]:
        blocks: dict[str, list[int]] = defaultdict(list)
        for number in numbers:
            for key in {*_keys_of(self._clues[number]), *([self._items[number]] if self._items[number] else [])}:
                blocks[key].append(number)
        yield from (block for block in blocks.values() if len(block) > 1)


def _group_copies(clues: Sequence[Clues]) -> list[list[int]]:
    """Return the numbers of records that say the same; a generic title alone makes no copies."""
    copies: dict[object, list[int]] = defaultdict(list)
    for number, one in enumerate(clues):
        proves = one.identifiers or one.words or not (one.is_generic or not one.title)
        copies[one.content() if proves else number].append(number)
    return list(copies.values())


def _pair(block: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the pairs to compare in a block; their number grows linearly beyond `_LARGEST_BLOCK`."""
    if len(block) <= _LARGEST_BLOCK:
        yield from combinations(block, 2)
        return
    for at, one in enumerate(block):
        yield from ((one, other) for other in block[at + 1 : at + 1 + _LARGEST_BLOCK])


def _keys_of(clues: Clues) -> Iterator[str]:
    """Yield what a record has in common with others that may be the same work."""
    yield from (f"{kind}:{value}" for kind, value in clues.identifiers.items())
    author = clues.first_author
    if clues.title and not clues.is_generic:
        yield f"title:{clues.title}"
        if clues.title_words:
            yield f"words:{' '.join(clues.title_words)}"
        for who in (author, str(clues.year)):
            yield f"start:{clues.title[:_PIECE]}:{who}"
            yield f"end:{clues.title[-_PIECE:]}:{who}"
    elif clues.title:
        yield f"generic:{clues.title}:{author}:{clues.year}"
    if clues.page and clues.volume:
        yield f"place:{clues.volume}:{clues.page}:{clues.year}"
    if len(clues.words) >= _WORDS:
        yield f"opens:{' '.join(clues.words[:_WORDS])}"
        yield f"ends:{' '.join(clues.words[-_WORDS:])}"
