"""The files that a person names: folders opened, workbooks and PDFs turned into what a source can be."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from litbook.core.atomic import write_text
from litbook.core.project import Project
from litbook.ingest import KnownReadings
from litbook.ingest.formats.choice import choose
from litbook.ingest.formats.limits import refuse_file
from litbook.ingest.formats.pdf import find_identifier
from litbook.ingest.formats.refusals import PARSE_PDF
from litbook.ingest.formats.wishes import NO_WISH, Refused, Wish
from litbook.ingest.formats.workbook import ENDINGS, MissingLibraryError, read_tables
from litbook.ingest.ledgers.sourceforms import COLUMNS, join_columns, read_source_forms
from litbook.model.faults import Fault
from litbook.model.review import Reading

IDENTIFIERS = "added-identifiers.txt"
_NO_EXTRA = "save it as CSV, or install litbook[xlsx]"


@dataclass(frozen=True, slots=True)
class Offered:
    """A file as it can become a source: its name below the sources, its content, and the path that a person named.

    `made` marks a source that litbook made of it: what the person said of the file's format does not apply to it.
    """

    name: str
    content: bytes
    path: Path
    made: bool = False


@dataclass(slots=True)
class Taken:
    """What the named files offer: sources, identifiers from PDFs, what was refused, and what to tell of the rest."""

    offers: list[Offered] = field(default_factory=list)
    identifiers: list[str] = field(default_factory=list)
    refused: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def take_files(paths: Sequence[Path]) -> Taken:
    """Open folders, workbooks and PDFs; all other files are offered as they are."""
    taken = Taken()
    for path, name in _walk(paths):
        if (too_large := refuse_file(path))[0]:
            taken.refused.append(Fault(str(path), 0, *too_large))
            continue
        content = path.read_bytes()
        if path.suffix.lower() in ENDINGS:
            _take_workbook(taken, path, name, content)
        elif b"%PDF-" in content[:1024]:
            _take_pdf(taken, path, content)
        else:
            taken.offers.append(Offered(name, content, path))
    return taken


def read_offer(known: KnownReadings, wish: Wish, offer: Offered) -> Reading | Refused:
    """Read a file as a person says, unless litbook made it."""
    return known.read(offer.name, offer.content, NO_WISH if offer.made else wish)


def _walk(paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """Yield the files of a list of files and folders, with the names that they get below the sources."""
    for path in paths:
        if path.is_dir():
            inside = sorted(item for item in path.rglob("*") if item.is_file())
            for item in inside:
                below = item.relative_to(path)
                if not any(part.startswith(".") for part in below.parts):
                    yield item, f"{path.resolve().name.lstrip('.') or 'source'}/{below.as_posix()}"
        else:
            yield path, path.name


def _take_workbook(taken: Taken, path: Path, name: str, content: bytes) -> None:
    try:
        tables = read_tables(content)
    except MissingLibraryError:
        taken.refused.append(Fault(str(path), 0, "an Excel workbook", _NO_EXTRA))
        return
    except ValueError as error:
        taken.refused.append(Fault(str(path), 0, f"an Excel workbook: {error}", "save it as CSV"))
        return
    stem = name.removesuffix(Path(name).suffix)
    found = [(sheet, text) for sheet, text in tables if not isinstance(choose("", text.encode()), Refused)]
    for sheet, text in found:
        target = f"{stem}.csv" if len(found) == 1 else f"{stem}-{_plain(sheet)}.csv"
        taken.offers.append(Offered(target, text.encode(), path))
        taken.notes.append(f"{path}: the sheet '{sheet}' is kept as {target}")
    if not found:
        sheets = ", ".join(f"'{sheet}'" for sheet, _ in tables) or "none"
        remedy = "save the sheet as CSV and name its columns with --map title=NAME"
        taken.refused.append(
            Fault(str(path), 0, f"an Excel workbook without a table of papers; sheets: {sheets}", remedy)
        )


def _plain(name: str) -> str:
    return "".join(sign if sign.isalnum() else "-" for sign in name).strip("-") or "sheet"


def _take_pdf(taken: Taken, path: Path, content: bytes) -> None:
    identifier = find_identifier(content)
    if identifier:
        taken.identifiers.append(identifier)
        taken.notes.append(f"{path}: added by the identifier on its first page, {identifier}")
    else:
        taken.refused.append(Fault(str(path), 0, "a PDF without an identifier on its first page", PARSE_PDF))


def note_wish(project: Project, names: Sequence[str], wish: Wish) -> None:
    """Write down what a person said of sources, so that every build reads them alike."""
    if not (wish.form or wish.columns) or not names:
        return
    known, _ = read_source_forms(project)
    known |= dict.fromkeys(names, wish)
    lines = io.StringIO()
    table = csv.writer(lines, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows([name, said.form, join_columns(said.columns)] for name, said in sorted(known.items()))
    write_text(project.source_forms, lines.getvalue())
