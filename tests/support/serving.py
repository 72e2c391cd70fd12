"""The local server in this process, asked as a browser would and as other sites and programs might."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tornado.httpclient import HTTPResponse
from tornado.simple_httpclient import SimpleAsyncHTTPClient

from litbook.core.project import Project
from litbook.desk.guard import Guard
from litbook.desk.server import Route, bind, make_application, start
from litbook.desk.session import Session

Ask = Callable[..., Awaitable[HTTPResponse]]
NO_BUILDS = "litbook.no_such_module"


def run_apart(coroutine: Coroutine[object, object, None]) -> None:
    """Run a coroutine in a thread: in this one, Playwright may have a loop of its own that never ends."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, coroutine).result()


def ask_server(
    root: Path,
    asking: Callable[[Ask, Guard, Session], Awaitable[None]],
    routes: Callable[[Guard, Session], list[Route]] = lambda _guard, _session: [],
) -> None:
    """Serve the review in a folder without building it, and run `asking` with a function that asks for a path."""

    async def run() -> None:
        listening = bind(0)
        guard = Guard(listening.getsockname()[1])
        session = Session(Project(root.resolve()), NO_BUILDS)
        server = start(make_application(guard, session, routes(guard, session)), listening)
        client = SimpleAsyncHTTPClient(force_instance=True)

        async def ask(path: str, headers: Mapping[str, str] | None = None, body: str | None = None) -> HTTPResponse:
            return await client.fetch(
                f"{guard.address}{path}",
                method="GET" if body is None else "POST",
                headers=dict(headers or {}),
                body=body,
                follow_redirects=False,
                raise_error=False,
            )

        try:
            await asking(ask, guard, session)
        finally:
            client.close()
            server.stop()
            await server.close_all_connections()

    run_apart(run())


def as_owner(guard: Guard) -> dict[str, str]:
    """Return the headers of a page that was opened with the token."""
    return {"Cookie": f"{guard.cookie}={guard.token}", "X-Litbook": "1", "Origin": guard.address.rstrip("/")}
