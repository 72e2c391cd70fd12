"""`litbook fetch`: look up missing facts online, the only part of litbook that uses the network.

`facts` has the function behind the command; everything heavy is imported when the command runs.
"""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from litbook.commands.shared import exit_on_faults, open_project, root_option

if TYPE_CHECKING:
    from litbook.commands.fetch.run import Bar
    from litbook.core.project import Project

# In the order in which they are asked; `facts.SERVICES` are the services themselves.
SERVICE_NAMES = ("arxiv", "huggingface", "semanticscholar", "acl", "crossref", "openalex")


@click.command()
@root_option
@click.argument("keys", metavar="[KEY]...", nargs=-1)
@click.option(
    "--contact",
    envvar="LITBOOK_CONTACT",
    default="",
    callback=lambda _context, _option, address: _check_contact(address),
    help="Your e-mail address, sent to the services; also read from LITBOOK_CONTACT.",
)
@click.option("--only", multiple=True, type=click.Choice(SERVICE_NAMES), help="Ask only this service; repeatable.")
@click.option("--all", "again", is_flag=True, help="Ask again about papers that are complete or were asked about.")
@click.option("--notices", is_flag=True, help="Ask only for notices, also about papers that were asked about before.")
@click.option("--references", is_flag=True, help="Ask only for lists of references, of papers that have none.")
def fetch(  # noqa: PLR0913, PLR0917 - these are the options of the command
    root: Path,
    keys: tuple[str, ...],
    contact: str,
    only: tuple[str, ...],
    again: bool,
    notices: bool,
    references: bool,
) -> None:
    """Look up missing facts and notices online, and add those that are proven.

    Looks up authors, years, identifiers, venues and links of the papers KEY..., by default of all papers that lack
    some, and adds them to facts.jsonl. Existing values are never changed; contradictions are listed. Then asks
    Crossref, OpenAlex and arXiv for notices about the papers: retractions, withdrawals, expressions of concern,
    corrections. You can stop a run at any time: the next one continues. API keys for Semantic Scholar and OpenAlex
    are read from S2_API_KEY and OPENALEX_API_KEY.

    With --references: asks Semantic Scholar, then OpenAlex, for the lists of references of papers with an identifier,
    and keeps them in references.jsonl, for the citations between the papers of the review.

    Example: litbook fetch --contact you@example.org --only arxiv
    """
    if references:
        _fetch_references(open_project(root), keys, contact, only, again)
        return
    from litbook.commands.fetch.facts import fetch_review
    from litbook.commands.fetch.run import OfflineError

    asked = False
    try:
        with exit_on_faults():
            for report in fetch_review(
                open_project(root),
                keys,
                contact=contact,
                only=only,
                again=again,
                notices=notices,
                progress=_show_progress,
            ):
                click.echo(report.render())
                asked = asked or bool(report.asked)
                if report.interrupted:
                    sys.exit(130)
    except OfflineError as error:
        click.echo(str(error) if not asked else "offline: no notices were asked for; run the command again", err=True)
        sys.exit(1)
    if not contact:
        click.echo("Services answer faster if you give a contact address: --contact you@example.org", err=True)


def _fetch_references(
    project: Project, keys: tuple[str, ...], contact: str, only: tuple[str, ...], again: bool
) -> None:
    from litbook.commands.fetch.references.run import fetch_review_references
    from litbook.commands.fetch.run import OfflineError

    try:
        with exit_on_faults():
            click.echo(fetch_review_references(project, keys, contact, only, again).render())
    except OfflineError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


def _check_contact(address: str) -> str:
    if not address:
        return ""
    from litbook.commands.fetch.connection import check_contact

    try:
        return check_contact(address)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def _show_progress(length: int) -> AbstractContextManager[Bar]:
    return click.progressbar(length=length, label="Asking", file=sys.stderr)
