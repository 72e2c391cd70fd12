"""`litbook desk`: decisions about papers, one key each, on a local page."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path

import click

from litbook.commands.serving.preview import PORT, serve
from litbook.commands.shared import exit_on_faults, open_project, root_option
from litbook.core.project import Project


@click.command()
@root_option
@click.option("--by", default="", help="Your name, as the rows have it; by default that of git's user.name.")
@click.option(
    "--screeners", default=1, show_default=True, type=click.IntRange(1, 2), help="People who screen each paper."
)
@click.option("--port", default=PORT, show_default=True, help="Port on this machine, or the next that is free.")
@click.option("--open", "opened", is_flag=True, help="Open the page in your browser.")
def desk(root: Path, by: str, screeners: int, port: int, opened: bool) -> None:
    """Decide about papers, with one key for each.

    Queues: which theme (least sure first), whether to include by title and abstract (likeliest first, ordered again
    after every ten decisions, with an estimate of what is left) and then in full text, and whether two records are the
    same work. Each act is one row of
    decisions.csv, pairs.csv or screening.csv, and "Undo" takes it back. With two screeners, each judges for themselves;
    what they agree on becomes a decision, and conflicts are a queue of their own.

    Example: litbook desk --by "Ada Example" --open
    """
    from litbook.analyse.history.version import ask_git

    with exit_on_faults():
        project = open_project(root)
    name = " ".join(by.split()) or ask_git(project, "config", "user.name")
    if not name:
        raise click.UsageError("git knows no user.name; say who decides, with --by NAME")
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(project, name, screeners, port, opened))


async def _serve(project: Project, by: str, screeners: int, port: int, opened: bool) -> None:
    from litbook.desk.acts import Desk
    from litbook.desk.desk_server import make_routes

    await serve(
        project, port, opened, "desk", lambda guard, session: make_routes(guard, session, Desk(project, by, screeners))
    )
