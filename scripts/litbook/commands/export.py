"""`litbook export`: the references of a review in a file of its owner's, with notes."""

from __future__ import annotations

from pathlib import Path

import click

from litbook.commands.shared import count, exit_on_faults, load_review, root_option


@click.command()
@root_option
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--notes/--no-notes", default=True, show_default=True, help="With the notes of your library.")
def export(root: Path, file: Path, notes: bool) -> None:
    """Write the references of all papers to FILE: .bib, .ris or .json (CSL).

    Unlike the downloads of the site, they have the notes and comments of your library.

    Example: litbook export library.bib
    """
    from litbook.commands.export_files import write_references

    corpus, enriched, _ = load_review(root)
    with exit_on_faults():
        written = write_references(file, corpus, enriched, notes)
    click.echo(f"{count(written, 'reference')} written to {file}.")
