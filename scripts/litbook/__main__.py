"""The command line; `jupyter-book build .` never needs it."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from contextlib import AbstractContextManager
from pathlib import Path

import click

import litbook
from litbook.bench import measure, render_table
from litbook.errors import CorpusError
from litbook.fetch import SERVICES, Bar, OfflineError, check_contact
from litbook.fetch import fetch as fetch_facts
from litbook.model import Corpus
from litbook.pipeline import make_corpus
from litbook.project import Project

_HARDEST = 20

root_option = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    show_default=True,
    help="The folder that holds _config.yml.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(litbook.__version__, prog_name="litbook")
def main() -> None:
    """Turn a collection of papers into a literature review on the web."""


@main.command()
@root_option
def check(root: Path) -> None:
    """List every fault of the review, with file and line; exit code 1 if there is one.

    Example: litbook check
    """
    corpus = _load(root)
    undecided = [paper.citekey for paper in corpus.papers if not corpus.placements[paper.citekey].decided]
    uncited = [paper.citekey for paper in corpus.papers if paper.citekey not in corpus.citations]
    click.echo(f"No fault in {len(corpus.papers)} papers.")
    _echo_list("without a decision about their theme", undecided)
    _echo_list("that no page cites", uncited)


def _echo_list(what: str, citekeys: list[str]) -> None:
    if citekeys:
        click.echo(f"{len(citekeys)} paper{'' if len(citekeys) == 1 else 's'} {what}: {', '.join(citekeys)}")


@main.command()
@root_option
@click.option("--hardest", default=_HARDEST, show_default=True, help="How many of the hardest papers to list.")
def themes(root: Path, hardest: int) -> None:
    """Print how often the machine's suggestion agrees with the decisions, and the papers that are hard to place.

    Example: litbook themes --hardest 10
    """
    corpus = _load(root)
    decided = [paper for paper in corpus.papers if corpus.placements[paper.citekey].decided]
    if not decided:
        click.echo(
            f"No paper of {len(corpus.papers)} has a decided theme yet: every theme is the machine's suggestion."
        )
        return
    agreed = [paper for paper in decided if _agrees(corpus, paper.citekey)]
    click.echo(
        f"{len(agreed)} of {len(decided)} decided papers stand where the machine would put them "
        f"({len(agreed) / len(decided):.1%}), each suggested as if it had not been decided."
    )
    _echo_by_theme(corpus)
    _echo_hardest(corpus, [paper.citekey for paper in decided], hardest)


def _agrees(corpus: Corpus, citekey: str) -> bool:
    placement = corpus.placements[citekey]
    return placement.theme == placement.suggestion.theme


def _echo_by_theme(corpus: Corpus) -> None:
    total = Counter(placement.theme for placement in corpus.placements.values() if placement.decided)
    agreed = Counter(
        corpus.placements[paper.citekey].theme for paper in corpus.papers if _agrees(corpus, paper.citekey)
    )
    for theme in corpus.themes():
        click.echo(f"  {agreed[theme.slug]:4d} of {total[theme.slug]:4d}  {theme.slug}")


def _echo_hardest(corpus: Corpus, citekeys: list[str], most: int) -> None:
    """List papers that the machine would put elsewhere, the surest first, then those with the smallest margins."""
    click.echo("\nHard to place (decided | suggested, margin | phrases that counted):")
    ranked = sorted(citekeys, key=lambda key: _difficulty(corpus, key))
    for key in ranked[:most]:
        placement = corpus.placements[key]
        suggestion = placement.suggestion
        second = f", then {suggestion.runner_up}" if suggestion.runner_up else ""
        phrases = "; ".join(suggestion.phrases)
        click.echo(f"  {key}: {placement.theme} | {suggestion.theme}{second}, {suggestion.margin:.2f} | {phrases}")


def _difficulty(corpus: Corpus, citekey: str) -> tuple[bool, float, str]:
    agrees = _agrees(corpus, citekey)
    margin = corpus.placements[citekey].suggestion.margin
    return agrees, margin if agrees else -margin, citekey


@main.command()
@root_option
@click.option("--papers", multiple=True, type=click.IntRange(1), default=[248], show_default=True, help="Repeatable.")
@click.option("--ordinary/--no-ordinary", default=True, help="Also the ordinary way: ten minutes at 1,000 papers.")
@click.option(
    "--keep", type=click.Path(file_okay=False, path_type=Path), help="A folder to keep the books and logs in."
)
def bench(root: Path, papers: tuple[int, ...], ordinary: bool, keep: Path | None) -> None:
    """Time whole builds of this review and of the same papers in the ordinary way, at any number of papers.

    Example: litbook bench --papers 248 --papers 1000 --no-ordinary
    """
    with tempfile.TemporaryDirectory(prefix="litbook-bench-") as folder:
        try:
            figures = measure(Project(root.resolve()), papers, ordinary, keep.resolve() if keep else Path(folder))
        except CorpusError as error:
            click.echo(str(error), err=True)
            sys.exit(1)
    click.echo(render_table(figures))


@main.command()
@root_option
@click.argument("keys", metavar="[KEY]...", nargs=-1)
@click.option(
    "--contact",
    envvar="LITBOOK_CONTACT",
    default="",
    callback=lambda _context, _option, address: _check_contact(address),
    help="Your e-mail address, told to the services; also taken from LITBOOK_CONTACT.",
)
@click.option("--only", multiple=True, type=click.Choice([service.name for service in SERVICES]), help="Repeatable.")
@click.option("--all", "again", is_flag=True, help="Ask again about papers that lack nothing or were asked about.")
def fetch(root: Path, keys: tuple[str, ...], contact: str, only: tuple[str, ...], again: bool) -> None:
    """Look up authors, years, identifiers, venues and links, and add what is proven to facts.jsonl.

    Without KEYs, for every paper that lacks some. No value that is there is changed; contradictions are listed. A run
    can be stopped at any moment; the next one goes on from there. Keys of your own for Semantic Scholar and OpenAlex
    are taken from S2_API_KEY and OPENALEX_API_KEY.

    Example: litbook fetch --contact you@example.org --only arxiv
    """
    try:
        report = fetch_facts(
            Project(root.resolve()), keys, contact=contact, only=only, again=again, progress=_show_progress
        )
    except (CorpusError, OfflineError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    click.echo(report.render())
    if not contact:
        click.echo("Services answer sooner when they know whom to write to: --contact you@example.org", err=True)
    if report.interrupted:
        sys.exit(130)


def _check_contact(address: str) -> str:
    try:
        return check_contact(address)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def _show_progress(length: int) -> AbstractContextManager[Bar]:
    return click.progressbar(length=length, label="Asking", file=sys.stderr)


def _load(root: Path) -> Corpus:
    """Read the review, or print its faults and leave with exit code 1."""
    try:
        corpus, _, _ = make_corpus(Project(root.resolve()))
    except CorpusError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    return corpus


if __name__ == "__main__":
    main(prog_name="litbook")
