"""`litbook columns`: starter sets of columns to extract, and the notebook of a forest plot."""

from __future__ import annotations

from pathlib import Path

import click

from litbook.commands.columns.names import NAMES
from litbook.commands.shared import count, exit_on_faults, load_review, open_project, root_option


@click.group()
def columns() -> None:
    """Choose what the review extracts from its papers.

    The columns are in book/corpus/extraction.yml, the values in extraction.csv; both are yours to edit.

    Example: litbook columns add pico
    """


@columns.command("list")
def list_sets() -> None:
    """List the starter sets with their columns.

    Example: litbook columns list
    """
    from litbook.commands.columns.sets import describe_set

    for name in NAMES:
        click.echo(f"{name}: {describe_set(name)}")


@columns.command("add")
@root_option
@click.argument("names", nargs=-1, required=True, type=click.Choice(NAMES))
def add_columns(root: Path, names: tuple[str, ...]) -> None:
    """Add starter sets to extraction.yml; columns that are there already stay as they are.

    Example: litbook columns add pico risk-of-bias
    """
    from litbook.commands.columns.sets import add_sets

    with exit_on_faults():
        project = open_project(root)
        added, known = add_sets(project, names)
    for column in known:
        click.echo(f"already there: {column}")
    click.echo(
        f"{count(len(added), 'column')} added to {project.name(project.columns)}. Change them as you like, and write "
        f"values into {project.name(project.extraction)}, one a row."
    )


@columns.command("forest")
@root_option
@click.argument("column")
def forest(root: Path, column: str) -> None:
    """Write a notebook that draws a forest plot of COLUMN, whose values are effects with intervals.

    A summary of the effects is drawn only if the column in extraction.yml asks for one and says why its studies are
    comparable: pool: {because: …}.

    Example: litbook columns forest effect
    """
    from litbook.commands.columns.forest import write_notebook

    corpus, _, _ = load_review(root)
    with exit_on_faults():
        project = open_project(root)
        path = write_notebook(project, corpus.extraction, column)
    page = project.name(path).removesuffix(".md")
    click.echo(f"{project.name(path)} is written. Name it in _toc.yml, under the caption Analysis: - file: {page}")
