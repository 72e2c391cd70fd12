"""The command line; `jupyter-book build .` never needs it."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

import click

import litbook
from litbook.bench import measure, render_table
from litbook.errors import CorpusError
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
        click.echo(f"{len(citekeys)} papers {what}: {', '.join(citekeys)}")


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
