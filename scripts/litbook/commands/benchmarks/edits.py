"""Edits that the benchmark makes, in a review and in the books that hold the same papers; each can be undone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from litbook.core.project import Project
from litbook.core.urls import chapter_address, page_address
from litbook.desk.rows import put_row
from litbook.ingest import ingest
from litbook.ingest.ledgers.decisions import COLUMNS
from litbook.model.queries import papers_of
from litbook.model.review import Corpus, Paper, Record
from litbook.pipeline import make_corpus

SENTENCE = "This sentence was added by the benchmark."
TITLE = "A Title That the Benchmark Has Edited"

Undo = Callable[[], object]


def edit_abstract(review: Project) -> Undo:
    """Add a sentence to the abstract of the paper in the middle, in its source."""
    papers = make_corpus(review)[0].papers
    record = papers[len(papers) // 2].records[0]
    kept = record.raw.rstrip()
    return _replace_record(review, record, f"{kept} {SENTENCE}{record.raw[len(kept) :]}")


def edit_page(book: Project) -> Undo:
    """Add a sentence to the page of the paper in the middle, as the author of an ordinary book would."""
    pages = sorted(book.papers.glob("*.md"))
    return _append(pages[len(pages) // 2])


def edit_chapter(book: Project) -> Undo:
    """Add a sentence to the first chapter."""
    return _append(min((book.book / "chapters").glob("*.md")))


def edit_decision(review: Project, citekey: str) -> Undo:
    """Place a paper in the theme that the classifier likes second best, or best, as a person at the desk would."""
    placement = make_corpus(review)[0].placements[citekey]
    suggestion = placement.suggestion
    theme = suggestion.theme if suggestion.theme != placement.theme else suggestion.runner_up or suggestion.theme
    values = {"theme": theme, "by": "benchmark", "date": "2026-01-01", "reason": SENTENCE}
    before = review.decisions.read_bytes()
    put_row(review.decisions, COLUMNS, {"citekey": citekey}, values)
    return partial(review.decisions.write_bytes, before)


def edit_note(review: Project, citekey: str) -> Undo:
    """Write a note on a paper that has none, or add a sentence to the one it has."""
    path = review.notes / f"{citekey}.md"
    if path.is_file():
        return _append(path)
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{SENTENCE}\n", "utf-8")
    return path.unlink


def edit_title(review: Project, paper: Paper) -> Undo:
    """Give a paper another title, in its source."""
    record = paper.records[0]
    return _replace_record(review, record, record.raw.replace(record.title, TITLE, 1))


def _append(path: Path) -> Undo:
    return _rewrite(path, f"{path.read_text('utf-8').rstrip()}\n\n{SENTENCE}\n".encode())


def _replace_record(review: Project, record: Record, raw: str) -> Undo:
    """Replace the text of a record in its source file."""
    reading = next(reading for reading in ingest(review).readings if reading.source == record.source)
    records = tuple(replace(item, raw=raw) if item == record else item for item in reading.records)
    text = replace(reading, records=records).text()
    return _rewrite(review.sources / record.source, text.encode("utf-8", "surrogateescape"))


def _rewrite(path: Path, content: bytes) -> Undo:
    before = path.read_bytes()
    path.write_bytes(content)
    return partial(path.write_bytes, before)


# --- Pages that are stale after a title has changed ---


def find_title_to_edit(review: Project) -> Paper | None:
    """Return a paper whose title can be changed: no hand-written row quotes it, and it can be searched for."""
    corpus, _, inputs = make_corpus(review)
    quoted = {item.citekey for item in inputs.stated_corrections} | {item.citekey for item in inputs.corrections}
    choice = [paper for paper in corpus.papers[len(corpus.papers) // 3 :] if paper.citekey not in quoted]
    return next((paper for paper in choice if _can_be_found(paper)), None)


def _can_be_found(paper: Paper) -> bool:
    """Return whether a title can be searched for in the built site.

    It must look the same in HTML, in scripts and in the source, and be too long to occur there by chance.
    """
    title = paper.records[0].title
    return title == paper.title.plain and title in paper.records[0].raw and bool(re.fullmatch(r"[\w ,:-]{40,}", title))


def find_stale_pages(corpus: Corpus, html: Path, paper: Paper, title: str) -> list[str]:
    """Return the pages and index files that contain the old title, or that should contain `title` but do not."""
    bearers = _bearers(corpus, paper.citekey)
    stale = []
    for path in sorted(path for path in html.rglob("*") if path.suffix in (".html", ".js", ".inv")):
        name = path.relative_to(html).as_posix()
        text = path.read_text("utf-8", "replace")
        if paper.title.plain in text or (name in bearers and title not in text):
            stale.append(name)
    return stale


def _bearers(corpus: Corpus, citekey: str) -> set[str]:
    """Return the pages that show a paper's title: its own, its neighbours', its chapter, those recommending it."""
    placement = corpus.placements[citekey]
    row = [paper.citekey for paper in papers_of(corpus, placement.theme)]
    place = row.index(citekey)
    pages = {key for key, related in corpus.related.items() if citekey in {item.citekey for item in related}}
    pages |= {citekey, *row[max(0, place - 1) : place + 2]}
    return {page_address(key) for key in pages} | {chapter_address(placement.theme)}
