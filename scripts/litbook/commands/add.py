"""`litbook add`: add exports or identifiers to a review."""

from __future__ import annotations

from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from litbook.commands.shared import (
    count,
    echo_account,
    echo_unread,
    exit_on_faults,
    exit_on_refused,
    form_options,
    open_project,
    root_option,
)
from litbook.core.lock import locked

if TYPE_CHECKING:
    from litbook.ingest.formats.wishes import Wish


@click.command()
@root_option
@click.option("--dry-run", is_flag=True, help="Only print what would change.")
@form_options
@click.argument("items", nargs=-1, required=True)
def add(root: Path, items: tuple[str, ...], dry_run: bool, wish: Wish) -> None:
    """Add exports or identifiers of papers, and list what is new or corrected.

    An item is a file, a folder of files, or an arXiv, DOI, ACL Anthology or OpenReview identifier. A file that litbook
    does not know is refused by what it is; the others are added.

    Example: litbook add new-search.ris 2310.16828
    """
    from litbook.commands.added_sources import add_sources, preview_sources

    with exit_on_faults():
        project = open_project(root)
        with nullcontext() if dry_run else locked(project, partial(click.echo, err=True)):
            added = (preview_sources if dry_run else add_sources)(project, items, wish)
    click.echo(
        f"{count(added.read, 'entry', 'entries')} read: {count(len(added.new), 'new paper')}, "
        f"{len(added.known)} already in the review."
    )
    _echo_list("new", added.new)
    for line in added.changed:
        click.echo(line)
    _echo_list("known only by identifier; look up with 'litbook fetch'", added.untitled)
    echo_account(added.account, added.not_understood)
    echo_unread(added.not_understood)
    exit_on_refused(added.refused)


def _echo_list(what: str, citekeys: tuple[str, ...]) -> None:
    if citekeys:
        click.echo(f"{count(len(citekeys), 'paper')} {what}: {', '.join(citekeys)}")
