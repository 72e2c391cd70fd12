"""One run of `litbook parse`: read files, bind each to a paper, and keep what a review may keep."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from litbook.commands.intake.files import Offered, read_offer, take_files
from litbook.commands.parse.binding import Binder, Bound
from litbook.commands.parse.chosen import choose_kept, find_moved
from litbook.commands.parse.store import keep_parsed, keep_text
from litbook.core.project import Project
from litbook.ingest import KnownReadings
from litbook.ingest.formats.wishes import NO_WISH, Refused
from litbook.ingest.fulltext.choice import is_parsed_paper, read_full_text
from litbook.ingest.ledgers.fulltext import COLUMNS, read_bindings
from litbook.ingest.ledgers.parsed import read_parsed
from litbook.ingest.pages import gather_text_claims, read_pages
from litbook.model.faults import CorpusError, Fault
from litbook.model.fulltext import Parsed
from litbook.model.review import Record
from litbook.pipeline import gather, today


@dataclass(slots=True)
class ParseReport:
    """Counts of a run, lines on texts that belong to no paper or have changed, and the files that were not read."""

    read: int = 0
    bound: int = 0
    changed: int = 0
    references: int = 0
    identified: int = 0
    unbound: list[str] = field(default_factory=list)
    refused: list[Fault] = field(default_factory=list)


class _Run:
    """A run over the files that are offered: what it knows of the review, and what it reports."""

    def __init__(self, project: Project, again: bool) -> None:
        by_hand, faults = read_bindings(project)
        self.known = KnownReadings()
        gathered = gather(project, self.known)
        if faults or gathered.faults:
            raise CorpusError([*faults, *gathered.faults])
        self.report = ParseReport()
        self._project = project
        self._again = again
        self._claimed = _find_claimed(project)
        self._before = {item.citekey: item for item in read_parsed(project)[0]}
        self._binder = Binder(gathered.papers, by_hand | (_find_owners(project) if again else {}))

    def parse(self, offer: Offered) -> Iterator[Parsed]:
        """Yield what is kept of the papers of one file, and keep the file if a paper of the review is in it."""
        reading = read_offer(self.known, NO_WISH, offer)
        if isinstance(reading, Refused):
            self.report.refused.append(Fault(str(offer.path), 0, reading.what, reading.remedy))
            return
        papers = [record for record in reading.records if is_parsed_paper(record)]
        if not papers:
            self.report.refused.append(Fault(str(offer.path), 0, *_explain_none(bool(reading.records))))
        name = offer.name.removeprefix(f"{self._project.texts.name}/") if self._again else offer.name
        for record in papers:
            if parsed := self._take(offer, name, record):
                yield parsed

    def _take(self, offer: Offered, name: str, record: Record) -> Parsed | None:
        text = read_full_text(record)
        self.report.read += 1
        bound = self._binder.bind(record, name)
        if text is None:
            self.report.unbound.append(f"{offer.path}: neither sections nor references in '{record.title}'")
            return None
        if not bound.citekey:
            self.report.unbound.append(_explain_unbound(name, record, bound))
            return None
        self.report.bound += 1
        if before := self._before.get(bound.citekey):
            self.report.unbound += find_moved(before, text)
        stored = keep_text(self._project, name, offer.content)
        digest = hashlib.sha256(offer.content).hexdigest()
        return choose_kept(text, bound.citekey, stored, digest, self._claimed.get(bound.citekey, set()))


def parse_files(project: Project, paths: Sequence[Path]) -> ParseReport:
    """Keep what a review may of parsed papers; without paths, of the texts that are there already.

    Raise `CorpusError` if a file that people keep has faults, or if no paper can be read.
    """
    if not paths and not project.texts.is_dir():
        raise CorpusError([Fault(project.name(project.texts), 0, "no texts", "name parsed papers or a folder of them")])
    taken = take_files(list(paths) or [project.texts])
    run = _Run(project, again=not paths)
    run.report.refused += taken.refused
    kept = {parsed.citekey: parsed for offer in taken.offers for parsed in run.parse(offer)}
    if not run.report.read and run.report.refused:
        raise CorpusError(run.report.refused)
    run.report.changed = keep_parsed(project, kept.values())
    run.report.references = sum(len(item.references) for item in kept.values())
    run.report.identified = sum(bool(listed.links) for item in kept.values() for listed in item.references)
    return run.report


def _explain_none(has_records: bool) -> tuple[str, str]:
    if has_records:
        return "a bibliography, not the text of a paper", "add it with 'litbook add'"
    return "no paper in this file", "parse the paper again"


def _explain_unbound(name: str, record: Record, bound: Bound) -> str:
    """Return why a text belongs to no paper, with the row that would say to which."""
    row = f"{name},{next(iter(bound.candidates), 'CITEKEY')},YOUR NAME,{today()}"
    title = f" '{record.title}'" if record.title else ""
    might = f" ({', '.join(bound.candidates)})" if bound.candidates else ""
    head = ",".join(COLUMNS)
    return f"{name}:{title} not taken: {bound.why}{might}; 'litbook add' it, or write in fulltext.csv ({head}): {row}"


def _find_claimed(project: Project) -> dict[str, set[tuple[int, int]]]:
    """Return the places in texts on which pages rest, by citekey."""
    found: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for citekey, claims in gather_text_claims(read_pages(project)).items():
        found[citekey] |= {(claim.section, claim.sentence) for claim in claims}
    return found


def _find_owners(project: Project) -> dict[str, str]:
    """Return the citekeys of texts that hold one paper each, by their names."""
    owners: dict[str, set[str]] = defaultdict(set)
    for item in read_parsed(project)[0]:
        owners[item.file].add(item.citekey)
    return {name: next(iter(citekeys)) for name, citekeys in owners.items() if len(citekeys) == 1}
