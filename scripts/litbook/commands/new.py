"""`litbook new`: start a review from exports."""

from __future__ import annotations

from pathlib import Path

import click

from litbook.commands.shared import count, echo_unread, exit_on_faults


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "sources",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path),
    help="An export of papers; repeatable.",
)
@click.option("--title", default="A literature review", show_default=True, help="The title of the review.")
@click.option("--keep-keys", is_flag=True, help="Use the keys of the exports as citekeys where they are safe.")
def new(folder: Path, sources: tuple[Path, ...], title: str, keep_keys: bool) -> None:
    """Start a review in FOLDER from exports of papers.

    FOLDER must be empty or not exist. Themes are drafted from the words of the papers, for you to rename and merge.

    Example: litbook new my-review --from library.bib --from search.ris --title "Sourdough, a review"
    """
    from litbook.commands.new_review import start_review

    with exit_on_faults():
        started = start_review(folder, sources, title, keep_keys)
    click.echo(
        f"{count(started.read, 'entry', 'entries')} read: {count(started.papers, 'paper')} in "
        f"{count(started.themes, 'suggested theme')}. Build it with: jupyter-book build {folder}"
    )
    echo_unread(started.unread)
