"""The account that ends `litbook new` and `litbook add`: what became of the records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from litbook.commands.shared import count
from litbook.enrich.near_duplicates import find_doubts, find_shared
from litbook.model.review import Paper, Record
from litbook.model.screening import Pair
from litbook.text.citekey import normalise_title

_NAMES = {"doi": "DOI", "arxiv": "arXiv id", "openreview": "OpenReview id", "acl": "ACL id"}
_BY_TITLE, _OTHERWISE = "title", "abstract, or a person's decision"


def describe_joining(papers: Sequence[Paper], pairs: Sequence[Pair], sources: Collection[str] = ()) -> Iterator[str]:
    """Yield lines on the papers that these sources touch, or all: joined records, doubts, missing abstracts."""
    touched = [paper for paper in papers if not sources or any(record.source in sources for record in paper.records)]
    joined = Counter(way for paper in touched for way in _find_ways(paper.records, sources))
    if joined:
        ways = ", ".join(f"{number} by {way}" for way, number in joined.most_common())
        yield f"{count(joined.total(), 'record')} joined to another record of the same work: {ways}."
    keys = {paper.citekey for paper in touched}
    doubts = [doubt for doubt in find_doubts(papers, pairs) if doubt.one in keys or doubt.other in keys]
    if doubts:
        yield f"{count(len(doubts), 'pair')} may be the same work; 'litbook check' lists them."
    shared = [item for item in find_shared(papers, pairs) if not keys.isdisjoint(item.citekeys)]
    if shared:
        stand = "identifier stands" if len(shared) == 1 else "identifiers stand"
        yield f"{len(shared)} {stand} for several works, which stay apart; 'litbook check' lists them."
    bare = sum(1 for paper in touched if not paper.abstract.plain)
    if bare:
        yield f"{count(bare, 'paper')} without an abstract."


def _find_ways(records: Sequence[Record], sources: Collection[str]) -> Iterator[str]:
    """Yield by what each record of a work was joined to those before it; the records of other sources come first."""
    ordered = sorted(records, key=lambda record: record.source in sources)
    before: set[str] = set()
    for at, record in enumerate(ordered):
        signs = {f"{name}:{record.links[name].casefold()}" for name in _NAMES if name in record.links}
        title = normalise_title(record.title)
        signs |= {f"title:{title}"} if title else set()
        if at and (not sources or record.source in sources):
            shared = next((name for name in _NAMES if any(s.startswith(f"{name}:") for s in signs & before)), "")
            by_title = _BY_TITLE if f"title:{title}" in before else _OTHERWISE
            yield _NAMES[shared] if shared else by_title
        before |= signs
