"""The catalogue of papers for programs: JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator

from litbook.core.urls import page_address
from litbook.model.review import Corpus, Paper
from litbook.model.stated import NAME_FIELDS, Finding, Stated
from litbook.text.escape import guard_cell
from litbook.write.csl import describe_reference
from litbook.write.item import complete_reference
from litbook.write.labels import label_of
from litbook.write.links import addresses
from litbook.write.notices import describe_notices, list_notices

COLUMNS = ("citekey", "title", "authors", "year", "published", "venue", "venue_year", "part", "theme_number", "theme",
           "theme_title", "suggested_theme", "also", "kind", "decided", "arxiv", "doi",
           "openreview", "acl", "code", "project", "notices", "url")  # fmt: skip


def render_json(corpus: Corpus) -> str:
    """Return all that is known of each paper; what is not known is absent."""
    return json.dumps([_describe(corpus, paper) for paper in corpus.papers], ensure_ascii=False, indent=1) + "\n"


def _describe(corpus: Corpus, paper: Paper) -> dict[str, object]:
    placement = corpus.placements[paper.citekey]
    gist = corpus.gists.get(paper.citekey)
    stated = corpus.stated.get(paper.citekey, Stated())
    known: dict[str, object] = {
        "citekey": paper.citekey,
        "title": paper.title.plain,
        "authors": list(paper.authors),
        "year": paper.year,
        "published": paper.published,
        "venue": paper.venue,
        "venue_year": paper.venue_year,
        "label": label_of(corpus, paper).text,
        **_describe_reference(paper),
        "theme": placement.theme,
        "suggested_theme": placement.suggestion.theme,
        "decided": placement.decided,
        "also": list(placement.also),
        "kind": placement.kind,
        "abstract": paper.abstract.plain,
        "gist": gist.shown if gist else None,
        "links": addresses(paper.links),
        "evidence": _describe_evidence(corpus, paper, stated.findings),
        "findings": [_describe_finding(item) for item in stated.findings],
        **{name: list(getattr(stated, name)) for name in NAME_FIELDS},
        "notices": describe_notices(paper),
        "related": [{"citekey": item.citekey, "why": list(item.why)} for item in corpus.related[paper.citekey]],
        **_describe_citing(corpus, paper.citekey),
        "url": page_address(paper.citekey),
    }
    return {name: value for name, value in known.items() if value not in (None, "", [], {})}


def _describe_reference(paper: Paper) -> dict[str, object]:
    """Return the type and the variables of CSL that a source gives, and the keys of its owner; nothing is guessed."""
    if not paper.reference.type:
        return {}
    known = complete_reference(paper)
    keys = [key for key in known.keys if key != paper.citekey]
    return {"type": known.type, "reference": describe_reference(known), "keys": keys}


def _describe_citing(corpus: Corpus, citekey: str) -> dict[str, object]:
    """Return which papers of the review a paper cites, in which sections, and which cite it."""
    cites = [
        {"citekey": item.citekey, **({"sections": list(item.sections)} if item.sections else {})}
        for item in corpus.citing.cites.get(citekey, ())
    ]
    return {"cites": cites, "cited_by": [item.citekey for item in corpus.citing.cited_by.get(citekey, ())]}


def _describe_evidence(corpus: Corpus, paper: Paper, findings: Iterable[Finding]) -> list[dict[str, object]]:
    """Return the quoted sentences, and those in which a result stands as a number, in their order."""
    quotes = {item.sentence: item.quote for item in corpus.evidence[paper.citekey]}
    for finding in findings:
        start, end = corpus.sentences[paper.citekey][finding.sentence - 1]
        quotes.setdefault(finding.sentence, paper.abstract.plain[start:end])
    return [{"quote": quote, "sentence": number} for number, quote in sorted(quotes.items())]


def _describe_finding(finding: Finding) -> dict[str, object]:
    """Return a number with its sentence; what was measured is absent where it is unknown."""
    measured = {"measured": finding.measured} if finding.measured else {}
    return {**measured, "number": finding.number, "sentence": finding.sentence}


def render_csv(corpus: Corpus, papers: Iterable[Paper] | None = None) -> str:
    """Return one row a paper, of all or of those given, without the abstract; an empty cell is a value not known.

    The notebooks read this table: a changed abstract then causes no chart to be drawn again.
    """
    lines = io.StringIO()
    table = csv.DictWriter(lines, COLUMNS, lineterminator="\n")
    table.writeheader()
    rows = make_rows(corpus, papers)
    table.writerows({name: guard_cell(str(value)) for name, value in row.items()} for row in rows)
    return lines.getvalue()


def make_rows(corpus: Corpus, papers: Iterable[Paper] | None = None) -> Iterator[dict[str, object]]:
    """Yield the row of each paper by the names of `COLUMNS`; a link that is not known is absent."""
    parts = {theme.slug: part.title for part in corpus.parts for theme in part.themes}
    titles = {theme.slug: theme.name for theme in corpus.themes()}  # as on the site: figures have little room
    numbers = {slug: number for number, slug in enumerate(titles, start=1)}
    for paper in corpus.papers if papers is None else papers:
        placement = corpus.placements[paper.citekey]
        row: dict[str, object] = {
            "citekey": paper.citekey,
            "title": paper.title.plain,
            "authors": "; ".join(paper.authors),
            "year": paper.year or "",
            "published": paper.published or "",
            "venue": paper.venue or "",
            "venue_year": paper.venue_year or "",
            "part": parts[placement.theme],
            "theme_number": numbers[placement.theme],
            "theme": placement.theme,
            "theme_title": titles[placement.theme],
            "suggested_theme": placement.suggestion.theme,
            "also": " ".join(placement.also),
            "kind": placement.kind or "",
            "decided": "yes" if placement.decided else "no",
            "notices": list_notices(paper),
            "url": page_address(paper.citekey),
        }
        yield {**row, **addresses(paper.links)}
