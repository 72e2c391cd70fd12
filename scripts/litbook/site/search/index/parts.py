"""Parts: the index as values that a browser loads one by one, and their text as classic scripts."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from litbook.core.urls import chapter_address
from litbook.model.notices import flag_of
from litbook.model.review import Corpus, Paper
from litbook.site.search.index.codes import SHORT, make_codes
from litbook.site.search.index.entries import cut_entries, list_entries, list_texts
from litbook.site.search.index.identifiers import cut_identifiers
from litbook.site.search.index.identify import make_identify_part
from litbook.site.search.index.learned import Learned
from litbook.site.search.index.names import find_acronyms
from litbook.site.search.index.packing import list_files, pack_facet, pack_lengths
from litbook.site.search.index.postings import Postings, add_citing, drop_inner_letters, make_theme_terms
from litbook.site.search.index.sections import Section, collect_citing
from litbook.site.search.index.shards import (
    PAPERS_A_PART,
    Part,
    cut_neighbours,
    cut_rows,
    cut_terms,
    cut_words,
    fold_strings,
    make_vector_part,
)
from litbook.site.search.index.site_pages import NO_NOTES, Notes
from litbook.site.search.index.terms import describe_rules
from litbook.text.venues import name_series
from litbook.write.extraction import PREFIX, find_facets, join_facets, list_values

FORMAT = 6  # a script that knows another one says so instead of failing

# JSON is not quite JavaScript in a page: `</script>` and `<!--` end or change a script, U+2028 and U+2029 end a line.
# A lone half of a character (U+D800 to U+DFFF) has no bytes in UTF-8.
_ESCAPES = {
    **{sign: f"\\u{sign:04x}" for sign in (*map(ord, "<>&\u2028\u2029"), *range(0xD800, 0xE000))},
    **SHORT,
}


def render_index(
    corpus: Corpus,
    sections: Mapping[str, Sequence[Section]],
    papers: Postings,
    learned: Learned,
    notes: Notes = NO_NOTES,
) -> dict[str, str]:
    """Return the text of each part by its name; `core` comes last, for it holds the digests of the others, and what
    is needed to know which of them a question needs.

    `sections` gives what the chapters hold by their addresses, `papers` the postings of the corpus's papers.
    """
    citing = collect_citing(sections.values())
    cited = {number: citing[paper.citekey] for number, paper in enumerate(corpus.papers) if paper.citekey in citing}
    acronyms = _make_acronyms(corpus)
    own = drop_inner_letters(papers, corpus.papers, [acronym for acronym, _ in acronyms["acronyms"]])
    postings = add_citing(own, cited)
    numbers = {term: number for number, term in enumerate(postings.all())}
    terms, starts = cut_terms(postings)
    words, word_starts = cut_words(postings)
    identifiers, first_keys = cut_identifiers(corpus)
    near, first_words = cut_neighbours(learned.neighbours, numbers)
    entries = list_entries(corpus, sections, notes.pages)
    shown = [(paper.title.plain, ", ".join(paper.authors), paper.abstract.plain) for paper in corpus.papers]
    codes = make_codes([*chain.from_iterable(shown), *chain.from_iterable(map(list_texts, entries))])
    said, said_starts = cut_entries(entries, codes)
    facets = {name: pack_facet(facet) for name, facet in make_facets(corpus, notes).items()}
    cut: dict[str, Part] = {
        "scores": {
            "part": "scores",
            "lengths": pack_lengths(postings.lengths),
            "themeTerms": list(make_theme_terms(corpus.themes()).items()),
            "facets": {name: facet["papers"] for name, facet in facets.items()},
        },
        "codes": {
            "part": "codes",
            "codes": [[one.list_runs(), fold_strings([word[1:] for word in one.words])] for one in codes.lengths],
        },
        "acronyms": acronyms,
        **words,
        **terms,
        **near,
        **identifiers,
        **make_vector_part(learned.vectors),
        **cut_rows(list(map(_show, corpus.papers, map(codes.encode, shown)))),
        "keys": {"part": "keys", "keys": " ".join(paper.citekey for paper in corpus.papers)},
        **said,
    }
    texts = {name: render_part(part) for name, part in cut.items()}
    core = {
        "part": "core",
        "format": FORMAT,
        "papers": len(corpus.papers),
        "papersAPart": PAPERS_A_PART,
        **list_files(texts),
        "wordStarts": word_starts,
        "termStarts": fold_strings(starts),
        "nearStarts": first_words,
        "idStarts": first_keys,
        "saidStarts": said_starts,
        "rules": describe_rules(),
        "facets": {name: {**facet, "papers": []} for name, facet in facets.items()},
    }
    return {**texts, "identify": render_part(make_identify_part(corpus)), "core": render_part(core)}


def order_papers(corpus: Corpus) -> Corpus:
    """Return the corpus with its papers by theme: what a question finds then lies in few parts of the index."""
    numbers = {theme.slug: number for number, theme in enumerate(corpus.themes())}
    places = {key: numbers.get(place.theme, len(numbers)) for key, place in corpus.placements.items()}
    papers = sorted(corpus.papers, key=lambda paper: (places.get(paper.citekey, len(numbers)), paper.citekey))
    return replace(corpus, papers=tuple(papers))


def render_part(part: Part) -> str:
    """Return a part as a classic script that adds it to `litbookIndex`, which `litbook-dom.js` makes.

    `fetch` may not read a file, a script may.
    """
    text = json.dumps(part, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return f"litbookIndex.push({text});\n"


def describe_text(text: str) -> tuple[str, int]:
    """Return a digest, under which a browser may cache a part permanently, and the compressed size in bytes."""
    content = text.encode("utf-8")
    return hashlib.sha256(content).hexdigest()[:12], len(gzip.compress(content, 6, mtime=0))


def _make_acronyms(corpus: Corpus) -> Part:
    texts = ((paper.title.plain, paper.abstract.plain) for paper in corpus.papers)
    return {"part": "acronyms", "acronyms": list(find_acronyms(texts).items())}


def make_facets(corpus: Corpus, notes: Notes) -> dict[str, Any]:
    """Return what papers can be filtered and sorted by: for each facet its values, and by paper the value's number.

    A theme also bears the short title of its chapter's page.
    """
    short = {address: page.title for address, page in notes.pages.items()}
    themes = corpus.themes()
    placed = [corpus.placements.get(paper.citekey) for paper in corpus.papers]
    return {
        "theme": {
            "names": [theme.title for theme in themes],
            "short": [theme.short or short.get(chapter_address(theme.slug)) or theme.title for theme in themes],
            **_number([theme.slug for theme in themes], [place.theme if place else None for place in placed]),
        },
        "kind": _number_sorted([place.kind if place else None for place in placed]),
        "year": _number_sorted([str(paper.cited_year) if paper.cited_year else None for paper in corpus.papers]),
        "venue": _number_sorted([name_series(paper.venue or "") or None for paper in corpus.papers]),
        "code": _number(["yes"], ["yes" if "code" in paper.links else None for paper in corpus.papers]),
        "seen": _number_sorted([notes.first_seen.get(paper.citekey) for paper in corpus.papers]),
        **_make_own_facets(corpus),
    }


def _make_own_facets(corpus: Corpus) -> dict[str, Any]:
    """Return the columns of choices and numbers that the review extracts; a paper may have several values of one."""
    values = [_group(list_values(corpus, paper.citekey)) for paper in corpus.papers]
    facets = join_facets(find_facets(corpus, (paper.citekey for paper in corpus.papers)))
    return {
        f"{PREFIX}{facet.id}": {
            "title": facet.name,
            "values": list(facet.values),
            **({"range": True} if facet.is_range else {}),
            "papers": [[facet.values.index(value) for value in held.get(facet.id, ())] for held in values],
        }
        for facet in facets
    }


def _group(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for name, value in pairs:
        groups.setdefault(name, []).append(value)
    return groups


def _number_sorted(values: Sequence[str | None]) -> dict[str, Any]:
    return _number(sorted({value for value in values if value}), values)


def _number(known: Iterable[str], values: Sequence[str | None]) -> dict[str, Any]:
    numbers = {value: number for number, value in enumerate(known)}
    return {"values": list(numbers), "papers": [numbers.get(value, -1) if value else -1 for value in values]}


def _show(paper: Paper, texts: Sequence[str]) -> list[object]:
    """Return what a result shows of a paper; `texts` are its title, authors and abstract, encoded."""
    code = paper.links.get("code", "")
    flag = flag_of(paper.notices)
    more = [code, flag] if flag else [code] if code else []
    return [paper.citekey, *texts, *more]
