"""`litbook release`: freeze a version of the review, for citing and archiving it."""

from __future__ import annotations

from pathlib import Path

import click

from litbook.commands.shared import exit_on_faults, open_project, root_option


@click.command()
@root_option
@click.argument("version")
@click.option("--dry-run", is_flag=True, help="Check everything and show what would be released, but write nothing.")
def release(root: Path, version: str, dry_run: bool) -> None:
    """Prepare release VERSION of the review, and say which commands of git complete it.

    Records in releases.jsonl, which the site then shows, the version, its date, a digest of papers and pages, and what
    changed since the last release. Sets version and date in CITATION.cff. Writes .zenodo.json, which Zenodo reads when
    it archives a release on GitHub. Nothing goes online. All must be committed, the version must be new, and the review
    without faults; otherwise nothing is written.

    Example: litbook release 1.1
    """
    from litbook.commands.publishing.prepare import prepare_release
    from litbook.core.atomic import write_all
    from litbook.core.lock import locked

    with exit_on_faults():
        project = open_project(root)
        prepared = prepare_release(project, version)
        if not dry_run:
            with locked(project, lambda message: click.echo(message, err=True)):
                write_all(prepared.files)
    click.echo(prepared.summary)
    if dry_run:
        click.echo("Nothing was written.")
        return
    click.echo(f"Written: {', '.join(project.name(path) for path in prepared.files)}.")
    click.echo("Look at them with git diff. To complete the release:\n")
    click.echo("".join(f"  {command}\n" for command in prepared.commands), nl=False)
