"""`litbook brief`: what a person or an assistant needs to revise the themes in one sitting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from litbook.commands.shared import count, load_review, root_option

if TYPE_CHECKING:
    from litbook.model.review import Corpus, Theme

_SHOWN = 4


@click.command()
@root_option
@click.option("--themes", "by_theme", is_flag=True, help="Print each theme with typical and borderline papers.")
@click.option("--papers", default=_SHOWN, show_default=True, help="Number of typical and of borderline papers.")
def brief(root: Path, by_theme: bool, papers: int) -> None:
    """Print what is needed to revise the themes.

    With --themes: each theme with its phrases, the papers that its words fit best, and those that nearly belong to
    another theme, to rename, merge or split it in themes.yml.

    Example: litbook brief --themes
    """
    if not by_theme:
        raise click.UsageError("say what to print: --themes")
    corpus, _, _ = load_review(root)
    click.echo("\n".join(_render(corpus, papers)))


def _render(corpus: Corpus, most: int) -> Iterator[str]:
    held: dict[str, list[str]] = defaultdict(list)
    for paper in corpus.papers:
        held[corpus.placements[paper.citekey].theme].append(paper.citekey)
    for part in corpus.parts:
        yield f"# {part.title}"
        for theme in part.themes:
            yield from _render_theme(corpus, theme, held[theme.slug], most)


def _render_theme(corpus: Corpus, theme: Theme, citekeys: list[str], most: int) -> Iterator[str]:
    titles = {paper.citekey: paper.title.plain for paper in corpus.papers}
    suggestions = {citekey: corpus.placements[citekey].suggestion for citekey in citekeys}
    fit = sorted(citekeys, key=lambda key: (suggestions[key].theme != theme.slug, -suggestions[key].margin, key))
    typical, borderline = fit[:most], fit[most:][-most:][::-1]
    yield f"\n## {theme.title} ({theme.slug}, {count(len(citekeys), 'paper')})"
    yield f"   phrases: {', '.join(theme.phrases[:12]) or 'none'}"
    for name, keys in (("typical", typical), ("borderline", borderline)):
        for key in keys:
            found = suggestions[key]
            other = found.runner_up if found.theme == theme.slug else found.theme
            beside = f" | rather {other}?" if name == "borderline" and other else ""
            yield f"   {name}: {key}: {titles[key]}{beside}"
