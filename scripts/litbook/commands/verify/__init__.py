"""`litbook verify`: whether a copy of a site is the one that its receipt describes."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command()
@click.argument("site", metavar="FOLDER-or-ADDRESS")
@click.option(
    "--receipt",
    "kept",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A receipt that you kept, instead of the one in the copy.",
)
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A review's folder, to compare its files with the inputs of the receipt.",
)
def verify(site: str, kept: Path | None, root: Path | None) -> None:
    """Compare a copy of a site with its receipt.

    The copy is a folder, or an address that begins with http:// or https://; only then does the command go online, and
    asks nothing but that address. Lists files that are missing, changed or (in a folder) not in the receipt, and exits
    with code 1 if there are any. A receipt proves nothing about a copy whose owner changed both: keep one, or get it
    from the authors, and name it with --receipt.

    Example: litbook verify _build/html
    """
    from litbook.commands.verify.compare import compare_inputs, compare_site
    from litbook.commands.verify.copies import CopyError, open_copy
    from litbook.commands.verify.report import render_report
    from litbook.core.receipt import NAME, ReceiptError, read_receipt

    copy = open_copy(site)
    try:
        text = kept.read_bytes() if kept else copy.read(NAME)
        if text is None:
            raise CopyError(f"{site}: no {NAME}; sites have one from litbook 0.2 on")
        receipt = read_receipt(text.decode("utf-8", "replace"))
        found = compare_site(receipt, copy)
    except (CopyError, ReceiptError) as error:
        where = "" if isinstance(error, CopyError) else f"{kept or f'{site}: {NAME}'}: "
        raise click.ClickException(f"{where}{error}") from error
    inputs = compare_inputs(receipt, root) if root else None
    click.echo(render_report(receipt, text, found, inputs), nl=False)
    if not found.is_same or (inputs and not inputs.is_same):
        sys.exit(1)
