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


@columns.command("sheet")
@root_option
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--by", default="", help="The extractor: list what this person has not extracted, and fill in the name.")
@click.option("--theme", default="", help="Only the papers of one theme, by its slug.")
def sheet(root: Path, file: Path, by: str, theme: str) -> None:
    """Write what is still to be extracted to FILE, a CSV table with a row for each paper and column.

    Beside each open cell stand the question, its possible answers, and what rules found with the sentence. Fill in
    value, quote and date, then run: litbook columns take FILE

    Example: litbook columns sheet open.csv --by "A. Doe"
    """
    from litbook.commands.columns.sheet import list_open, render_sheet
    from litbook.core.atomic import write_text
    from litbook.model.faults import CorpusError, Fault, nearest

    corpus, _, _ = load_review(root)
    slugs = [known.slug for known in corpus.themes()]
    with exit_on_faults():
        if theme and theme not in slugs:
            raise CorpusError(
                [
                    Fault(
                        "--theme",
                        0,
                        f"unknown theme '{theme}'",
                        nearest(theme, slugs) or f"use one of {', '.join(slugs)}",
                    )
                ]
            )
        if file.exists():
            raise CorpusError([Fault(str(file), 0, "already exists", "give another name, or delete it first")])
        cells = list_open(corpus, by, theme)
        write_text(file, render_sheet(corpus, cells, by))
    click.echo(
        f"{count(len(cells), 'open cell')} of {count(len({paper.citekey for paper, _ in cells}), 'paper')}: {file}"
    )


@columns.command("take")
@root_option
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--undo", is_flag=True, help="Take the rows of this sheet out of extraction.csv again.")
def take(root: Path, file: Path, undo: bool) -> None:
    """Take the filled-in rows of FILE, a table by `litbook columns sheet`, into extraction.csv.

    All of them are checked first: if one does not hold, none is taken. Rows that are there already are not repeated.

    Example: litbook columns take open.csv
    """
    from litbook.commands.columns.take import take_back, take_rows

    if undo:
        with exit_on_faults():
            project = open_project(root)
            gone, absent = take_back(project, file)
        click.echo(f"{count(gone, 'row')} taken out of {project.name(project.extraction)}.")
        if absent:
            click.echo(f"{count(absent, 'row')} of the sheet not there word for word; what was changed since stays.")
        return
    load_review(root)
    with exit_on_faults():
        project = open_project(root)
        taken, known = take_rows(project, file)
    there = f", {known} there already" if known else ""
    click.echo(f"{count(taken, 'row')} taken into {project.name(project.extraction)}{there}.")
    if taken:
        click.echo(f"To take them back: litbook columns take {file} --undo")
