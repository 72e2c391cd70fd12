"""`litbook audit`: draw statements for a person to compare with their sources, and compute the share in error."""

from __future__ import annotations

from pathlib import Path

import click

from litbook.commands.shared import exit_on_faults, load_review, open_project, root_option


@click.command()
@root_option
@click.option("--draw", "number", type=click.IntRange(1), help="Print this many statements as a sheet (CSV).")
@click.option("--seed", default=0, show_default=True, help="Draws the same sample again from the same review.")
@click.option(
    "--result",
    "sheets",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Compute the share in error from a filled-in sheet; give several if it was divided among readers.",
)
@click.option("--keep", is_flag=True, help="With --result: add the verdicts to book/corpus/audit.csv.")
def audit(root: Path, number: int | None, seed: int, sheets: tuple[Path, ...], keep: bool) -> None:
    """Draw statements for an audit, or compute its result.

    A statement is a sentence of the review that cites papers. Someone who did not write it compares each sentence of
    the sheet with its sources and fills in a verdict (supported, overstated, unsupported, wrong), a name and a date.
    The result is the share that is not supported, with the 95 % interval of Clopper and Pearson. Sentences that
    changed after they were drawn count as they were read.

    Example: litbook audit --draw 100 > sheet.csv
    """
    from litbook.commands.audit.sheet import draw_sheet, keep_checks, read_result, render_result

    if (number is None) == (not sheets):
        raise click.UsageError("give either --draw or --result")
    if keep and not sheets:
        raise click.UsageError("--keep needs --result")
    corpus, _, _ = load_review(root)
    with exit_on_faults():
        if number is not None:
            click.echo(draw_sheet(corpus, number, seed), nl=False)
        else:
            checks = read_result(corpus, sheets)
            click.echo(render_result(corpus, checks))
            if keep:
                added = keep_checks(open_project(root), corpus, checks)
                click.echo(f"{added} of {len(checks)} verdicts added to book/corpus/audit.csv.")
