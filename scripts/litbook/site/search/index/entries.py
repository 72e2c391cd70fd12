"""Entries: what a search finds besides papers: tensions, sections, figures, terms, and the pages of the site.

They have postings of their own, cut like those of the papers, and rows that are loaded for the few that are shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from litbook.model.editorial import Tension
from litbook.model.review import Corpus, Paper
from litbook.site.search.index.codes import Codes
from litbook.site.search.index.sections import SECTION, Section
from litbook.site.search.index.shards import Part, find_starts, fold_strings, pack_postings
from litbook.site.search.index.site_pages import AUDIENCES, SitePage
from litbook.site.search.index.terms import count_terms
from litbook.write.labels import make_label

TENSION, PAGE = "tension", "page"
HEADING = 8  # bit above the count, of a term in the heading
_MOST = 7
_MOST_LETTERS = 10_000  # of rows in one part; a longer one has a part of its own
_MOST_NUMBERS = 2_000  # of postings in one part


Sides = Sequence[Sequence[tuple[str, str, str, int]]]  # citekey, label, quotation, and the number of the paper


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one thing that is found: where it is, and what is shown of it.

    Of a disagreement the answer's card shows the sides and their answers. A page that is not for readers is found and
    shown by its headings.
    """

    kind: str
    page: tuple[str, str, int]  # address, title, and for whom it is: 0 for readers
    anchor: str
    heading: str
    text: str
    sides: Sides = ()
    answers: Sequence[str] = ()

    @property
    def shown(self) -> str:
        return "" if self.kind == TENSION or (self.page[2] and self.kind != PAGE) else self.text


def list_entries(
    corpus: Corpus, sections: Mapping[str, Sequence[Section]], pages: Mapping[str, SitePage]
) -> list[Entry]:
    """Return all entries: `sections` gives the contents of pages by their addresses, `pages` their own metadata."""
    home = [_home_of(corpus)] if corpus.editorial.tensions else []
    titles = {address: found[0].heading for address, found in sections.items() if found}
    known = {
        address: (
            address,
            titles.get(address) or pages.get(address, SitePage()).title,
            AUDIENCES.index(pages.get(address, SitePage()).audience),
        )
        for address in dict.fromkeys((*sections, *pages, *home))
    }
    return [
        *(_list_tensions(corpus, known[home[0]]) if home else ()),
        *_list_pages(sections, pages, known),
        *(
            Entry(section.kind, known[address], section.anchor, section.heading, section.text)
            for address, found in sections.items()
            for section in found
        ),
        *_list_texts(corpus),
    ]


def list_texts(entry: Entry) -> list[str]:
    """Return the texts of an entry that results show: its heading, its text, and the quotations of a disagreement."""
    return [entry.heading, entry.shown, *(quote for side in entry.sides for _, _, quote, _ in side)]


def cut_entries(entries: Sequence[Entry], codes: Codes) -> tuple[dict[str, Part], list[str]]:
    """Return entries in parts, and the first term of each part of postings.

    `said` names the pages and the kinds, others hold postings and rows.
    """
    pages = {page: number for number, page in enumerate(dict.fromkeys(entry.page for entry in entries))}
    terms, starts = _cut_postings(_count(entries))
    rows, row_starts = _cut_entry_rows(entries, codes)
    head: Part = {
        "part": "said", "pages": list(pages), "kinds": [entry.kind for entry in entries],
        "on": [pages[entry.page] for entry in entries], "rowStarts": row_starts,
    }  # fmt: skip
    return {"said": head, **terms, **rows}, starts


def _list_texts(corpus: Corpus) -> Iterator[Entry]:
    """Yield the sentences that are kept of full texts; each is on the page of its paper."""
    papers = {paper.citekey: paper for paper in corpus.papers}
    for citekey, parsed in corpus.parsed.items():
        page = (f"book/papers/{citekey}.html", papers[citekey].title.plain, 0)
        for item in parsed.sentences:
            section = parsed.headings[item.section - 1].text
            heading = f"In the full text: {section}" if section else "In the full text"
            yield Entry(SECTION, page, f"sentence-{item.section}-{item.number}", heading, item.text)


