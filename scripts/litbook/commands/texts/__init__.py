"""`litbook texts`: every text that the interface shows, so that a person can read them all at once."""

from __future__ import annotations

import click

from litbook.commands.texts.collect import collect_texts


@click.command()
@click.option("--places", is_flag=True, help="Print file and line before each text.")
def texts(places: bool) -> None:
    """Print every text that pages of the site show.

    Reads the code that writes pages: Python, templates and scripts, in this order, each file under its name. What a
    review or the build fills in is "…". Messages for editors and the words of the review itself are left out.

    Example: litbook texts > texts.txt
    """
    for name, found in collect_texts():
        click.echo(f"\n{name}")
        for line, text in found:
            click.echo(f"  {name}:{line}: {text}" if places else f"  {text}")
