"""Split a corpus into the exports of volumes: by what its records say, or by number.

All records of one work go into one volume, so that duplicates are still joined. An export is cut along its records, and
read again to see that it holds what it should; a format that cannot be cut so is refused.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from litbook.commands.intake.files import Offered, take_files
from litbook.commands.new_review import explain_no_paper, lay_sources, making
from litbook.commands.volumes.settings import FILE, RESERVED, Volume, Volumes, write_volumes
from litbook.core.atomic import write_bytes
from litbook.core.names import fold_name
from litbook.core.project import Project
from litbook.ingest import KnownReadings
from litbook.ingest.formats.wishes import NO_WISH, Refused, Wish
from litbook.model.faults import CorpusError, Fault
from litbook.model.review import Paper, Reading, Record, Unread
from litbook.pipeline import gather
from litbook.text.nouns import count_noun
from litbook.theme.propose import make_slug

SOURCE = "source"  # the column that is the name of the export
_WITHOUT = "Others"  # papers that say nothing in the column
_MOST = 1_000
_SEPARATORS = " \t\r\n,"


@dataclass(frozen=True, slots=True)
class Split:
    """What was split: the volumes with their numbers of papers."""

    volumes: Volumes
    papers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Plan:
    """How to split: one volume for each value of `column`, none with more than `size` papers; 0 means any number."""

    title: str
    column: str = ""
    size: int = 0
    address: str = ""
    wish: Wish = NO_WISH


def split_corpus(root: Path, sources: Sequence[Path], plan: Plan) -> Split:
    """Write `volumes.yml` and the exports of each volume into `root`, which must be empty or not exist.

    Raise `CorpusError` if a source cannot be read or divided, and then nothing is written.
    """
    faults = [Fault(str(path), 0, "the file does not exist", "check the path") for path in sources if not path.exists()]
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        faults.append(Fault(str(root), 0, "already exists and is not an empty folder", "choose another one"))
    if faults:
        raise CorpusError(faults)
    papers, readings, offers = _read(sources, KnownReadings(), plan.wish)
    groups = _group(papers, plan.column, plan.size)
    address = f"{plan.address.rstrip('/')}/" if plan.address else ""
    volumes = Volumes(root.resolve(), plan.title, tuple(_name(groups)), address, plan.wish)
    homes = dict(zip([volume.name for volume in volumes.volumes], groups.values(), strict=True))
    cut = _cut(readings, offers, homes)
    _check_cut(cut, readings, offers, plan.wish)
    with making(root) as made:
        for (name, source), content in cut.items():
            write_bytes(made / "sources" / name / source, content)
        write_volumes(replace(volumes, root=made))
    return Split(volumes, {name: len(group) for name, group in homes.items()})


def _read(
    sources: Sequence[Path], known: KnownReadings, wish: Wish
) -> tuple[tuple[Paper, ...], tuple[Reading, ...], dict[str, Offered]]:
    """Read exports as `litbook new` does, in a temporary folder."""
    taken = take_files(sources)
    with tempfile.TemporaryDirectory(prefix="litbook-volumes-") as place:
        project = Project(Path(place).resolve())
        named = lay_sources(project, taken, wish)
        gathered = gather(project, known)
        faults = [*taken.refused, *gathered.faults]
        faults += [] if gathered.papers or faults else explain_no_paper(gathered.readings, taken.refused)
        if taken.identifiers:
            what = "a PDF has no text of an export to divide"
            faults.append(Fault(str(sources[0]), 0, what, "start its volume with 'litbook new' or 'litbook add'"))
        below = f"{project.name(project.sources)}/"
    if faults:
        given = {name: str(offer.path) for name, offer in named.items()}
        raise CorpusError(replace(fault, file=given.get(fault.file, fault.file)) for fault in faults)
    return gathered.papers, gathered.readings, {name.removeprefix(below): offer for name, offer in named.items()}


# --- Which paper goes where ---


def _group(papers: Sequence[Paper], column: str, size: int) -> dict[str, list[Paper]]:
    """Return the papers of each volume by its title, in the order of the sources."""
    groups: defaultdict[str, list[Paper]] = defaultdict(list)
    for paper in sorted(papers, key=_place_of):
        groups[_value_of(paper, column) if column else ""].append(paper)
    if column and list(groups) == [_WITHOUT]:
        raise CorpusError([Fault("--by", 0, f"unknown column '{column}'", f"use one of: {_list_columns(papers)}")])
    if _WITHOUT in groups:
        groups[_WITHOUT] = groups.pop(_WITHOUT)  # last
    cut = dict(_limit(dict(sorted(groups.items(), key=lambda item: (item[0] == _WITHOUT, item[0]))), size))
    if len(cut) > _MOST:
        what = f"{len(cut)} volumes, and at most {_MOST} are joined"
        raise CorpusError([Fault("--by", 0, what, "choose a column with fewer values, or a size")])
    return cut


def _place_of(paper: Paper) -> tuple[str, int, int]:
    first = paper.records[0]
    return first.source, first.offset, first.first_line


def _limit(groups: Mapping[str, list[Paper]], size: int) -> Iterator[tuple[str, list[Paper]]]:
    """Yield groups cut into parts of nearly one size, none larger than `size`; 0 means any number."""
    for title, papers in groups.items():
        parts = -(-len(papers) // size) if size else 1
        for part in range(parts):
            some = papers[part * len(papers) // parts : (part + 1) * len(papers) // parts]
            numbered = f"{title or 'Volume'}{',' if title else ''} {part + 1}" if parts > 1 or not title else title
            yield numbered, some


def _value_of(paper: Paper, column: str) -> str:
    values = (_read_column(record, column) for record in paper.records)
    return next((value for value in values if value), _WITHOUT)


def _read_column(record: Record, column: str) -> str:
    wanted = column.casefold()
    named = {SOURCE: Path(record.source).stem, "year": str(record.year or ""), "venue": record.venue or ""}
    if wanted in named:
        return named[wanted]
    return next((" ".join(value.split()) for name, value in record.extra.items() if name.casefold() == wanted), "")


def _list_columns(papers: Iterable[Paper]) -> str:
    found = {name for paper in papers for record in paper.records for name in record.extra}
    return ", ".join([SOURCE, "venue", "year", *sorted(found)[:20]])


def _name(titles: Iterable[str]) -> Iterator[Volume]:
    taken = {fold_name(name) for name in RESERVED}
    for title in titles:
        name = make_slug(title, taken)
        taken.add(fold_name(name))
        yield Volume(name, title)


# --- The exports of each volume ---


def _cut(
    readings: Sequence[Reading], offers: Mapping[str, Offered], groups: Mapping[str, Sequence[Paper]]
) -> dict[tuple[str, str], bytes]:
    """Return the exports by volume and source."""
    homes = {
        (record.source, record.offset, record.first_line): name
        for name, papers in groups.items()
        for paper in papers
        for record in paper.records
    }
    cut: dict[tuple[str, str], bytes] = {}
    for reading in readings:
        chosen: defaultdict[str, list[int]] = defaultdict(list)
        for number, record in enumerate(reading.records):
            chosen[homes[reading.source, record.offset, record.first_line]].append(number)
        if len(chosen) == 1:
            cut[next(iter(chosen)), reading.source] = offers[reading.source].content
            continue
        dividing = _Divided(reading)
        for name, numbers in chosen.items():
            cut[name, reading.source] = dividing.take(numbers).encode("utf-8", "surrogateescape")
    return cut


class _Divided:
    """An export as what is before its records, between them and behind them."""

    def __init__(self, reading: Reading) -> None:
        records = {id(record) for record in reading.records}
        pieces: list[Record | Unread] = [*reading.records, *reading.unread]
        pieces.sort(key=lambda piece: (piece.offset, piece.first_line))
        self.before = ""
        self.records: list[str] = []
        self.behind: list[str] = []  # what follows each record
        for piece in pieces:
            if id(piece) in records:
                self.records.append(piece.raw)
                self.behind.append("")
            elif self.records:
                self.behind[-1] += piece.raw
            else:
                self.before += piece.raw
        self.after = self.behind.pop() if self.behind else ""
        # JSON has commas between records; anything else, such as a comment, stays behind the record it follows.
        kinds = {text.strip() for text in self.behind}
        self.separator = self.behind[0] if len(kinds) == 1 and not self.behind[0].strip(_SEPARATORS) else None

    def take(self, numbers: Sequence[int]) -> str:
        """Return an export of these records alone."""
        chosen = [self.records[number] for number in numbers]
        if self.separator is None:
            behind = [self.behind[number] if number < len(self.behind) else "" for number in numbers]
            return self.before + "".join(map("".join, zip(chosen, behind, strict=True))) + self.after
        return self.before + self.separator.join(chosen) + self.after


def _check_cut(
    cut: Mapping[tuple[str, str], bytes], readings: Iterable[Reading], offers: Mapping[str, Offered], wish: Wish
) -> None:
    """Read the cut exports again; raise `CorpusError` if records were lost, added or changed."""
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for (_, source), content in cut.items():
        again = KnownReadings().read(source, content, NO_WISH if offers[source].made else wish)
        records = () if isinstance(again, Refused) else again.records
        found[source] += [(record.title, record.abstract) for record in records]
    faults = []
    for reading in readings:
        wanted = sorted((record.title, record.abstract) for record in reading.records)
        if sorted(found[reading.source]) != wanted:
            many = count_noun(len(wanted), "record")
            what = f"cannot be divided: its {many} could not be read again from the parts"
            faults.append(
                Fault(reading.source, 0, what, "make a .bib or .ris of it with 'litbook new' and 'litbook export'")
            )
    if faults:
        raise CorpusError(faults)


def describe_split(split: Split, folder: Path) -> Iterator[str]:
    """Yield lines that say what the volumes hold."""
    total = sum(split.papers.values())
    yield (
        f"{count_noun(total, 'paper')} in {count_noun(len(split.papers), 'volume')}, listed in {FILE}. "
        f"Build them with: litbook volumes build --root {folder}"
    )
    for volume in split.volumes.volumes:
        yield f"  {volume.name}: {count_noun(split.papers[volume.name], 'paper')}"
