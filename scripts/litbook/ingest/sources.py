"""Read the files below `book/corpus/sources`, each by the reader that knows its content."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

from litbook.errors import Fault
from litbook.ingest import (
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
from litbook.model import Reading
from litbook.project import Project


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
_MARKS = (  # the longer ones first: that of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@cache
def all_readers() -> tuple[Reader, ...]:
    """Return our readers and those that installed packages offer: entry points of the group "litbook.readers"."""
    return (*READERS, *(point.load() for point in entry_points(group="litbook.readers")))


def read_sources(project: Project) -> tuple[tuple[Reading, ...], list[Fault]]:
    """Read every source file, in the order of their names; files whose names start with a dot are passed over."""
    readings: list[Reading] = []
    faults: list[Fault] = []
    for path in _source_files(project):
        text, fault = _read_text(project, path)
        reading = _read_one(path.relative_to(project.sources).as_posix(), text)
        if reading is None:
            faults.append(Fault(project.name(path), 0, "no reader knows this format", f"known: {_known_formats()}"))
        else:
            readings.append(reading)
        faults += [fault] if fault else []
    if not readings and not faults:
        faults.append(Fault(project.name(project.sources), 0, "there is no source", "put an export of papers here"))
    return tuple(readings), faults


def _source_files(project: Project) -> list[Path]:
    if not project.sources.is_dir():
        return []
    files = (path for path in project.sources.rglob("*") if path.is_file())
    return sorted(path for path in files if not any(part.startswith(".") for part in _below(project, path).parts))


def _below(project: Project, path: Path) -> Path:
    return path.relative_to(project.sources)


def _read_text(project: Project, path: Path) -> tuple[str, Fault | None]:
    """Decode a file as UTF-8; bytes that are not UTF-8 are kept as lone surrogates, and reported."""
    content = path.read_bytes()
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    if encoding:
        return content.decode(encoding, "replace"), None
    try:
        return content.decode("utf-8"), None
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        fault = Fault(project.name(path), line, "not UTF-8", "save the file as UTF-8 (Unicode)")
        return content.decode("utf-8", "surrogateescape"), fault


def _read_one(source: str, text: str) -> Reading | None:
    scored = [(reader.matches(text), reader) for reader in all_readers()]
    sureness, best = max(scored, key=lambda pair: pair[0])
    return best.read(source, text) if sureness > 0 else None


def _known_formats() -> str:
    return ", ".join(reader.name for reader in all_readers())
