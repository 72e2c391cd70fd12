"""One run of `litbook fetch`: each service in turn is asked about the papers for which it can help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from litbook.commands.fetch.case import Case, compose_line, read_paper
from litbook.commands.fetch.connection import (
    BrokenError,
    BusyError,
    Clock,
    Connection,
    RefusedError,
    ServiceError,
    UnreachableError,
)
from litbook.commands.fetch.merge import compare
from litbook.commands.fetch.proof import judge
from litbook.commands.fetch.report import Addition, Contradiction, NearMiss, Report
from litbook.commands.fetch.service import Answer, Service
from litbook.commands.fetch.store import ChangedError, FactsFile
from litbook.core.project import Project
from litbook.model.review import Paper
from litbook.text.citekey import normalise_title

# A service is skipped after this many unusable answers in a row.
_MOST_FAILURES = 3
_LONGEST_SHOWN = 80


class OfflineError(Exception):
    """No service can be reached; the message says why in one line."""


class Scope(Enum):
    """What to ask: only missing and never answered (MISSING), everything once a day (ALL), or always (NAMED)."""

    MISSING = auto()
    ALL = auto()
    NAMED = auto()


class Bar(Protocol):
    """A progress bar."""

    def update(self, n_steps: int, /) -> None: ...


class _NoBar:
    def update(self, n_steps: int, /) -> None: ...


Progress = Callable[[int], AbstractContextManager[Bar]]


@dataclass
class Turn:
    """A service while it is asked: its connection, whether it was reached, and its failures in a row."""

    service: Service
    connection: Connection
    reached: bool = False
    failures: int = 0


class Run:
    """A run that asks services about papers, writes what is proven, and reports the rest."""

    def __init__(self, project: Project, scope: Scope, contact: str, clock: Clock) -> None:
        self._facts = FactsFile(project)
        self._scope = scope
        self._contact = contact
        self._clock = clock
        self._today = clock.today()
        self._report: Report = Report()

    def ask_all(self, services: Sequence[Service], papers: Sequence[Paper], progress: Progress | None) -> Report:
        """Ask the services one after another; raise `OfflineError` if none of them can be reached."""
        self._report.papers = len(papers)
        cases = self._make_cases(papers)
        nameless = [case for case in cases if not case.known().titles]
        absent: dict[str, str] = {}
        reached = False
        with (progress or _show_nothing)(len(cases) * len(services)) as bar:
            try:
                for service in services:
                    try:
                        reached |= self._ask_service(service, cases, bar)
                    except UnreachableError as error:
                        absent[service.name] = str(error)
                self._ask_by_new_titles(services, nameless, absent)
            except KeyboardInterrupt:
                self._report.interrupted = True
        if absent and not reached and not self._report.interrupted:
            raise OfflineError(f"offline: {_explain_absence(absent)}; nothing was changed")
        self._report.troubles += [_explain_absence(absent)] if absent else []
        self._report.unknown = [case.citekey for case in cases if self._is_unknown(case)]
        return self._report

    def _ask_by_new_titles(
        self, services: Sequence[Service], nameless: Sequence[Case], absent: Collection[str]
    ) -> None:
        """Ask the services that had nothing to search by until a later one found the title."""
        for service in services:
            named = [case for case in nameless if case.known().titles and service.name not in case.answered]
            if named and service.name not in absent:
                try:
                    self._ask_service(service, named, _NoBar())
                except UnreachableError as error:
                    self._report.troubles.append(f"{service.name} skipped: {error}")

    def _is_unknown(self, case: Case) -> bool:
        """Return whether a paper has no proven answer and still lacks authors or year."""
        was_unanswered = case.citekey in self._report.asked - self._report.answered
        return was_unanswered and not {"authors", "year"} <= case.known().values.keys()

    def _make_cases(self, papers: Sequence[Paper]) -> list[Case]:
        """Find the line of every paper in `facts.jsonl`.

        Papers that share a title and have no identifier are skipped and reported: the file could not tell them apart.
        """
        titles = Counter(normalise_title(paper.title.plain) for paper in papers)
        cases: list[Case] = []
        for paper in papers:
            values = read_paper(paper)
            identifiers = {name: value for name, value in values.items() if name in {"arxiv_id", "doi"}}
            title = normalise_title(paper.title.plain)
            if title and titles[title] > 1 and not identifiers and paper.facts is None:
                self._report.troubles.append(
                    f"{paper.citekey}: another paper has the same title; add an identifier to its record"
                )
            else:
                cases.append(Case(paper, self._facts.find(paper.facts, identifiers)))
        return cases

    def _ask_service(self, service: Service, cases: Sequence[Case], bar: Bar) -> bool:
        """Ask one service about all papers for which it can help, and return whether it was reached."""
        wanted = [case for case in cases if self._is_wanted(service, case)]
        self._report.asked |= {case.citekey for case in wanted}
        bar.update(len(cases) - len(wanted))
        with Connection(service.interval, self._contact, self._clock, service.headers()) as connection:
            turn = Turn(service, connection)
            try:
                for start in range(0, len(wanted), service.batch):
                    chunk = wanted[start : start + service.batch]
                    self._ask_chunk(turn, chunk)
                    bar.update(len(chunk))
            except ServiceError as error:
                if isinstance(error, UnreachableError) and not turn.reached:
                    raise
                turn.reached = True
                self._report.troubles.append(f"{service.name} skipped: {error}")
            return turn.reached

    def _is_wanted(self, service: Service, case: Case) -> bool:
        known = case.known()
        if not service.can_be_asked(known):
            return False
        if self._scope is Scope.MISSING:
            return service.name not in case.fetched and not service.gives <= known.values.keys()
        return self._scope is Scope.NAMED or case.fetched.get(service.name) != self._today

    def _ask_chunk(self, turn: Turn, chunk: Sequence[Case]) -> None:
        """Ask about several papers by identifier in one request, then by title about each that was not found."""
        known = [item for item in (case.known() for case in chunk) if turn.service.can_identify(item)]
        answers: Mapping[str, Answer] = {}
        try:
            if known:
                answers = turn.service.by_identifier(turn.connection, known)
                turn.reached = True
        except RefusedError as error:
            if len(chunk) == 1:
                self._fail(turn, chunk, error)
            for case in chunk if len(chunk) > 1 else ():  # One invalid identifier makes the whole request fail.
                self._ask_chunk(turn, [case])
            return
        except BrokenError as error:
            self._fail(turn, chunk, error)
            return
        # Write answered papers before searching for others, so that a stopped run loses nothing.
        for case in sorted(chunk, key=lambda case: case.citekey not in answers):
            self._settle(turn, case, answers.get(case.citekey))

    def _settle(self, turn: Turn, case: Case, answer: Answer | None) -> None:
        """Write the line of a paper from the one answer that is proven to be about it."""
        candidates = [answer] if answer else []
        try:
            if not answer and turn.service.by_title and turn.service.can_search(case.known()):
                candidates = turn.service.by_title(turn.connection, case.known())
        except (BrokenError, RefusedError) as error:
            self._fail(turn, [case], error)
            return
        turn.reached, turn.failures = True, 0
        case.answered[turn.service.name] = self._today
        try:
            self._take(case, *self._prove(case, candidates))
        except ChangedError as error:
            self._report.troubles.append(f"{case.citekey}: {error}")

    def _fail(self, turn: Turn, chunk: Sequence[Case], error: ServiceError) -> None:
        """Report an unusable answer; the next run asks about its papers again."""
        more = f" and {len(chunk) - 1} more" if len(chunk) > 1 else ""
        self._report.troubles.append(f"{chunk[0].citekey}{more}: {turn.service.name}: {error}")
        turn.reached, turn.failures = True, turn.failures + 1
        if turn.failures == _MOST_FAILURES:
            raise BusyError(f"{_MOST_FAILURES} unusable answers in a row")

    def _prove(self, case: Case, candidates: Iterable[Answer]) -> tuple[Answer | None, str]:
        """Return the one candidate that is proven, with its proof, and report those that came close."""
        known = case.known()
        judged = [(answer, judge(known, answer)) for answer in candidates]
        proven = {tuple(answer.identifiers.items()): (answer, verdict) for answer, verdict in judged if verdict.proof}
        for answer, verdict in judged:
            if verdict.contradicts:
                self._contradict(case, "title", known.title, answer.titles[0], answer)
            elif verdict.doubt and not proven:
                self._miss(case, answer, verdict.doubt)
        if len(proven) == 1:
            answer, verdict = next(iter(proven.values()))
            return answer, verdict.proof
        for answer, _ in proven.values():
            self._miss(case, answer, "one of several works with this title")
        return None, ""

    def _take(self, case: Case, answer: Answer | None, proof: str) -> None:
        """Write what an answer adds, and that the service answered."""
        new: dict[str, object] = {}
        if answer:
            new, contradictions = compare(case.known().values, answer.values)
            for name, known, found in contradictions:
                self._contradict(case, name, known, found, answer)
            self._report.answered.add(case.citekey)
        values = compose_line(case, new, answer, proof, self._today)
        if values and values != case.line.values:
            self._facts.write(case.line, values)
            self._report.additions += [Addition(case.citekey, name, answer.service) for name in new if answer]

    def _contradict(self, case: Case, name: str, known: object, found: object, answer: Answer) -> None:
        item = Contradiction(case.citekey, name, _show(known), _show(found), answer.service, answer.address)
        self._report.contradictions.append(item)

    def _miss(self, case: Case, answer: Answer, why: str) -> None:
        self._report.near_misses.append(NearMiss(case.citekey, answer.titles[0], why, answer.service, answer.address))


def _explain_absence(absent: Mapping[str, str]) -> str:
    """Describe which services cannot be reached, grouped by reason."""
    by_reason = {why: [name for name, reason in absent.items() if reason == why] for why in absent.values()}
    return "; ".join(f"{', '.join(names)} cannot be reached ({why})" for why, names in by_reason.items())


def _show(value: object) -> str:
    """Return a value as text, shortened for display."""
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


def _show_nothing(_: int) -> AbstractContextManager[Bar]:
    return nullcontext(_NoBar())
