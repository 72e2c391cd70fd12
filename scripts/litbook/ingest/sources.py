"""Read the files below `book/corpus/sources`, each by the reader that knows its content."""

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
from litbook.model.faults import Fault
from litbook.model.review import Reading, Unread


@dataclass(frozen=True, slots=True)
class Reader:
    """Name a format, tell how surely a text is of it (0 … 1), and read it."""

    name: str
    matches: Callable[[str], float]
    read: Callable[[str, str], Reading]


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
    Reader("list of identifiers", idlist.matches, idlist.read_idlist),
)
# A part of a file is surely of a format from this sureness on, and no shorter.
_SURE, _SHORTEST_PART = 0.9, 40
# Up to this sureness a text has no sign of its format but its shape, which any prose can have.
_GUESS = 0.6


@cache
def all_readers() -> tuple[Reader, ...]:
    """Return our readers and those that installed packages offer: entry points of the group "litbook.readers"."""
    return (*READERS, *(point.load() for point in entry_points(group="litbook.readers")))


def read_sources(project: Project) -> tuple[tuple[Reading, ...], list[Fault]]:
    """Read every source file, in the order of their names; files whose names start with a dot are passed over."""
    readings: list[Reading] = []
    faults: list[Fault] = []
    for path in _source_files(project):
        reading = read_source(_below(project, path).as_posix(), path.read_bytes())
        if reading is None:
            faults.append(Fault(project.name(path), 0, "no reader knows this format", f"known: {known_formats()}"))
        else:
            readings.append(reading)
    if not readings and not faults:
        faults.append(Fault(project.name(project.sources), 0, "there is no source", "put an export of papers here"))
    return tuple(readings), faults


def read_source(source: str, content: bytes) -> Reading | None:
    """Read one export by the reader that knows its content, or return nothing where none does."""
    decoded = decode(content)
    scored = [(reader.matches(decoded.text), reader) for reader in all_readers()]
    sureness, best = max(scored, key=lambda pair: pair[0])
    if sureness <= 0:
        return None
    reading = best.read(source, decoded.text)
    unread = [_tell_other_format(piece, best) for piece in reading.unread]
    if decoded.remark:
        unread.append(_make_remark(source, decoded))
    if sureness <= _GUESS and reading.records:
        what = f"no sure sign of any format; read as {best.name}, look whether these are papers"
        unread.append(Unread(source, 1, 1, "", what))
    return replace(reading, unread=tuple(unread))


def _tell_other_format(piece: Unread, best: Reader) -> Unread:
    """Report a part that its reader passes over as a comment or a frame, if it is surely of another format."""
    if not piece.understood or len(piece.raw.strip()) < _SHORTEST_PART:
        return piece
    sure = (reader for reader in all_readers() if reader is not best and reader.matches(piece.raw) >= _SURE)
    other = next(sure, None)
    if other is None:
        return piece
    what = f"this part is {other.name}, the file is {best.name}; put it into a file of its own"
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
    """Return the names of all formats, for a message."""
    return ", ".join(reader.name for reader in all_readers())
