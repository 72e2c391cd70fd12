"""Measure how many fields of real exports come back from litbook's own: read, export, read again, compare.

What is compared is what the readers understand of the file, in the vocabulary of CSL: letters and digits of each value,
in any case and form of Unicode, the parts of each name, and the parts of each date.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from litbook.enrich.merge import enrich
from litbook.ingest.sources import read_source
from litbook.model.faults import CorpusError, Fault
from litbook.model.measured import Table
from litbook.model.review import Paper, Record
from litbook.write.bibliography import render_csl, render_references, render_ris

FORMATS: Mapping[str, tuple[str, Callable[[Sequence[Paper]], str]]] = {
    "BibTeX": ("export.bib", render_references),
    "RIS": ("export.ris", render_ris),
    "CSL-JSON": ("export.json", render_csl),
}
EXPORTS = Path("tests/exports-figures.json")
REPEATED = "test_as_many_fields_come_back_as_published"
Fields = Mapping[str, str]


@dataclass(slots=True)
class Preserved:
    """Count the fields of one file by their kind, and of these those that came back in each format."""

    file: str
    given: Counter[str] = field(default_factory=Counter)
    kept: dict[str, Counter[str]] = field(default_factory=lambda: {name: Counter() for name in FORMATS})
    lost: list[str] = field(default_factory=list)

    def share(self, form: str) -> float:
        """Return the share of all fields that came back in a format, from 0 to 1."""
        return sum(self.kept[form].values()) / max(1, sum(self.given.values()))


def measure_exports(path: Path) -> Preserved:
    """Read a file, export each of its entries, read the exports, and count what came back; raise `CorpusError`."""
    reading = read_source(path.name, path.read_bytes())
    if reading is None or not reading.records:
        raise CorpusError([Fault(str(path), 0, "there is no reference in it", "name an export of a reference manager")])
    found = Preserved(path.name)
    for record in reading.records:
        _measure_record(record, found)
    return found


def _measure_record(record: Record, found: Preserved) -> None:
    (paper,) = enrich([record], (), (), "2000-01-01").papers
    before = describe(record)
    found.given.update(map(_kind_of, before))
    for form, (name, render) in FORMATS.items():
        reading = read_source(name, render([paper]).encode())
        after = describe(reading.records[0]) if reading and reading.records else {}
        for variable, value in before.items():
            if after.get(variable) == value:
                found.kept[form][_kind_of(variable)] += 1
            else:
                found.lost.append(f"{form}: {paper.citekey}: {variable}: {value} -> {after.get(variable, '')}")


def describe(record: Record) -> Fields:
    """Return all values of a record as they are compared, by the variables of CSL."""
    known = record.reference
    values = {"type": known.type, "title": record.title, "abstract": record.abstract, **known.fields}
    for role, people in known.names.items():
        values[role] = "|".join(
            ",".join(map(_fold, (name.surname, name.given, name.suffix))) for name in people
        )  # fmt: skip
    for variable, date in known.dates.items():
        values[variable] = f"{date.start}{date.end}{date.season or ''}{_fold(date.literal)}"
    kept = ("|", ",", "(")
    return {
        name: value if any(sign in value for sign in kept) and name in (*known.names, *known.dates) else _fold(value)
        for name, value in values.items()
        if value
    }


def _fold(text: str) -> str:
    """Return the letters and digits of a text, in one case and form."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())


def _kind_of(variable: str) -> str:
    """Return the kind of a field, as the table has it."""
    kinds = {"type": "type", "title": "title", "abstract": "abstract", "issued": "date", "accessed": "date"}
    if variable in ("author", "editor", "translator", "collection-editor", "container-author"):
        return "names"
    numbers = ("volume", "issue", "page", "number", "edition", "number-of-pages", "chapter-number")
    identifiers = ("DOI", "ISBN", "ISSN", "PMID", "PMCID", "URL", "archive", "archive_location")
    return kinds.get(variable) or (
        "number" if variable in numbers else "identifier" if variable in identifiers else "other"
    )


def render_preserved(measured: Iterable[Preserved], details: bool = False) -> str:
    """Return a table of the shares by file and format, and by kind of field; with `details` also what was lost."""
    found = list(measured)
    lines = [f"{'':32} {'fields':>7} " + " ".join(f"{form:>9}" for form in FORMATS)]
    for item in found:
        shares = " ".join(f"{item.share(form):9.1%}" for form in FORMATS)
        lines.append(f"{item.file:32.32} {sum(item.given.values()):7} {shares}")
    for kind in dict.fromkeys(kind for item in found for kind in sorted(item.given)):
        given = sum(item.given[kind] for item in found)
        shares = " ".join(f"{sum(item.kept[form][kind] for item in found) / given:9.1%}" for form in FORMATS)
        lines.append(f"{'  ' + kind:32} {given:7} {shares}")
    return "\n".join([*lines, *(line for item in found for line in item.lost if details)])


def tabulate_preserved(measured: Iterable[Preserved]) -> Table:
    """Return the shares by file and format, as a page shows them."""
    rows = [
        (item.file, f"{sum(item.given.values()):,}", *(f"{item.share(form):.1%}" for form in FORMATS))
        for item in measured
    ]
    return Table(("From", "Fields", *FORMATS), tuple(rows))
