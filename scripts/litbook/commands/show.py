"""`litbook show`: everything known about one paper."""

from __future__ import annotations

from pathlib import Path

import click

from litbook.commands.shared import exit_on_faults, load_review, open_project, root_option


@click.command()
@root_option
@click.option("--text", is_flag=True, help="Number the sentences of its full text, which must have been parsed here.")
@click.argument("citekey")
def show(root: Path, citekey: str, text: bool) -> None:
    """Print everything known about a paper, with origins.

    Lists every value of its records, facts, decision, suggestion and ledger entry, and numbers the abstract's sentences
    as claims refer to them.

    Example: litbook show hansen2023tdmpc2
    """
    from litbook.commands.paper_facts import render_paper_facts
    from litbook.commands.parse.shown import render_text

    review = load_review(root)
    with exit_on_faults():
        shown = render_text(open_project(root), review[0], citekey) if text else render_paper_facts(*review, citekey)
        click.echo(shown)
