"""`litbook themes`: how often decisions agree with the suggested theme, and which papers are hardest to place."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from litbook.commands.shared import load_review, root_option

if TYPE_CHECKING:
    from litbook.model.review import Corpus

_HARDEST = 20


@click.command()
@root_option
@click.option("--hardest", default=_HARDEST, show_default=True, help="Number of hard-to-place papers to list.")
def themes(root: Path, hardest: int) -> None:
    """Compare decisions with suggested themes.

    Prints how often they agree, theme by theme, and the decided papers that are hardest to place. Each suggestion is
    made without the paper's own decision.

    Example: litbook themes --hardest 10
    """
    corpus, _, _ = load_review(root)
    decided = [paper for paper in corpus.papers if corpus.placements[paper.citekey].decided]
    if not decided:
        click.echo(f"No decisions yet: all {len(corpus.papers)} papers are placed by suggestion.")
        return
    agreed = [paper for paper in decided if _agrees(corpus, paper.citekey)]
    click.echo(
        f"{len(agreed)} of {len(decided)} decisions agree with the suggested theme ({len(agreed) / len(decided):.1%}); "
        "each suggestion was made without the paper's own decision."
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
    """List the papers that would be placed elsewhere, most certain first, then those with the smallest margins."""
    click.echo("\nHardest to place (decided | suggested, margin | phrases that decided it):")
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
