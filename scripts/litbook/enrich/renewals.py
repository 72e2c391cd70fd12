"""Find records that a later export of the same library gives again: what changed in it holds from then on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from litbook.enrich.titles import is_generic
from litbook.model.review import Record
from litbook.text.citekey import compare_sketches, key_of_name, make_sketch, normalise_title

# Two files of one format are exports of one library when the later holds at least this share of the earlier's works;
# searches of two databases for one question share far less.
_SHARE = 0.8
_LIKE_TITLE = 0.5
_SOMEWHAT_LIKE_TITLE = 0.15  # with the same first author and year
_SAME_ABSTRACT = 0.6
_MOST_PAIRS = 400  # of items by one author in one year whose titles changed
Place = tuple[str, int]


def _place(record: Record) -> Place:
    return record.source, record.offset


def find_renewed(records: Iterable[Record]) -> dict[Place, str]:
    """Return a name for each record of an item that a later source gives again under the same key.

    Keys such as "a1" are in many libraries: title, abstract, or author and year have to fit as well.
    """
    known = list(records)
    if not any(record.added for record in known):
        return {}
    by_key: dict[str, list[Record]] = defaultdict(list)
    for record in known:
        for key in record.reference.keys:
            by_key[f"{record.reference.form}:{key}"].append(record)
    named = {
        _place(record): f"item:{key}"
        for key, found in by_key.items()
        for later in found
        for earlier in found
        if earlier.added < later.added and _is_same_item(earlier, later)
        for record in (earlier, later)
    }
    return named | _find_without_keys([record for record in known if _place(record) not in named])


def _find_without_keys(records: Iterable[Record]) -> dict[Place, str]:
    """Return names for the records of exports without keys, such as Zotero's RIS, where a later one renews an earlier.

    In two exports of one library, an equal title names one item, and so do similar titles or abstracts that only one
    record on each side has, by one author in one year.
    """
    sources: dict[tuple[int, str], list[Record]] = defaultdict(list)
    for record in records:
        sources[record.added, record.source].append(record)
    ordered = [found for _, found in sorted(sources.items())]
    named: dict[Place, str] = {}
    for at, later in enumerate(ordered):
        for earlier in ordered[:at]:
            if _is_newer(earlier, later):
                for old, new in _pair_items(earlier, later):
                    place = _place(old)
                    named.setdefault(place, f"item:{place[0]}:{place[1]}")
                    named.setdefault(_place(new), named[place])
    return named


def _is_newer(earlier: Sequence[Record], later: Sequence[Record]) -> bool:
    """Return whether a source is a newer export of the library that another is of: it holds most of its titles."""
    if later[0].added <= earlier[0].added or later[0].reference.form != earlier[0].reference.form:
        return False
    titles, others = ({normalise_title(record.title) for record in source} for source in (earlier, later))
    return len(titles & others) >= _SHARE * len(titles)


def _pair_items(earlier: Iterable[Record], later: Iterable[Record]) -> Iterator[tuple[Record, Record]]:
    old, new = (_group(source, lambda record: normalise_title(record.title)) for source in (earlier, later))
    for title in old.keys() & new.keys():
        if len(old[title]) == len(new[title]) == 1 and not is_generic(old[title][0].title):
            yield old[title][0], new[title][0]
    left, others = (
        _group((found[0] for title, found in one.items() if title not in two and len(found) == 1), _name_maker)
        for one, two in ((old, new), (new, old))
    )
    for maker in left.keys() & others.keys():
        pairs = [(one, two) for one in left[maker] for two in others[maker] if _is_same_item(one, two)]
        if len(left[maker]) * len(others[maker]) <= _MOST_PAIRS and len(pairs) == 1:
            yield pairs[0]


def _group(records: Iterable[Record], key_of: Callable[[Record], str]) -> dict[str, list[Record]]:
    groups: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        groups[key_of(record)].append(record)
    return groups


def _name_maker(record: Record) -> str:
    names = record.reference.names.get("author", ())
    return f"{key_of_name(names[0]) if names else ''} {record.year or ''}"


def _is_same_item(one: Record, other: Record) -> bool:
    likeness = compare_titles(normalise_title(one.title), normalise_title(other.title))
    if likeness >= _LIKE_TITLE:
        return True
    if compare_sketches(make_sketch(one.abstract), make_sketch(other.abstract)) >= _SAME_ABSTRACT:
        return True
    names, others = (record.reference.names.get("author", ()) for record in (one, other))
    same_author = bool(names and others) and key_of_name(names[0]) == key_of_name(others[0])
    return same_author and one.year == other.year and likeness >= _SOMEWHAT_LIKE_TITLE


def compare_titles(one: str, other: str) -> float:
    """Return the Jaccard similarity of two normalised titles' four-letter pieces."""
    first, second = cut_title(one), cut_title(other)
    common = len(first & second)
    return common / (len(first) + len(second) - common)


def cut_title(title: str) -> set[str]:
    """Return the four-letter pieces of a normalised title."""
    return {title[at : at + 4] for at in range(max(1, len(title) - 3))}


def put_renewed_first(works: Sequence[tuple[Record, ...]]) -> list[tuple[Record, ...]]:
    """Return the records of each work with those first that renew an earlier one, the latest before all."""
    if not any(record.added for work in works for record in work):
        return list(works)
    renewing = _find_renewing_sources(works)
    return [
        tuple(sorted(work, key=lambda record: -record.added if _renews(record, work, renewing) else 0))
        for work in works
    ]


def _renews(record: Record, work: Sequence[Record], renewing: Mapping[str, set[str]]) -> bool:
    keys = set(record.reference.keys)
    return any(
        other.added < record.added
        and other.reference.form == record.reference.form
        and (not keys.isdisjoint(other.reference.keys) or other.source in renewing.get(record.source, ()))
        for other in work
    )


def _find_renewing_sources(works: Iterable[tuple[Record, ...]]) -> dict[str, set[str]]:
    """Return for each source those that were there before it and most of whose works it holds too."""
    counts: dict[str, int] = defaultdict(int)
    shared: dict[tuple[str, str], int] = defaultdict(int)
    added: dict[str, int] = {}
    for work in works:
        sources = {record.source for record in work}
        added |= {record.source: record.added for record in work}
        for source in sources:
            counts[source] += 1
            for other in sources:
                shared[source, other] += 1
    renewing: dict[str, set[str]] = defaultdict(set)
    for (later, earlier), number in shared.items():
        if added[earlier] < added[later] and number >= _SHARE * counts[earlier]:
            renewing[later].add(earlier)
    return renewing
