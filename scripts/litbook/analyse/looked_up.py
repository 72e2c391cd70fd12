"""Check that facts belong to papers: a row whose title is misspelt would be dropped without a word."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence

from litbook.model.faults import Fault
from litbook.model.review import Facts, LedgerEntry, Paper
from litbook.text.citekey import normalise_title

_IDENTIFIERS = ("arxiv", "doi", "openreview", "acl")


def check_facts(
    file: str, facts: Iterable[Facts], papers: Sequence[Paper], ledger: Iterable[LedgerEntry]
) -> Iterator[Fault]:
    """Yield facts that match no paper, nor one that was in the review before, with the nearest title."""
    joined = {paper.facts.line for paper in papers if paper.facts}
    rest = [item for item in facts if item.line not in joined]
    if not rest:
        return
    titles = {normalise_title(paper.title.plain): paper.title.plain for paper in papers}
    titles |= {normalise_title(record.title): record.title for paper in papers for record in paper.records}
    known = set(titles) | set(_list_identifiers(papers))
    for entry in ledger:
        named = {"arxiv": entry.arxiv, "doi": entry.doi, "openreview": entry.openreview, "acl": entry.acl}
        known |= {
            normalise_title(entry.title),
            *(f"{name}:{value.casefold()}" for name, value in named.items() if value),
        }
    lines = {key: paper.facts.line for paper in papers if paper.facts for key in _list_keys(paper)}
    for item in rest:
        title = normalise_title(item.title)
        links = {f"{name}:{item.links[name].casefold()}" for name in _IDENTIFIERS if name in item.links}
        if title not in known and known.isdisjoint(links):
            close = difflib.get_close_matches(title, titles, n=1)
            remedy = f"did you mean '{titles[close[0]]}'?" if close else "correct the title, or give an identifier"
            yield Fault(file, item.line, f"these facts match no paper: '{item.title}'", remedy)
        elif other := next((lines[key] for key in (*links, title) if key in lines), 0):
            what = f"line {other} has facts of the same paper, so that these are not used: '{item.title}'"
            yield Fault(file, item.line, what, "join the two lines, or delete one")


def _list_keys(paper: Paper) -> Iterator[str]:
    """Yield the identifiers of a paper, and its title as it is compared."""
    yield from (f"{name}:{paper.links[name].casefold()}" for name in _IDENTIFIERS if name in paper.links)
    yield normalise_title(paper.title.plain)


def _list_identifiers(papers: Iterable[Paper]) -> Iterator[str]:
    for paper in papers:
        for links in (paper.links, *(record.links for record in paper.records)):
            yield from (f"{name}:{links[name].casefold()}" for name in _IDENTIFIERS if name in links)
