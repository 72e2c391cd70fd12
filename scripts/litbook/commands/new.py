"""`litbook new`: start a review from exports."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from litbook.commands.shared import (
    count,
    echo_account,
    echo_unread,
    exit_on_faults,
    exit_on_refused,
    form_options,
)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--from",
    "sources",
    multiple=True,
    type=click.Path(path_type=Path),
    help="An export of papers, or a folder of exports or parsed papers; repeatable.",
)
@form_options
@click.option("--title", default="A literature review", show_default=True, help="The title of the review.")
@click.option("--keep-keys", is_flag=True, help="Use the keys of the exports as citekeys where they are safe.")
def new(folder: Path, files: tuple[Path, ...], sources: tuple[Path, ...], title: str, **wanted: Any) -> None:
    """Start a review in FOLDER from exports of papers: FILES, or those after --from.

    FOLDER must be empty or not exist. A file that litbook does not know is refused by what it is; of several files,
    those that can be read are read. Themes are drafted from the words of the papers, for you to rename and merge.

    Example: litbook new my-review --from library.bib --from search.ris --title "Sourdough, a review"
    """
    from litbook.commands.new_review import start_review

    if not (sources or files):
        raise click.UsageError(f"Name an export of papers, as in: litbook new {folder} library.bib")
    with exit_on_faults():
        started = start_review(folder, (*sources, *files), title, wanted["keep_keys"], wanted["wish"])
    click.echo(
        f"{count(started.read, 'entry', 'entries')} read: {count(started.papers, 'paper')} in "
        f"{count(started.themes, 'suggested theme')}. Build it with: jupyter-book build {folder}"
    )
    echo_account(started.account, started.unread)
    for remark in started.remarks:
        click.echo(remark)
    echo_unread(started.unread)
    exit_on_refused(started.refused)
