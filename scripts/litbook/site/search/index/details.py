"""Details: what a page shows, compares or exports of any paper, in a few files of which a page loads those it needs.

A file holds at most 64 papers. Which one holds a paper follows from its citekey alone, so that no page has to tell it:
the CRC-32 of the citekey (ISO/IEC 3309, as in ZIP) modulo the number of files. That number is a power of two, and so
an added paper changes one file, and only a collection that outgrows its files changes them all.
"""

from __future__ import annotations

import csv
import io
import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from litbook.model.notices import flag_of
from litbook.model.review import Corpus, Paper
from litbook.model.stated import NAME_FIELDS, Finding, Stated
from litbook.site.search.index.parts import describe_text, render_part
from litbook.site.search.index.shards import Part
from litbook.text.escape import guard_cell
from litbook.text.person_names import shown_authors
from litbook.write.bibliography import cite_in_ris, render_bibtex
from litbook.write.catalogue import COLUMNS, make_rows
from litbook.write.extraction import ExtractedColumn, gather_extracted

MOST = 64  # papers in one file
# A spreadsheet evaluates a cell that begins so, and a title is untrusted text ("CSV injection", OWASP).


def render_details(corpus: Corpus) -> dict[str, str]:
    """Return the text of each file by its name; `details` tells how many others there are, and their digests."""
    total = count_files([paper.citekey for paper in corpus.papers])
    held: list[list[object]] = [[] for _ in range(total)]
    themes = {theme.slug: theme.name for theme in corpus.themes()}
    for paper, row in zip(corpus.papers, make_rows(corpus), strict=True):
        held[find_file(paper.citekey, total)].append([paper.citekey, _describe(corpus, paper, row, themes)])
    files = {
        f"details-{number}": render_part({"part": "details", "number": number, "papers": papers})
        for number, papers in enumerate(held)
    }
    digests = [describe_text(text)[0] for text in files.values()]
    head: Part = {"part": "details-head", "files": digests, "columns": _write_row(COLUMNS)}
    return {**files, "details": render_part(head)}


def count_files(citekeys: Collection[str]) -> int:
    """Return the least power of two of files of which none holds more papers than it may."""
    total = 1
    while total < len(citekeys) and max(Counter(find_file(key, total) for key in citekeys).values()) > MOST:
        total *= 2
    return total


def find_file(citekey: str, total: int) -> int:
    """Return the number of the file that holds a paper; `litbook-details.js` computes the same."""
    return zlib.crc32(citekey.encode("utf-8")) % total


def _describe(corpus: Corpus, paper: Paper, row: Mapping[str, object], themes: Mapping[str, str]) -> Part:
    """Return what is known of a paper; what is not known is absent."""
    placement = corpus.placements[paper.citekey]
    stated = corpus.stated.get(paper.citekey, Stated())
    gist = corpus.gists.get(paper.citekey)
    known = {
        "title": paper.title.plain,
        "authors": shown_authors(paper),
        "year": paper.cited_year,
        "venue": paper.venue,
        "flag": flag_of(paper.notices),
        "theme": placement.theme,
        "themeTitle": themes[placement.theme],
        "kind": placement.kind,
        "gist": gist and gist.shown,
        "gistSentence": gist and gist.sentence,
        **{name: getattr(stated, name) for name in NAME_FIELDS},
        "extracted": [_describe_column(column) for column in gather_extracted(corpus, paper.citekey)],
        "findings": [_describe_finding(corpus, paper, finding) for finding in stated.findings],
        "bibtex": render_bibtex(paper),
        "ris": cite_in_ris(paper),
        "csv": _write_row(guard_cell(str(row.get(name, ""))) for name in COLUMNS),
    }
    return {name: value for name, value in known.items() if value}


def _describe_column(column: ExtractedColumn) -> list[object]:
    """Return the heading of a column, and each value with its quotation and, of an abstract, its sentence."""
    values = [[row.value, row.quote, *([row.sentence] if row.sentence > 0 else [])] for row in column.rows]
    return [column.heading, values]


def _describe_finding(corpus: Corpus, paper: Paper, finding: Finding) -> Part:
    start, end = corpus.sentences[paper.citekey][finding.sentence - 1]
    measured = {"measured": finding.measured} if finding.measured else {}
    quote = paper.abstract.plain[start:end]
    return {**measured, "number": finding.number, "sentence": finding.sentence, "quote": quote}


def _write_row(cells: Iterable[str]) -> str:
    """Return one line of CSV (RFC 4180) without its end."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()