def _home_of(corpus: Corpus) -> str:
    page = corpus.editorial.homes.get("tensions", "tensions.md")
    return f"book/{page.removesuffix('.md')}.html"


def _list_tensions(corpus: Corpus, page: tuple[str, str, int]) -> Iterator[Entry]:
    papers = {paper.citekey: paper for paper in corpus.papers}
    numbers = {citekey: number for number, citekey in enumerate(papers)}
    for tension in corpus.editorial.tensions:
        sides = [
            [
                (quoted.citekey, _name(papers[quoted.citekey]), quoted.quote, numbers[quoted.citekey])
                for quoted in side
                if quoted.citekey in papers
            ]
            for side in tension.sides
        ]
        text = _tell(tension)
        yield Entry(TENSION, page, tension.anchor, tension.question, text, sides, tension.answers or ())


def _tell(tension: Tension) -> str:
    quotes = " ".join(quoted.quote for quoted in tension.quotations())
    return " ".join(filter(None, (quotes, tension.note, tension.would_decide, tension.how)))


def _name(paper: Paper) -> str:
    label = make_label(paper)
    return " ".join(filter(None, (label.short if label.names else "", label.year)))


def _list_pages(
    sections: Mapping[str, Sequence[Section]], pages: Mapping[str, SitePage], known: Mapping[str, tuple[str, str, int]]
) -> Iterator[Entry]:
    for address, page in pages.items():
        found = sections.get(address)
        title = found[0].heading if found else page.title
        if title:
            yield Entry(PAGE, known[address], "", title, " | ".join((page.title, *page.synonyms)))


def _count(entries: Sequence[Entry]) -> dict[str, dict[int, int]]:
    """Return for each term the entries, by number, with its count and whether the heading has it."""
    postings: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for number, entry in enumerate(entries):
        for term, times in count_terms("" if entry.page[2] and entry.kind != PAGE else entry.text):
            postings[term][number] = min(times, _MOST)
        for term, _ in count_terms(entry.heading):
            postings[term][number] = postings[term].get(number, 0) | HEADING
    return dict(sorted(postings.items()))


def _cut_postings(postings: Mapping[str, Mapping[int, int]]) -> tuple[dict[str, Part], list[str]]:
    terms = list(postings)
    held = list(postings.values())
    starts = list(find_starts([2 * len(numbers) for numbers in held], _MOST_NUMBERS))
    parts: dict[str, Part] = {}
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(terms)
        packed = pack_postings(held[start:end])
        parts[f"said-terms-{number}"] = {"part": "said-terms", "terms": fold_strings(terms[start:end]), **packed}
    return parts, [terms[start] for start in starts]


def _cut_entry_rows(entries: Sequence[Entry], codes: Codes) -> tuple[dict[str, Part], list[int]]:
    rows = [_show(entry, codes) for entry in entries]
    starts = list(find_starts([len(entry.shown) + len(entry.heading) for entry in entries], _MOST_LETTERS))
    parts: dict[str, Part] = {
        f"said-rows-{number}": {"part": "said-rows", "first": start, "rows": rows[start:end]}
        for number, (start, end) in enumerate(pairwise([*starts, len(rows)]))
    }
    return parts, starts


def _show(entry: Entry, codes: Codes) -> list[object]:
    heading, text, *quotes = codes.encode(list_texts(entry))
    if entry.kind != TENSION:
        return [entry.anchor, heading, text]
    encoded = iter(quotes)
    sides = [[[citekey, name, next(encoded), number] for citekey, name, _, number in side] for side in entry.sides]
    return [entry.anchor, heading, text, {"sides": sides, **({"answers": entry.answers} if entry.answers else {})}]
