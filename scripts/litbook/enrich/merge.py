"""Merge records into papers: bind each to its permanent citekey, join facts, repair the text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import NamedTuple, TypeVar

from litbook.enrich.alike import find_alike
from litbook.enrich.references import choose_authors, join_references
from litbook.enrich.renewals import compare_titles
from litbook.enrich.works import IDENTIFIERS, Work, identifiers_of, make_works
from litbook.enrich.years import find_date, find_years
from litbook.model.reference import PersonName
from litbook.model.review import LINKS, Facts, LedgerEntry, Paper, Record
from litbook.model.screening import Pair
from litbook.text.boilerplate import trim_abstract
from litbook.text.citekey import (
    TakenKeys,
    compare_sketches,
    family_name,
    key_of_name,
    make_citekey,
    make_sketch,
    normalise_title,
)
from litbook.text.repair import repair

# Two abstracts with one title belong to the same work from this similarity on; it is estimated from sketches of 32
# values, with a standard error of at most 0.09.
_SAME_WORK = 0.3
# A record with a different title is an edited version from the first similarity of its abstract on, or from the second
# one if the titles are similar too.
_SAME_ABSTRACT = 0.6
_LIKE_ABSTRACT = 0.4
_LIKE_TITLE = 0.5


@dataclass(frozen=True, slots=True)
class Enriched:
    """The papers, sorted by citekey, and the ledger with new entries added."""

    papers: tuple[Paper, ...]
    ledger: tuple[LedgerEntry, ...]


_T = TypeVar("_T")


def enrich(
    records: Iterable[Record],
    facts: Sequence[Facts],
    ledger: Sequence[LedgerEntry],
    today: str,
    pairs: Iterable[Pair] = (),
) -> Enriched:
    """Return the papers that the records describe; works that are not in the ledger get new entries dated `today`.

    Papers that a person declared the same work become one, under the first citekey of the pair. The result does not
    depend on the order of the records.
    """
    works = make_works(records)
    looked_up = _FactsIndex(facts, works)
    known = _match_ledger(works, ledger)
    entries = list(ledger)
    taken = TakenKeys(entry.citekey for entry in ledger)
    bound: dict[str, tuple[Work, LedgerEntry]] = {}
    for number, work in enumerate(works):
        entry = known.get(number)
        if entry is None:
            entry = _make_entry(work, looked_up.find(work, None), taken, today)
            entries.append(entry)
        bound[entry.citekey] = (work, entry)
    _unite_pairs(bound, pairs)
    papers = [_make_paper(work, entry, looked_up.find(work, entry)) for _, (work, entry) in sorted(bound.items())]
    entries.sort(key=lambda entry: entry.citekey)
    return Enriched(tuple(papers), tuple(entries))


def _unite_pairs(bound: dict[str, tuple[Work, LedgerEntry]], pairs: Iterable[Pair]) -> None:
    united: dict[str, str] = {}
    for pair in pairs:
        if not pair.same:
            continue
        one, gone = (_follow(united, key) for key in (pair.one, pair.other))
        if one != gone and one in bound and gone in bound:
            other, _ = bound.pop(gone)
            work, entry = bound[one]
            # Records of the citekey that stays come first: title and abstract of the paper are theirs.
            bound[one] = (Work((*work.records, *other.records)), entry)
            united[gone] = one


def find_united(pairs: Iterable[Pair], papers: Iterable[Paper]) -> dict[str, str]:
    """Return, for each citekey that a person united with another, the citekey of the paper that is kept."""
    united = {pair.other: pair.one for pair in pairs if pair.same}
    kept = {paper.citekey for paper in papers}
    ends = {key: _follow_end(united, key) for key in sorted(united.keys() - kept)}
    return {key: end for key, end in ends.items() if end in kept}


def _follow_end(united: Mapping[str, str], key: str) -> str:
    """Return where a chain of pairs ends; one that leads back to itself ends where it began."""
    seen = {key}
    while key in united and united[key] not in seen:
        key = united[key]
        seen.add(key)
    return key


def _follow(united: Mapping[str, str], key: str) -> str:
    """Return the citekey that a paper has after the pairs so far."""
    while key in united:
        key = united[key]
    return key


class _Pair(NamedTuple):
    """A possible match of a work and a ledger entry, and how far apart they are.

    `alone` says that they are the only ones to share the identifier or title. `strange` marks an entry whose citekey
    does not start with the family name of the work's first author.
    """

    distance: float
    strange: bool
    citekey: str
    number: int
    alone: bool = False


def _match_ledger(works: Sequence[Work], ledger: Sequence[LedgerEntry]) -> dict[int, LedgerEntry]:
    """Match works to ledger entries: by identifier, by title and abstract, by similarity, by title alone.

    A title alone suffices if it never named two works. In each step the most similar pairs come first, so that a new
    work with the same title does not take another work's entry.
    """
    free = {entry.citekey: entry for entry in ledger}
    matched: dict[int, LedgerEntry] = {}

    def match(pairs: Iterable[_Pair]) -> None:
        for pair in sorted(pairs):
            if pair.number not in matched and pair.citekey in free:
                matched[pair.number] = free.pop(pair.citekey)

    same_title = list(_measure_pairs(works, ledger, _titles))
    titled = {(pair.number, pair.citekey) for pair in same_title}
    identified = list(_measure_pairs(works, ledger, _identifiers))
    # The works of a supplement share its DOI: their titles distinguish them.
    match(pair for pair in identified if (pair.number, pair.citekey) in titled)
    match(pair for pair in identified if pair.alone or pair.distance <= _UNKNOWN)
    match(pair for pair in same_title if pair.distance < _UNKNOWN)
    match(_measure_likeness({number: work for number, work in enumerate(works) if number not in matched}, free))
    match(pair for pair in same_title if pair.alone or pair.distance <= _UNKNOWN)
    return matched


def _measure_pairs(
    works: Sequence[Work], ledger: Sequence[LedgerEntry], keys_of: Callable[[Work | LedgerEntry], Sequence[str]]
) -> Iterator[_Pair]:
    """Yield works and entries that share an identifier or a title, unless they are known to differ."""
    claims = _group(range(len(works)), lambda number: keys_of(works[number]))
    known = _group(ledger, keys_of)
    for shared in claims.keys() & known.keys():
        alone = len(claims[shared]) == len(known[shared]) == 1
        for number, entry in product(claims[shared], known[shared]):
            if not _contradicts(works[number], entry):
                distance = _distance(works[number].abstract, entry.sketch)
                yield _Pair(distance, _is_strange(works[number], entry), entry.citekey, number, alone)


def _is_strange(work: Work, entry: LedgerEntry) -> bool:
    first = next(iter(work.makers), None)
    shown = first.display if isinstance(first, PersonName) else first or ""
    known = (family_name(shown), *([key_of_name(first)] if isinstance(first, PersonName) else []))
    return first is not None and not entry.citekey.startswith(known)


_UNKNOWN, _DIFFERENT = 1.0, 2.0


def _distance(abstract: str, sketch: str) -> float:
    """Return the distance of an abstract from a sketch: below 1 for the same work.

    `_UNKNOWN` means that one of them is missing, `_DIFFERENT` that both exist and differ.
    """
    own = make_sketch(abstract)
    alike = compare_sketches(own, sketch)
    if alike >= _SAME_WORK:
        return 1 - alike
    return _UNKNOWN if make_sketch("") in (own, sketch) else _DIFFERENT


def _group(items: Iterable[_T], keys_of: Callable[[_T], Sequence[str]]) -> dict[str, list[_T]]:
    grouped: dict[str, list[_T]] = defaultdict(list)
    for item in items:
        for key in keys_of(item):
            grouped[key].append(item)
    return grouped


def _identifiers(item: Work | LedgerEntry) -> list[str]:
    if isinstance(item, Work):
        return identifiers_of(item.records)
    known = {"arxiv": item.arxiv, "doi": item.doi, "openreview": item.openreview, "acl": item.acl}
    return [f"{name}:{value.casefold()}" for name, value in known.items() if value]


def _titles(item: Work | LedgerEntry) -> Sequence[str]:
    return [normalise_title(item.title)] if isinstance(item, LedgerEntry) else item.titles


def _contradicts(work: Work, entry: LedgerEntry) -> bool:
    """Return whether arXiv identifier or DOI show that a work and an entry with one title are different works."""
    own, its = set(_identifiers(work)), _identifiers(entry)
    named = {name for name in ("arxiv", "doi") if any(known.startswith(f"{name}:") for known in its)}
    comparable = [known for known in own if known.partition(":")[0] in named]
    return bool(comparable) and own.isdisjoint(its)


def _measure_likeness(works: Mapping[int, Work], entries: Mapping[str, LedgerEntry]) -> Iterator[_Pair]:
    """Yield unmatched works and entries with similar abstracts and titles."""
    if not entries:
        return
    sketches = {number: make_sketch(work.abstract) for number, work in works.items()}
    known = {citekey: entry.sketch for citekey, entry in entries.items()}
    times = Counter(known.values())
    for number, citekey, abstract in find_alike(sketches, known, _LIKE_ABSTRACT):
        work, entry = works[number], entries[citekey]
        title = compare_titles(work.title, normalise_title(entry.title))
        # An abstract that several entries share is a placeholder, or one of a series: it names no work.
        if (abstract >= _SAME_ABSTRACT and times[entry.sketch] == 1) or title >= _LIKE_TITLE:
            yield _Pair(-(abstract + title), _is_strange(work, entry), citekey, number)


def _make_entry(work: Work, facts: Facts | None, taken: TakenKeys, today: str) -> LedgerEntry:
    known = facts or Facts(0, "")
    authors = work.makers or known.authors
    plain = repair(work.heading or known.title).plain
    links = _merge_links(work, facts)
    year, _ = find_years(work.records, known)
    return LedgerEntry(
        citekey=taken.take(make_citekey(plain or _name_by_identifier(links), authors, year)),
        title=plain,
        arxiv=links.get("arxiv"),
        doi=links.get("doi"),
        sketch=make_sketch(work.abstract),
        first_seen=today,
        openreview=links.get("openreview"),
        acl=links.get("acl"),
    )


def _name_by_identifier(links: Mapping[str, str]) -> str:
    """Return the words that replace the title in the citekey of a work known only by identifier."""
    return next((f"{name} {links[name]}" for name in IDENTIFIERS if name in links), "")


class _FactsIndex:
    """Finds the facts about a work: by identifier, by title, or by the title it was first seen with.

    An identifier that several works share, such as the DOI of a supplement, counts only with the title.
    """

    def __init__(self, facts: Sequence[Facts], works: Sequence[Work]) -> None:
        self._by_identifier = {
            f"{name}:{item.links[name].casefold()}": item
            for item in facts
            for name in IDENTIFIERS
            if name in item.links
        }
        self._by_title = {normalise_title(item.title): item for item in facts}
        titles = [work.title for work in works]
        # Facts matched only by title cannot distinguish two works with one title.
        self._shared = {one for one, other in pairwise(titles) if one == other}
        named = Counter(key for work in works for key in identifiers_of(work.records))
        self._ambiguous = {key for key, number in named.items() if number > 1}

    def find(self, work: Work, entry: LedgerEntry | None) -> Facts | None:
        named = [self._by_identifier[key] for key in identifiers_of(work.records) if self._names(key, work)]
        if named:
            return named[0]
        if work.title in self._shared:
            return None
        titles = (*work.titles, *([normalise_title(entry.title)] if entry else []))
        return next((self._by_title[title] for title in titles if title in self._by_title), None)

    def _names(self, key: str, work: Work) -> bool:
        if key not in self._by_identifier:
            return False
        return key not in self._ambiguous or normalise_title(self._by_identifier[key].title) in work.titles


def _make_paper(work: Work, entry: LedgerEntry, facts: Facts | None) -> Paper:
    known = facts or Facts(0, "")
    chosen = choose_authors(work.records)
    year, venue_year = find_years(work.records, known)
    return Paper(
        citekey=entry.citekey,
        records=work.records,
        title=repair(work.heading or known.title),
        abstract=repair(trim_abstract(work.abstract or known.abstract)),
        authors=_choose_authors(chosen, known),
        year=year,
        published=find_date(work.records, year) or known.published,
        venue=next((record.venue for record in work.records if record.venue), known.venue),
        venue_year=venue_year,
        links=_merge_links(work, facts),
        facts=facts,
        reference=join_references(work.records, chosen),
        notices=known.notices,
        watched=known.watched,
    )


def _choose_authors(chosen: Record | None, known: Facts) -> tuple[str, ...]:
    """Return the authors of the chosen record, or of the facts where it has none, or only the first of those."""
    if chosen and chosen.reference.is_cut_short and len(known.authors) > len(chosen.authors):
        return known.authors
    return (chosen.authors if chosen else ()) or known.authors


def _merge_links(work: Work, facts: Facts | None) -> dict[str, str]:
    """Join the links of records and facts, in the order of `LINKS`; links of records take precedence."""
    found = dict(facts.links) if facts else {}
    for name in LINKS:
        own = work.link(name)
        if own:
            found[name] = own
    return {name: found[name] for name in LINKS if name in found}
