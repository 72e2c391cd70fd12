"""Find pairs of papers that may be the same work, for a person to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from litbook.enrich.titles import is_generic
from litbook.model.review import Paper
from litbook.model.screening import Pair
from litbook.text.citekey import compare_sketches, make_sketch, normalise_title

_ALIKE = 0.5  # estimated Jaccard similarity of two abstracts
_SHORTEST_TITLE = 12  # letters; shorter beginnings match unrelated titles
_BANDS = 16
_BAND = 8  # hexadecimal digits of a sketch: two of its 32 values
_MOST_IN_A_BAND = 20  # papers; the pairs of a band grow quadratically with its size


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two papers, in the order of their citekeys, that may be the same work, and why."""

    one: str
    other: str
    why: str


@dataclass(frozen=True, slots=True)
class Shared:
    """An identifier that several papers have, with their citekeys in order; `name` is its name in `LINKS`."""

    name: str
    value: str
    citekeys: tuple[str, ...]


def find_shared(papers: Iterable[Paper], pairs: Iterable[Pair]) -> tuple[Shared, ...]:
    """Return the identifiers that distinct papers share, such as the DOI of a congress supplement, once each.

    An identifier is left out when a person has decided about all of its papers but one.
    """
    decided = {frozenset((pair.one, pair.other)) for pair in pairs}
    holders: dict[tuple[str, str], list[str]] = defaultdict(list)
    for paper in papers:
        for name in ("arxiv", "doi", "openreview", "acl"):
            if name in paper.links:
                holders[name, paper.links[name].casefold()].append(paper.citekey)
    return tuple(
        Shared(name, value, tuple(sorted(citekeys)))
        for (name, value), citekeys in sorted(holders.items())
        if len(citekeys) > 1 and sum(pair.issubset(citekeys) for pair in decided) < len(citekeys) - 1
    )


def find_doubts(papers: Sequence[Paper], pairs: Iterable[Pair]) -> tuple[Doubt, ...]:
    """Return the pairs of similar papers that no one has decided on.

    Similar are: a title and the same title with an added subtitle; equal titles, unless they are generic like
    "Editorial"; and abstracts that share half of their three-word sequences. Candidates come from sorted titles, and
    from bands of the abstracts' sketches (locality-sensitive hashing), so that the work is linear in the number of
    papers, except for sorting.
    """
    decided = {frozenset((pair.one, pair.other)) for pair in pairs}
    found: dict[frozenset[str], Doubt] = {}
    for doubt in (*_alike_titles(papers), *_alike_abstracts(papers)):
        key = frozenset((doubt.one, doubt.other))
        if key not in decided:
            found.setdefault(key, doubt)
    return tuple(sorted(found.values(), key=lambda doubt: (doubt.one, doubt.other)))


def _alike_titles(papers: Sequence[Paper]) -> Iterator[Doubt]:
    titled = sorted(
        (normalise_title(paper.title.plain), paper.citekey) for paper in papers if not is_generic(paper.title.plain)
    )
    abstracts = {paper.citekey: paper.abstract.plain for paper in papers}
    for (shorter, one), (longer, other) in pairwise(titled):
        if shorter == longer and shorter:
            by_abstract = abstracts[one] and abstracts[other]
            yield _make_doubt(one, other, f"the same title{' with different abstracts' if by_abstract else ''}")
        elif len(shorter) >= _SHORTEST_TITLE and longer.startswith(shorter):
            yield _make_doubt(one, other, "one title is the other with an added subtitle")


def _alike_abstracts(papers: Sequence[Paper]) -> Iterator[Doubt]:
    sketches = {paper.citekey: make_sketch(paper.abstract.plain) for paper in papers if paper.abstract.plain}
    bands: dict[tuple[int, str], list[str]] = defaultdict(list)
    for citekey, sketch in sketches.items():
        for band in range(_BANDS):
            bands[band, sketch[band * _BAND : (band + 1) * _BAND]].append(citekey)
    candidates = {
        pair for keys in bands.values() if len(keys) <= _MOST_IN_A_BAND for pair in combinations(sorted(keys), 2)
    }
    for one, other in sorted(candidates):
        likeness = compare_sketches(sketches[one], sketches[other])
        if likeness >= _ALIKE:
            yield _make_doubt(one, other, f"the abstracts share about {likeness:.0%} of their three-word sequences")


def _make_doubt(one: str, other: str, why: str) -> Doubt:
    first, second = sorted((one, other))
    return Doubt(first, second, why)
