"""`litbook doctor`: whether the installed libraries fit, and which places of other libraries litbook patches."""

from __future__ import annotations

import sys

import click


@click.command()
def doctor() -> None:
    """Check installed libraries, and list patches of others' code.

    Prints the version of each library that litbook needs and whether it is within the declared bounds, then every place
    where litbook patches another library. Exits with code 1 if a library is missing or out of bounds.

    Example: litbook doctor
    """
    from litbook.commands.libraries import find_libraries, render_report

    libraries = find_libraries()
    click.echo(render_report(libraries), nl=False)
    if not all(library.is_sound for library in libraries):
        sys.exit(1)
