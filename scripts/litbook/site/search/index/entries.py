"""Entries: what a search finds besides papers: tensions, sections, figures, terms, and the pages of the site.

They have postings of their own, cut like those of the papers, and rows that are loaded for the few that are shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from litbook.model.editorial import Tension
from litbook.model.review import Corpus, Paper
from litbook.site.search.index.sections import Section
from litbook.site.search.index.shards import Part, find_starts, fold_strings, pack
from litbook.site.search.index.site_pages import EDITORS, SitePage
from litbook.site.search.index.terms import count_terms
from litbook.write.labels import make_label

TENSION, PAGE = "tension", "page"
HEADING = 8  # bit above the count, of a term in the heading
_MOST = 7
_ROWS_A_PART = 4
_MOST_NUMBERS = 3_000  # of postings in one part


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: str
    page: int
    anchor: str
    heading: str
    text: str
    more: object = None


def cut_entries(
    corpus: Corpus, sections: Mapping[str, Sequence[Section]], pages: Mapping[str, SitePage]
) -> dict[str, Part]:
    """Return the entries in parts: `said` names the pages and the kinds, others hold postings and rows.

    `sections` gives the contents of pages by their addresses, `pages` their own metadata.
    """
    home = [_home_of(corpus)] if corpus.editorial.tensions else []
    addresses = {address: number for number, address in enumerate(dict.fromkeys((*sections, *pages, *home)))}
    entries = [
        *(_list_tensions(corpus, addresses[home[0]]) if home else ()),
        *_list_pages(sections, pages, addresses),
        *(
            _Entry(section.kind, addresses[address], section.anchor, section.heading, section.text)
            for address, found in sections.items()
            for section in found
        ),
    ]
    titles = {address: found[0].heading for address, found in sections.items() if found}
    listed = [
        [address, titles.get(address) or pages.get(address, SitePage()).title, int(_is_for_editors(pages, address))]
        for address in addresses
    ]
    terms, starts = _cut_postings(_count(entries))
    head: Part = {
        "part": "said", "pages": listed, "kinds": [entry.kind for entry in entries],
        "on": [entry.page for entry in entries], "starts": starts, "rowsAPart": _ROWS_A_PART,
    }  # fmt: skip
    return {"said": head, **terms, **_cut_entry_rows(entries)}


def _home_of(corpus: Corpus) -> str:
    page = corpus.editorial.homes.get("tensions", "tensions.md")
    return f"book/{page.removesuffix('.md')}.html"


def _is_for_editors(pages: Mapping[str, SitePage], address: str) -> bool:
    return pages.get(address, SitePage()).audience == EDITORS


def _list_tensions(corpus: Corpus, page: int) -> Iterator[_Entry]:
    papers = {paper.citekey: paper for paper in corpus.papers}
    for tension in corpus.editorial.tensions:
        sides = [
            [
                [quoted.citekey, _name(papers[quoted.citekey]), quoted.quote]
                for quoted in side
                if quoted.citekey in papers
            ]
            for side in tension.sides
        ]
        more = {"sides": sides, **({"answers": tension.answers} if tension.answers else {})}
        yield _Entry(TENSION, page, tension.anchor, tension.question, _tell(tension), more)


def _tell(tension: Tension) -> str:
    quotes = " ".join(quoted.quote for quoted in tension.quotations())
    return " ".join(filter(None, (quotes, tension.note, tension.would_decide, tension.how)))


def _name(paper: Paper) -> str:
    label = make_label(paper)
    return " ".join(filter(None, (label.short if label.names else "", label.year)))


def _list_pages(
    sections: Mapping[str, Sequence[Section]], pages: Mapping[str, SitePage], addresses: Mapping[str, int]
) -> Iterator[_Entry]:
    for address, page in pages.items():
        found = sections.get(address)
        title = found[0].heading if found else page.title
        if title:
            yield _Entry(PAGE, addresses[address], "", title, " | ".join((page.title, *page.synonyms)))


def _count(entries: Sequence[_Entry]) -> dict[str, dict[int, int]]:
    """Return for each term the entries, by number, with its count and whether the heading has it."""
    postings: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for number, entry in enumerate(entries):
        for term, times in count_terms(entry.text):
            postings[term][number] = min(times, _MOST)
        for term, _ in count_terms(entry.heading):
            postings[term][number] = postings[term].get(number, 0) | HEADING
    return dict(sorted(postings.items()))


def _cut_postings(postings: Mapping[str, Mapping[int, int]]) -> tuple[dict[str, Part], list[str]]:
    terms = list(postings)
    packed = [pack(held) for held in postings.values()]
    starts = list(find_starts([len(numbers) for numbers in packed], _MOST_NUMBERS))
    parts: dict[str, Part] = {}
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(terms)
        held = {"terms": fold_strings(terms[start:end]), "postings": packed[start:end]}
        parts[f"said-terms-{number}"] = {"part": "said-terms", **held}
    return parts, [terms[start] for start in starts]


def _cut_entry_rows(entries: Sequence[_Entry]) -> dict[str, Part]:
    parts: dict[str, Part] = {}
    for start in range(0, len(entries), _ROWS_A_PART):
        rows = [
            [entry.anchor, entry.heading, entry.text, *([entry.more] if entry.more else [])]
            for entry in entries[start : start + _ROWS_A_PART]
        ]
        parts[f"said-rows-{len(parts)}"] = {"part": "said-rows", "first": start, "rows": rows}
    return parts
