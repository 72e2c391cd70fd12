"""`litbook volumes`: reviews too large for one build, as volumes that are built one by one and joined into one site."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from litbook.commands.shared import count, exit_on_faults, form_options

if TYPE_CHECKING:
    from litbook.ingest.formats.wishes import Wish

_root_option = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    show_default=True,
    help="The folder that contains volumes.yml.",
)


@click.group()
def volumes() -> None:
    """Split a large corpus into volumes, build each, and join their sites into one.

    Each volume is a complete review. Building needs Snakemake: pip install 'litbook[volumes]'

    Example: litbook volumes split library --from library.bib --size 5000
    """


@volumes.command("split")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "sources",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path),
    help="An export of papers, or a folder of exports; repeatable.",
)
@click.option(
    "--by", "column", default="", metavar="COLUMN", help="A volume for each value: a column, source, venue or year."
)
@click.option("--size", type=click.IntRange(min=1), default=None, help="The most papers in one volume.")
@click.option("--title", default="A literature review", show_default=True, help="The title of the whole.")
@click.option("--address", default="", metavar="URL", help="Where the site will be, for its sitemap.")
@form_options
def split(folder: Path, sources: tuple[Path, ...], wish: Wish, size: int | None, **plan: str) -> None:
    """Split exports into volumes below FOLDER, which must be empty or not exist.

    Records of one work stay together. Volumes are listed in volumes.yml, where you can rename them and change their
    order before they are built.

    Example: litbook volumes split library --from library.csv --by field --size 5000 --title "Sourdough"
    """
    from litbook.commands.volumes.split import Plan, describe_split, split_corpus

    if not plan["column"] and size is None:
        raise click.UsageError("Say how to split: --by COLUMN, --size PAPERS, or both.")
    with exit_on_faults():
        done = split_corpus(folder, sources, Plan(**plan, size=size or 0, wish=wish))
    for line in describe_split(done, folder):
        click.echo(line)


@volumes.command("build", context_settings={"ignore_unknown_options": True})
@_root_option
@click.option("--cores", default="all", show_default=True, help="How many volumes are built at once here.")
@click.argument("snakemake", nargs=-1, type=click.UNPROCESSED)
def build(root: Path, cores: str, snakemake: tuple[str, ...]) -> None:
    """Start, build and join all volumes that are not up to date.

    A volume that fails stops no other one; the next run builds only what is missing. All else is given to SNAKEMAKE,
    such as a profile for a cluster.

    Example: litbook volumes build --cores 2
    Example: litbook volumes build --profile slurm --jobs 50
    """
    from litbook.commands.volumes.building import find_failed, run_rules
    from litbook.commands.volumes.settings import read_volumes
    from litbook.model.faults import CorpusError

    with exit_on_faults():
        found = read_volumes(root)
        begun = time.time()
        code = run_rules(found, cores, snakemake)
        if code and (faults := list(find_failed(found, begun))):
            raise CorpusError(faults)
    if code:
        sys.exit(1)
    if found.state("joined").is_file():
        click.echo(f"{count(len(found.volumes), 'volume')} joined; open {found.site / 'index.html'}")


@volumes.command("start")
@_root_option
@click.argument("name")
def start(root: Path, name: str) -> None:
    """Make the review of one volume from its exports; one that is there already stays as it is.

    Example: litbook volumes start bread
    """
    from litbook.commands.volumes.building import start_volume
    from litbook.commands.volumes.settings import find_volume, read_volumes

    with exit_on_faults():
        found = read_volumes(root)
        click.echo(start_volume(found, find_volume(found, name)))


@volumes.command("join")
@_root_option
def join(root: Path) -> None:
    """Join the sites of all volumes, which must be built, into _build/site.

    Links between volumes are checked; one that leads nowhere is a fault, and the joined site stays as it was.

    Example: litbook volumes join
    """
    from litbook.commands.volumes.joining import join_volumes
    from litbook.commands.volumes.settings import read_volumes

    with exit_on_faults():
        joined = join_volumes(read_volumes(root))
    for line in joined.describe():
        click.echo(line)


@volumes.command("rules")
def rules() -> None:
    """Print where the rules of Snakemake are.

    Example: snakemake --snakefile "$(litbook volumes rules)" --dry-run
    """
    from litbook.commands.volumes.building import RULES

    click.echo(RULES)
