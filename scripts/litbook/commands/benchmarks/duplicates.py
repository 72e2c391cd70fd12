"""Measure against a labelled export how well records of the same work are recognised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from litbook.enrich.works import make_works
from litbook.ingest.sources import read_source
from litbook.model.faults import CorpusError, Fault
from litbook.model.measured import Table
from litbook.model.review import Record

# Labels of sets that say only whether a row repeats another, such as that of ASySD.
_UNIQUE, _REPEATED = "unique", "duplicate"
_MOST_SHOWN = 20
FIGURES = Path("tests/duplicates-figures.json")


@dataclass(frozen=True, slots=True)
class Score:
    """How records were grouped, compared with their labels.

    `right` of the `joined` were to be joined, and `wanted` were wanted: pairs of records, or rows removed as duplicates
    if labels say only whether a row repeats another. `wrong` and `missed` list groups of titles for people to look at.
    """

    unit: str
    records: int
    works: int
    right: int
    joined: int
    wanted: int
    wrong: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()

    @property
    def precision(self) -> float:
        return self.right / self.joined if self.joined else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0


def measure_duplicates(path: Path, label: str) -> Score:
    """Group the records of a file into works and compare them with the column `label`; raise `CorpusError`."""
    reading = read_source(path.name, path.read_bytes())
    if reading is None:
        raise CorpusError([Fault(str(path), 0, "unknown format", "use an export that litbook reads")])
    labels = {(record.source, record.offset): read_label(record, label) for record in reading.records}
    if not all(labels.values()):
        first = next(record for record in reading.records if not labels[record.source, record.offset])
        remedy = (
            f"name the column of labels with --label; this record has {', '.join(first.extra) or 'no other columns'}"
        )
        raise CorpusError([Fault(str(path), first.first_line, f"missing label '{label}'", remedy)])
    groups = [
        [(record.title, labels[record.source, record.offset]) for record in work.records]
        for work in make_works(reading.records)
    ]
    return _count_rows(groups) if {*labels.values()} <= {_UNIQUE, _REPEATED} else _count_pairs(groups)


def read_label(record: Record, label: str) -> str:
    """Return a record's value under `label`, whatever its case, or an empty string."""
    return next((value.strip() for name, value in record.extra.items() if name.casefold() == label.casefold()), "")


_Group = Sequence[tuple[str, str]]  # title and label of each record of a work


def _count_pairs(groups: Iterable[_Group]) -> Score:
    known = list(groups)
    counts = [Counter(label for _, label in group) for group in known]
    totals: Counter[str] = sum(counts, Counter())
    spread = Counter(label for count in counts for label in count)
    return Score(
        "pairs",
        records=sum(totals.values()),
        works=len(known),
        right=sum(_pairs(number) for count in counts for number in count.values()),
        joined=sum(_pairs(len(group)) for group in known),
        wanted=sum(map(_pairs, totals.values())),
        wrong=tuple(_show(group) for group, count in zip(known, counts, strict=True) if len(count) > 1),
        missed=tuple(f"{label}, in {number} works" for label, number in sorted(spread.items()) if number > 1),
    )


def _count_rows(groups: Iterable[_Group]) -> Score:
    """Count removed rows: of each work one row is kept, and it should be the only one labelled unique."""
    known = list(groups)
    uniques = [sum(label == _UNIQUE for _, label in group) for group in known]
    sizes = [len(group) for group in known]
    pairs = list(zip(known, uniques, strict=True))
    return Score(
        "removed rows",
        records=sum(sizes),
        works=len(known),
        right=sum(size - max(1, unique) for size, unique in zip(sizes, uniques, strict=True)),
        joined=sum(size - 1 for size in sizes),
        wanted=sum(sizes) - sum(uniques),
        wrong=tuple(_show(group) for group, unique in pairs if unique > 1),
        missed=tuple(_show(group) for group, unique in pairs if not unique),
    )


def tabulate_duplicates(measured: Iterable[tuple[Path, Score]]) -> Table:
    """Return precision and recall by file, as a page shows them."""
    heads = ("From", "Records", "Works", "Counted", "Precision", "Recall")
    rows = [
        (path.name, f"{one.records:,}", f"{one.works:,}", one.unit, f"{one.precision:.3f}", f"{one.recall:.3f}")
        for path, one in measured
    ]
    return Table(heads, tuple(rows))


def _pairs(number: int) -> int:
    return number * (number - 1) // 2


def _show(group: _Group) -> str:
    return " | ".join(dict.fromkeys(f"{title[:70]} ({label})" for title, label in group))


def render_duplicates(path: Path, score: Score, details: bool) -> str:
    """Return the score as text, with `details` also what was joined wrongly and what was missed."""
    lines = [
        f"{path.name}: {score.records} records, {score.works} works",
        f"  {score.unit}: precision {score.precision:.4f} ({score.right} of {score.joined}), "
        f"recall {score.recall:.4f} ({score.right} of {score.wanted})",
    ]
    if details:
        for name, found in (("joined wrongly", score.wrong), ("missed", score.missed)):
            lines += [f"  {name}: {item}" for item in found[:_MOST_SHOWN]]
            lines += [f"  {name}: {len(found) - _MOST_SHOWN} more"] if len(found) > _MOST_SHOWN else []
    return "\n".join(lines)
