"""`litbook themes`: how often decisions agree with the suggested theme, and which papers are hardest to place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from litbook.commands.shared import count, json_option, load_review, root_option

if TYPE_CHECKING:
    from litbook.model.review import Corpus

_HARDEST = 20


@click.command()
@root_option
@click.option("--hardest", default=_HARDEST, show_default=True, help="Number of hard-to-place papers to list.")
@json_option
def themes(root: Path, hardest: int, as_json: bool) -> None:
    """Compare decisions with suggested themes.

    Prints how often they agree, theme by theme, the decided papers that are hardest to place, and those that no person
    has placed yet, least sure first. Each suggestion is made without the paper's own decision.

    Example: litbook themes --hardest 10
    """
    corpus, _, _ = load_review(root)
    found = _compare(corpus, hardest)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join([*_render_agreement(found), *_render_papers(found)]))


def _compare(corpus: Corpus, most: int) -> dict[str, Any]:
    """Return counts of papers, decisions and agreements, as `litbook schema themes` describes them."""
    papers = [_describe(corpus, paper.citekey) for paper in corpus.papers]
    decided = [paper for paper in papers if paper["decided"]]
    undecided = sorted(
        (paper for paper in papers if not paper["decided"]), key=lambda one: (one["margin"], one["citekey"])
    )
    by_theme = [
        {"slug": theme.slug, "title": theme.title, "papers": len(own), **_count([one for one in own if one["decided"]])}
        for theme in corpus.themes()
        for own in [[paper for paper in papers if paper["theme"] == theme.slug]]
    ]
    return {
        "papers": len(papers),
        **_count(decided),
        "themes": by_theme,
        "hardest": sorted(decided, key=_difficulty)[:most],
        "undecided": undecided[:most],
    }


def _describe(corpus: Corpus, citekey: str) -> dict[str, Any]:
    placement = corpus.placements[citekey]
    suggestion = placement.suggestion
    return {
        "citekey": citekey,
        "theme": placement.theme,
        "decided": placement.decided,
        "suggested": suggestion.theme,
        "runner_up": suggestion.runner_up or "",
        "margin": round(suggestion.margin, 4),
        "phrases": list(suggestion.phrases),
    }


def _count(decided: list[dict[str, Any]]) -> dict[str, int]:
    return {"decided": len(decided), "agreed": sum(one["theme"] == one["suggested"] for one in decided)}


def _difficulty(paper: dict[str, Any]) -> tuple[bool, float, str]:
    """Order the papers that would be placed elsewhere, most certain first, before those with the smallest margins."""
    agrees = paper["theme"] == paper["suggested"]
    return agrees, paper["margin"] if agrees else -paper["margin"], paper["citekey"]


def _render_agreement(found: dict[str, Any]) -> list[str]:
    decided, agreed = found["decided"], found["agreed"]
    if not decided:
        return [f"No decisions yet: all {found['papers']} papers are placed by suggestion."]
    undecided = found["papers"] - decided
    rest = f" {count(undecided, 'paper')} {'is' if undecided == 1 else 'are'} not decided." if undecided else ""
    return [
        f"{agreed} of {decided} decisions agree with the suggested theme ({agreed / decided:.1%}); "
        f"each suggestion was made without the paper's own decision.{rest}",
        *(f"  {theme['agreed']:4d} of {theme['decided']:4d}  {theme['slug']}" for theme in found["themes"]),
    ]


def _render_papers(found: dict[str, Any]) -> list[str]:
    lines = []
    if found["hardest"]:
        lines += ["", "Hardest to place (decided | suggested, margin | phrases that decided it):"]
        lines += [f"  {paper['citekey']}: {paper['theme']} | {_render_suggestion(paper)}" for paper in found["hardest"]]
    if found["undecided"]:
        lines += ["", "Not decided, least sure first (suggested, margin | phrases that decided it):"]
        lines += [f"  {paper['citekey']}: {_render_suggestion(paper)}" for paper in found["undecided"]]
    return lines


def _render_suggestion(paper: dict[str, Any]) -> str:
    second = f", then {paper['runner_up']}" if paper["runner_up"] else ""
    return f"{paper['suggested']}{second}, {paper['margin']:.2f} | {'; '.join(paper['phrases'])}"
