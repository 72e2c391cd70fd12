"""Read `outside.bib`: works that are not in the collection, and that chapters name from the editors' knowledge."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litbook.core.cache import NO_CACHE, Cache
from litbook.core.project import Project
from litbook.model.editorial import Outside
from litbook.model.faults import Fault
from litbook.model.review import Record
from litbook.text.repair import repair

# A key is what a role names, so it has neither spaces nor commas.
_KEY = re.compile(r"[A-Za-z0-9][\w.:+/-]*")
_IDENTIFIERS = ("arxiv", "doi", "openreview", "acl", "url")


def read_outside(project: Project, cache: Cache = NO_CACHE) -> tuple[tuple[Outside, ...], list[Fault]]:
    """Read the works and check each entry's form; a missing file counts as empty.

    A reader can check a work that has authors, year, title and an identifier; one that lacks any of them is a fault.
    """
    if not project.outside.is_file():
        return (), []
    return cache.once(read_works, project.name(project.outside), project.outside.read_text("utf-8", "replace"))


def read_works(file: str, text: str) -> tuple[tuple[Outside, ...], list[Fault]]:
    """Return the works of a file in BibTeX, and what is wrong with them."""
    from litbook.ingest.formats.bibtex import read_bibtex  # noqa: PLC0415 - slow to load, and the text seldom changes

    reading = read_bibtex(file, text)
    faults: list[Fault] = []
    for piece in reading.unread:
        if not piece.understood:  # among them keys that are given twice
            what, _, remedy = piece.reason.partition("; ")
            faults.append(Fault(file, piece.first_line, what, remedy or "correct the entry"))
    works = tuple(_make_outside(record) for record in reading.records)
    faults += [Fault(file, work.line, what, remedy) for work in works for what, remedy in _check(work)]
    return works, faults


def _make_outside(record: Record) -> Outside:
    reference = record.reference
    issued = reference.dates.get("issued")
    url = reference.fields.get("URL", "")
    links = {**record.links, **({"url": url} if url else {})}
    authors = reference.names.get("author", ())
    year = (issued.year if issued else None) or record.year or 0
    return Outside(next(iter(reference.keys), ""), authors, year, repair(record.title).plain, links, record.first_line)


def _check(work: Outside) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with one entry, and what to do."""
    if not _KEY.fullmatch(work.key):
        yield f"invalid key '{work.key}'", "write letters and digits, as in brown2020language"
    values = {"authors": work.authors, "year": work.year, "title": work.title}
    missing = [name for name, value in values.items() if not value]
    if not any(work.links.get(name) for name in _IDENTIFIERS):
        missing.append("identifier")
    if missing:
        remedy = "write author, year, title, and doi, eprint or url; leave the work out if you are not sure of them"
        yield f"'{work.key}' is missing {', '.join(missing)}", remedy
