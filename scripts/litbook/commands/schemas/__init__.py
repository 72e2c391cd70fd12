"""`litbook schema`: the form of the JSON that commands print."""

from __future__ import annotations

from importlib.resources import files

import click

# A command and the name of its schema, a file beside this module.
DESCRIBED = ("brief", "check", "diff", "show", "themes", "todo")


@click.command()
@click.argument("command", type=click.Choice(DESCRIBED))
def schema(command: str) -> None:
    """Describe what COMMAND prints with --json.

    Prints a JSON Schema (draft 2020-12): each name, its type and what it means. A later version of litbook may add
    names; it does not rename or remove one without a line in the changelog.

    Example: litbook schema check
    """
    click.echo(read_schema(command), nl=False)


def read_schema(command: str) -> str:
    """Return the schema of a command's JSON as text."""
    return (files(__name__) / f"{command}.json").read_text("utf-8")
