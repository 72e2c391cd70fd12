"""`litbook diff`: what changed in the collection since a commit."""

from __future__ import annotations

import json
from pathlib import Path

import click

from litbook.commands.shared import exit_on_faults, json_option, open_project, root_option


@click.command()
@root_option
@json_option
@click.argument("revision", metavar="[REV]", default="HEAD")
def diff(root: Path, revision: str, as_json: bool) -> None:
    """List what changed in the collection since a commit.

    Without REV, lists changes that are not committed yet. Shows papers that are new, edited, placed, moved, excluded or
    removed, and the lines of the review that cite them.

    Example: litbook diff HEAD~1
    """
    from litbook.analyse.history.commits import changes_since
    from litbook.analyse.history.diff import describe_changes, render_changes
    from litbook.ingest.pages import gather_citations, read_pages
    from litbook.pipeline import snapshot

    with exit_on_faults():
        project = open_project(root)
        touched = changes_since(project, revision, snapshot)
    citations = gather_citations(read_pages(project))
    if as_json:
        changes = {"since": revision, **describe_changes(touched, citations)}
        click.echo(json.dumps(changes, ensure_ascii=False, indent=1))
    else:
        click.echo(render_changes(touched, citations) or f"No paper has changed since {revision}.")
