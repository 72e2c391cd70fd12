"""Look up online what the sources do not say about their papers.

Only `facts.jsonl` is written. Values are added with their origin and date; existing values are never changed, and
contradictions are reported. Each paper is written as soon as it is answered, and answered questions are not asked
again, so that a run can be stopped at any time and the next one continues.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from litbook.commands.fetch.acl import ACL
from litbook.commands.fetch.arxiv import ARXIV
from litbook.commands.fetch.connection import Clock, SystemClock, check_contact
from litbook.commands.fetch.crossref import CROSSREF
from litbook.commands.fetch.huggingface import HUGGINGFACE
from litbook.commands.fetch.openalex import OPENALEX
from litbook.commands.fetch.report import Report
from litbook.commands.fetch.run import Bar, OfflineError, Progress, Run, Scope
from litbook.commands.fetch.semanticscholar import SEMANTICSCHOLAR
from litbook.commands.fetch.watch.report import WatchReport
from litbook.commands.fetch.watch.run import WATCHED_SERVICES, WatchRun
from litbook.core.project import Project
from litbook.model.faults import CorpusError, Fault, nearest
from litbook.model.review import Paper
from litbook.pipeline import make_corpus

__all__ = ["SERVICES", "Bar", "OfflineError", "Report", "Scope", "fetch_papers", "fetch_review", "watch_papers"]

# In this order each service can use what earlier ones found: arXiv's identifier leads to Semantic Scholar's DOI, the
# DOI to Crossref's venue. OpenAlex comes last because its searches count against a daily allowance.
SERVICES = (ARXIV, HUGGINGFACE, SEMANTICSCHOLAR, ACL, CROSSREF, OPENALEX)


def fetch_review(  # noqa: PLR0913 - these are the options of the command
    project: Project,
    keys: Sequence[str] = (),
    *,
    contact: str = "",
    only: Sequence[str] = (),
    again: bool = False,
    notices: bool = False,
    progress: Progress | None = None,
    clock: Clock | None = None,
) -> Iterator[Report]:
    """Add facts to the named papers, or to all papers that lack some, then ask for notices; yield a report of each run.

    Named papers are always asked about; `again` also asks about papers that are complete or were asked about before.
    With `notices`, only notices are asked for, about all papers. Raise `CorpusError` for a review with faults or an
    unknown citekey, `ValueError` for an invalid contact address, and `OfflineError`, with nothing changed since the
    last report, if no service can be reached.
    """
    # A retraction that one run finds must not stop the next from asking again.
    corpus, enriched, _ = make_corpus(project, may_rest_on_void=True)
    papers = choose_papers(project, enriched.papers, keys) if keys else list(corpus.papers)
    scope = Scope.NAMED if keys else Scope.ALL if again or notices else Scope.MISSING
    if not notices:
        yield fetch_papers(project, papers, scope, contact=contact, only=only, progress=progress, clock=clock)
        papers = _read_again(project, papers)
    if any(service.name in only for service in WATCHED_SERVICES) or not only:
        yield watch_papers(project, papers, scope, contact=contact, only=only, progress=progress, clock=clock)


def _read_again(project: Project, papers: Sequence[Paper]) -> list[Paper]:
    """Return the papers with the facts that were just written; one that no build has shown may have a new citekey."""
    wanted = {_place(paper) for paper in papers}
    return [paper for paper in make_corpus(project, may_rest_on_void=True)[1].papers if _place(paper) in wanted]


def _place(paper: Paper) -> tuple[str, int, int]:
    record = paper.records[0]
    return record.source, record.first_line, record.offset


def watch_papers(  # noqa: PLR0913
    project: Project,
    papers: Sequence[Paper],
    scope: Scope = Scope.MISSING,
    *,
    contact: str = "",
    only: Sequence[str] = (),
    progress: Progress | None = None,
    clock: Clock | None = None,
) -> WatchReport:
    """Ask for notices about the given papers, which must have been made from the files of this project."""
    run = WatchRun(project, scope, check_contact(contact), clock or SystemClock())
    run.ask_all([service for service in WATCHED_SERVICES if not only or service.name in only], papers, progress)
    return run.report


def fetch_papers(  # noqa: PLR0913
    project: Project,
    papers: Sequence[Paper],
    scope: Scope = Scope.MISSING,
    *,
    contact: str = "",
    only: Sequence[str] = (),
    progress: Progress | None = None,
    clock: Clock | None = None,
) -> Report:
    """Add facts to the given papers, which must have been made from the files of this project."""
    run = Run(project, scope, check_contact(contact), clock or SystemClock())
    return run.ask_all([service for service in SERVICES if not only or service.name in only], papers, progress)


def choose_papers(project: Project, papers: Sequence[Paper], keys: Sequence[str]) -> list[Paper]:
    """Return the papers with these citekeys; raise `CorpusError` if there are unknown ones."""
    known = {paper.citekey: paper for paper in papers}
    place = project.name(project.ledger)
    faults = [
        Fault(place, 0, f"unknown citekey '{key}'", nearest(key, known) or "this file lists all citekeys")
        for key in keys
        if key not in known
    ]
    if faults:
        raise CorpusError(faults)
    return [known[key] for key in dict.fromkeys(keys)]
