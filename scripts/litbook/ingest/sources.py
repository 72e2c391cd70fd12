"""Read the files below `book/corpus/sources`, each with the reader that recognises its content."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

from litbook.core.project import Project
from litbook.ingest.formats import (
    arxiv_atom,
    bibtex,
    crossref,
    csljson,
    csvtable,
    endnote_xml,
    hfjson,
    hfpapers,
    idlist,
    nbib,
    openalex,
    ris,
    semanticscholar,
)
from litbook.ingest.formats.encoding import Decoded, decode
from litbook.ingest.ledgers.sourceorder import read_source_order
from litbook.model.faults import Fault
from litbook.model.review import Reading, Unread


@dataclass(frozen=True, slots=True)
class Reader:
    """A source format: its name, a function that scores a text, and a function that reads it.

    `matches(text)` returns how certain it is that the text has this format, in 0 … `most`; `read(source, text)` parses
    it.
    """

    name: str
    matches: Callable[[str], float]
    read: Callable[[str, str], Reading]
    most: float = 1.0


READERS = (
    Reader("Hugging Face Papers", hfpapers.matches, hfpapers.read_hfpapers),
    Reader("BibTeX", bibtex.matches, bibtex.read_bibtex),
    Reader("RIS", ris.matches, ris.read_ris),
    Reader("PubMed nbib", nbib.matches, nbib.read_nbib),
    Reader("EndNote XML", endnote_xml.matches, endnote_xml.read_endnote_xml),
    Reader("CSV", csvtable.matches, csvtable.read_csvtable),
    Reader("CSL-JSON, Zotero and Better BibTeX JSON", csljson.matches, csljson.read_csljson),
    Reader("OpenAlex", openalex.matches, openalex.read_openalex),
    Reader("Semantic Scholar", semanticscholar.matches, semanticscholar.read_semanticscholar),
    Reader("Crossref", crossref.matches, crossref.read_crossref),
    Reader("Hugging Face Papers JSON", hfjson.matches, hfjson.read_hfjson),
    Reader("arXiv Atom", arxiv_atom.matches, arxiv_atom.read_arxiv_atom),
    Reader("list of identifiers", idlist.matches, idlist.read_idlist, idlist.MOST),
)
# A skipped part counts as another format only from this score and length (characters) on: shorter ones match by chance.
_SURE, _SHORTEST_PART = 0.9, 40
# Up to this score a text matches only by its shape, alternating short and long lines, as any prose can.
_GUESS = 0.6


@cache
def all_readers() -> tuple[Reader, ...]:
    """Return the built-in readers, followed by those that installed packages register.

    A package registers a `Reader` as an entry point in the group "litbook.readers".
    """
    return (*READERS, *(point.load() for point in entry_points(group="litbook.readers")))


def read_sources(project: Project) -> tuple[tuple[Reading, ...], list[Fault]]:
    """Read every source file, in order of path; files and folders whose names start with a dot are skipped."""
    readings: list[Reading] = []
    order, faults = read_source_order(project)
    for path in _source_files(project):
        reading = read_source(_below(project, path).as_posix(), path.read_bytes())
        if reading is None:
            faults.append(Fault(project.name(path), 0, "unknown format", f"supported: {known_formats()}"))
        else:
            readings.append(_count_added(reading, order.get(reading.source, 0)))
    if not readings and not faults:
        faults.append(Fault(project.name(project.sources), 0, "no sources", "put an export of papers here"))
    return tuple(readings), faults


def _count_added(reading: Reading, added: int) -> Reading:
    if not added:
        return reading
    return replace(reading, records=tuple(replace(record, added=added) for record in reading.records))


def read_source(source: str, content: bytes) -> Reading | None:
    """Read one export with the reader that matches its content best; return None if no reader recognises it.

    `source` is the file's name, as records and messages give it.
    """
    decoded = decode(content)
    if decoded.refused:
        piece = _make_remark(source, decoded)
        return Reading(source, (), (replace(piece, raw=decoded.text),))
    score, best = 0.0, None
    for reader in all_readers():
        if reader.most > score and (own := reader.matches(decoded.text)) > score:
            score, best = own, reader
    if best is None:
        return None
    reading = best.read(source, decoded.text)
    unread = [_flag_other_format(piece, best) for piece in reading.unread]
    if decoded.remark:
        unread.append(_make_remark(source, decoded))
    if score <= _GUESS and reading.records:
        what = f"uncertain format, read as {best.name}; check that its entries are papers"
        unread.append(Unread(source, 1, 1, "", what))
    return replace(reading, unread=tuple(unread))


def _flag_other_format(piece: Unread, best: Reader) -> Unread:
    """Mark a part that its reader skipped as not understood if it is clearly in another format."""
    if not piece.understood or len(piece.raw.strip()) < _SHORTEST_PART:
        return piece
    sure = (reader for reader in all_readers() if reader is not best and reader.matches(piece.raw) >= _SURE)
    other = next(sure, None)
    if other is None:
        return piece
    what = f"this part is {other.name}, the rest of the file {best.name}; move it to a file of its own"
    return replace(piece, reason=what, understood=False)


def _make_remark(source: str, decoded: Decoded) -> Unread:
    line = len(re.findall(r"\r\n|\r|\n", decoded.text[: decoded.offset])) + 1
    return Unread(source, line, line, "", decoded.remark, offset=decoded.offset)


def _source_files(project: Project) -> list[Path]:
    if not project.sources.is_dir():
        return []
    files = (path for path in project.sources.rglob("*") if path.is_file())
    return sorted(path for path in files if not any(part.startswith(".") for part in _below(project, path).parts))


def _below(project: Project, path: Path) -> Path:
    return path.relative_to(project.sources)


def known_formats() -> str:
    """Return the names of all supported formats, separated by commas."""
    return ", ".join(reader.name for reader in all_readers())
