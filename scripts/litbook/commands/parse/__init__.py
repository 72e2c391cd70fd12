"""`litbook parse`: take from parsed papers what a review may keep."""

from __future__ import annotations

from pathlib import Path

import click

from litbook.commands.shared import count, exit_on_faults, exit_on_refused, open_project, root_option


@click.command()
@root_option
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
def parse(root: Path, files: tuple[Path, ...]) -> None:
    """Take headings, references and a few sentences from the texts of papers.

    FILES are parsed papers, or folders of them: TEI (GROBID), JATS, S2ORC, CORD-19, unarXive, LaTeXML's HTML, or text
    of docling, marker or MinerU. Each is bound to a paper of the review by its identifier or its title; parsed.jsonl,
    which you commit, then has what the review keeps. The texts themselves stay in book/corpus/texts, which git ignores.
    Without FILES, the texts there are read again: for sentences that pages now rest on, and after an upgrade.

    Example: litbook parse grobid-output/
    """
    from litbook.commands.parse.run import parse_files

    with exit_on_faults():
        done = parse_files(open_project(root), files)
    click.echo(
        f"{count(done.read, 'parsed paper')} read, {done.bound} of papers in this review; "
        f"{count(done.changed, 'line')} of parsed.jsonl changed."
    )
    if done.references:
        click.echo(f"{count(done.references, 'reference')}, {done.identified} with an identifier.")
    for line in done.unbound:
        click.echo(line)
    exit_on_refused(done.refused)
