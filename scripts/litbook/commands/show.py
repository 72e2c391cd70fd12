"""`litbook show`: everything known about one paper."""

from __future__ import annotations

from pathlib import Path

import click

from litbook.commands.shared import exit_on_faults, load_review, root_option


@click.command()
@root_option
@click.argument("citekey")
def show(root: Path, citekey: str) -> None:
    """Print everything known about a paper, with origins.

    Lists every value of its records, facts, decision, suggestion and ledger entry, and numbers the abstract's sentences
    as claims refer to them.

    Example: litbook show hansen2023tdmpc2
    """
    from litbook.commands.paper_facts import render_paper_facts

    review = load_review(root)
    with exit_on_faults():
        click.echo(render_paper_facts(*review, citekey))
