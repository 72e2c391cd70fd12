"""What a person or an assistant needs to revise the themes in one sitting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from litbook.commands.shared import count

if TYPE_CHECKING:
    from litbook.model.review import Corpus, Theme


def render_themes(corpus: Corpus, most: int) -> Iterator[str]:
    """Yield each theme with its phrases, the papers that its words fit best, and those that nearly belong elsewhere."""
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
