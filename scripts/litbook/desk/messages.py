"""What the process that builds and the process that serves say to each other: one line of JSON for each message."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from litbook.model.faults import Fault


@dataclass(frozen=True, slots=True)
class PageWritten:
    """The file of a page has changed; `page` is its address relative to the site's root."""

    page: str


@dataclass(frozen=True, slots=True)
class Built:
    """A build has ended. With `faults`, the site is that of the last build without any.

    `warnings` holds what Sphinx said of people's pages in this build and, for pages that it did not read again, in
    earlier ones. The build took in what was saved up to the request with the number `answers`; `waiting` notebooks are
    still to be executed, which another build does if nothing else is asked for.
    """

    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()
    answers: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Request:
    """What the server asks of the process that builds: a build that writes the pages in `wanted` before all others.

    Pages are named by their addresses relative to the site's root. Requests are numbered from 1.
    """

    number: int
    wanted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gauge:
    """How far a chapter is: papers of its theme that it cites, and sentences that cite and that join papers."""

    papers: int
    cited: int
    sentences: int
    citing: int
    joining: int


@dataclass(frozen=True, slots=True)
class Inspected:
    """What is still to do after a build, and the gauges of chapters by their files, such as `book/chapters/x.md`."""

    tasks: tuple[Fault, ...] = ()
    gauges: dict[str, Gauge] = field(default_factory=dict)


Message = PageWritten | Built | Inspected


def write_request(request: Request) -> str:
    """Return a request as one line of JSON."""
    return json.dumps(asdict(request))


def read_request(line: str) -> Request:
    """Return the request of a line."""
    values = json.loads(line)
    return Request(values["number"], tuple(values["wanted"]))


def write_message(message: Message) -> str:
    """Return a message as one line of JSON."""
    return json.dumps({"kind": type(message).__name__, **asdict(message)})


def read_message(line: str) -> Message:
    """Return the message of a line."""
    values: dict[str, Any] = json.loads(line)
    kind = values.pop("kind")
    if kind == "PageWritten":
        return PageWritten(values["page"])
    if kind == "Built":
        faults, warnings = _read_faults(values["faults"]), _read_faults(values["warnings"])
        return Built(faults, warnings, values["answers"], values["waiting"])
    gauges = {file: Gauge(**gauge) for file, gauge in values["gauges"].items()}
    return Inspected(_read_faults(values["tasks"]), gauges)


def _read_faults(values: Sequence[dict[str, Any]]) -> tuple[Fault, ...]:
    return tuple(Fault(**value) for value in values)
