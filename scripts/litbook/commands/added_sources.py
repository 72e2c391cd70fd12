"""Copy exports and identifiers into the sources of a review, and find out what they added."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from litbook.commands.differences import render_differences
from litbook.commands.intake.decisions import describe_labels, find_labels, write_labels
from litbook.commands.intake.files import IDENTIFIERS, Offered, Taken, note_wish, read_offer, take_files
from litbook.commands.intake.joining import describe_joining
from litbook.commands.intake.texts import Apart, Read, keep_texts, set_texts_apart
from litbook.commands.new_review import unused_path
from litbook.core.atomic import sweep, write_bytes, write_text
from litbook.core.project import Project
from litbook.ingest import KnownReadings
from litbook.ingest.formats.idlist import read_idlist
from litbook.ingest.formats.wishes import NO_WISH, Refused, Wish
from litbook.ingest.ledgers.claims import read_kept_claims
from litbook.ingest.ledgers.decisions import read_decisions
from litbook.ingest.ledgers.pairs import read_pairs
from litbook.ingest.ledgers.sourceorder import COLUMNS, read_source_order
from litbook.ingest.pages import gather_claims, read_pages
from litbook.model.faults import CorpusError, Fault
from litbook.model.review import Record, Unread
from litbook.pipeline import gather, keep_citekeys, today

_NO_IDENTIFIER = "neither a file nor an identifier (arXiv, DOI, ACL Anthology, OpenReview)"


@dataclass(frozen=True, slots=True)
class Added:
    """What sources added: entries read, citekeys of new and of known papers, and what was not understood.

    `untitled` are those papers, new or known, of which only an identifier is known so far. `changed` are lines that
    list what is different now, paper by paper; `account` are lines on what became of the records, `refused` the files
    that were not read.
    """

    read: int
    new: tuple[str, ...]
    known: tuple[str, ...]
    not_understood: tuple[Unread, ...]
    untitled: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    account: tuple[str, ...] = ()
    refused: tuple[Fault, ...] = ()


def preview_sources(project: Project, items: Sequence[str], wish: Wish = NO_WISH) -> Added:
    """Return what `add_sources` would add, without changing the review."""
    with tempfile.TemporaryDirectory() as place:
        copy = Project(Path(place))
        shutil.copytree(project.corpus, copy.corpus, ignore=shutil.ignore_patterns(project.texts.name))
        return add_sources(copy, items, wish)


def add_sources(project: Project, items: Sequence[str], wish: Wish = NO_WISH) -> Added:
    """Copy files into `book/corpus/sources`, and append identifiers to a list there.

    An item that does not name a file or folder is taken as an identifier. A file that is already there, byte for byte,
    is not copied again. Files that cannot be read are left out; raise `CorpusError` if there is nothing else, or if an
    identifier is invalid. The citekeys of new papers are written to the ledger at once, so that those that are printed
    cannot change before the next build.
    """
    readings = KnownReadings()
    taken, identifiers, apart = _check(items, partial(read_offer, readings, wish))
    known = gather(project, readings).papers
    before = {paper.citekey for paper in known}
    sweep(project.sources)
    laid = [(offer, _copy(project, offer)) for offer in taken.offers]
    copied = [name for _, name in laid]
    sources = set(copied)
    _note_order(project, list(dict.fromkeys(copied)))
    note_wish(project, [name for offer, name in laid if not offer.made], wish)
    lines = _list_identifiers(project, identifiers)
    gathered = gather(project, readings)
    keep_citekeys(project, gathered)
    texts = keep_texts(project, apart, laid, gathered.papers)

    def is_of_these(piece: Record | Unread) -> bool:
        return piece.source in sources or (piece.source == IDENTIFIERS and piece.first_line in lines)

    new = [paper for paper in gathered.papers if paper.citekey not in before and any(map(is_of_these, paper.records))]
    decided = {decision.citekey for decision in read_decisions(project, ())[0]}
    labels = find_labels(new, decided)
    write_labels(project, labels, today())
    touched = [paper.citekey for paper in gathered.papers if any(map(is_of_these, paper.records))]
    pieces = [piece for reading in gathered.readings for piece in reading.unread if not piece.understood]
    joining = describe_joining(gathered.papers, read_pairs(project)[0], sources) if sources else ()
    return Added(
        read=sum(is_of_these(record) for reading in gathered.readings for record in reading.records),
        new=tuple(key for key in touched if key not in before),
        known=tuple(key for key in touched if key in before),
        not_understood=tuple(filter(is_of_these, pieces)),
        untitled=tuple(sorted({paper.citekey for paper in gathered.papers if not paper.title.plain} & set(touched))),
        changed=render_differences(
            known, gathered.papers, read_kept_claims(project)[0], lambda: gather_claims(read_pages(project))
        ),
        account=(*taken.notes, *texts, *joining, *describe_labels(labels)),
        refused=tuple(taken.refused),
    )


def _check(items: Sequence[str], read: Read) -> tuple[Taken, list[str], list[Apart]]:
    """Return what the named files offer, the identifiers, and texts; raise `CorpusError` if nothing can be read."""
    paths = [Path(item) for item in dict.fromkeys(items) if item and Path(item).exists()]
    named = [item for item in items if not item or not Path(item).exists()]
    invalid = [item for item in named if not _is_identifier(item)]
    if invalid:
        raise CorpusError(Fault(item, 0, _NO_IDENTIFIER, "check the path or the identifier") for item in invalid)
    taken = take_files(paths)
    apart = set_texts_apart(taken, read)
    faults = [(offer, _check_file(offer, read)) for offer in taken.offers]
    taken.refused += [fault for _, found in faults for fault in found]
    taken.offers = [offer for offer, found in faults if not found]
    identifiers = [*named, *taken.identifiers]
    if taken.refused and not taken.offers and not identifiers:
        raise CorpusError(taken.refused)
    return taken, identifiers, apart


def _check_file(offer: Offered, read: Read) -> list[Fault]:
    reading = read(offer)
    if isinstance(reading, Refused):
        return [Fault(str(offer.path), 0, reading.what, reading.remedy)]
    if reading.records:
        return []
    pieces = [piece for piece in reading.unread if not piece.understood]
    return [Fault(str(offer.path), piece.first_line, piece.reason) for piece in pieces] or [
        Fault(str(offer.path), 0, "no papers in this file", "check that the export is complete")
    ]


def _is_identifier(item: str) -> bool:
    reading = read_idlist("", item)
    return len(reading.records) == 1 and all(piece.understood for piece in reading.unread) and len(item.split()) == 1


def _copy(project: Project, offer: Offered) -> str:
    """Copy a file to the sources unless it is already there, byte for byte; return its name there."""
    content = offer.content
    for other in sorted(project.sources.rglob("*")):
        hidden = any(part.startswith(".") for part in other.relative_to(project.sources).parts)
        if not hidden and other.is_file() and other.stat().st_size == len(content) and other.read_bytes() == content:
            return other.relative_to(project.sources).as_posix()
    target = unused_path(project.sources, offer.name)
    write_bytes(target, content)
    return target.relative_to(project.sources).as_posix()


def _note_order(project: Project, sources: Sequence[str]) -> None:
    """Append sources to the list of added ones, unless they are already the last of it."""
    order, _ = read_source_order(project)
    latest = [source for source, _ in sorted(order.items(), key=lambda item: item[1])][-len(sources) :]
    if not sources or latest == list(sources):
        return
    target = project.source_order
    content = target.read_text("utf-8") if target.is_file() else ""
    lines = io.StringIO()
    table = csv.writer(lines, lineterminator="\n")
    table.writerows([] if content else [COLUMNS])
    table.writerows([source, today()] for source in sources)
    end = "" if content.endswith("\n") or not content else "\n"
    write_text(target, f"{content}{end}{lines.getvalue()}")


def _list_identifiers(project: Project, identifiers: Sequence[str]) -> set[int]:
    """Append identifiers to the list of added ones, and return the line numbers of all given ones."""
    target = project.sources / IDENTIFIERS
    content = target.read_bytes() if target.is_file() else b""
    lines = [line.strip() for line in content.decode("utf-8", "replace").splitlines()]
    new = [item for item in dict.fromkeys(identifiers) if item not in lines]
    if new:
        end = b"" if content.endswith((b"\n", b"\r")) or not content else b"\n"
        write_bytes(target, content + end + "".join(f"{item}\n" for item in new).encode())
    return {number for number, line in enumerate([*lines, *new], start=1) if line in identifiers}
