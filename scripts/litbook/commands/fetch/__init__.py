"""Look up what the sources do not say of their papers: the only part of litbook that goes online.

It writes `facts.jsonl` and nothing else. Values are added with their origin and date; a value that is there is never
changed, and where a service contradicts it, that is reported. Each paper is written as soon as it is answered, and what
was answered is not asked again, so that a run can be stopped at any moment and taken up by the next.
"""

from __future__ import annotations

from collections.abc import Sequence

from litbook.commands.fetch.acl import ACL
from litbook.commands.fetch.arxiv import ARXIV
from litbook.commands.fetch.crossref import CROSSREF
from litbook.commands.fetch.door import Clock, SystemClock, check_contact
from litbook.commands.fetch.huggingface import HUGGINGFACE
from litbook.commands.fetch.openalex import OPENALEX
from litbook.commands.fetch.report import Report
from litbook.commands.fetch.run import Bar, OfflineError, Progress, Run, Scope
from litbook.commands.fetch.semanticscholar import SEMANTICSCHOLAR
from litbook.core.project import Project
from litbook.model.faults import CorpusError, Fault, nearest
from litbook.model.review import Paper
from litbook.pipeline import make_corpus

__all__ = ["SERVICES", "Bar", "OfflineError", "Report", "Scope", "check_contact", "fetch", "fetch_papers"]

# In this order each service can use what the ones before it found: arXiv's identifier leads to Semantic Scholar's DOI,
# the DOI to Crossref's venue. OpenAlex stands last because its searches use up an allowance.
SERVICES = (ARXIV, HUGGINGFACE, SEMANTICSCHOLAR, ACL, CROSSREF, OPENALEX)


def fetch(  # noqa: PLR0913 - these are the options of the command
    project: Project,
    keys: Sequence[str] = (),
    *,
    contact: str = "",
    only: Sequence[str] = (),
    again: bool = False,
    progress: Progress | None = None,
    clock: Clock | None = None,
) -> Report:
    """Fill in the facts of the named papers, or of all papers of the review that lack some.

    Named papers are asked about in any case; `again` asks about all others too, even if nothing is missing. Raise
    `CorpusError` for a faulty review or an unknown key, `ValueError` for a contact that is no address, and
    `OfflineError`, with nothing changed, if no service can be reached.
    """
    corpus, enriched, _ = make_corpus(project)
    papers = _choose(project, enriched.papers, keys) if keys else corpus.papers
    scope = Scope.NAMED if keys else Scope.ALL if again else Scope.MISSING
    return fetch_papers(project, papers, scope, contact=contact, only=only, progress=progress, clock=clock)


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
    """Fill in the facts of papers as they are given, which were made from the files of this project."""
    run = Run(project, scope, check_contact(contact), clock or SystemClock())
    return run.ask_all([service for service in SERVICES if not only or service.name in only], papers, progress)


def _choose(project: Project, papers: Sequence[Paper], keys: Sequence[str]) -> list[Paper]:
    known = {paper.citekey: paper for paper in papers}
    place = project.name(project.ledger)
    faults = [
        Fault(place, 0, f"no paper '{key}' to look up", nearest(key, known) or "the keys are in this file")
        for key in keys
        if key not in known
    ]
    if faults:
        raise CorpusError(faults)
    return [known[key] for key in dict.fromkeys(keys)]
