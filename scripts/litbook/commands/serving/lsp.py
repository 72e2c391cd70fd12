"""`litbook lsp`: completion and hover in editors."""

from __future__ import annotations

from pathlib import Path

import click

from litbook.commands.shared import exit_on_faults, open_project, root_option


@click.command()
@root_option
def lsp(root: Path) -> None:
    """Complete citekeys, claims and themes in your editor.

    A language server on standard input and output: editors start it. It offers citekeys with their titles, the numbered
    sentences of an abstract for a claim, themes, and what can be counted, and shows the same when the pointer rests on
    one. Needs pygls: pip install "litbook[editor]"

    Example: litbook lsp --root ~/my-review
    """
    with exit_on_faults():
        project = open_project(root)
    try:
        from litbook.desk.language.server import serve
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise click.ClickException('litbook lsp needs pygls: pip install "litbook[editor]"') from None
    serve(project.root)
