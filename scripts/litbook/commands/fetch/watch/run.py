"""One run of the watch: services are asked for notices, and each answer is dated."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from litbook.commands.fetch.case import Case, begin_line
from litbook.commands.fetch.connection import Clock
from litbook.commands.fetch.proof import BY_IDENTIFIER
from litbook.commands.fetch.run import Run, Scope, Turn
from litbook.commands.fetch.service import Answer, Service
from litbook.commands.fetch.store import ChangedError
from litbook.commands.fetch.watch.arxiv import ARXIV_NOTICES
from litbook.commands.fetch.watch.crossref import CROSSREF_NOTICES
from litbook.commands.fetch.watch.merge import merge_notices
from litbook.commands.fetch.watch.openalex import OPENALEX_NOTICES
from litbook.commands.fetch.watch.report import WatchReport
from litbook.core.project import Project

WATCHED_SERVICES = (CROSSREF_NOTICES, OPENALEX_NOTICES, ARXIV_NOTICES)


class WatchRun(Run):
    """A run that writes notices, and for each service the day on which it answered, and nothing else."""

    def __init__(self, project: Project, scope: Scope, contact: str, clock: Clock) -> None:
        super().__init__(project, scope, contact, clock)
        self.report = WatchReport()
        self._report = self.report

    def _is_wanted(self, service: Service, case: Case) -> bool:
        if not service.can_identify(case.known()):
            return False
        watched = case.line.watched
        if self._scope is Scope.MISSING:
            return service.name not in watched
        return self._scope is Scope.NAMED or watched.get(service.name) != self._today

    def _is_unknown(self, case: Case) -> bool:
        return False

    def _ask_by_new_titles(
        self, services: Sequence[Service], nameless: Sequence[Case], absent: Collection[str]
    ) -> None:
        """Ask nothing: notices are looked up by identifier."""

    def _settle(self, turn: Turn, case: Case, answer: Answer | None) -> None:
        """Write what a service says about a paper, if its record is proven to be about it."""
        turn.reached, turn.failures = True, 0
        proven, _ = self._prove(case, [answer] if answer else [])
        if proven is None:
            return
        self._report.answered.add(case.citekey)
        before = case.line.values or begin_line(case, dict(proven.values), BY_IDENTIFIER)
        if "title" in before and not before["title"]:
            before = {**before, "title": proven.titles[0]} if proven.titles else {}
        if not before.get("title"):
            self._report.troubles.append(f"{case.citekey}: {turn.service.name}: it has no title to match notices by")
            return
        notices, new = merge_notices(before.get("notices"), turn.service.name, proven.notices, self._today)
        values: Mapping[str, object] = {
            **{name: value for name, value in before.items() if name != "notices"},
            **({"notices": notices} if notices else {}),
            "watched": {**case.line.watched, turn.service.name: self._today},
        }
        try:
            self._facts.write(case.line, dict(values))
        except ChangedError as error:
            self._report.troubles.append(f"{case.citekey}: {error}")
            return
        self.report.take(case.citekey, turn.service.name, new)
