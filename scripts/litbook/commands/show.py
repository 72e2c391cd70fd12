"""`litbook show`: everything known about one paper."""

from __future__ import annotations

import json
from pathlib import Path

import click

from litbook.commands.shared import (
    complete_citekey,
    exit_on_faults,
    json_option,
    load_review,
    open_project,
    root_option,
)


@click.command()
@root_option
@click.option("--text", is_flag=True, help="Number the sentences of its full text, which must have been parsed here.")
@json_option
@click.argument("citekey", shell_complete=complete_citekey)
def show(root: Path, citekey: str, text: bool, as_json: bool) -> None:
    """Print everything known about a paper, with origins.

    Lists every value of its records, facts, decision, suggestion and ledger entry, and numbers the abstract's sentences
    as claims refer to them.

    Example: litbook show hansen2023tdmpc2
    """
    from litbook.commands.paper_facts import describe_paper_facts, render_paper_facts
    from litbook.commands.parse.shown import render_text

    if text and as_json:
        raise click.UsageError("--text has no JSON form: leave out --text or --json")
    review = load_review(root)
    with exit_on_faults():
        if text:
            click.echo(render_text(open_project(root), review[0], citekey))
        elif as_json:
            click.echo(json.dumps(describe_paper_facts(*review, citekey), ensure_ascii=False, indent=1))
        else:
            click.echo(render_paper_facts(*review, citekey))
