"""`litbook preview`: the site while it is written, on this machine alone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from litbook.commands.shared import exit_on_faults, open_project, root_option

if TYPE_CHECKING:
    from litbook.core.project import Project
    from litbook.desk.guard import Guard
    from litbook.desk.server import Route
    from litbook.desk.session import Session

_BUILDS = "litbook.commands.serving.warm_builds"
PORT = 8700


@click.command()
@root_option
@click.option(
    "--port", default=PORT, show_default=True, help="Port on this machine; if it is taken, the next one that is free."
)
@click.option("--open", "opened", is_flag=True, help="Open the page in your browser.")
def preview(root: Path, port: int, opened: bool) -> None:
    """Show the review while you write it.

    Builds the review, serves it on this machine alone, and builds again whenever you save a file: the page that you
    look at appears again at the same place. If something is wrong, the page keeps its last good state and shows what
    'litbook check' would list. Beside each paragraph, "edit" opens its file and line in the editor that $VISUAL names.
    End it with Ctrl-C.

    Example: litbook preview --open
    """
    with exit_on_faults():
        project = open_project(root)
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(project, port, opened))


async def serve(
    project: Project,
    port: int,
    opened: bool,
    page: str = "",
    routes: Callable[[Guard, Session], list[Route]] = lambda _guard, _session: [],
) -> None:
    """Serve a review until the task is cancelled, and print the address of a page of it; `routes` adds pages."""
    import webbrowser

    from litbook.desk.guard import Guard
    from litbook.desk.server import bind, make_application, start
    from litbook.desk.session import Session

    try:
        listening = bind(port)
    except OSError as error:
        raise click.ClickException(error.strerror or str(error)) from None
    guard = Guard(listening.getsockname()[1])
    session = Session(project, _BUILDS)
    server = start(make_application(guard, session, routes(guard, session)), listening)
    address = f"{guard.address}{page}?token={guard.token}"
    click.echo(f"{(page or 'preview').capitalize()}: {address}\nEnd it with Ctrl-C.")
    if opened:
        webbrowser.open(address)
    try:
        await session.run()
    finally:
        server.stop()
        await server.close_all_connections()
