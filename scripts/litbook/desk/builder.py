"""Start the process that builds, ask it for builds, and start another when it has ended."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Collection
from contextlib import suppress

from litbook.core.project import Project
from litbook.desk.messages import Built, Message, Request, read_message, write_request
from litbook.model.faults import Fault

_LONGEST = 1 << 24  # bytes of a line: it can name many tasks
_ENDS_WITHIN = 10  # seconds


class Builder:
    """A process that builds one review; every message that it sends is given to `receive`."""

    def __init__(self, project: Project, module: str, receive: Callable[[Message], None]) -> None:
        """Take the module that the process runs, with the review's folder as its argument."""
        self._project = project
        self._module = module
        self._receive = receive
        self._process: Process | None = None
        self._reader: asyncio.Task[None] | None = None
        self.requests = 0

    async def request(self, wanted: Collection[str] = ()) -> None:
        """Ask for a build, the pages in `wanted` first; its end is announced by a `Built` that has its number."""
        self.requests += 1
        if self._process is None:
            await self._start()
        assert self._process is not None
        assert self._process.stdin is not None
        with suppress(ConnectionError):  # it has ended, as its reader reports
            line = write_request(Request(self.requests, tuple(sorted(wanted))))
            self._process.stdin.write(f"{line}\n".encode())
            await self._process.stdin.drain()

    async def stop(self) -> None:
        """End the process; a build that runs is given up, and leaves no half-written file."""
        process, self._process = self._process, None
        if self._reader:
            self._reader.cancel()
        if process is None or process.returncode is not None:
            return
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), _ENDS_WITHIN)
        except TimeoutError:
            process.kill()
            await process.wait()

    async def _start(self) -> None:
        log = self._project.cache / "preview.log"
        log.parent.mkdir(exist_ok=True)
        with log.open("wb") as errors:
            self._process = await asyncio.create_subprocess_exec(
                # -P: no file of the review may replace a library.
                *(sys.executable, "-P", "-m", self._module, str(self._project.root)),
                stdin=PIPE,
                stdout=PIPE,
                stderr=errors,
                limit=_LONGEST,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
                start_new_session=True,  # Ctrl-C is for the server, which then ends the build
            )
        self._reader = asyncio.create_task(self._read(self._process))

    async def _read(self, process: Process) -> None:
        assert process.stdout is not None
        while line := await process.stdout.readline():
            self._receive(read_message(line.decode("utf-8")))
        code = await process.wait()
        self._process = None
        log = self._project.name(self._project.cache / "preview.log")
        what = f"the process that builds has ended with exit code {code}"
        fault = Fault(log, 0, what, "read its last lines there; saving a file starts another")
        self._receive(Built((fault,), answers=self.requests))
