"""Put further sources into a review, and say what they brought."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from litbook.commands.new import unused_name
from litbook.core.atomic import sweep, write_bytes
from litbook.core.project import Project
from litbook.ingest.formats.idlist import read_idlist
from litbook.ingest.sources import known_formats, read_source
from litbook.model.faults import CorpusError, Fault
from litbook.model.review import Record, Unread
from litbook.pipeline import gather, keep_citekeys

IDENTIFIERS = "added-identifiers.txt"
_NO_IDENTIFIER = "is no file, and no identifier of arXiv, the ACL Anthology or OpenReview and no DOI"


@dataclass(frozen=True, slots=True)
class Added:
    """Count what sources brought: entries read, papers that are new or were known already, pieces not understood.

    `untitled` are those of the papers, new or known, of which nobody has looked up the title yet.
    """

    read: int
    new: tuple[str, ...]
    known: tuple[str, ...]
    not_understood: tuple[Unread, ...]
    untitled: tuple[str, ...] = ()


def add_sources(project: Project, items: Sequence[str]) -> Added:
    """Copy files into `book/corpus/sources`, and write identifiers into a list there; raise `CorpusError` if one fails.

    An item that names no file is taken as an identifier. A file whose bytes are there already is not copied again. When
    one of the items cannot be read, none is added. The citekeys of new papers are kept in the ledger at once.
    """
    contents = _check(project, items)
    before = {paper.citekey for paper in gather(project).papers}
    sweep(project.sources)
    sources = {_copy(project, path, content) for path, content in contents.items()}
    lines = _list_identifiers(project, [item for item in items if Path(item) not in contents])
    gathered = gather(project)
    keep_citekeys(project, gathered)

    def is_of_these(piece: Record | Unread) -> bool:
        return piece.source in sources or (piece.source == IDENTIFIERS and piece.first_line in lines)

    touched = [paper.citekey for paper in gathered.papers if any(map(is_of_these, paper.records))]
    pieces = [piece for reading in gathered.readings for piece in reading.unread if not piece.understood]
    return Added(
        read=sum(is_of_these(record) for reading in gathered.readings for record in reading.records),
        new=tuple(key for key in touched if key not in before),
        known=tuple(key for key in touched if key in before),
        not_understood=tuple(filter(is_of_these, pieces)),
        untitled=tuple(sorted({paper.citekey for paper in gathered.papers if not paper.title.plain} & set(touched))),
    )


def _check(project: Project, items: Sequence[str]) -> dict[Path, bytes]:
    """Return the contents of the files among the items; every item must be a file or an identifier that can be read."""
    if not project.corpus.is_dir():
        raise CorpusError([Fault(str(project.root), 0, "is no review", "name its folder with --root")])
    contents = {Path(item): Path(item).read_bytes() for item in items if Path(item).is_file()}
    faults = [fault for path, content in contents.items() for fault in _check_file(path, content)]
    others = (item for item in items if Path(item) not in contents and not _is_identifier(item))
    faults += [Fault(item, 0, _NO_IDENTIFIER, "check the path, or the identifier") for item in others]
    if faults:
        raise CorpusError(faults)
    return contents


def _check_file(path: Path, content: bytes) -> Iterable[Fault]:
    reading = read_source(path.name, content)
    if reading is None:
        return [Fault(str(path), 0, "unknown format", f"supported: {known_formats()}")]
    if reading.records:
        return []
    pieces = [piece for piece in reading.unread if not piece.understood]
    return [Fault(str(path), piece.first_line, piece.reason) for piece in pieces] or [
        Fault(str(path), 0, "there is no paper in it", "see whether the export is whole")
    ]


def _is_identifier(item: str) -> bool:
    reading = read_idlist("", item)
    return len(reading.records) == 1 and all(piece.understood for piece in reading.unread) and len(item.split()) == 1


def _copy(project: Project, path: Path, content: bytes) -> str:
    """Bring a file into the sources, unless its bytes are there already; return the name of the source with them."""
    for other in sorted(project.sources.rglob("*")):
        hidden = any(part.startswith(".") for part in other.relative_to(project.sources).parts)
        if not hidden and other.is_file() and other.stat().st_size == len(content) and other.read_bytes() == content:
            return other.relative_to(project.sources).as_posix()
    name = unused_name(project.sources, path.name)
    write_bytes(project.sources / name, content)
    return name


def _list_identifiers(project: Project, identifiers: Sequence[str]) -> set[int]:
    """Append identifiers to the list of those that were added before; return the numbers of their lines."""
    target = project.sources / IDENTIFIERS
    content = target.read_bytes() if target.is_file() else b""
    lines = [line.strip() for line in content.decode("utf-8", "replace").splitlines()]
    new = [item for item in dict.fromkeys(identifiers) if item not in lines]
    if new:
        end = b"" if content.endswith((b"\n", b"\r")) or not content else b"\n"
        write_bytes(target, content + end + "".join(f"{item}\n" for item in new).encode())
    return {number for number, line in enumerate([*lines, *new], start=1) if line in identifiers}
