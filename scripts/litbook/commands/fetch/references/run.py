"""One run of `litbook fetch --references`: only `references.jsonl` is written, after each answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from litbook.commands.fetch.case import Case
from litbook.commands.fetch.connection import (
    Clock,
    Connection,
    RefusedError,
    ServiceError,
    SystemClock,
    UnreachableError,
    check_contact,
)
from litbook.commands.fetch.facts import choose_papers
from litbook.commands.fetch.references.services import LIST_SERVICES, ListService
from litbook.commands.fetch.run import OfflineError
from litbook.commands.fetch.service import Known
from litbook.commands.fetch.store import Line
from litbook.core.atomic import write_text
from litbook.core.project import Project
from litbook.ingest.ledgers.parsed import read_references, write_line
from litbook.model.faults import CorpusError
from litbook.model.fulltext import Listed, Parsed
from litbook.model.review import Paper
from litbook.pipeline import make_corpus
from litbook.text.nouns import count_noun


@dataclass(slots=True)
class ReferencesReport:
    """Counts of a run: papers asked about, lists and references received; and what went wrong."""

    asked: int = 0
    lists: int = 0
    references: int = 0
    troubles: list[str] = field(default_factory=list)

    def render(self) -> str:
        """Return the report as lines."""
        held = f"{count_noun(self.lists, 'list')} with {count_noun(self.references, 'reference')}"
        said = f"{count_noun(self.asked, 'paper')} asked about: {held}."
        return "\n".join([said, *self.troubles])


class _File:
    """The lines of `references.jsonl` by citekey and service."""

    def __init__(self, project: Project) -> None:
        known, faults = read_references(project)
        if faults:
            raise CorpusError(faults)
        self._path = project.references
        lines = self._path.read_text("utf-8").splitlines() if known else []
        self._lines = {(item.citekey, item.tool): lines[item.line - 1] for item in known}

    def has(self, citekey: str, service: str) -> bool:
        """Return whether a service has answered about a paper."""
        return (citekey, service) in self._lines

    def write(self, citekey: str, service: str, references: Sequence[Listed], today: str) -> None:
        """Add a list, or replace it by a newer one of the same service; an empty one says that it has none."""
        parsed = Parsed(0, citekey, service, references=tuple(references))
        line = {**write_line(parsed), "fetched": today}
        self._lines[citekey, service] = json.dumps(line, ensure_ascii=False)

    def save(self) -> None:
        """Write the file, unless there is nothing to write."""
        if self._lines:
            write_text(self._path, "".join(f"{self._lines[key]}\n" for key in sorted(self._lines)))


def fetch_review_references(
    project: Project, keys: Sequence[str], contact: str, only: Sequence[str], again: bool
) -> ReferencesReport:
    """Ask for the lists of the named papers, or of all papers of the review; raise as `fetch_references` does."""
    corpus, enriched, _ = make_corpus(project, may_rest_on_void=True)
    papers = choose_papers(project, enriched.papers, keys) if keys else corpus.papers
    return fetch_references(project, papers, contact=contact, only=only, again=again or bool(keys))


def fetch_references(  # noqa: PLR0913
    project: Project,
    papers: Sequence[Paper],
    *,
    contact: str = "",
    only: Sequence[str] = (),
    again: bool = False,
    clock: Clock | None = None,
) -> ReferencesReport:
    """Ask for the lists of references of papers that have an identifier; of each service once, unless `again`.

    OpenAlex is asked about papers whose list Semantic Scholar does not have. Raise `OfflineError` if no service can be
    reached.
    """
    file, report, clock = _File(project), ReferencesReport(), clock or SystemClock()
    cases = {paper.citekey: Case(paper, Line(None)).known() for paper in papers}
    listed: set[str] = set()
    asked: set[str] = set()
    absent: list[str] = []
    services = [service for service in LIST_SERVICES if not only or service.service.name in only]
    for service in services:
        wanted = [
            known
            for known in cases.values()
            if service.service.can_identify(known) and known.citekey not in listed
            if again or not any(file.has(known.citekey, other.name) for other in services)
        ]
        asked |= {known.citekey for known in wanted}
        with Connection(service.service.interval, check_contact(contact), clock, service.service.headers()) as opened:
            try:
                for start in range(0, len(wanted), service.batch):
                    listed |= _ask(opened, service, wanted[start : start + service.batch], file, report, clock.today())
            except UnreachableError as error:
                absent.append(f"{service.service.name} cannot be reached ({error})")
            except ServiceError as error:
                report.troubles.append(f"{service.service.name} skipped: {error}")
    if services and len(absent) == len(services):
        raise OfflineError(f"offline: {'; '.join(absent)}; nothing was changed")
    report.troubles += absent
    report.asked = len(asked)
    return report


def _ask(  # noqa: PLR0913, PLR0917 - what a run consists of
    connection: Connection,
    service: ListService,
    papers: Sequence[Known],
    file: _File,
    report: ReferencesReport,
    today: str,
) -> set[str]:
    """Ask about some papers, write what came back, and return the citekeys of those with a list."""
    try:
        lists = service.ask(connection, papers)
    except RefusedError as error:
        if len(papers) == 1:
            report.troubles.append(f"{papers[0].citekey}: {service.service.name}: {error}")
            return set()
        # One invalid identifier makes the whole request fail.
        return set().union(*(_ask(connection, service, [paper], file, report, today) for paper in papers))
    for citekey, references in sorted(lists.items()):
        if references:
            file.write(citekey, service.name, references, today)
            report.lists += 1
            report.references += len(references)
    file.save()
    return {citekey for citekey, references in lists.items() if references}
