"""One session of the server: what is built, when it is built again, and what the open pages are to know."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from litbook.core.code import PACKAGE
from litbook.core.project import Project
from litbook.desk.builder import Builder
from litbook.desk.messages import Built, Inspected, Message, PageWritten
from litbook.desk.watch import Contents, watch
from litbook.model.faults import Fault

Event = Mapping[str, Any]
_PAUSE = 4  # seconds; a decision takes a person about as long


@dataclass(slots=True)
class State:
    """What is known of the review at a moment; `serial` counts the builds, `waiting` notebooks still to be executed."""

    building: bool = True
    serial: int = 0
    waiting: int = 0
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()
    inspected: Inspected = field(default_factory=Inspected)

    def describe(self) -> Event:
        """Return what every open page is to know."""
        return {
            "event": "state",
            "building": self.building,
            "serial": self.serial,
            "waiting": self.waiting,
            "faults": list(map(asdict, self.faults)),
            "warnings": list(map(asdict, self.warnings)),
        }


class Session:
    """Build a review when its files change, once for each save, and tell those who listen."""

    def __init__(self, project: Project, module: str) -> None:
        """Take the review, and the module whose process builds it."""
        self.project = project
        self.state = State()
        self._builder = Builder(project, module, self._receive)
        self._contents = Contents()
        self._waiting: set[Path] = set()
        self._listeners: dict[asyncio.Queue[Event], str] = {}
        self._acts = 0
        self._after_acts: asyncio.Task[None] | None = None
        self._again: asyncio.Task[None] | None = None  # a task without a reference may be lost

    async def run(self) -> None:
        """Build, and build again for each change; runs until it is cancelled."""
        try:
            await self._build()
            async for paths in watch(self.project):
                self._waiting |= paths
                if not self.state.building:
                    await self._build_if_changed()
        finally:
            if self._after_acts:  # it would start another process, which no one ends
                self._after_acts.cancel()
            await self._builder.stop()

    @asynccontextmanager
    async def listen(self, page: str = "") -> AsyncIterator[asyncio.Queue[Event]]:
        """Give a queue of events; the first one describes the present state.

        While somebody listens on a page of the site, builds write it before all others.
        """
        queue: asyncio.Queue[Event] = asyncio.Queue()
        queue.put_nowait(self.state.describe())
        self._listeners[queue] = page
        try:
            yield queue
        finally:
            self._listeners.pop(queue, None)

    def postpone(self, path: Path) -> None:
        """Take a file as changed by the desk, and build when no other act has followed for a while."""
        self._contents.keep_changed((path,))
        self._acts += 1
        self._after_acts = asyncio.get_running_loop().create_task(self._build_after(self._acts))

    async def _build_after(self, acts: int) -> None:
        await asyncio.sleep(_PAUSE)
        if acts != self._acts:
            return
        if self.state.building:
            self.postpone(self.project.decisions)
        else:
            await self._build()

    async def _build(self) -> None:
        self.state.building = True
        self._tell(self.state.describe())
        await self._builder.request({page for page in self._listeners.values() if page})

    async def _build_if_changed(self) -> None:
        changed = self._contents.keep_changed(self._waiting)
        self._waiting.clear()
        if any(path.is_relative_to(PACKAGE) for path in changed):
            await self._builder.stop()  # litbook's own code has changed: the next process reads it
        if changed:
            await self._build()

    def _receive(self, message: Message) -> None:
        if isinstance(message, PageWritten):
            self._tell({"event": "page", "page": message.page})
        elif isinstance(message, Built):
            self._finish(message)
        else:
            self.state.inspected = message
            self._tell({"event": "tasks"})

    def _finish(self, built: Built) -> None:
        self.state.building = built.answers < self._builder.requests  # else it ends what an earlier one left
        self.state.serial += 1
        self.state.waiting = built.waiting
        self.state.faults, self.state.warnings = built.faults, built.warnings
        # What the build itself has written does not ask for another one.
        self._contents.keep_changed((self.project.ledger, self.project.claims))
        self._tell(self.state.describe())
        if self._waiting and not self.state.building:
            self._again = asyncio.get_running_loop().create_task(self._build_if_changed())

    def _tell(self, event: Event) -> None:
        for queue in self._listeners:
            queue.put_nowait(event)
